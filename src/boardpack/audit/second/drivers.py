"""What changed the cost of care since the month before, recomputed a second time, day by day.

Shares no code with the product (see second_reading). What adds to the cost is positive. Nothing
here asks whether people are too few to show: what the register does not tell is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import product

from boardpack.audit.second.numbers import NIL, Results, divided, kept, share
from boardpack.audit.second.packages import Care, Days, care, days_of
from boardpack.audit.second.reading import Month, is_there

CARE_TYPES = ("chc standard", "joint", "phb", "s117", "fast track", "children")
GROUPS = ("ld", "mh", "pd", "palliative", "<65", "65+", "")
Group = list[str]


def drivers(month: Month) -> Results:
    """Volume, mix and price of each place and of all, and who joined and left."""
    found: Results = {}
    if month.number == 1 or not is_there(month, "chc_packages"):
        return found
    then, now = days_of(month, month.number - 1), days_of(month, month.number)
    everyone = care(month)
    counted = [one for one in everyone if one.kind == "care"]
    for place in (*month.places, "icb"):
        own = [one for one in counted if place in (one.place, "icb")]
        kinds = [[kind] for kind in sorted({one.what for one in own})]
        groups = _shown(own, (then, now), month.few) if place == "icb" else kinds
        _parts(found, f"chc.{place}.drivers", own, groups, (then, now))
        before, after = ({(one.place, one.client) for one in _on(own, d)} for d in (then, now))
        found[f"chc.{place}.movers.clients_joined"] = Decimal(len(after - before))
        found[f"chc.{place}.movers.clients_left"] = Decimal(len(before - after))
        found[f"chc.{place}.repriced.clients_repriced"] = _repriced(own, (then, now))
        _rest_of_year(found, month, place, own, now)
        for kind in ("fnc", "one_off"):
            paid = [one for one in everyone if one.kind == kind and place in (one.place, "icb")]
            _kept_apart(found, f"chc.{place}.{kind}_month", paid, month)
    return found


def _repriced(own: list[Care], both: tuple[Days, Days]) -> Decimal:
    """How many people have a package whose last rate of either month is not the same."""
    last = []
    for days in both:
        ordered = sorted(_on(own, days), key=lambda one: one.begins)
        last.append({one.package: one.rate * one.share for one in ordered})
    changed = {name for name, rate in last[1].items() if last[0].get(name, rate) != rate}
    whose = {
        (one.place, one.client) for one in _on(own, [*both[0], *both[1]]) if one.package in changed
    }
    return Decimal(len(whose))


def _kept_apart(found: Results, name: str, paid: list[Care], month: Month) -> None:
    """People and cost of care that is not counted among clients, and weeks of nursing care."""
    for number in (month.number - 1, month.number):
        suffix, days = month.suffix(f"M{number:02d}"), days_of(month, number)
        own = [one for one in paid if one.cost(days) or (one.kind == "fnc" and one.days(days))]
        people = {(one.place, one.client) for one in own}
        found[f"{name}.clients{suffix}"] = Decimal(len(people))
        cost = found[f"{name}.cost_in_month{suffix}"] = sum((one.cost(days) for one in own), NIL)
        if name.endswith("fnc_month"):
            days_lived = {(one.client, one.place, day) for one in own for day in one.days(days)}
            weeks = found[f"{name}.client_weeks{suffix}"] = Decimal(len(days_lived)) / 7
            kept(found, f"{name}.average_weekly_price{suffix}", divided(cost, weeks))


def _parts(
    found: Results, name: str, own: list[Care], groups: Iterable[Group], both: tuple[Days, Days]
) -> None:
    """Price by kind and volume at the old average; mix by the sum over kinds at old prices."""
    (old_cost, old_days), (cost, days) = (_paid(own, month) for month in both)
    if not old_days or not days:
        return
    at_old = NIL
    for group in groups:
        mine = [one for one in own if one.what in group]
        (was, was_days), (paid, lived) = (_paid(mine, month, by_kind=True) for month in both)
        at_old += lived * was / was_days if was_days else paid
    mean = old_cost / old_days
    found[f"{name}.cost_change"] = cost - old_cost
    found[f"{name}.volume_change"] = (days - old_days) * mean
    found[f"{name}.mix_change"] = at_old - days * mean
    found[f"{name}.price_change"] = cost - at_old
    longer = Decimal(len(both[1]) - len(both[0])) / len(both[0])
    found[f"{name}.length_of_month_change"] = old_cost * longer
    kept(found, f"{name}.cost_in_month_growth", share(cost - old_cost, old_cost))
    kept(found, f"{name}.client_weeks_growth", share(days - old_days, old_days))


def _paid(own: list[Care], days: Days, *, by_kind: bool = False) -> tuple[Decimal, Decimal]:
    """What packages cost over some days, and the days of care; a client's day counts once."""
    lived = {
        (one.client, one.place, one.what if by_kind else "", day)
        for one in own
        for day in one.days(days)
    }
    return sum((one.cost(days) for one in own), NIL), Decimal(len(lived))


def _rest_of_year(found: Results, month: Month, place: str, own: list[Care], now: Days) -> None:
    left = sum(len(days_of(month, number)) for number in range(month.number + 1, 13))
    if left:
        daily = sum((one.cost(now) for one in own), NIL) / len(now)
        found[f"chc.{place}.drivers.one_percent_price_rest_of_year"] = daily * left / 100


def _on(own: Iterable[Care], days: Days) -> list[Care]:
    return [one for one in own if one.days(days)]


def _shown(own: list[Care], both: tuple[Days, Days], few: tuple[int, int]) -> list[Group]:
    """The kinds of care as they are shown: those for few people stand with all that come after."""

    def is_few(kinds: Group) -> bool:
        people = (
            len({one.client for one in own if one.what in kinds and one.days(days)})
            for days in both
        )
        return any(few[0] <= count <= few[1] for count in people)

    return in_groups({one.what for one in _on(own, [*both[0], *both[1]])}, is_few)


def in_groups(there: set[str], is_few: Callable[[Group], bool]) -> list[Group]:
    """Kinds in their order: care types, then the client groups of each that stands by itself."""
    order = ["/".join(pair) for pair in product(CARE_TYPES, GROUPS)]
    types = [[k for k in order if k in there and k.split("/")[0] == one] for one in CARE_TYPES]
    found: list[Group] = []
    for kinds in _apart([kinds for kinds in types if kinds], is_few):
        is_one = len({kind.split("/")[0] for kind in kinds}) == 1
        found += _apart([[kind] for kind in kinds], is_few) if is_one else [kinds]
    return found


def _apart(parts: list[Group], is_few: Callable[[Group], bool]) -> list[Group]:
    """The first of some groups by itself and the others likewise, where neither is few people."""
    if len(parts) < 2:
        return parts
    rest = [kind for group in parts[1:] for kind in group]
    if is_few(parts[0]) or is_few(rest):
        return [parts[0] + rest]
    return [parts[0], *_apart(parts[1:], is_few)]
