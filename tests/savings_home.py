"""Homes for tests: the real month with a tracker of schemes, or a return by programme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from homes import PROJECT, RAW, change_rows, copied_home
from packages_home import write

Record = dict[str, str]
DELIVERY = "savings_delivery_percent: {agreed: 2023-04-30, low: 95, medium: 75, high: 40}\n"
QUARTERS = "savings_quarter_percent: [10, 25, 30, 35]\n"
MONTHS = range(1, 13)
SCHEDULES = {
    "savings_tracker.csv": ("efficiency_schemes.csv", "place_savings.csv"),
    "mhis_return.csv": ("mhis.csv",),
}


def scheme(
    name: str,
    plan: Sequence[object],
    actual: Sequence[object],
    forecast: Sequence[object],
    **words: str,
) -> Record:
    """A scheme of Bromley by month; `actual` has the months over, `forecast` those to come."""
    made = {
        "scheme": name,
        "place": "bromley",
        "directorate": "Prescribing",
        "recurrent": "recurrent",
        "cash_releasing": "yes",
        "status": "in progress",
        "risk": "medium",
        **words,
    }
    over = len(MONTHS) - len(forecast)
    for month in MONTHS:
        made[f"plan_m{month:02d}"] = str(plan[month - 1])
        made[f"actual_m{month:02d}"] = str(actual[month - 1]) if month <= len(actual) else ""
        to_come = month - over - 1
        made[f"forecast_m{month:02d}"] = str(forecast[to_come]) if to_come >= 0 else ""
    return made


THREE = (
    scheme("Switches", [100] * 12, [80] * 3 + [110] * 3, [120] * 6),
    scheme("Vacancies", [50] * 12, [50] * 6, [40] * 6, recurrent="non-recurrent", risk="low"),
    scheme(
        *("To be found", [20] * 12, [], [""] * 6),
        recurrent="non-recurrent",
        status="unidentified",
        risk="high",
    ),
)
"""A scheme that gains pace, one of this year only, and one that nobody has found."""


def tracker_home(target: Path, schemes: Sequence[Record] = THREE, told: str = DELIVERY) -> Path:
    """The month with a tracker in place of its two schedules; `told` is added to the report."""
    home = _home(target, "savings_tracker.csv", schemes)
    report = home / "params" / "report.yml"
    report.write_text(report.read_text(encoding="utf-8") + told, encoding="utf-8")
    places = dict.fromkeys(row["place"] for row in schemes)
    needed = [
        {"financial_year": "2023/24", "place": place, "annual_requirement": "2,040"}
        for place in places
    ]
    write(home / "data" / "reference" / "savings_requirements.csv", (), needed)
    return home


def programme(name: str, before: object, actual: object, forecast: object, **words: str) -> Record:
    """A programme of the return that counts towards the standard, in pounds."""
    return {
        "programme": name,
        "eligible": "eligible",
        "reason": "",
        "prior_year_outturn": str(before),
        "annual_plan": str(forecast),
        "ytd_plan": str(actual),
        "ytd_actual": str(actual),
        "forecast_outturn": str(forecast),
        **words,
    }


def return_home(target: Path, programmes: Sequence[Mapping[str, str]]) -> Path:
    """The month with a return by programme in place of the standard's schedule."""
    return _home(target, "mhis_return.csv", programmes)


def _home(target: Path, file: str, records: Sequence[Mapping[str, str]]) -> Path:
    home = target if (target / "params").exists() else copied_home(PROJECT, target)
    for name in SCHEDULES[file]:
        (home / RAW / name).unlink(missing_ok=True)
    gone = SCHEDULES[file]
    change_rows(home, "corrections.csv", lambda row: None if row["file"] in gone else row)
    write(home / RAW / file, (), records)
    return home
