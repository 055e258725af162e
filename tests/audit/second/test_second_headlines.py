"""What a board acts on, from the extracts alone: it agrees, and a formula that lies is found."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from homes import change_rows, copied_home
from savings_home import THREE, tracker_home
from walked import walked

from boardpack.audit.second.headlines import differing, headlines
from boardpack.audit.second.numbers import Results
from boardpack.audit.second.records import Month
from boardpack.core.money import plain
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.figure import Figure
from boardpack.figures.formula import FIGURE_ID, evaluate
from boardpack.figures.register import Register

PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
ACTED_ON = (
    "position.bromley.total.ytd_variance",
    "position.bromley.total.forecast_variance",
    "position.bromley.total.required_run_rate",
    "position.bromley.prescribing.latest_run_rate",
    "position.bromley.prescribing.ytd_variance_share",
    "position.icb.total.ytd_variance",
    "overview.lambeth.total.ytd_actual",
    "prescribing.bromley.ppa.ytd_spend",
    "prescribing.bromley.ppa.forecast_outturn",
    "prescribing.bromley.ppa.ytd_variance_share",
    "prescribing.bromley.local_growth.ytd_overspend",
    "prescribing.icb.places_ppa.ytd_variance_share",
    "prescribing.icb.places_ledger.ytd_variance_share",
    "mental_health.icb.mhis.over_delivery",
    "resource_limit.icb.total.roll_forward",
    "resource_limit.bromley.total.budget",
    "savings.bromley.total.ytd_variance",
    "savings.bromley.total.full_year_forecast",
    "efficiency.icb.total.ytd_variance",
    "efficiency.bromley.total.unidentified",
    "chc.lambeth.packages.ytd_actual",
    "chc.icb.packages.ytd_variance",
    "chc.bexley.all_clients.cost_in_month",
)


def month(home: Path) -> Month:
    return Month(home, "2023-24", 6, "bromley", PLACES)


def values(register: Register) -> dict[str, str | None]:
    return {figure.id: plain(figure.value) for figure in register}


@pytest.fixture(scope="module")
def found(project: Path) -> Results:
    return headlines(month(project))


def test_both_implementations_agree_on_every_headline(found: Results, register: Register) -> None:
    told = values(register)
    assert differing(found, told) == {}
    assert set(ACTED_ON) <= set(found)
    assert set(ACTED_ON) <= set(told)
    assert len(found.keys() & told.keys()) >= 1200


@pytest.mark.parametrize("name", ACTED_ON)
def test_a_headline_that_is_a_little_off_is_told(
    name: str, found: Results, register: Register
) -> None:
    told = values(register)
    told[name] = plain(Decimal(str(told[name])) + Decimal("0.01"))
    assert set(differing(found, told)) == {name}


@pytest.mark.parametrize("name", ACTED_ON)
def test_a_formula_that_leaves_out_a_part_lies_to_the_walk_and_not_to_the_headlines(
    name: str, found: Results, register: Register, project: Path
) -> None:
    """Each figure in turn is left out of the formula, and the value follows from the rest."""
    honest = register[name]
    assert honest.formula is not None
    behind = {one: register[one].value for one in FIGURE_ID.findall(honest.formula)}
    for gone, value in behind.items():
        nothing = "0" if f"/ {gone}" not in honest.formula else "1"
        formula = re.sub(rf"(?<![\w.]){re.escape(gone)}(?![\w.])", nothing, honest.formula)
        lie = Figure(**{**vars(honest), "source": formula, "value": evaluate(formula, behind)})
        assert name not in dict(walked(project, [lie, *map(register.__getitem__, behind)]).wrong)
        told = {**values(register), name: plain(lie.value)}
        assert set(differing(found, told)) == ({name} if value else set())


def test_a_changed_cell_changes_what_the_second_implementation_finds(
    project: Path, register: Register, tmp_path: Path
) -> None:
    home = copied_home(project, tmp_path)

    def change(record: dict[str, str]) -> dict[str, str]:
        return {**record, "ytd_actual": record["ytd_actual"].replace("25,385", "25,395")}

    change_rows(home, "position.csv", change)
    told = differing(headlines(month(home)), values(register))
    assert "position.bromley.prescribing.ytd_variance" in told
    assert "position.bromley.total.ytd_actual" in told
    assert not any(name.startswith(("chc.", "savings.", "overview.")) for name in told)


def test_run_rates_are_taken_from_the_last_version_of_a_released_paper(
    project: Path, tmp_path: Path
) -> None:
    home = copied_home(project, tmp_path)
    name = "position.bromley.total.latest_run_rate"
    before = headlines(month(home))[name]
    folder = home / "data/released/2023-24/M04/bromley"
    (folder / "v2").mkdir()
    text = (folder / "figures.json").read_text().replace('"-1482000"', '"-1480000"')
    (folder / "v2/figures.json").write_text(text)
    assert headlines(month(home))[name] == before - 1000


@pytest.mark.parametrize(
    ("since", "is_told"), [("2023-24 M04", True), ("2023-24 M06", False), ("2023-24 M07", True)]
)
def test_no_rate_is_taken_since_a_paper_of_another_structure(
    project: Path, since: str, is_told: bool
) -> None:
    again = headlines(month(project)._replace(changes=(since,)))
    assert ("position.bromley.total.latest_run_rate" in again) is is_told


def test_a_tracker_with_no_scheme_found_yet_has_nil_identified(tmp_path: Path) -> None:
    home = tracker_home(tmp_path / "home", ({**THREE[0], "place": "bexley"}, THREE[2]))
    register = compute(load_paper(home, parse_month("2023-24", "M06")), "efficiency")
    again = headlines(month(home))
    assert again["efficiency.bromley.total.identified"] == 0
    assert differing(again, values(register)) == {}


def test_extracts_that_are_not_there_give_no_figures(tmp_path: Path) -> None:
    assert headlines(month(tmp_path)) == {}
