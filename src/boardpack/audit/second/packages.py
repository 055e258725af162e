"""Packages of care counted and priced a second time, day by day.

Shares no code with the product (see second_reading). Client level: nothing here says who a client
is, and no error tells what a cell says. A client of a month has a day of care in it; funded nursing
care and one-off costs are kept apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from boardpack.audit.second.days import NEVER, day_of_text
from boardpack.audit.second.numbers import NIL, Number, Results, divided
from boardpack.audit.second.reading import Month, Row, is_there, rows

YES = ("yes", "y", "true", "1")
SPELLINGS = {
    "chc": "chc standard",
    "standard": "chc standard",
    "fast-track": "fast track",
    "joint funded": "joint",
    "section 117": "s117",
    "personal health budget": "phb",
    "children's": "children",
    "learning disability": "ld",
    "mental health": "mh",
    "physical disability": "pd",
    "under 65": "<65",
    "65 and over": "65+",
}
Days = list[str]


class Care(NamedTuple):
    """A rate of a package: whose, where, its kind, its days (both included), pounds a week.

    `what` is the care type and the client group.
    """

    client: str
    place: str
    kind: str
    begins: str
    ends: str
    rate: Decimal
    share: Decimal
    what: str = ""
    package: str = ""

    def days(self, days: Days) -> Days:
        """Which of some days it runs on."""
        return [day for day in days if self.begins <= day <= self.ends]

    def cost(self, days: Days) -> Decimal:
        """What the NHS pays over some days; a one-off is paid whole, on the day it begins."""
        if self.kind == "one_off":
            return self.rate * self.share if self.begins in days else NIL
        return self.rate * self.share * len(self.days(days)) / 7


def by_package(month: Month) -> bool:
    """Whether the month stands on packages of care, and not on schedules."""
    return is_there(month, "chc_packages") and not is_there(month, "chc_activity_price")


def care(month: Month) -> list[Care]:
    """The rates of all packages."""
    return [_care(row) for row in rows(month, "chc_packages")]


def _care(row: Row) -> Care:
    share, rate = row.number("nhs_share"), row.number("weekly_rate")
    one_off = row.text("one_off").strip().lower() in YES
    nursing = row.text("care_type").strip().lower() == "fnc"
    return Care(
        row.text("client_id").strip().casefold(),
        row.text("place"),
        "one_off" if one_off else "fnc" if nursing else "care",
        max(_day(row, "start_date", ""), _day(row, "rate_start", "")),
        min(_day(row, "end_date", NEVER), _day(row, "rate_end", NEVER)),
        NIL if rate is None else rate.value,
        Decimal(1) if share is None else share.value / 100,
        "/".join(_told(row, column) for column in ("care_type", "client_group")),
        row.text("package_id").strip().casefold(),
    )


def _told(row: Row, column: str) -> str:
    """A word of the row as all spellings of it are written here."""
    said = row.text(column).strip().lower()
    return SPELLINGS.get(said, said)


def _day(row: Row, column: str, blank: str) -> str:
    return day_of_text(row.text(column), row.layout) if row.text(column).strip() else blank


def days_of(month: Month, number: int) -> Days:
    """Every day of a month of the financial year."""
    year = int(month.year[:4]) + (number > 9)
    day = dt.date(year, (number + 2) % 12 + 1, 1)
    found = []
    while day.month == (number + 2) % 12 + 1:
        found.append(day.isoformat())
        day += dt.timedelta(days=1)
    return found


def activity_rows(month: Month) -> list[Row]:
    """Clients and average price: printed, or made of packages and the budgets of the year."""
    if not by_package(month):
        return rows(month, "chc_activity_price")
    found = []
    budgets = [
        r for r in rows(month, "chc_budgets") if r.text("financial_year") == month.financial_year
    ]
    for place in dict.fromkeys(row.text("place") for row in budgets):
        found.append(_budget([row for row in budgets if row.text("place") == place]))
    packages = [one for one in care(month) if one.kind == "care"]
    for number in range(1, month.number + 1):
        days = days_of(month, number)
        for place in month.places:
            own = _running(packages, place, days)
            cost = sum((one.cost(days) for one in own), NIL)
            clients = len({one.client for one in own})
            made = {
                "clients": Number(Decimal(clients)),
                "average_price": Number(divided(cost, Decimal(clients)) or NIL),
            }
            found.append(Row({"period": f"M{number:02d}", "place": place}, made))
    return found


def high_cost_rows(month: Month) -> list[Row]:
    """Clients above the weekly rate at each month's end: printed, or made of packages."""
    if not is_there(month, "chc_packages") or is_there(month, "chc_high_cost"):
        return rows(month, "chc_high_cost")
    limit = month.high_cost_weekly_rate
    packages = [one for one in care(month) if one.kind == "care" and one.rate > limit]
    found = []
    for number in range(1, month.number + 1):
        last = days_of(month, number)[-1:]
        for place in month.places:
            clients = len({one.client for one in _running(packages, place, last)})
            words = {"financial_year": month.financial_year, "period": f"M{number:02d}"}
            made = {"clients": Number(Decimal(clients))}
            found.append(Row({**words, "place": place}, made))
    return found


