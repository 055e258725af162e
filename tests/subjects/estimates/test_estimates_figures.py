"""The register of estimates: amounts, ranges, and what became of earlier ones."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, RAW, copied_home
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_home import paper_of, write_extract
from month_six import paper_for

from boardpack.figures.chapters import compute
from boardpack.figures.draft import Draft
from boardpack.figures.register import Register
from boardpack.reading.folder import Folder
from boardpack.subjects.estimates.look_back import _conclude
from boardpack.subjects.estimates.scope import estimate_scope

BEFORE = Path("data/raw/2023-24/M05")
HEADER = "ref,place,directorate,what,method,amount,low,high,months,expected,actual"
OPEN = "E1,bromley,Mental Health Services,Uplift,Two per cent,{},{},{},April to {},2023-10-31,{}"
AUGUST = OPEN.format("50000.00", "45000.00", "60000.00", "August", "")
KNOWN = OPEN.format("50000.00", "45000.00", "60000.00", "August", "61500.50")
PRESCRIBING = "estimates.bromley.prescribing_months"
KEYED = "estimates.bromley.ref_e1"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return copied_home(PROJECT, tmp_path / "home")


def _register(home: Path, now: Sequence[str] = (), before: Sequence[str] = ()) -> Register:
    for folder, lines in ((RAW, now), (BEFORE, before)):
        if lines:
            write_extract(home / folder, "estimates.csv", HEADER, lines)
    return compute(paper_of(home), "estimates")


def _plain_month_six() -> dict[str, Decimal]:
    """Bromley's estimate once more, from the printed table and profile, with no formula."""
    spend, prior = Decimal("25409808"), Decimal("-23718")
    to_july = [Decimal("33.49"), Decimal("32.78")]
    to_september = [Decimal("50.50"), Decimal("49.08")]
    each = (spend - prior) / 6
    profiled = [each * 4 * (s / j - 1) for j, s in zip(to_july, to_september, strict=True)]
    return {
        "known": each * 4,
        "amount": each * 2,
        "low": min([*profiled, each * 2]),
        "high": max([*profiled, each * 2]),
        "share_of_line": each * 2 / Decimal("25385000") * 100,
    }


def test_two_months_of_prescribing_are_estimated_in_month_six(register: Register) -> None:
    for measure, value in _plain_month_six().items():
        assert abs(register[f"{PRESCRIBING}.{measure}"].value - value) < Decimal("0.001"), measure
    assert round(register[f"{PRESCRIBING}.amount"].value) == 8_477_842
    assert round(register[f"{PRESCRIBING}.high"].value) == 8_612_009
    assert register["estimates.bromley.total.amount"].value == (
        register[f"{PRESCRIBING}.amount"].value
    )
    assert "estimates.bromley.chc_month.amount" not in register
    assert not [f.id for f in register if f.id.startswith("estimates.") and "_then" in f.id]


def test_what_is_known_and_what_is_estimated_are_the_whole(register: Register) -> None:
    for place in ("bexley", "bromley", "lambeth", "icb"):
        both = sum(
            register[f"estimates.{place}.prescribing_months.{m}"].value for m in ("known", "amount")
        )
        prior = register.agreed(f"prescribing.{place}.prior_year.ytd_spend").value
        whole = register.agreed(f"prescribing.{place}.ppa.ytd_spend").value - prior
        assert abs(both - whole) < Decimal("1e-20"), place


def test_without_data_the_ledger_is_the_estimate(home: Path) -> None:
    run = home / "params/2023-24/M06.yml"
    text = run.read_text(encoding="utf-8")
    run.write_text(text.replace("months_of_data: 4", "months_of_data: 0"), encoding="utf-8")
    found = _register(home)
    assert found[f"{PRESCRIBING}.amount"].value == 25_385_000
    assert f"{PRESCRIBING}.low" not in found
    assert f"{PRESCRIBING}.known" not in found


def test_nothing_is_estimated_where_all_months_have_data(home: Path) -> None:
    run = home / "params/2023-24/M06.yml"
    text = run.read_text(encoding="utf-8")
    run.write_text(text.replace("months_of_data: 4", "months_of_data: 6"), encoding="utf-8")
    found = _register(home)
    assert f"{PRESCRIBING}.amount" not in found
    assert found[f"{PRESCRIBING}.known"].value == 25_409_808 + 23_718
    assert not found[f"{PRESCRIBING}.known"].is_estimate


def test_a_keyed_estimate_stands_in_its_place_and_in_the_icb(home: Path) -> None:
    found = _register(home, now=[AUGUST])
    assert [found[f"{KEYED}.{m}"].value for m in ("amount", "low", "high")] == [
        50_000,
        45_000,
        60_000,
    ]
    ledger = found.agreed("position.bromley.mental_health_services.ytd_actual").value
    assert abs(found[f"{KEYED}.share_of_line"].value - 5_000_000 / ledger) < Decimal("1e-20")
    for place in ("bromley", "icb"):
        for measure in ("amount", "low", "high"):
            computed = found[f"estimates.{place}.prescribing_months.{measure}"].value
            keyed = found[f"{KEYED}.{measure}"].value
            total = found[f"estimates.{place}.total.{measure}"].value
            assert abs(total - computed - keyed) < Decimal("1e-20")
    assert found["estimates.bexley.total.amount"].value == (
        found["estimates.bexley.prescribing_months.amount"].value
    )


