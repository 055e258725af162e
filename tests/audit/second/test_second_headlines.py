"""The second implementation: it agrees with the first, shares nothing with it, and can differ."""

from __future__ import annotations

import ast
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from homes import change_rows, copied_home
from savings_home import THREE, tracker_home

import boardpack.audit.second.headlines as second
from boardpack.audit.second.headlines import differing, headlines
from boardpack.audit.second.numbers import Number, settled
from boardpack.audit.second.reading import Month
from boardpack.core.money import plain
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register

PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
ISSUE = (
    "position.bromley.total.ytd_variance",
    "position.bromley.total.forecast_variance",
    "position.bromley.prescribing.latest_run_rate",
    "position.icb.total.ytd_variance",
    "prescribing.bromley.ppa.ytd_spend",
    "prescribing.bromley.ppa.forecast_outturn",
    "prescribing.bromley.ppa.ytd_variance_share",
    "prescribing.icb.places_ppa.ytd_variance_share",
    "prescribing.icb.places_ledger.ytd_variance_share",
    "mental_health.icb.mhis.implied_prior_year_outturn",
    "mental_health.icb.mhis.over_delivery",
    "cash.icb.available_cash.drawn_down_share",
    "cash.icb.remaining_cash_limit.requirement",
    "resource_limit.icb.total.roll_forward",
    "savings.bromley.total.ytd_variance",
    "efficiency.icb.total.ytd_variance",
    "efficiency.icb.places_with_a_gap.unidentified",
    "efficiency.bromley.total.unidentified_movement",
    "chc.lambeth.packages.ytd_actual",
    "chc.icb.packages.ytd_variance",
    "chc.icb.high_cost.change",
    "corporate.icb.admin_total.ytd_variance",
    "corporate.icb.corporate_total.forecast_variance",
    "indicators.icb.bppc_non_nhs.ytd_actual",
)


def month(home: Path) -> Month:
    told = {"bppc_percent": Decimal(95), "cash_limit_percent": Decimal("1.25")}
    return Month(home, "2023-24", 6, "bromley", PLACES, default_place="bromley", parameters=told)


def values(register: Register) -> dict[str, str | None]:
    return {figure.id: plain(figure.value) for figure in register}


def test_both_implementations_agree_on_every_headline(project: Path, register: Register) -> None:
    found = headlines(month(project))
    assert differing(found, values(register)) == {}
    assert set(ISSUE) <= set(found)
    assert set(ISSUE) <= set(values(register))
    assert len(found.keys() & values(register).keys()) >= 2570


@pytest.mark.parametrize("name", ISSUE)
def test_a_headline_that_is_a_little_off_is_told(
    name: str, project: Path, register: Register
) -> None:
    found, told = headlines(month(project)), values(register)
    told[name] = plain(Decimal(str(told[name])) + Decimal("0.01"))
    assert set(differing(found, told)) == {name}


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
    assert not any(name.startswith(("chc.", "cash.", "overview.")) for name in told)


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


def test_a_tracker_with_no_scheme_found_yet_has_nil_identified(tmp_path: Path) -> None:
    home = tracker_home(tmp_path / "home", ({**THREE[0], "place": "bexley"}, THREE[2]))
    register = compute(load_paper(home, parse_month("2023-24", "M06")), "efficiency")
    found = headlines(month(home))
    assert found["efficiency.bromley.total.identified"] == 0
    assert differing(found, values(register)) == {}


def test_extracts_that_are_not_there_give_no_figures(tmp_path: Path) -> None:
    assert headlines(month(tmp_path)) == {}


def test_it_takes_nothing_from_the_product() -> None:
    folder = Path(second.__file__).parent
    files = [*sorted(folder.glob("second_*.py")), folder / "printed_number.py"]
    assert len(files) > 6
    for path in files:
        for name in _imported(path):
            own = name.startswith("boardpack.audit.second_")
            is_yaml = (path.name, name) == ("second_forms.py", "yaml")  # it reads the forms
            known = name.split(".")[0] in sys.stdlib_module_names
            assert own or known or is_yaml, (path.name, name)


def _imported(path: Path) -> list[str]:
    found: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.append(node.module or "")
        elif isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
    return found


def test_a_print_settles_what_rounding_explains_and_nothing_more() -> None:
    computed = Number(Decimal(120861), Decimal("4.5"))
    assert settled(computed, Number(Decimal(120860), Decimal("0.5"))).value == 120860
    assert settled(computed, Number(Decimal(120855), Decimal("0.5"))).value == 120861
    assert settled(computed, None) == computed
