"""Control totals: each way of being out of balance is told with its amount and where to look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from homes import RAW
from ledger_home import (
    BALANCE,
    BALANCES,
    LINES,
    PROVENANCE,
    ledger_home,
    paper_of,
    write_extract,
)

from boardpack.checks import Check
from boardpack.checks.engine import run_checks
from boardpack.checks.where_to_look import Entry, where_to_look
from boardpack.figures.chapters import compute

KEYED = "{file},ISFE2,Position,M06,2023-10-10,Accountant,{column},{total}"
Found = dict[str, Check]
Run = Callable[..., Found]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def found(
        lines: Sequence[str] = LINES,
        balances: Sequence[str] = BALANCES,
        keyed: Sequence[str] = (),
        stated: str = "",
    ) -> Found:
        home = ledger_home(tmp_path / f"home-{len(list(tmp_path.iterdir()))}", lines)
        write_extract(home / RAW, "trial_balance.csv", BALANCE, balances)
        if keyed:
            write_extract(home / RAW, "provenance.csv", PROVENANCE, keyed)
        if stated:
            with (home / RAW / "stated.csv").open("a", encoding="utf-8") as file:
                file.write(stated + "\n")
        paper = paper_of(home)
        register = compute(paper, "control", "indicators", "corporate")
        checks = run_checks(register, paper, complete=False)
        return {check.id: check for check in checks if check.kind == "control total"}

    return found


def _failed(found: Found) -> set[str]:
    """What failed but for the limit, which is the real ICB's and not the small ledger's."""
    failed = {name for name, check in found.items() if check.status == "fail"}
    return failed - {"control.annual_budgets", "control.provenance"}


def test_a_ledger_in_balance_agrees_everywhere(run: Run) -> None:
    found = run(keyed=[KEYED.format(file="ledger.csv", column="ytd_actual", total="1801.31")])
    assert not _failed(found)
    assert len(found) > 30
    assert all(check.tolerance == 0 for check in found.values())


def test_a_control_total_that_is_out_by_one_line_says_so(run: Run) -> None:
    keyed = [KEYED.format(file="ledger.csv", column="ytd_actual", total="2151.31")]
    check = run(keyed=keyed)["control.keyed.ledger.ytd_actual"]
    assert (check.status, check.severity) == ("fail", "error")
    assert check.difference == Decimal("-350.00")
    assert "adds up to £1,801.31, and the system's screen says £2,151.31" in check.sentence
    assert "out by minus £350.00" in check.sentence
    assert "look for a missing row of £350.00" in check.cause


def test_a_line_in_the_file_twice_is_pointed_to(run: Run) -> None:
    twice = LINES[3].replace("52100", "52101")
    keyed = [KEYED.format(file="ledger.csv", column="ytd_actual", total="1801.31")]
    found = run(lines=[*LINES, twice], keyed=keyed)
    assert "rows 5, 10 is exactly this amount" in found["control.keyed.ledger.ytd_actual"].cause
    centre = found["control.trial_balance.bromley.929110"]
    assert centre.difference == Decimal("900.00")
    assert "rows 5, 10" in centre.cause
    assert _failed(found) == {centre.id, "control.keyed.ledger.ytd_actual"}


def test_a_lost_sign_is_pointed_to(run: Run) -> None:
    lines = [line.replace("-100.00,-100.00", "-100.00,100.00", 1) for line in LINES]
    found = run(lines=lines)
    assert "Row 7 is half this amount" in found["control.trial_balance.bexley.929210"].cause
    assert "does not hold in row 7" in found["control.ledger.ytd_variance"].cause


def test_a_trial_balance_that_does_not_net_shows_its_amount(run: Run) -> None:
    balances = [line.replace("-1801.31", "-1801.21") for line in BALANCES]
    check = run(balances=balances)["control.nets.trial_balance.ytd"]
    assert check.actual == Decimal("0.10")
    assert "It is out by £0.10" in check.sentence


def test_entities_that_net_only_together_fail_each(run: Run) -> None:
    balances = [*BALANCES[:-1], BALANCES[-1].replace("QKK", "QKL")]
    found = run(balances=balances)
    assert found["control.nets.trial_balance.ytd"].status == "pass"
    assert {
        "control.nets.trial_balance_qkk.ytd.m06",
        "control.nets.trial_balance_qkl.ytd.m06",
    } <= _failed(found)


def test_spending_that_no_cost_centre_of_the_mapping_has_is_told(run: Run) -> None:
    balances = [line.replace("929102", "929999") for line in BALANCES]
    found = run(balances=balances)
    assert _failed(found) == {
        "control.unmapped_spending",
        "control.trial_balance.bromley.929102",
    }
    assert "Row 4 is exactly this amount" in found["control.unmapped_spending"].cause


def test_annual_budgets_are_held_against_the_limit_less_reserves(run: Run) -> None:
    budget = "929800,OTHER,52001,SPEND,0,0,0,{},0,0"
    mapped_to = LINES[7].split(",")[0]
    more = budget.format("4775000000.00").replace("929800", mapped_to)
    short = run(lines=[*LINES, more])["control.annual_budgets"]
    assert short.difference == Decimal("-930000")
    assert "Centrally managed by £" in short.cause
    reserves = (
        "icb,resource_limit,reserves,annual_budget,2023/24,£930k,held in reserves at the centre"
    )
    agreed = run(lines=[*LINES, more], stated=reserves)["control.annual_budgets"]
    assert agreed.status == "pass"


def test_a_subtotal_among_the_rows_is_recognised_by_its_size() -> None:
    entries = [
        Entry(2, "A", Decimal("10.10")),
        Entry(3, "A", Decimal("20.20")),
        Entry(4, "B", Decimal("5.05")),
    ]
    assert where_to_look(Decimal(0), entries) == ""
    assert where_to_look(Decimal("5.05"), entries).startswith("Row 4 is exactly")
    assert where_to_look(Decimal("-20.20"), entries).startswith("Row 3 is this amount with")
    assert where_to_look(Decimal("40.40"), entries).startswith("Row 3 is half")
    assert "rows of A come to exactly £30.30" in where_to_look(Decimal("30.30"), entries)
    assert "missing row of £7.00" in where_to_look(Decimal("-7"), entries)


def test_a_file_without_provenance_is_a_warning(run: Run) -> None:
    keyed = [KEYED.format(file="ledger.csv", column="ytd_actual", total="1801.31")]
    check = run(keyed=keyed)["control.provenance"]
    assert (check.status, check.severity) == ("fail", "warning")
    assert "trial_balance.csv" in check.sentence
    assert "ledger.csv" not in check.sentence