def test_a_total_has_a_range_only_where_each_estimate_has_one(home: Path) -> None:
    found = _register(home, now=[OPEN.format("50000.00", "", "", "August", "")])
    assert "estimates.bromley.total.amount" in found
    assert "estimates.bromley.total.low" not in found
    assert "estimates.bexley.total.low" in found


def test_last_month_s_estimate_is_looked_back_on(home: Path) -> None:
    found = _register(home, now=[KNOWN], before=[AUGUST])
    told = {m: found[f"{KEYED}.{m}"].value for m in ("amount_then", "actual", "difference")}
    assert told == {
        "amount_then": 50_000,
        "actual": Decimal("61500.50"),
        "difference": Decimal("11500.50"),
    }
    assert found[f"{KEYED}.difference_share"].value == Decimal("23.001")
    assert found[f"{KEYED}.beyond_range"].value == Decimal("1500.50")
    assert found[f"{KEYED}.amount.m05"].cells[0].cell.file == f"{BEFORE.as_posix()}/estimates.csv"
    assert f"{KEYED}.amount" not in found, "it is an estimate no more"
    assert found["estimates.icb.total.difference"].value == Decimal("11500.50")


def test_the_amount_that_was_carried_counts_not_the_one_repeated(home: Path) -> None:
    """A row that is changed with hindsight shows: the two stand beside each other for a check."""
    changed = OPEN.format("60000.00", "45000.00", "65000.00", "August", "61500.50")
    found = _register(home, now=[changed], before=[AUGUST])
    assert found.agreed(f"{KEYED}.amount_then").value == 50_000
    assert found[f"{KEYED}.amount_then.printed"].value == 60_000
    assert found[f"{KEYED}.beyond_range"].value == Decimal("1500.50")


def test_what_was_known_last_month_stays_looked_back_on(home: Path) -> None:
    found = _register(home, now=[KNOWN], before=[KNOWN])
    assert found[f"{KEYED}.amount_then"].value == 50_000
    assert found[f"{KEYED}.difference"].value == Decimal("11500.50")


def test_without_an_earlier_file_the_row_s_own_amount_counts(home: Path) -> None:
    found = _register(home, now=[KNOWN])
    assert found[f"{KEYED}.amount_then"].value == 50_000
    assert found[f"{KEYED}.amount_then"].cells[0].cell.file.startswith(RAW.as_posix())


def test_a_released_paper_is_looked_back_on(home: Path) -> None:
    """Month 4 knew two months and estimated two; the data now reach to Month 4."""
    _release(home, known="8000000", amount="8300000", low="8200000", high="8700000")
    found = _register(home)
    actual = found[f"{PRESCRIBING}.known"].value - 8_000_000
    assert found[f"{PRESCRIBING}.actual"].value == actual
    assert found[f"{PRESCRIBING}.difference"].value == actual - 8_300_000
    assert found[f"{PRESCRIBING}.beyond_range"].value == actual - 8_700_000 > 0
    assert found[f"{PRESCRIBING}.actual"].period == "2023/24 M04"
    assert found[f"{PRESCRIBING}.amount"].period == "2023/24 M06"


def test_months_that_the_data_do_not_end_with_are_not_looked_back_on(home: Path) -> None:
    _release(home, known="8000000", amount="8300000")
    run = home / "params/2023-24/M06.yml"
    text = run.read_text(encoding="utf-8")
    run.write_text(text.replace("months_of_data: 4", "months_of_data: 3"), encoding="utf-8")
    assert f"{PRESCRIBING}.actual" not in _register(home)


def _release(home: Path, **measures: str) -> None:
    path = home / "data/released/2023-24/M04/bromley/figures.json"
    said = json.loads(path.read_text(encoding="utf-8"))
    like = said["figures"][0]
    for measure, value in measures.items():
        own = {"id": f"{PRESCRIBING}.{measure}", "value": value, "place": "bromley"}
        more = {"line": "prescribing_months", "measure": measure, "period": "2023/24 M04"}
        said["figures"].append({**like, **own, **more})
    text = ",\n".join(json.dumps(item) for item in said.pop("figures"))
    head = json.dumps(said)[:-1]
    path.write_text(f'{head}, "figures": [\n{text}\n]}}\n', encoding="utf-8")


AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@settings(deadline=None)
@given(then=AMOUNTS, actual=AMOUNTS, below=st.integers(0, 10**6), above=st.integers(0, 10**6))
def test_actual_is_the_estimate_and_the_difference(
    then: Decimal, actual: Decimal, below: int, above: int
) -> None:
    draft = Draft(paper_for(), Folder(paper_for()))
    scope = estimate_scope(draft, "bromley", "total", "all")
    ends = {"low_then": then - below, "high_then": then + above}
    for measure, value in {"amount_then": then, "actual": actual, **ends}.items():
        scope.derive(measure, f"{value:f}")
    _conclude(draft, scope)
    told = {figure.measure: figure.value for figure in draft.register}
    assert told["amount_then"] + told["difference"] == actual
    assert ("difference_share" in told) == (then > 0)
    inside = ends["low_then"] <= actual <= ends["high_then"]
    assert (told["beyond_range"] == 0) == inside
    assert told["beyond_range"] <= abs(told["difference"])
