"""The package database: what it counts, what it refuses, and that it never tells of a person."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from homes import RAW
from packages_home import CLIENT, NAME, NHS_NUMBER, packages_home, record

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import compute
from boardpack.figures.register import Register
from boardpack.reading import by_column, csv_files
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.chc.packages_extract import database_of, read_chc_packages

PLANTED = (NAME, NHS_NUMBER, CLIENT, "PACKAGE-", "1931-01-02")
ACTIVITY, HIGH_COST = own_schedule("chc_activity_price"), own_schedule("chc_high_cost")
M06 = parse_month("2023-24", "M06")


def folder_of(home: Path) -> Folder:
    return Folder(load_paper(home, M06))


def faults_of(tmp_path: Path, *records: dict[str, str]) -> tuple[Fault, ...]:
    with pytest.raises(InputFaults) as caught:
        read_chc_packages(folder_of(packages_home(tmp_path, records)))
    assert not [text for text in PLANTED if text in str(caught.value)]
    return caught.value.faults


def amounts(tmp_path: Path, *records: dict[str, str]) -> dict[tuple[str, str], Decimal]:
    """Clients and average price of Bromley by month."""
    extract = read_schedule(folder_of(packages_home(tmp_path, records)), ACTIVITY)
    return {
        (row["period"], name): value.amount
        for row in extract.only(place="bromley")
        for name, value in row.amounts.items()
    }


def test_clients_and_the_average_price_of_each_month_to_date(tmp_path: Path) -> None:
    found = amounts(
        tmp_path,
        record(1),
        record(2, start_date="2023-09-16", weekly_rate="1,400", nhs_share="50%"),
        record(3, care_type="FNC", weekly_rate="219.71"),
        record(4, one_off="yes", weekly_rate="9,000", start_date="2023-09-02"),
        record(5, end_date="2023-04-30", status="ended"),
    )
    assert found["M04", "clients"] == 1
    assert found["M01", "clients"] == 2
    assert found["M01", "average_price"] == Decimal(700) * 30 / 7
    assert found["M06", "clients"] == 2
    assert found["M06", "average_price"] == (Decimal(100) * 30 + Decimal(100) * 15) / 2
    assert ("M07", "clients") not in found


def test_a_client_counts_once_in_a_month_in_which_the_rate_changes(tmp_path: Path) -> None:
    found = amounts(
        tmp_path,
        record(1, rate_end="2023-06-10"),
        record(1, rate_start="2023-06-11", weekly_rate="1400"),
    )
    assert found["M03", "clients"] == 1
    assert found["M03", "average_price"] == 100 * 10 + 200 * 20


def test_high_cost_is_a_rate_over_the_limit_on_the_last_day_of_the_month(tmp_path: Path) -> None:
    records = (
        record(1, weekly_rate="1500"),
        record(2, weekly_rate="1500.01"),
        record(3, weekly_rate="2000", end_date="2023-09-29", status="ended"),
        record(4, weekly_rate="2000", care_type="FNC"),
    )
    extract = read_schedule(folder_of(packages_home(tmp_path, records)), HIGH_COST)
    counts = {row["period"]: row.amounts["clients"].amount for row in extract.only(place="bromley")}
    assert counts["M06"] == 1
    assert counts["M05"] == 2


def test_a_value_names_rows_and_no_text(tmp_path: Path) -> None:
    extract = read_schedule(folder_of(packages_home(tmp_path, [record(1), record(2)])), ACTIVITY)
    value = extract.only(place="bromley", period="M06")[0].amounts["clients"]
    assert value.lines == (2, 3)
    assert value.cell.text == ""
    assert value.method


MESSES = {
    "two rates on one day": (
        [record(1), record(1, rate_start="2023-06-01")],
        (3, "rate_start", "row 2"),
    ),
    "one rate twice": ([record(1), record(1)], (3, "package_id", "row 2")),
    "a rate inside another": (
        [
            record(1, rate_end="2023-12-31"),
            record(1, rate_start="2023-05-01", rate_end="2023-05-31"),
            record(1, rate_start="2023-07-01", rate_end="2023-07-31"),
        ],
        (4, "rate_start", "row 2"),
    ),
    "ended without an end": ([record(1, status="Ended")], (2, "end_date", "ended")),
    "care after a death": (
        [
            record(1, end_date="2023-06-01", status="deceased"),
            record(1, package_id="PACKAGE-other"),
        ],
        (3, "end_date", "row 2"),
    ),
    "an hourly rate": ([record(1, weekly_rate="24.50")], (2, "weekly_rate", "a week")),
    "a yearly rate": ([record(1, weekly_rate="52000")], (2, "weekly_rate", "a week")),
    "a unit that is no week": ([record(1, unit="daily")], (2, "unit", "week")),
    "an end before the start": (
        [record(1, end_date="2023-03-01", status="ended")],
        (2, "end_date", "before"),
    ),
    "a share of 0.5": ([record(1, nhs_share="0.5")], (2, "nhs_share", "50%")),
    "an unknown care type": ([record(1, care_type="Ada Planted")], (2, "care_type", "fnc")),
    "an unknown place": ([record(1, place="Ada Planted")], (2, "place", "place")),
    "a date that is none": ([record(1, start_date="Ada Planted")], (2, "start_date", "date")),
    "an amount that is none": (
        [record(1, weekly_rate="Ada Planted")],
        (2, "weekly_rate", "amount"),
    ),
    "no client": ([record(1, client_id="")], (2, "client_id", "")),
}


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize("name", MESSES)
def test_a_mess_is_refused_by_row_and_column_and_never_by_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, is_long: bool
) -> None:
    if is_long:
        monkeypatch.setattr(csv_files, "LONG", 0)
        monkeypatch.setattr(by_column, "MANY", 1)
    records, (row, column, said) = MESSES[name]
    faults = faults_of(tmp_path, *records)
    found = [fault for fault in faults if (fault.row, fault.column) == (row, column)]
    assert found, faults
    assert said in found[0].expected
    assert all(fault.value is None for fault in faults)


@pytest.mark.parametrize("end", ["", "31/12/9999", "9999-12-31"])
def test_an_open_end_runs_on(tmp_path: Path, end: str) -> None:
    assert amounts(tmp_path, record(1, end_date=end))["M06", "clients"] == 1


def test_packages_are_made_once_for_all_folders_of_a_month(tmp_path: Path) -> None:
    paper = load_paper(packages_home(tmp_path, [record(1)]), M06)
    one, other = Folder(paper), Folder(paper)
    assert database_of(one) is database_of(other)
    assert one.hashes == other.hashes != {}


def test_identifiers_are_hashed_and_other_columns_are_not_kept(tmp_path: Path) -> None:
    folder = folder_of(packages_home(tmp_path, [record(1), record(2)]))
    kept = [repr(read_chc_packages(folder)), repr(read_schedule(folder, ACTIVITY))]
    kept += [str(vars(package)) for package in database_of(folder).packages]
    kept.append(repr(vars(folder)))
    assert not [(text, one) for text in PLANTED for one in kept if text in one]
    assert len({package.client for package in database_of(folder).packages}) == 2


def test_a_schedule_beside_the_packages_is_refused(tmp_path: Path) -> None:
    home = packages_home(tmp_path, [record(1)])
    (home / RAW / "chc_high_cost.csv").write_text("financial_year,period,place,clients\n")
    with pytest.raises(InputFaults, match="one source"):
        read_schedule(folder_of(home), HIGH_COST)


def register_of(home: Path) -> Register:
    return compute(load_paper(home, M06), "chc")


def test_no_output_of_the_register_tells_of_a_person(tmp_path: Path) -> None:
    records = [record(n, place) for place in PLACES for n in range(9)]
    register = register_of(packages_home(tmp_path, records))
    written = str([figure.to_json() for figure in (*register, *register.suppressed)])
    assert not [text for text in PLANTED if text in written]
    assert "'rows': '11-19'" in written  # Bromley's, the second place


PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")


def test_client_weeks_and_the_weekly_price(tmp_path: Path) -> None:
    records = [record(n, place) for place in PLACES for n in range(9)]
    register = register_of(packages_home(tmp_path, records))
    name = "chc.bromley.all_clients."
    assert register[f"{name}client_weeks"].value == Decimal(9 * 30) / 7
    assert round(register[f"{name}average_weekly_price"].value, 9) == 700
    assert round(register["chc.icb.all_clients.average_weekly_price.m05"].value, 9) == 700


def test_what_the_packages_accrue_is_held_against_the_ledger(tmp_path: Path) -> None:
    records = [record(n, place) for place in PLACES for n in range(9)]
    records += [record(n + 20, "bromley", care_type="FNC") for n in range(9)]
    records += [record(n + 40, "bromley", one_off="yes", weekly_rate="10") for n in range(9)]
    register = register_of(packages_home(tmp_path, records))
    days = 183
    assert round(register["chc.bromley.accrued.ytd_actual"].value, 6) == 9 * 100 * days
    assert register["chc.bromley.fnc.ytd_actual"].value == 9 * 100 * days
    assert register["chc.bromley.one_off.ytd_actual"].value == 90
    whole = register["chc.bromley.accrual.ytd_actual"].value
    assert round(whole, 6) == 2 * 9 * 100 * days + 90
    ledger = register.agreed("position.bromley.continuing_care_services.ytd_actual").value
    assert register["chc.bromley.accrual.ledger_difference"].value == whole - ledger
