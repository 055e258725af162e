"""Schedules from ledger lines: exact, with every cell, and no line left out."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from homes import RAW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_home import (
    GOLDEN,
    LEDGER,
    LINES,
    MAPPED,
    MAPPING,
    folder_of,
    ledger_home,
    write_extract,
)

from boardpack.core.errors import InputFaults
from boardpack.reading.cells import Cell
from boardpack.reading.chosen_rows import rule_of
from boardpack.reading.cost_centres_extract import read_cost_centres, reorganised
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.reading.ledger_extract import AMOUNTS, read_ledger
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule

DESCRIPTIONS = "ledger/sel_ccg_2020_21_expense_areas_costcentre_descriptions.csv"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ledger_home(tmp_path_factory.mktemp("ledger") / "home", everywhere=False)


def read_position(folder: Folder) -> Extract:
    return read_schedule(folder, own_schedule("position"))


def read_corporate_costs(folder: Folder) -> Extract:
    return read_schedule(folder, own_schedule("corporate_costs"))


def _told(folder: Folder) -> list[str]:
    with pytest.raises(InputFaults) as caught:
        read_position(folder)
    return [str(fault) for fault in caught.value.faults]


def test_the_position_is_the_sum_that_can_be_checked_by_hand(home: Path) -> None:
    made = read_position(folder_of(home))
    with (GOLDEN / "position.csv").open(encoding="utf-8") as file:
        wanted = [row for row in csv.DictReader(file) if row["place"] != "icb"]
    assert [(r["place"], r["directorate"]) for r in made] == [
        (r["place"], r["directorate"]) for r in wanted
    ]
    for row, want in zip(made, wanted, strict=True):
        if want["directorate"] != "Total":
            assert {m: row.amounts[m].amount for m in AMOUNTS} == {
                m: Decimal(want[m]) for m in AMOUNTS
            }
        else:
            assert not row.amounts


def test_an_amount_keeps_the_rule_of_the_rows_that_it_was_summed_over(home: Path) -> None:
    """No cell of them: the cost centres that chose them, and a list by which they are proved."""
    (row,) = read_position(folder_of(home)).only(place="bromley", directorate="Prescribing")
    (leaf,) = row.amounts["ytd_actual"].leaves
    assert leaf.cell == Cell((RAW / "ledger.csv").as_posix(), None, 2, "ytd_actual", "")
    assert leaf.lines == (2, 3, 4)
    assert leaf.method == "sum of ytd_actual"
    assert leaf.rule == rule_of({"cost_centre": ["929101", "929102"]}, (2, 3, 4))
    assert row.amounts["ytd_actual"].margin == 0


def test_overview_and_corporate_costs_are_made_too(home: Path) -> None:
    overview = read_schedule(folder_of(home), own_schedule("budget_overview"))
    acute = overview.only(directorate="Acute Services")
    assert {row["place"]: row.amounts["ytd_actual"].amount for row in acute} == {
        "bexley": Decimal("480.01"),
        "bromley": Decimal("900.00"),
    }
    costs = read_corporate_costs(folder_of(home))
    assert [(r["group"], r["cost_centre"], r["description"]) for r in costs] == [
        ("programme", "929249", "Clinical leads"),
        ("admin", "929561", "Administration"),
    ]


def test_a_schedule_and_a_ledger_cannot_both_stand(tmp_path: Path) -> None:
    home = ledger_home(tmp_path / "home")
    write_extract(home / RAW, "position.csv", "place,directorate", [])
    assert "expected one source: ledger.csv" in _told(folder_of(home))[0]


def test_a_cost_centre_without_a_mapping_is_told_once_with_its_money(tmp_path: Path) -> None:
    home = ledger_home(tmp_path / "home", mapped=[m for m in MAPPED if not m.startswith("929101")])
    (told,) = _told(folder_of(home))
    assert "ledger.csv, row 2, column cost_centre: found '929101'" in told
    assert "rows 2-3 stand on it: £250.45 spent to date, £400.40 budget of the year" in told
    assert "Add a row for it" in told


def test_a_cost_centre_mapped_twice_names_both_mappings(tmp_path: Path) -> None:
    home = ledger_home(
        tmp_path / "home",
        mapped=[*MAPPED, "929101,Prescribing,bexley,prescribing,,2023-24 M04,,moved"],
    )
    (told,) = _told(folder_of(home))
    assert "one mapping in 2023-24 M06, not 2 (data/reference/cost_centres.csv rows 2, 8)" in told


def test_a_ledger_without_any_mapping_names_every_cost_centre(tmp_path: Path) -> None:
    home = ledger_home(tmp_path / "home", everywhere=False)
    (home / "data/reference/cost_centres.csv").unlink()
    assert len(_told(folder_of(home))) == 6


def test_a_reorganised_cost_centre_is_mapped_by_month(tmp_path: Path) -> None:
    moved = [
        "929102,High cost drugs,bromley,acute_services,,2022-23 M01,2023-24 M05,",
        "929102,High cost drugs,bromley,prescribing,,2023-24 M06,,Moved with the medicines team",
    ]
    home = ledger_home(
        tmp_path / "home", mapped=[*(m for m in MAPPED if not m.startswith("929102")), *moved]
    )
    (home / RAW).rename(home / "data/raw/2023-24/M05")
    run = (home / "params/2023-24/M06.yml").read_text(encoding="utf-8")
    earlier = run.replace("compare_with: [M05, M04]", "compare_with: [M04]")
    (home / "params/2023-24/M05.yml").write_text(earlier, encoding="utf-8")
    before = read_position(folder_of(home, month="M05"))
    (home / "data/raw/2023-24/M05").rename(home / RAW)
    after = read_position(folder_of(home))
    spent = [
        [
            extract.only(place="bromley", directorate=name)[0].amounts["ytd_actual"].amount
            for name in ("Acute Services", "Prescribing")
        ]
        for extract in (before, after)
    ]
    assert spent == [
        [Decimal("1000.10"), Decimal("250.45")],
        [Decimal("900.00"), Decimal("350.55")],
    ]
    mapping = read_cost_centres(folder_of(home))
    ((was, now),) = reorganised(mapping, folder_of(home).paper.month)
    assert (was["directorate"], now["directorate"]) == ("acute_services", "prescribing")
    assert now["note"] == "Moved with the medicines team"
    assert not list(reorganised(mapping, folder_of(home).paper.month.earlier(1)))


def test_faults_of_the_mapping_are_told_all_at_once(tmp_path: Path) -> None:
    home = ledger_home(
        tmp_path / "home",
        mapped=[
            "929101,Prescribing,bromley,prescribing,,September,,",
            "929/10,Prescribing,bromley,prescribing,,2023-24 M04,2023-24 M01,",
            "929103,Prescribing,bromley,prescribing,,2023-25 M04,M5,",
        ],
    )
    with pytest.raises(InputFaults) as caught:
        read_cost_centres(folder_of(home))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (2, "from"),
        (3, "to"),
        (3, "cost_centre"),
        (4, "from"),
        (4, "to"),
    ]


BLANK = "929110,ACUTE COMMISSIONING,52100,CONTRACTS,,900.00,-900.00,,1900.00,-1900.00"


@pytest.mark.parametrize(
    ("beside", "budget"),
    [
        ((), None),
        (("929110,ACUTE COMMISSIONING,52101,OTHER,,1.00,-1.00,,1.00,-1.00",), None),
        (("929110,ACUTE COMMISSIONING,52101,OTHER,-,1.00,-1.00,-,1.00,-1.00",), 0),
        (("929110,ACUTE COMMISSIONING,52101,OTHER,0,1.00,-1.00,0,1.00,-1.00",), 0),
        (("929110,ACUTE COMMISSIONING,52101,OTHER,(7.00),1.00,-8.00,7.00,1.00,6.00",), -7),
    ],
)
def test_a_blank_amount_is_nil_beside_others_and_absent_alone(
    tmp_path: Path, beside: tuple[str, ...], budget: int | None
) -> None:
    lines = [BLANK if line.startswith("929110") else line for line in LINES]
    home = ledger_home(tmp_path / "home", lines=[*lines, *beside])
    (row,) = read_position(folder_of(home)).only(place="bromley", directorate="Acute Services")
    found = row.amounts.get("ytd_budget")
    assert (None if found is None else found.amount) == budget


def test_a_line_given_twice_is_refused(tmp_path: Path) -> None:
    home = ledger_home(tmp_path / "home")
    write_extract(home / RAW, "ledger.csv", LEDGER, [*LINES, LINES[0]])
    with pytest.raises(InputFaults, match="each row once"):
        read_ledger(folder_of(home))


def test_the_real_descriptions_of_cost_centres_are_read_as_they_stand(
    tmp_path: Path, reference: Path
) -> None:
    path = reference / DESCRIPTIONS
    if not path.exists():
        pytest.skip("the real cost-centre descriptions are not beside this checkout")
    with path.open(encoding="utf-8") as file:
        real = [(row["expensearea"], Decimal(row["sum"])) for row in csv.DictReader(file)]
    lines = [
        f'{929000 + i},"{name}",52001,SPEND,0,{total},{-total},0,{total},{-total}'
        for i, (name, total) in enumerate(real)
    ]
    mapped = [
        f'{929000 + i},"{name}",central,corporate_budgets,programme,2020-21 M01,,'
        for i, (name, _) in enumerate(real)
    ]
    folder = folder_of(ledger_home(tmp_path / "home", lines=lines, mapped=mapped))
    (row,) = read_position(folder).only(place="central", directorate="Corporate Budgets")
    assert row.amounts["ytd_actual"].amount == sum(total for _, total in real)
    assert [r["description"] for r in read_corporate_costs(folder)] == [name for name, _ in real]
    assert len(real) == 74


PENCE = st.integers(min_value=-(10**9), max_value=10**9).map(lambda n: Decimal(n) / 100)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(PENCE, st.integers(0, 7)), min_size=1, max_size=25))
def test_any_spread_of_lines_over_cost_centres_comes_to_the_plain_sum(
    home: Path, drawn: list[tuple[Decimal, int]]
) -> None:
    places, lines = ("bexley", "lambeth", "central"), ("prescribing", "acute_services")
    held = {
        path: path.read_bytes()
        for path in (home / RAW / "ledger.csv", home / "data/reference/cost_centres.csv")
    }
    write_extract(
        home / RAW,
        "ledger.csv",
        LEDGER,
        [f"92900{at},X,{i},Y,0,{amount},,{amount},0," for i, (amount, at) in enumerate(drawn)],
    )
    write_extract(
        home / "data/reference",
        "cost_centres.csv",
        MAPPING,
        [f"92900{n},X,{places[n % 3]},{lines[n % 2]},,2023-24 M01,," for n in range(8)],
    )
    try:
        made = read_position(folder_of(home))
    finally:
        for path, content in held.items():
            path.write_bytes(content)
    plain = sum(amount for amount, _ in drawn)
    for measure in ("ytd_actual", "annual_budget"):
        assert sum(row.amounts[measure].amount for row in made if row.amounts) == plain
    leaves = [leaf for row in made if row.amounts for leaf in row.amounts["ytd_actual"].leaves]
    lines = [line for leaf in leaves for line in leaf.lines]
    assert sorted(lines) == list(range(2, len(drawn) + 2))
