"""Care against its budget, and prices against what is funded, recomputed a second time.

Shares no code with the product (see second_reading). What adds to the cost is positive. Nothing
here asks whether a place may be shown: what the register does not tell is not compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import NamedTuple

from boardpack.audit.second.drivers import CARE_TYPES, Group, in_groups
from boardpack.audit.second.numbers import NIL, Results
from boardpack.audit.second.packages import SPELLINGS, Care, Days, care, days_of
from boardpack.audit.second.position import actual_to_date
from boardpack.audit.second.reading import Month, Row, is_there, rows

MARCH = "03-31"


class Plan(NamedTuple):
    """What the year's budget has for a kind of care of a place: weeks, and pounds."""

    place: str
    what: str
    weeks: Decimal
    cost: Decimal


def care_against_budget(month: Month) -> Results:
    """Volume, mix and price to date of each place and of all, and the rise of prices."""
    found: Results = {}
    if not is_there(month, "chc_packages"):
        return found
    counted = [one for one in care(month) if one.kind == "care"]
    _price_rises(found, month, counted)
    plans = [_plan(row) for row in rows(month, "chc_budget_activity") if _is_this_year(month, row)]
    if plans:
        _budgets(found, month, plans)
        own = [one for one in plans if one.what.split("/")[0] in CARE_TYPES]
        _places(found, month, own, counted)
    return found


def _is_this_year(month: Month, row: Row) -> bool:
    return row.text("financial_year") == month.financial_year


def _plan(row: Row) -> Plan:
    said = [row.text(column).strip().lower() for column in ("care_type", "client_group")]
    weeks, price = row.number("client_weeks"), row.number("weekly_price")
    amounts = [NIL if one is None else one.value for one in (weeks, price)]
    what = "/".join(SPELLINGS.get(word, word) for word in said)
    return Plan(row.text("place"), what, amounts[0], amounts[0] * amounts[1])


def _year(month: Month) -> list[Days]:
    return [days_of(month, number) for number in range(1, 13)]


def _share_of_year(month: Month) -> Decimal:
    lengths = [len(days) for days in _year(month)]
    return Decimal(sum(lengths[: month.number])) / sum(lengths)


def _budgets(found: Results, month: Month, plans: Iterable[Plan]) -> None:
    """The year's budget of each place and of all, and how far the ledger's lies from it."""
    ledger = actual_to_date(month, month.roles.get("continuing_care", ""), "annual_budget")
    for place in (*month.places, "icb"):
        mine = [one for one in plans if place in (one.place, "icb")]
        packages = [one.cost for one in mine if one.what.split("/")[0] in CARE_TYPES]
        cost = sum((one.cost for one in mine), NIL)
        found[f"chc.{place}.planned.annual_budget"] = sum(packages, NIL)
        found[f"chc.{place}.planned.ytd_budget"] = sum(packages, NIL) * _share_of_year(month)
        found[f"chc.{place}.accrual.annual_budget"] = cost
        if place in ledger:
            found[f"chc.{place}.accrual.budget_difference"] = cost - ledger[place]


def _places(found: Results, month: Month, plans: list[Plan], counted: list[Care]) -> None:
    """The three parts of each place by the kinds that every place may tell, and their sums."""
    months = _year(month)[: month.number]
    told = [place for place in month.places if _may_tell(month, counted, place, months)]
    groups = _common(month, [one for one in counted if one.place in told], plans, months)
    parts = ("over_budget", "volume_over_budget", "mix_over_budget", "price_over_budget")
    for place in told:
        own = [one for one in plans if one.place == place]
        mine = [one for one in counted if one.place == place]
        _effects(found, month, place, own, mine, groups)
    for part in (*parts, "ytd_actual", "ytd_client_weeks"):
        sums = [found.get(f"chc.{place}.against_budget.{part}") for place in month.places]
        there = [one for one in sums if one is not None]
        if len(there) == len(sums):
            found[f"chc.icb.against_budget.{part}"] = sum(there, NIL)


def _people(own: Iterable[Care], days: Days) -> int:
    return len({one.client for one in own if one.days(days)})


def _is_few(month: Month, count: int) -> bool:
    return month.few[0] <= count <= month.few[1]


def _may_tell(month: Month, counted: list[Care], place: str, months: list[Days]) -> bool:
    own = [one for one in counted if one.place == place]
    return not any(_is_few(month, _people(own, days)) for days in months)


def _common(
    month: Month, counted: list[Care], plans: list[Plan], months: list[Days]
) -> list[Group]:
    """The kinds of care as they are shown: none has few people of any place in any month."""
    people: dict[tuple[str, str, int], set[str]] = {}
    for one in counted:
        for number, days in enumerate(months):
            if one.begins <= days[-1] and one.days(days):
                people.setdefault((one.what, one.place, number), set()).add(one.client)

    def is_few(kinds: Group) -> bool:
        for place, number in product(month.places, range(len(months))):
            sets = [people.get((kind, place, number), set()) for kind in kinds]
            if _is_few(month, len(set[str]().union(*sets))):
                return True
        return False

    running = {what for what, _, _ in people}
    return in_groups(running | {one.what for one in plans}, is_few)


def _effects(
    found: Results,
    month: Month,
    place: str,
    plans: list[Plan],
    mine: list[Care],
    groups: Iterable[Group],
) -> None:
    days = [day for one in _year(month)[: month.number] for day in one]
    phased = _share_of_year(month)
    weeks = sum((one.weeks for one in plans), NIL)
    budget = sum((one.cost for one in plans), NIL)
    if not weeks:
        return
    seen: set[tuple[str, str]] = set()
    paid = lived = at_budget = NIL
    for group in groups:
        own = [one for one in mine if one.what in group]
        new = {(one.client, day) for one in own for day in one.days(days)} - seen
        seen |= new
        cost, given = sum((one.cost(days) for one in own), NIL), Decimal(len(new)) / 7
        planned = [one for one in plans if one.what in group]
        planned_weeks = sum((one.weeks for one in planned), NIL)
        planned_cost = sum((one.cost for one in planned), NIL)
        at_budget += given * planned_cost / planned_weeks if planned_weeks else cost
        paid, lived = paid + cost, lived + given
    name = f"chc.{place}.against_budget"
    found[f"{name}.ytd_actual"], found[f"{name}.ytd_client_weeks"] = paid, lived
    found[f"{name}.over_budget"] = paid - budget * phased
    found[f"{name}.volume_over_budget"] = (lived - weeks * phased) * budget / weeks
    found[f"{name}.mix_over_budget"] = at_budget - lived * budget / weeks
    found[f"{name}.price_over_budget"] = paid - at_budget


def _price_rises(found: Results, month: Month, counted: list[Care]) -> None:
    """What packages that ran in March and run at the month end cost a week, then and now."""
    start = f"{month.year[:4]}-{MARCH}"
    end = days_of(month, month.number)[-1]
    for place in (*month.places, "icb"):
        own = [one for one in counted if place in (one.place, "icb")]
        then = {one.package: one.rate * one.share for one in own if one.days([start])}
        now = {one.package: one.rate * one.share for one in own if one.days([end])}
        before = sum((then[name] for name in then if name in now), NIL)
        after = sum((now[name] for name in now if name in then), NIL)
        if before:
            name = f"chc.{place}.same_package"
            rise = (after / before - 1) * 100
            found[f"{name}.price_growth"] = _rounded(rise, Decimal("0.1"))
            covered = after / sum(now.values(), NIL) * 100
            found[f"{name}.share_of_weekly_cost"] = _rounded(covered, Decimal(1))


def _rounded(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
