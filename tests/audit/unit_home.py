"""A home of its own whose month stands on unit-level extracts, all of them, messy as they come."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
from homes import PROJECT, RAW, copied_home
from packages_home import packages_home, record, write

Record = dict[str, str]
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
LINES = ("acute_services", "continuing_care_services", "prescribing", "mental_health_services")
SCHEDULES = (
    *("position", "budget_overview", "corporate_costs", "efficiency_schemes", "place_savings"),
    *("mhis", "resource_limit", "bppc", "chc_activity_price", "chc_high_cost", "corrections"),
)
LEDGER = (
    *("cost_centre", "cost_centre_description", "subjective", "subjective_description"),
    *("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn"),
)
REFERENCE = Path("data/reference")


def unit_home(target: Path) -> Path:
    """The real month below `target`, with unit-level extracts in place of what they give."""
    home = copied_home(PROJECT, target)
    for name in SCHEDULES:
        (home / RAW / f"{name}.csv").unlink()
    _ledger(home)
    _savings(home)
    _returns(home)
    packages_home(home, _packages())
    write_csv(
        home / REFERENCE / "chc_budgets.csv",
        [
            {"financial_year": "2023/24", "place": p, "clients": "9", "average_price": "3,050"}
            for p in PLACES
        ],
    )
    return home


def write_csv(path: Path, records: Sequence[Mapping[str, str]], title: str = "") -> None:
    """A CSV file of records, below a title where one is given."""
    write(path, (), records)
    if title:
        path.write_text(f"{title}\n\n{path.read_text(encoding='utf-8')}", encoding="utf-8")


def centres() -> list[Record]:
    """Where each cost centre belongs; one moved in Month 4, and two are corporate."""
    found = [
        _centre(f"9290{p}{n}", place, line)
        for p, place in enumerate(PLACES)
        for n, line in enumerate(LINES)
    ]
    found[0] |= {"to": "2023-24 M03", "directorate": "other_programme_services"}
    found.append(_centre(found[0]["cost_centre"], PLACES[0], LINES[0], start="2023-24 M04"))
    found.append(_centre("929101", "central", "corporate_budgets", "programme"))
    found.append(_centre("92956A", "central", "corporate_budgets", "admin"))
    return found


APRIL = "2023-24 M01"


def _centre(code: str, place: str, line: str, group: str = "", start: str = APRIL) -> Record:
    words = {"cost_centre": code, "description": f"{line} {code}", "place": place}
    return {**words, "directorate": line, "group": group, "from": start, "to": "", "note": ""}


def ledger_lines() -> list[Record]:
    """Two lines for each cost centre: spending, and income or a blank."""
    found = []
    for number, code in enumerate(dict.fromkeys(row["cost_centre"] for row in centres())):
        size = 100_000 + 7_919 * number
        spent = {"ytd_budget": f"{size}.10", "ytd_actual": f"{size + 331 * (number % 5) - 700}.25"}
        year = {"annual_budget": f"{2 * size}.20", "forecast_outturn": f"{2 * size + 555}.05"}
        found.append(_line(code, "52100", {**spent, **year}))
        blank = {"ytd_budget": "-1500.00", "ytd_actual": "", "annual_budget": "-3000", **EMPTY}
        found.append(_line(code, "41000", blank))
    return found


EMPTY = {"forecast_outturn": ""}


def _line(code: str, subjective: str, amounts: Record) -> Record:
    words = {"cost_centre": code, "cost_centre_description": f"Centre {code}"}
    return {**words, "subjective": subjective, "subjective_description": "x", **amounts}


def _ledger(home: Path) -> None:
    """The ledger as a workbook, with titles, a total row and headings of the supplier's own."""
    path = home / RAW / "ledger.xlsx"
    headings = ["Cost Centre", "Description of it", "Account Code", "subjective description"]
    headings += ["Year to date Budget (£)", "YTD Actual", "Annual Budget", "FOT"]
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    book.active["A1"] = "Ledger position"
    sheet = book.create_sheet("Position")
    sheet["A1"] = "Ledger position, September 2023"
    for column, text in enumerate(headings, start=1):
        sheet.cell(4, column, text)
    for row, line in enumerate(ledger_lines(), start=5):
        for column, name in enumerate(LEDGER, start=1):
            if column > 4 and line[name]:
                cell = sheet.cell(row, column, float(line[name]))
                cell.number_format = "#,##0.00;[Red](#,##0.00)"
            elif name == "subjective":
                sheet.cell(row, column, int(line[name])).number_format = "000000"
            elif line[name]:
                sheet.cell(row, column, line[name])
    book.save(path)
    layouts = "extracts:\n  ledger:\n    headings:\n      subjective: [Account Code]\n"
    layouts += "      cost_centre_description: [Description of it]\n"
    layouts += "      forecast_outturn: [FOT]\n"
    (home / "params" / "layouts.yml").write_text(layouts, encoding="utf-8")
    write_csv(home / REFERENCE / "cost_centres.csv", centres())
    write_csv(home / RAW / "trial_balance.csv", balances(), "Trial balance, September 2023")


