"""Schedules made from the tracker, the return, the movements and the invoices of a month."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from homes import PROJECT, RAW, RUN, change_rows, copied_home, leave_out
from month_six import REFERENCE
from packages_home import write

from boardpack.core.errors import InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack.reading.extract import Row
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.duties.invoices_extract import read_invoices
from boardpack.subjects.funding.allocations_extract import read_allocations
from boardpack.subjects.mental_health.rates import UNVERIFIED, rate_on, read_dated_rates
from boardpack.subjects.savings.tracker_extract import month_columns, read_savings_tracker

Record = dict[str, str]
M06 = parse_month("2023-24", "M06")
M06_DAY = dt.date(2023, 9, 30)
SCHEDULES = {
    "savings_tracker.csv": ("efficiency_schemes.csv", "place_savings.csv"),
    "mhis_return.csv": ("mhis.csv",),
    "allocations.csv": ("resource_limit.csv",),
    "invoices.csv": ("bppc.csv",),
}


def home_with(target: Path, file: str, records: list[Record], month: str = "M06") -> Path:
    """The real month with a unit-level extract in place of the schedules that it gives."""
    home = target if (target / "params").exists() else copied_home(PROJECT, target)
    for name in SCHEDULES[file]:
        (home / RAW / name).unlink(missing_ok=True)
    names = SCHEDULES[file]
    change_rows(home, "corrections.csv", lambda row: None if row["file"] in names else row)
    write(home / RAW.parent / month / file, (), records)
    return home


def folder_of(home: Path) -> Folder:
    return Folder(load_paper(home, M06))


def register_of(home: Path, *chapters: str) -> Register:
    return compute(load_paper(home, M06), *chapters)


def scheme(name: str, plan: int, over: int = 6, **changes: str) -> Record:
    """A scheme of Bromley that saves `plan` pounds a month as planned, `over` months so far."""
    made = {
        "scheme": name,
        "place": "bromley",
        "directorate": "Prescribing",
        "recurrent": "recurrent",
        "cash_releasing": "yes",
        "status": "in progress",
        "risk": "low",
    }
    made |= dict.fromkeys(month_columns("plan"), str(plan))
    made |= dict.fromkeys(month_columns("forecast"), str(plan))
    made |= dict.fromkeys(month_columns("actual"), "")
    made |= dict.fromkeys(month_columns("actual", 1, over), str(plan))
    return {**made, **changes}


def tracker_home(target: Path, records: list[Record], required: str = "2,400") -> Path:
    home = home_with(target, "savings_tracker.csv", records)
    requirement = {"financial_year": "2023/24", "place": "bromley", "annual_requirement": required}
    write(home / "data" / "reference" / "savings_requirements.csv", (), [requirement])
    return home


SCHEMES = [
    scheme("switches", 100, actual_m06="40", forecast_m12="150.50"),
    scheme("tariff", 50, directorate="Tariff Efficiency & Convergence", recurrent="non-recurrent"),
    scheme("to be found", 50, status="unidentified", actual_m01="", actual_m02=""),
]


def test_efficiency_schemes_are_made_from_the_tracker(tmp_path: Path) -> None:
    register = register_of(tracker_home(tmp_path, SCHEMES), "savings")
    name = "efficiency.bromley.total."
    assert register[f"{name}annual_requirement"].value == 2400
    assert register[f"{name}identified"].value == 12 * 150
    assert register[f"{name}unidentified"].value == 1800 - 2400
    assert register[f"{name}unidentified.printed"].value == -600
    assert register[f"{name}ytd_plan"].value == 6 * 200
    assert register[f"{name}ytd_actual"].value == 540 + 300 + 200
    assert register["efficiency.icb.total.identified"].value == 1800


def test_place_savings_are_made_by_directorate_with_actuals_for_months_over(tmp_path: Path) -> None:
    register = register_of(tracker_home(tmp_path, SCHEMES), "savings")
    line = "savings.bromley.prescribing."
    assert register[f"{line}full_year_plan"].value == 12 * 150
    expected = 540 + 200 + 5 * 100 + Decimal("150.50") + 6 * 50
    assert register[f"{line}full_year_forecast"].value == expected
    cells = register[f"{line}ytd_plan"].cells
    assert [item.cell.column for item in cells] == [f"plan_m{n:02d}" for n in range(1, 7)]
    chosen = {item.rule.where for item in cells if item.rule}
    assert chosen == {(("directorate", ("Prescribing",)), ("place", ("bromley",)))}
    split = "savings.bromley.{}.full_year_plan"
    stated = Decimal(register[split.format("recurrent")].value)
    assert stated  # as the report states it, where it does


def test_what_repeats_comes_from_the_tracker_where_no_report_states_it(tmp_path: Path) -> None:
    home = tracker_home(tmp_path, SCHEMES)
    leave_out(home, "stated.csv")
    register = register_of(home, "savings")
    assert register["savings.bromley.recurrent.full_year_plan"].value == 12 * 150
    assert register["savings.bromley.non_recurrent.full_year_plan"].value == 12 * 50


def test_last_month_comes_from_last_months_tracker(tmp_path: Path) -> None:
    then = [scheme("switches", 100, over=5, actual_m05="30"), scheme("new", 20, over=5)]
    home = home_with(tmp_path, "savings_tracker.csv", then, month="M05")
    register = register_of(tracker_home(home, SCHEMES), "efficiency")
    name = "efficiency.bromley.total."
    assert register[f"{name}unidentified_prior_month"].value == 12 * 120 - 2400
    assert register[f"{name}ytd_variance_prior_month"].value == -70
    moved = register[f"{name}unidentified_movement"].value
    assert moved == (1800 - 2400) - (12 * 120 - 2400)


def test_last_months_tracker_is_read_with_its_own_corrections_alone(tmp_path: Path) -> None:
    then = [scheme("switches", 100, over=5, actual_m05="30")]
    home = tracker_home(home_with(tmp_path, "savings_tracker.csv", then, month="M05"), SCHEMES)
    rows = [
        {"file": "savings_tracker.csv", "column": "actual_m05", "printed": "30", "used": "35"},
        {"file": "position.csv", "column": "ytd_actual", "printed": "1", "used": "2"},
    ]
    made = [{**row, "row": "2", "why": "as the scheme's owner says"} for row in rows]
    columns = ("file", "row", "column", "printed", "used", "why")
    write(home / RAW.parent / "M05" / "corrections.csv", columns, made)
    register = register_of(home, "efficiency")
    assert register["efficiency.bromley.total.ytd_variance_prior_month"].value == -65


def test_last_month_comes_from_its_released_register_where_no_tracker_is_kept(
    tmp_path: Path,
) -> None:
    register = register_of(tracker_home(tmp_path, SCHEMES), "efficiency")
    figure = register["efficiency.bromley.total.unidentified_prior_month"]
    assert figure.formula == "efficiency.bromley.total.unidentified.m05"


def test_without_last_month_there_is_no_movement(tmp_path: Path) -> None:
    home = tracker_home(tmp_path, SCHEMES)
    run = home / RUN
    text = run.read_text(encoding="utf-8").replace("compare_with: [M05, M04]", "compare_with: []")
    run.write_text(text, encoding="utf-8")
    register = register_of(home, "efficiency")
    assert not [f.id for f in register if "prior_month" in f.id or "movement" in f.id]


@pytest.mark.parametrize(
    ("changes", "column"),
    [({"actual_m03": ""}, "actual_m03"), ({"actual_m07": "5"}, "actual_m07")],
)
def test_an_actual_is_due_for_months_over_and_for_no_other(
    tmp_path: Path, changes: Record, column: str
) -> None:
    home = tracker_home(tmp_path, [scheme("switches", 100, **changes)])
    with pytest.raises(InputFaults) as caught:
        read_savings_tracker(folder_of(home))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(2, column)]


def programme(name: str, eligible: str = "eligible", outturn: str = "1000") -> Record:
    amounts = {"annual_plan": "1100", "ytd_plan": "550", "ytd_actual": "560"}
    row = {"programme": name, "eligible": eligible, "reason": "", "prior_year_outturn": outturn}
    return {**row, **amounts, "forecast_outturn": "1,100.50"}


def test_the_mhis_target_grows_from_the_eligible_outturn_alone(tmp_path: Path) -> None:
    records = [
        programme("Perinatal"),
        programme("Prescribing", outturn="2000"),
        programme("ADHD assessment", "excluded"),
        programme("Dementia", "excluded"),
    ]
    register = register_of(home_with(tmp_path, "mhis_return.csv", records), "mental_health")
    assert register["mental_health.icb.mhis.forecast_target"].value == 3000 * Decimal("1.0922")
    assert register["mental_health.icb.mhis.forecast_outturn"].value == 2201
    over = register["mental_health.icb.mhis.over_delivery"]
    assert over.value == 2201 - 3000 * Decimal("1.0922")
    assert over.formula is not None
    growth = register["mental_health.icb.prescribing.growth"].value
    assert growth == (Decimal("1100.50") / 2000 - 1) * 100


@pytest.mark.parametrize("name", ["Learning disability and autism", "Dementia", "Adult ADHD"])
def test_a_programme_that_can_never_count_is_refused_as_eligible(tmp_path: Path, name: str) -> None:
    home = home_with(tmp_path, "mhis_return.csv", [programme("Perinatal"), programme(name)])
    with pytest.raises(InputFaults) as caught:
        read_schedule(folder_of(home), own_schedule("mhis_return"))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(3, "eligible")]


COLUMNS = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark", "central")


def movement(month: str, kind: str, place: str, amount: str, item: str = "All") -> Record:
    return {"month": month, "movement": kind, "item": item, "place": place, "amount": amount}


def test_the_resource_limit_is_rolled_forward_from_movements(tmp_path: Path) -> None:
    records = [
        *(movement("M00", "budget", place, "1,000") for place in COLUMNS),
        movement("M02", "internal_adjustment", "bromley", "30.25", "Pay"),
        movement("M02", "internal_adjustment", "central", "-30.25", "Pay"),
        movement("M04", "allocation", "central", "500", "Diabetes"),
        movement("M04", "allocation", "central", "5", "Diabetes"),
    ]
    register = register_of(home_with(tmp_path, "allocations.csv", records), "resource_limit")
    name = "resource_limit.{}.total.budget{}"
    assert register[name.format("bromley", ".m00")].value == 1000
    assert register[name.format("bromley", ".m02")].value == Decimal("1030.25")
    assert register[name.format("bromley", "")].value == Decimal("1030.25")
    assert register[name.format("central", "")].value == Decimal("1474.75")
    assert register[name.format("icb", "")].value == 7505
    assert register["resource_limit.icb.pay.internal_adjustment.m02"].value == 0
    (item,) = register["resource_limit.central.diabetes.allocation.m04"].cells
    assert item.made_from == (
        "rows 11-12 where item is Diabetes and month is M04 and movement is allocation"
        " and place is central: sum of amount"
    )


@pytest.mark.parametrize(
    "record",
    [
        movement("M03", "budget", "bromley", "5"),
        movement("M00", "allocation", "bromley", "5"),
        movement("M07", "allocation", "bromley", "5"),
    ],
)
def test_a_budget_that_is_computed_and_a_month_to_come_are_refused(
    tmp_path: Path, record: Record
) -> None:
    opening = movement("M00", "budget", "bromley", "5")
    with pytest.raises(InputFaults) as caught:
        read_allocations(folder_of(home_with(tmp_path, "allocations.csv", [opening, record])))
    assert {(fault.row, fault.column) for fault in caught.value.faults} == {(3, "month")}


def test_a_column_that_moves_without_a_start_is_told_once(tmp_path: Path) -> None:
    records = [movement("M02", "allocation", "bromley", "5")] * 2
    with pytest.raises(InputFaults, match="an opening budget of bromley in M00") as caught:
        read_allocations(folder_of(home_with(tmp_path, "allocations.csv", records)))
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [(2, "place")]


def paid(creditor: str, *amounts: str) -> Record:
    names = ("number_paid", "number_within_target", "value_paid", "value_within_target")
    return {"creditor": creditor, **dict(zip(names, amounts, strict=True))}


def test_payment_performance_is_made_from_invoices(tmp_path: Path) -> None:
    records = [
        paid("NHS", "40", "39", "1,000.00", "900"),
        paid("Non-NHS", "300", "285", "10", "10"),
    ]
    register = register_of(home_with(tmp_path, "invoices.csv", records), "indicators")
    assert register["indicators.icb.bppc_nhs.ytd_actual"].value == Decimal("97.5")
    assert register["indicators.icb.bppc_nhs.ytd_actual_by_value"].value == 90
    assert register["indicators.icb.bppc_non_nhs.ytd_variance"].value == 0


def test_more_within_the_target_than_were_paid_is_refused(tmp_path: Path) -> None:
    home = home_with(tmp_path, "invoices.csv", [paid("NHS", "40", "41", "10", "9")])
    with pytest.raises(InputFaults, match="number_within_target"):
        read_invoices(folder_of(home))


def rate_rows() -> tuple[Row, ...]:
    return read_dated_rates(folder_of(PROJECT)).rows


def test_a_rate_holds_from_day_to_day_and_names_its_source() -> None:
    folder = folder_of(PROJECT)
    row = rate_on(folder, "mhis_uplift", M06_DAY)
    assert row.amounts["value"].amount == Decimal("9.22")
    with pytest.raises(InputFaults, match="mhis_uplift"):
        rate_on(folder, "mhis_uplift", M06_DAY.replace(year=2030))
    unverified = {r["from"][:4] for r in rate_rows() if r["source"].startswith(UNVERIFIED)}
    assert unverified == {"2022", "2023"}


def test_the_funded_nursing_rates_rise_together_from_year_to_year() -> None:
    """The higher rate has moved with the standard one in every year: a slip in either shows."""
    rates = {
        name: {r["from"]: r for r in rate_rows() if r["rate"] == name}
        for name in ("fnc_standard_weekly", "fnc_higher_weekly")
    }
    standard, higher = rates["fnc_standard_weekly"], rates["fnc_higher_weekly"]
    assert list(standard) == list(higher)
    assert len(standard) >= 9
    paid = [standard[day].amounts["value"].amount for day in sorted(standard)]
    assert paid == sorted(set(paid))
    for day, row in standard.items():
        ratio = higher[day].amounts["value"].amount / row.amounts["value"].amount
        assert Decimal("1.3756") < ratio < Decimal("1.3758"), day


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference material is not here")
def test_the_funded_nursing_rates_are_those_of_the_reference() -> None:
    with (REFERENCE / "chc" / "fnc_rates.csv").open(encoding="utf-8") as file:
        known = {row["fy"][:4]: row for row in csv.DictReader(file)}
    for name, column in (
        ("fnc_standard_weekly", "standard_gbp_per_week"),
        ("fnc_higher_weekly", "higher"),
    ):
        found = {r["from"][:4]: r.amounts["value"].amount for r in rate_rows() if r["rate"] == name}
        assert found == {year: Decimal(row[column]) for year, row in known.items()}
