"""A month of items beside the others: whether it is whole, its own, and there once.

Each month is held against the middle of the other months of the files, for its weekdays.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from boardpack.checks.check import Check, Severity
from boardpack.checks.file_control import (
    FileControl,
    beside_others,
    not_compared,
    of_file,
    of_lines,
    of_month,
    said_ratio,
    short,
)
from boardpack.checks.phrases import and_list
from boardpack.core.money import digits, exact_pounds
from boardpack.core.periods import Month
from boardpack.subjects.items.epd_extract import Epd
from boardpack.subjects.items.epd_repeats import months_alike, practices_repeated
from boardpack.subjects.items.practices_extract import PracticePlaces
from boardpack.subjects.items.sums import ItemSums, sum_items

TWICE = FileControl(
    "twice",
    "No month's rows stand twice",
    Decimal(1),
    Decimal(1),
    "Rows of one practice and medicine repeat, but not those of every medicine.",
)
COPIED = FileControl(
    "copied",
    "No month's rows are another month's",
    Decimal(0),
    Decimal(0),
    "Items, quantity and cost of a practice are never those of another month to the penny.",
)
VOLUME = FileControl(
    "volume",
    "A month's items and cost fit the other months, for their weekdays",
    Decimal("0.8"),
    Decimal("1.25"),
    "For its weekdays a month lies within a tenth of the others.",
)
STOPS = FileControl("volume", "", Decimal("0.67"), Decimal("1.5"), "")
"""Beyond these no season reaches: a part of the file is not there, or is there twice."""
DISCOUNT = FileControl(
    "discount",
    "The actual cost is the net ingredient cost less the average discount",
    Decimal("0.8"),
    Decimal("1.02"),
    "The discount is about a fifteenth; containers and fees are small.",
)
PRACTICES = FileControl(
    "practices",
    "Every practice of the month before has items",
    Decimal(1),
    Decimal(1),
    "A practice closes or merges now and then; the practice list says when.",
)
FEWEST_ITEMS = 500
"""Below these items a practice may have none in the next month, and months differ by chance."""
TIMES = {frozenset({2}): "twice", frozenset({3}): "three times"}
NIL = Decimal(0)
AGAIN = "Take the file of that month from NHSBSA again."
WEEKDAYS = 5


def check_item_volumes(epd: Epd, places: PracticePlaces) -> Iterator[Check]:
    """One finding for each month that does not stand; volumes are not asked of one that repeats."""
    by_month = {month: _of(epd, month) for month in epd.months}
    repeated, copied = list(_repeated(epd)), list(_copied(epd))
    yield from (check for _, check in (*repeated, *copied))
    spoilt = {month for month, check in (*repeated, *copied) if month and check.is_open}
    sums = {month: sum_items(found.values()) for month, found in by_month.items()}
    yield from _volumes(epd, {month: one for month, one in sums.items() if month not in spoilt})
    yield from (_discount(epd, month, one) for month, one in sums.items())
    yield from _practices(epd, places, by_month)


def _of(epd: Epd, month: Month) -> dict[str, ItemSums]:
    return {code: one for (when, code), one in epd.practice_sums.items() if when == month}


def _repeated(epd: Epd) -> Iterator[tuple[Month | None, Check]]:
    found = practices_repeated(epd)
    for month, practices in found.items():
        file, all_of_it = short(epd.file_of(month)), _of(epd, month)
        costs = {code: all_of_it[code].actual_cost for code in practices}
        counted = sum(costs.values(), NIL)
        once = sum((cost / practices[code] for code, cost in costs.items()), NIL)
        times = TIMES.get(frozenset(practices.values()), "twice or three times")
        whose = _whose(epd, practices, len(all_of_it))
        sentence = (
            f"All rows of {month.name} in {file} stand {times}{whose}: £{digits(counted)} is"
            f" counted where £{digits(once)} was prescribed."
        )
        yield month, of_month(of_file(TWICE, file, sentence, AGAIN), month)
    if not found:
        yield None, of_file(TWICE, short(epd.file))


def _copied(epd: Epd) -> Iterator[tuple[Month | None, Check]]:
    """One finding for each month that is another's, whichever and however many it is alike to."""
    found: dict[Month, list[str]] = {}
    for (first, later), practices in months_alike(epd).items():
        whose = _whose(epd, practices, len(_of(epd, later)))
        found.setdefault(later, []).append(f"{first.name} again{whose}")
    for later, said in found.items():
        file = short(epd.file_of(later))
        sentence = f"{later.name} in {file} is {and_list(said)}."
        yield later, of_month(of_file(COPIED, file, sentence, AGAIN), later)
    if not found:
        yield None, of_file(COPIED, short(epd.file))


