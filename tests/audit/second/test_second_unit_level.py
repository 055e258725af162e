"""Headlines recomputed from unit-level extracts: every one agrees, and a changed one is found."""

from __future__ import annotations

import copy
import csv
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from homes import RAW

from boardpack.audit.second.headlines import differing, headlines
from boardpack.audit.second.ledger import booked
from boardpack.audit.second.numbers import Results
from boardpack.audit.second.records import Month
from boardpack.audit.verification.finding import Step
from boardpack.audit.verification.recomputed import recomputed
from boardpack.audit.verification.sealed import Sealed
from boardpack.core.money import plain

Told = dict[str, dict[str, Any]]
PAPER = {"paper": {"financial_year": "2023/24", "month": 6, "place": "bromley"}}
EACH_KIND = (
    "position.bexley.acute_services.ytd_variance",
    "position.central.corporate_budgets.forecast_variance",
    "position.icb.total.forecast_variance",
    "position.bromley.total.ytd_variance_share",
    "overview.icb.prescribing.ytd_variance",
    "efficiency.bexley.total.unidentified",
    "efficiency.icb.total.ytd_variance",
    "savings.bromley.prescribing.full_year_forecast",
    "savings.bexley.total.ytd_variance",
    "chc.bexley.all_clients.clients",
    "chc.bexley.all_clients.average_price.m04",
    "chc.lambeth.all_clients.cost_variance",
    "chc.lambeth.accrued.ytd_actual",
    "chc.icb.fnc.ytd_actual",
    "chc.icb.one_off.ytd_actual",
    "chc.bromley.accrual.ytd_actual",
    "mental_health.icb.mhis.forecast_target",
    "mental_health.icb.mhis.prior_year_outturn.2022_23",
    "mental_health.icb.mhis.over_delivery",
    "resource_limit.bromley.total.budget.m02",
    "resource_limit.icb.total.roll_forward",
)


@pytest.fixture(scope="session")
def found(unit_month: Month) -> Results:
    return headlines(unit_month)


def values(figures: Told) -> dict[str, str | None]:
    return {name: figure["value"] for name, figure in figures.items()}


def test_every_headline_of_unit_level_extracts_agrees(found: Results, unit_figures: Told) -> None:
    told = values(unit_figures)
    assert differing(found, told) == {}
    assert sum(told.get(name) is not None for name in found) >= 850


@pytest.mark.parametrize("name", EACH_KIND)
def test_a_headline_of_each_kind_that_is_a_penny_off_is_told(
    name: str, found: Results, unit_figures: Told
) -> None:
    told = values(unit_figures)
    told[name] = plain(Decimal(str(told[name])) + Decimal("0.01"))
    assert set(differing(found, told)) == {name}


def test_a_cost_centre_that_moved_counts_where_it_stands_now(unit_month: Month) -> None:
    def where(month: Month) -> set[str]:
        lines = [one for one in booked(month) if one.row.text("cost_centre") == "929000"]
        return {one.directorate for one in lines}

    assert where(unit_month) == {"acute_services"}
    with pytest.raises(KeyError):  # nobody maps it before the year began
        where(unit_month._replace(year="2022-23", home=_as_month(unit_month, "2022-23/M06")))


def _as_month(month: Month, name: str) -> Path:
    """A home beside this one whose extracts are those of another month."""
    home = month.home.parent / "other"
    shutil.copytree(month.home / "data" / "reference", home / "data" / "reference")
    shutil.copytree(month.raw, home / "data" / "raw" / name)
    return home


def test_one_ledger_line_that_changed_is_found_wherever_it_counts(
    unit_month: Month, unit_figures: Told, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(unit_month.home, tmp_path / "home"))
    book = openpyxl.load_workbook(home / RAW / "ledger.xlsx")
    cell = book["Position"]["F5"]
    cell.value = round(cell.value + 0.01, 2)
    book.save(home / RAW / "ledger.xlsx")
    told = differing(headlines(unit_month._replace(home=home)), values(unit_figures))
    assert {
        "position.bexley.acute_services.ytd_actual",
        "position.bexley.total.ytd_variance",
        "overview.icb.total.ytd_actual",
    } <= set(told)
    assert not any(name.startswith(("chc.", "position.bromley", "savings.")) for name in told)


def test_one_package_that_ends_a_day_later_is_found(
    unit_month: Month, unit_figures: Told, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(unit_month.home, tmp_path / "home"))
    path = home / RAW / "chc_packages.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("03-Aug-23", "04-Aug-23", 1), encoding="utf-8")
    told = differing(headlines(unit_month._replace(home=home)), values(unit_figures))
    assert "chc.bexley.all_clients.cost_in_month.m05" in told
    assert "chc.bexley.accrued.ytd_actual" in told
    assert "chc.bexley.all_clients.clients.m05" not in told


def verified(paper_home: Path, figures: Told, tmp_path: Path) -> dict[str, Step]:
    (tmp_path / "manifest.json").write_text(json.dumps(PAPER), encoding="utf-8")
    steps = recomputed(Sealed(tmp_path, paper_home, paper_home), figures, {})
    return {step.name: step for step in steps}


def test_a_verification_says_what_is_held_how_and_what_by_neither(
    unit_month: Month, unit_figures: Told, found: Results, tmp_path: Path
) -> None:
    steps = verified(unit_month.home, unit_figures, tmp_path)
    assert [str(one) for step in steps.values() for one in step.findings] == []
    every, again = steps["Every figure"], steps["Headlines"]
    assert again.count == len([n for n in found if unit_figures.get(n, {}).get("value")])
    head = f"Of {len(unit_figures):,} figures, "
    for part in ("worked out by their formula", "added up from rows", "Not re-performed: "):
        assert part in every.note
    listed = [int(n.replace(",", "")) for n in re.findall(r"(?<=[;,.:] )([\d,]+) ", every.note)]
    assert sum(listed) == len(unit_figures)  # none is left without a word
    held = [int(n.replace(",", "")) for n in re.findall(r"([\d,]+) (?:are held|by|as)", again.note)]
    assert (head in every.note, head in again.note) == (True, True)
    assert sum(held) == len(unit_figures)


def test_a_value_that_is_gone_and_not_said_to_be_suppressed_is_a_finding(
    unit_month: Month, unit_figures: Told, tmp_path: Path
) -> None:
    told = copy.deepcopy(unit_figures)
    name = "position.bromley.prescribing.ytd_actual"
    told[name]["value"] = None
    steps = verified(unit_month.home, told, tmp_path)
    assert name in {finding.subject for finding in steps["Every figure"].findings}


def test_an_extract_that_cannot_be_read_again_is_a_finding(
    unit_month: Month, unit_figures: Told, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(unit_month.home, tmp_path / "home"))
    (home / RAW / "ledger.xlsx").write_bytes(b"no workbook")
    steps = verified(home, unit_figures, tmp_path)
    assert "ledger.xlsx cannot be read" in steps["Headlines"].findings[0].what
    assert "SHA-256 differs" in steps["Source cells"].findings[0].what
    assert steps["Every figure"].findings == ()


def test_no_message_tells_what_a_client_level_cell_says(
    unit_month: Month, unit_figures: Told, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(unit_month.home, tmp_path / "home"))
    path = home / RAW / "chc_packages.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        records = list(csv.reader(lines))
    records[1][records[0].index("start_date")] = "Ada Planted"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(records)
    steps = verified(home, unit_figures, tmp_path)
    assert steps["Headlines"].findings
    told = " ".join(finding.what for step in steps.values() for finding in step.findings)
    assert "Planted" not in told