def balances() -> list[Record]:
    """A trial balance that agrees with the ledger and nets to zero."""
    found = []
    for line in ledger_lines():
        if line["ytd_actual"]:
            amounts = {"in_month": "10.00", "ytd": line["ytd_actual"]}
            found.append(_posting(line["cost_centre"], line["subjective"], amounts))
    whole = sum(round(100 * float(row["ytd"])) for row in found)
    amounts = {"in_month": f"-{10 * len(found)}.00", "ytd": f"-{whole / 100:.2f}"}
    return [*found, _posting("", "80100", amounts)]


def _posting(code: str, subjective: str, amounts: Record) -> Record:
    words = {"entity": "QKK", "cost_centre": code, "subjective": subjective}
    return {**words, "analysis_1": "0", "analysis_2": "0", "period": "M06", **amounts}


def _savings(home: Path) -> None:
    schemes = [_scheme(p, n, place) for p, place in enumerate(PLACES) for n in range(4)]
    path = home / RAW / "savings_tracker.csv"
    write_csv(path, schemes)
    lines = path.read_text(encoding="utf-8").splitlines()
    semicolons = "\n".join(";".join(row) for row in csv.reader(lines))
    path.write_bytes(f"Tracker for September 2023 – draft\n{semicolons}\n".encode("cp1252"))
    required = [
        {"financial_year": "2023/24", "place": place, "annual_requirement": f"{9_000 + p}.50"}
        for p, place in enumerate(PLACES)
    ]
    write_csv(home / REFERENCE / "savings_requirements.csv", required)
    counted_on = "savings_delivery_percent: {agreed: 2023-04-30, low: 95, medium: 75, high: 40}\n"
    report = home / "params" / "report.yml"
    report.write_text(report.read_text(encoding="utf-8") + counted_on, encoding="utf-8")


def _scheme(p: int, n: int, place: str) -> Record:
    names = ("Prescribing", "Acute Services", "Tariff Efficiency & Convergence", "Prescribing")
    found = {"scheme": f"Scheme {p}{n} – é", "place": place, "directorate": names[n]}
    found |= {"recurrent": "recurrent" if n % 2 else "non-recurrent", "cash_releasing": "yes"}
    found |= {"status": "unidentified" if n == 3 else "in progress", "risk": "low"}
    for month in range(1, 13):
        plan = 100 + 13 * p + 7 * n + month
        found[f"plan_m{month:02d}"] = f"{plan}.50"
        found[f"actual_m{month:02d}"] = f"£{plan - 4 * n}.25" if month <= 6 else ""
        found[f"forecast_m{month:02d}"] = f"{plan + n}.00"
    return found


def _returns(home: Path) -> None:
    raw = home / RAW
    names = ("Perinatal", "Prescribing", "Crisis", "Dementia")
    programmes = [_programme(n, name) for n, name in enumerate(names)]
    write_csv(raw / "mhis_return.csv", programmes)
    moves = [_move("M00", "budget", "All", p, 1_000_000 + n) for n, p in enumerate(COLUMNS)]
    moves += [_move("M02", "internal_adjustment", "Pay", "bromley", 30)]
    moves += [_move("M02", "internal_adjustment", "Pay", "central", -30)]
    moves += [_move("M04", "allocation", "Diabetes", "central", 500)]
    moves += [_move("M06", "allocation", "Winter", place, 25) for place in COLUMNS]
    write_csv(raw / "allocations.csv", moves)
    paid = ("number_paid", "number_within_target", "value_paid", "value_within_target")
    rows = (("NHS", "41", "39", "1,000.00", "900"), ("Non-NHS", "303", "285", "11", "10"))
    write_csv(raw / "invoices.csv", [dict(zip(("creditor", *paid), r, strict=True)) for r in rows])


COLUMNS = (*PLACES, "central")


def _programme(n: int, name: str) -> Record:
    eligible = "excluded" if name == "Dementia" else "eligible"
    amounts = {"prior_year_outturn": f"{1000 + n}.10", "annual_plan": "1100", "ytd_plan": "550"}
    amounts |= {"ytd_actual": "560", "forecast_outturn": f"{1_100 + n}.50"}
    return {"programme": name, "eligible": eligible, "reason": "", **amounts}


def _move(month: str, kind: str, item: str, place: str, amount: int) -> Record:
    where = {"month": month, "movement": kind, "item": item, "place": place}
    return {**where, "amount": f"{amount}.75" if amount > 0 else f"({-amount}.75)"}


def _packages() -> Iterable[Record]:
    """Ten clients or more a place, of every kind; Southwark has so few that they are hidden."""
    for p, place in enumerate(PLACES):
        for n in range(5 if place == "southwark" else 15 + p):
            begins = f"2023-0{4 if n < 10 else 5 + n % 4}-{11 + n % 15}"
            yield record(n, place, start_date=begins, weekly_rate=_rate(n))
        rest = {"start_date": "17/05/2023", "end_date": "03-Aug-23", "weekly_rate": "1,555.55"}
        yield record(50, place, **rest, nhs_share="50%")
        yield record(50, place, start_date="2023-07-01", package_id=f"SECOND-{p}")
        for n in range(60, 70):
            yield record(n, place, care_type="FNC", weekly_rate="219.71")
            yield record(n, place, one_off="yes", package_id=f"ONE-{p}-{n}", weekly_rate="500.00")


def _rate(n: int) -> str:
    return f"{700 + 111 * n}.33"
