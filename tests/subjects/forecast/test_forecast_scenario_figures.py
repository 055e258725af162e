"""What-ifs: applied to the months to come only, added up, and part of nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, RUN, copied_home
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_home import paper_of
from month_six import paper_for, whole_register

from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.core.run import Scenario
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.draft import Draft
from boardpack.figures.register import Register
from boardpack.prose.figure_words import describe
from boardpack.reading.folder import Folder
from boardpack.subjects.forecast.scenario_figures import scenario_figures

BASE = "position.bromley.total.forecast_variance"
TO_COME = {"prescribing": 25_408_000, "chc": 12_608_000, "savings": 4_381_000}
PERCENT = st.decimals(min_value=-100, max_value=100, places=3)
PERCENTS = st.tuples(PERCENT, PERCENT, PERCENT, PERCENT, PERCENT)
DRIVERS = (
    "prescribing_price",
    "prescribing_activity",
    "chc_price",
    "chc_activity",
    "savings_slip",
)
Percents = tuple[Decimal, ...]


def _with(scenarios: list[Scenario], place: str = "bromley") -> Paper:
    paper = paper_for(place)
    run = paper.run.model_copy(update={"scenarios": scenarios})
    return paper.model_copy(update={"run": run})


def _scenario(percents: Percents, name: str = "one") -> Scenario:
    named = {f"{d}_percent": p for d, p in zip(DRIVERS, percents, strict=True)}
    return Scenario.model_validate({"name": name, **named})


def _what_if(*percents: Percents) -> Register:
    """The scenarios of the real month alone, computed from the register's figures."""
    paper = _with([_scenario(p, f"s{n}") for n, p in enumerate(percents)])
    known = (f for f in whole_register() if f.chapter in ("position", "savings", "efficiency"))
    draft = Draft(paper, Folder(paper, corrections=()), Register(known))
    scenario_figures(draft)
    return draft.register


def _plain(percents: Percents) -> Decimal:
    """The change once more, from the printed tables in pounds."""
    price, items, care_price, care, slip = percents
    medicines = TO_COME["prescribing"] * (price + items)
    packages = TO_COME["chc"] * (care_price + care)
    return -(medicines + packages + TO_COME["savings"] * slip) / 100


def _change(register: Register, name: str = "s0") -> Decimal:
    return register[f"scenario.bromley.{name}.total.change"].value


@settings(deadline=None, max_examples=40)
@given(percents=PERCENTS)
def test_a_change_is_what_a_plain_calculation_gives(percents: Percents) -> None:
    found = _what_if(percents)
    assert _change(found) == _plain(percents)
    end = found["scenario.bromley.s0.total.what_if_variance"].value
    assert end == found.agreed(BASE).value + _plain(percents)


@settings(deadline=None, max_examples=40)
@given(first=PERCENTS, second=PERCENTS)
def test_changes_are_linear_and_add_up(first: Percents, second: Percents) -> None:
    halves = tuple((a + b) / 2 for a, b in zip(first, second, strict=True))
    found = _what_if(first, second, halves)
    assert _change(found, "s0") + _change(found, "s1") == 2 * _change(found, "s2")
    drivers = [f for f in found if f.id.startswith("scenario.bromley.s0.")]
    changes = [f.value for f in drivers if f.measure == "change" and not f.id.count(".total.")]
    assert sum(changes, Decimal(0)) == _change(found)


def test_nothing_changed_changes_nothing() -> None:
    found = _what_if((Decimal(0),) * 5)
    assert _change(found) == 0
    assert found["scenario.bromley.s0.total.what_if_variance"].value == -2_675_000


def test_one_per_cent_on_the_prices_of_month_six(register: Register) -> None:
    name = "scenario.bromley.prices_one_per_cent"
    assert register[f"{name}.prescribing_price.change"].value == -254_080
    assert register[f"{name}.chc_price.change"].value == -126_080
    assert register[f"{name}.total.what_if_variance"].value == -3_055_160
    assert register[f"{name}.total.what_if_variance"].is_estimate


def test_other_parameters_move_only_the_what_ifs() -> None:
    """A render with other scenarios gives every other figure as it was."""
    other = compute(_with([_scenario((Decimal(7),) * 5)]), *NEEDS)
    one, two = (
        {f.id: f.to_json() for f in register if f.chapter != "scenario"}
        for register in (whole_register(), other)
    )
    assert one == two
    assert "scenario.bromley.one.total.change" in other


def test_a_line_without_a_forecast_gives_no_what_if() -> None:
    """The ICB's directorates have no forecast in Month 6; its savings have."""
    prices = _scenario(tuple(map(Decimal, (1, 0, 0, 0, 0))), "prices")
    slip = _scenario(tuple(map(Decimal, (0, 0, 0, 0, 10))), "slip")
    found = compute(_with([prices, slip], "icb"), "scenario")
    assert "scenario.icb.prices.total.change" not in found
    assert found["scenario.icb.slip.total.change"].value == -1_536_400


def test_once_the_year_is_over_nothing_is_supposed() -> None:
    paper = _with([_scenario((Decimal(1),) * 5)])
    over = paper.model_copy(update={"month": paper.month.earlier(-6)})
    draft = Draft(over, Folder(paper, corrections=()), Register(whole_register()))
    before = len(draft.register)
    scenario_figures(draft)
    assert len(draft.register) == before


def test_a_what_if_bears_out_no_commentary(register: Register) -> None:
    chapters = {facet.figure.chapter for facet in describe(register)}
    assert "scenario" not in chapters
    assert "position" in chapters


@pytest.mark.parametrize(
    ("lines", "column", "words"),
    [
        ("- {name: a, chc_price_percent: 101}", "scenarios.0.chc_price_percent", "at most 100"),
        ("- {name: A b}", "scenarios.0.name", "small letters"),
        ("- {name: a, chc_prise_percent: 1}", "scenarios.0.chc_prise_percent", "known parameter"),
        ("- {name: a}\n- {name: a}", "scenarios", "a stands twice"),
        ("- {title: No name}", "scenarios.0.name", "this parameter"),
    ],
)
def test_a_wrong_scenario_is_told_where_it_stands(
    tmp_path: Path, lines: str, column: str, words: str
) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    text = (home / RUN).read_text(encoding="utf-8")
    (home / RUN).write_text(f"{text.split('scenarios:')[0]}scenarios:\n{lines}\n", encoding="utf-8")
    with pytest.raises(InputFaults) as caught:
        paper_of(home)
    (fault,) = caught.value.faults
    assert fault.column == column
    assert words in fault.expected
