"""Headlines recomputed from unit-level extracts: every one agrees, and a changed one is found."""

from __future__ import annotations

import copy
import csv
import json
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
from boardpack.audit.second.reading import Month
from boardpack.audit.verification.finding import Step
from boardpack.audit.verification.recomputed import SUPPRESSED, recomputed
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
    "corporate.icb.92956a.ytd_variance",
    "corporate.icb.corporate_total.annual_budget",
    "corporate.icb.running_cost_allowance.annual_allowance",
    "control.icb.trial_balance.ytd",
    "control.icb.trial_balance_qkk.in_month.m06",
    "control.bexley.cost_centre_929000.trial_balance_ytd",
    "control.bromley.cost_centres.forecast_outturn",
    "efficiency.bexley.total.unidentified",
    "efficiency.icb.total.ytd_delivery_share",
    "savings.bromley.prescribing.full_year_forecast",
    "savings.bexley.non_recurrent.full_year_plan",
    "savings.bexley.scheme_scheme_01.risk_adjusted_variance",
    "savings.icb.status_in_progress.ytd_actual",
    "savings.bromley.recurrent_schemes.full_year_effect",
    "mental_health.icb.programme_crisis.headroom",
    "mental_health.icb.eligible_programmes.break_even_slippage",
    "chc.bexley.all_clients.clients",
    "chc.bexley.all_clients.average_price.m04",
    "chc.greenwich.all_clients.client_weeks.m05",
    "chc.lambeth.all_clients.average_weekly_price",
    "chc.lewisham.all_clients.volume_variance",
    "chc.lambeth.accrued.ytd_actual",
    "chc.lambeth.drivers.mix_change",
    "chc.icb.fnc.ytd_actual",
    "chc.icb.one_off.ytd_actual",
    "chc.bromley.accrual.ledger_difference",
    "mental_health.icb.mhis.forecast_target",
    "mental_health.icb.mhis.prior_year_outturn.2022_23",
    "mental_health.icb.mhis.over_delivery",
    "resource_limit.bromley.total.budget.m02",
    "resource_limit.icb.total.roll_forward",
    "resource_limit.central.allocations.allocation.m04",
    "indicators.icb.bppc_non_nhs.ytd_actual_by_value",
    "indicators.icb.bppc_nhs.ytd_variance",
)


@pytest.fixture(scope="session")
def found(unit_month: Month) -> Results:
    return headlines(unit_month)


def values(figures: Told) -> dict[str, str | None]:
    return {name: figure["value"] for name, figure in figures.items()}


def test_every_headline_of_unit_level_extracts_agrees(found: Results, unit_figures: Told) -> None:
    told = values(unit_figures)
    assert differing(found, told) == {}
    assert sum(told.get(name) is not None for name in found) >= 1500


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
        return {one.belongs("directorate") for one in lines}

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
        "control.icb.ledger.ytd_actual",
        "control.bexley.cost_centre_929000.ledger_ytd",
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


def _verified(paper_home: Path, figures: Told, tmp_path: Path) -> tuple[Step, Step]:
    (tmp_path / "manifest.json").write_text(json.dumps(PAPER), encoding="utf-8")
    cells, again = recomputed(Sealed(tmp_path, paper_home, paper_home), figures)
    return cells, again


def test_a_verification_counts_what_it_recomputes_and_says_what_is_suppressed(
    unit_month: Month, unit_figures: Told, found: Results, tmp_path: Path
) -> None:
    cells, again = _verified(unit_month.home, unit_figures, tmp_path)
    assert (cells.findings, again.findings) == ((), ())
    hidden = [name for name in found if unit_figures.get(name, {}).get("suppressed")]
    assert "chc.southwark.all_clients.clients" in hidden
    assert again.count == len(found.keys() & unit_figures.keys()) - len(hidden)
    assert again.note == f"{SUPPRESSED}: {len(hidden)} figures."


def test_a_value_that_is_gone_and_not_said_to_be_suppressed_is_a_finding(
    unit_month: Month, unit_figures: Told, tmp_path: Path
) -> None:
    told = copy.deepcopy(unit_figures)
    name = "position.bromley.prescribing.ytd_variance"
    told[name]["value"] = None
    again = _verified(unit_month.home, told, tmp_path)[1]
    assert [finding.subject for finding in again.findings] == [name]


def test_an_extract_that_cannot_be_read_again_is_a_finding(
    unit_month: Month, unit_figures: Told, tmp_path: Path
) -> None:
    home = Path(shutil.copytree(unit_month.home, tmp_path / "home"))
    (home / RAW / "ledger.xlsx").write_bytes(b"no workbook")
    again = _verified(home, unit_figures, tmp_path)[1]
    assert "ledger.xlsx cannot be read" in again.findings[0].what


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
    cells, again = _verified(home, unit_figures, tmp_path)
    assert again.findings
    assert "Planted" not in " ".join(finding.what for finding in (*cells.findings, *again.findings))