def _whose(epd: Epd, practices: Sequence[str] | Mapping[str, int], of: int) -> str:
    if len(practices) == of:
        return ""
    names = dict(epd.practice_names)
    first = next(iter(practices))
    others = len(practices) - 1
    more = f" and {others} other{'s' if others > 1 else ''}" if others else ""
    return f" for {first} {names.get(first, '')}".rstrip() + more


def _volumes(epd: Epd, sums: Mapping[Month, ItemSums]) -> Iterator[Check]:
    """Each month beside the others; one of which nearly nothing is left is asked about too."""
    if len(sums) <= 1:
        yield not_compared(VOLUME, "epd", "there are no other months of items to compare with.")
    elif max(one.items for one in sums.values()) < FEWEST_ITEMS:
        yield not_compared(VOLUME, "epd", f"no month has {FEWEST_ITEMS} items.")
    else:
        amounts = {
            "items": {month: _per_day(month, Decimal(one.items)) for month, one in sums.items()},
            "net ingredient cost": {month: _per_day(month, one.nic) for month, one in sums.items()},
        }
        yield from (_volume(epd, month, amounts) for month in sums)


def _volume(epd: Epd, month: Month, amounts: Mapping[str, Mapping[Month, Decimal]]) -> Check:
    ratios = {what: of[month] / beside_others(of, month) for what, of in amounts.items()}
    out = {what: ratio for what, ratio in ratios.items() if not VOLUME.holds(ratio)}
    file = short(epd.file_of(month))
    said = " and ".join(f"{said_ratio(ratio)} the {what}" for what, ratio in out.items())
    sentence = f"{month.name} in {file} has {said} of the other months." if out else ""
    stops = any(not STOPS.holds(ratio) for ratio in out.values())
    cause = f"See whether rows are missing or stand there twice. {AGAIN}"
    severity: Severity = "error" if stops or not out else "warning"
    return of_month(of_file(VOLUME, file, sentence, cause, severity), month)


def _per_day(month: Month, amount: Decimal) -> Decimal:
    return max(amount, Decimal(1)) / weekdays(month)


def weekdays(month: Month) -> int:
    """The days of a month from Monday to Friday; bank holidays are not known here.

    >>> weekdays(Month(2023, 6)), weekdays(Month(2023, 11))
    (21, 21)
    """
    year, number = month.start + (month.number > 9), (month.number + 2) % 12 + 1
    days = range(1, calendar.monthrange(year, number)[1] + 1)
    return sum(dt.date(year, number, day).weekday() < WEEKDAYS for day in days)


def _discount(epd: Epd, month: Month, sums: ItemSums) -> Check:
    ratio = sums.actual_cost / sums.nic if sums.nic > 0 else Decimal(0)
    file = short(epd.file_of(month))
    sentence = (
        f"The actual cost of {month.name} in {file} is {said_ratio(ratio)} the net ingredient cost"
        f" ({exact_pounds(sums.actual_cost)} of {exact_pounds(sums.nic)})."
    )
    cause = "See whether the columns NIC and ACTUAL_COST are exchanged, or one is in pence."
    found = of_file(DISCOUNT, file, "" if DISCOUNT.holds(ratio) else sentence, cause)
    return of_month(found, month)


def _practices(
    epd: Epd, places: PracticePlaces, by_month: Mapping[Month, Mapping[str, ItemSums]]
) -> Iterator[Check]:
    """Practices of the list that had items the month before, are open, and have none."""
    names, lines = dict(epd.practice_names), dict[str, list[str]]()
    for month, now in by_month.items():
        file = short(epd.file_of(month))
        for code, sums in by_month.get(month.earlier(1), {}).items():
            is_large = sums.items >= FEWEST_ITEMS
            if code not in now and is_large and places.place(code, month)[1]:
                who = f"{code} {names.get(code, '')}".strip()
                lines.setdefault(who, []).append(
                    f"{file} has no rows of {who} in {month.name}; the month before it cost"
                    f" £{digits(sums.actual_cost)}."
                )
    cause = f"Ask whether it closed, and say so in the practice list. Else: {AGAIN}"
    told = {who: " ".join(said) for who, said in lines.items()}
    yield from of_lines(PRACTICES, short(epd.file), told, cause)