def _running(packages: Iterable[Care], place: str, days: Days) -> list[Care]:
    return [one for one in packages if one.place == place and one.days(days)]


def weeks_and_accruals(month: Month) -> Results:
    """Client-weeks of each month, and what packages of each kind have cost to date."""
    found: Results = {}
    if not is_there(month, "chc_packages"):
        return found
    packages = care(month)
    for number in range(1, month.number + 1):
        days = days_of(month, number)
        suffix = "" if number == month.number else f".m{number:02d}"
        for place in (*month.places, "icb"):
            own = [one for one in packages if place in (one.place, "icb") and one.kind == "care"]
            _weeks(found, f"chc.{place}.all_clients", suffix, own, days)
    to_date = [day for n in range(1, month.number + 1) for day in days_of(month, n)]
    for place in (*month.places, "icb"):
        own = [one for one in packages if place in (one.place, "icb")]
        _accrued(found, f"chc.{place}", own, to_date)
    return found


def _weeks(found: Results, name: str, suffix: str, own: list[Care], days: Days) -> None:
    """A client counts a day once, however many packages there are on it; a place by a place."""
    lived = {(one.client, one.place, day) for one in own for day in one.days(days)}
    weeks = Decimal(len(lived)) / 7
    found[f"{name}.client_weeks{suffix}"] = weeks
    if weeks:
        cost = sum((one.cost(days) for one in own), NIL)
        found[f"{name}.average_weekly_price{suffix}"] = cost / weeks


def _accrued(found: Results, name: str, own: list[Care], days: Days) -> None:
    lines = {"care": "accrued", "fnc": "fnc", "one_off": "one_off"}
    costs = []
    for kind, line in lines.items():
        paid = [one for one in own if one.kind == kind and one.cost(days)]
        costs.append(sum((one.cost(days) for one in paid), NIL))
        found[f"{name}.{line}.ytd_actual"] = costs[-1]
        if kind != "care" and name != "chc.icb":
            found[f"{name}.{line}.clients_to_date"] = Decimal(len({one.client for one in paid}))
    found[f"{name}.accrual.ytd_actual"] = sum(costs, NIL)


def _budget(parts: list[Row]) -> Row:
    """What a place's budget was built on; of places that are one now, at their mean price."""
    words = {**parts[0].words, "period": "Budget"}
    if len(parts) == 1:
        return parts[0]._replace(words=words)
    pairs = [(row.number("clients"), row.number("average_price")) for row in parts]
    counted = [(one.value, price.value) for one, price in pairs if one and price]
    clients = sum((one for one, _ in counted), NIL)
    cost = sum((one * price for one, price in counted), NIL)
    made = {"clients": Number(clients), "average_price": Number(divided(cost, clients) or NIL)}
    return Row(words, made)
