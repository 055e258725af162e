"""Concessions, tariffs and the cost of items held against each other: one price said three ways.

A file in pence for pounds, or the other way, is a hundred times out in the middle of its prices;
real changes of price stay far below (the reasons say what was measured). A single price that is
far out, or a concession below the tariff, is a question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePosixPath
from statistics import median

from boardpack.checks.check import Check
from boardpack.checks.file_control import (
    FileControl,
    not_compared,
    of_file,
    of_lines,
    of_month,
    said_ratio,
    short,
)
from boardpack.core.periods import Month
from boardpack.reading.calendar import read_month
from boardpack.reading.extract import Row
from boardpack.subjects.items.effects import Presentation, presentations
from boardpack.subjects.items.epd_extract import Epd
from boardpack.subjects.items.prices import NIL, ONE, MonthPrices, PriceBook
from boardpack.subjects.items.tariff_matching import Pack

SCALE = "scale"
FEWEST = 3
"""Prices of which a middle tells something."""
CONCESSIONS = FileControl(
    SCALE,
    "Concessions are in the pounds of the tariff",
    Decimal("0.5"),
    Decimal(10),
    "From 2021 to 2026 the middle of a month's concessions was 1.2 to 2.0 times the tariff.",
)
TARIFFS = FileControl(
    SCALE,
    "The tariff is in pence, as other months' tariffs",
    Decimal("0.2"),
    Decimal(5),
    "From one quarter to the next the middle of Category M prices moved by 0.85 to 1.04 times.",
)
ITEMS = FileControl(
    SCALE,
    "The items cost what the tariff says",
    Decimal("0.3"),
    Decimal(3),
    "The net ingredient cost of an item is its quantity at the tariff's price.",
)
BELOW = FileControl(
    "concession_below_tariff",
    "A concession is not below the tariff of its pack",
    ONE,
    Decimal(1_000_000),
    "A concession is granted where the tariff's price is too low.",
)
ABOVE = FileControl(
    "concession_far_above",
    "A concession is not far above the tariff of its pack",
    NIL,
    Decimal(30),
    "Of 6,305 concessions 99 in 100 were below 11 times the tariff.",
)
TARIFF_LINE = FileControl(
    "tariff_price",
    "A price of the tariff fits that of the tariff before",
    Decimal("0.125"),
    Decimal(8),
    "Of 14,404 changes of Category M prices three were over 8 times.",
)
EXPORT = "Export it as it is published: concessions in pounds, the tariff in pence."
LOOK = "Look the price up on the published list; correct it, or say why it stands."


@dataclass(frozen=True)
class Granted:
    """A concession beside the tariff's price of its pack that is nearest to it, in pounds."""

    month: Month
    row: Row
    pack: Pack
    is_dated: bool

    @property
    def price(self) -> Decimal:
        """The price granted."""
        return self.row.amounts["price"].amount

    @property
    def ratio(self) -> Decimal:
        """The concession in prices of the tariff."""
        return self.price / self.pack.price

    @property
    def about(self) -> str:
        """The medicine and its pack."""
        return f"{self.row['drug']} {self.row['pack_size']}".strip()

    @property
    def said(self) -> str:
        """Its row, both prices, and how they compare."""
        return (
            f"row {self.row.line}: {self.about}, {self.month.name}, at £{self.price:,.2f} is"
            f" {said_ratio(self.ratio)} the £{self.pack.price:,.2f} of the tariff"
        )


Priced = Mapping[Month, Sequence[Presentation]]
"""What was prescribed in each month of items whose tariff is there, with its packs."""


def priced_months(book: PriceBook, epd: Epd) -> dict[Month, tuple[Presentation, ...]]:
    """Each month of items whose tariff is there, priced once for all that is asked about it."""
    return {
        month: presentations(epd, month, MonthPrices(book, month, None))
        for month in book.tariffs
        if month in epd.months
    }


def check_item_prices(book: PriceBook, epd: Epd, priced: Priced) -> Iterator[Check]:
    """Whole files first; lines are asked about where the files that price them hold."""
    out = list(_tariffs(book, epd, priced))
    yield from out
    wrong = {check.id.split(".")[1] for check in out if check.is_open}
    good = [
        month
        for month, one in book.tariffs.items()
        if PurePosixPath(one.file).stem.lower() not in wrong
    ]
    yield from _granted_prices(short(book.concessions.file), list(_granted(book, good)))
    yield from _tariff_lines(book, good)


def _granted_prices(file: str, granted: Sequence[Granted]) -> Iterator[Check]:
    """All concessions beside the tariff; single ones where all are in its pounds."""
    if not granted:
        why = "no concession and no tariff of its medicine are supplied."
        yield not_compared(CONCESSIONS, "price_concessions", why)
        return
    whole = _concessions(file, granted)
    yield whole
    if not whole.is_open:
        yield from _concession_lines(file, granted)


def _concessions(file: str, granted: Sequence[Granted]) -> Check:
    """All concessions, and those of each month: a month's may be appended in another unit."""
    by_month: dict[Month, list[Granted]] = {}
    for one in granted:
        by_month.setdefault(one.month, []).append(one)
    out = {}
    for month, ones in by_month.items():
        middle = CONCESSIONS.middle([one.ratio for one in ones], FEWEST)
        if middle is not None:
            out[month] = middle
    whole = CONCESSIONS.middle([one.ratio for one in granted], FEWEST)
    if not out and whole is None:
        return of_file(CONCESSIONS, file)
    asked = [one for one in granted if whole is not None or one.month in out]
    first = next(one for one in asked if not CONCESSIONS.holds(one.ratio))
    months = "" if whole is not None else f" of {', '.join(m.name for m in sorted(out))}"
    times = said_ratio(whole if whole is not None else next(iter(out.values())))
    return of_file(
        CONCESSIONS,
        file,
        f"The concessions{months} in {file} are {times} the tariff's prices in the middle:"
        f" they seem to be in another unit. For instance, {first.said}.",
        EXPORT,
    )


def _granted(book: PriceBook, good: Collection[Month]) -> Iterator[Granted]:
    """Each concession whose medicine the tariff of its month, or the last before it, lists."""
    for row in book.concessions:
        month = read_month(row["month"])
        known = max((one for one in good if one <= month), default=None)
        packs = None if known is None else book.packs(known)
        named = packs.named(row["drug"]) if packs is not None else ()
        size, price = row.amounts.get("pack_size"), row.amounts["price"].amount
        fitting = [pack for pack in named if size is None or pack.size == size.amount]
        if fitting:
            nearest = min(fitting, key=lambda pack: _apart(price / pack.price))
            yield Granted(month, row, nearest, known == month)


def _apart(ratio: Decimal) -> Decimal:
    return max(ratio, 1 / ratio)


def _concession_lines(file: str, granted: Sequence[Granted]) -> Iterator[Check]:
    """Prices below or far above the tariff of their own month, by medicine and pack.

    A concession that tells no pack may be for one that the tariff lacks: it is not called low.
    """
    dated = [one for one in granted if one.is_dated]
    packed = [one for one in dated if "pack_size" in one.row.amounts]
    for control, asked in ((BELOW, packed), (ABOVE, dated)):
        out: dict[str, list[str]] = {}
        for one in asked:
            if not control.holds(one.ratio):
                out.setdefault(one.about, []).append(one.said)
        lines = {about: f"{file} {'; '.join(said)}." for about, said in out.items()}
        yield from of_lines(control, file, lines, LOOK)


def _tariffs(book: PriceBook, epd: Epd, priced: Priced) -> Iterator[Check]:
    """Each tariff beside the others and beside what items of its month cost.

    A tariff is out where most of what it is held against says so; the others are not held against
    it then. Where a tariff holds and its month's items do not fit it, the items are out.
    """
    costs = {
        month: ratios
        for month, found in priced.items()
        if len(ratios := _costs(book, found)) >= FEWEST
    }
    by_cost = {month: ITEMS.middle(ratios, FEWEST) for month, ratios in costs.items()}
    standing = list(book.tariffs)
    for month in sorted(standing, key=lambda one: one not in costs):
        file, cost = short(book.tariffs[month].file), by_cost.get(month)
        against = [_against(book, month, other) for other in standing if other != month]
        middles = [median(ratios) for ratios in against if len(ratios) >= FEWEST]
        out = [middle for middle in middles if not TARIFFS.holds(middle)]
        voices = len(middles) + (month in costs)
        if 2 * (len(out) + (cost is not None)) > voices:
            standing.remove(month)
            yield of_file(TARIFFS, file, _other_unit(file, month, out, cost), EXPORT)
        elif voices:
            yield of_file(TARIFFS, file)
            if month in costs:
                yield _items(short(epd.file_of(month)), month, cost)


def _other_unit(file: str, month: Month, out: Sequence[Decimal], cost: Decimal | None) -> str:
    times = f"they are {said_ratio(out[0])} those of another tariff" if out else ""
    by = f"what the items of {month.name} cost is {said_ratio(cost)} them" if cost else ""
    said = " and ".join(part for part in (times, by) if part)
    return f"The prices of {file} seem to be in another unit: in the middle {said}."


def _items(file: str, month: Month, middle: Decimal | None) -> Check:
    said = middle is not None and (
        f"The items of {month.name} in {file} cost {said_ratio(middle)} what the tariff says, in"
        " the middle: NIC or TOTAL_QUANTITY seems to be in another unit."
    )
    check = of_file(ITEMS, file, said or "", "Take the file as NHSBSA publishes it.")
    return of_month(check, month)


def _costs(book: PriceBook, found: Iterable[Presentation]) -> list[Decimal]:
    """What each presentation of a month cost, in prices of its nearest pack."""
    return [
        min((cost / pack.price for pack, cost in packs), key=_apart)
        for one in found
        if (packs := cost_of_packs(book, one))
    ]


def cost_of_packs(book: PriceBook, one: Presentation) -> list[tuple[Pack, Decimal]]:
    """Each pack that a presentation may have been, with what so much of it cost in pounds."""
    if one.priced is None or one.sums.quantity <= 0 or one.sums.nic <= 0:
        return []
    in_packs = not book.counted_in_packs.isdisjoint({one.bnf_code, one.priced.product})
    unit = one.sums.nic / one.sums.quantity
    return [(pack, unit * (ONE if in_packs else pack.size)) for pack in one.priced.packs]


def _against(book: PriceBook, month: Month, other: Month) -> list[Decimal]:
    """The prices of a tariff in those of another, pack by pack."""
    now, then = book.packs(month), book.packs(other)
    if now is None or then is None:
        return []
    both = now.by_pack.keys() & then.by_pack.keys()
    return [now.by_pack[code].price / then.by_pack[code].price for code in sorted(both)]


def _tariff_lines(book: PriceBook, months: Sequence[Month]) -> Iterator[Check]:
    """Prices far from those of the tariff before, by medicine and pack."""
    out = dict[str, list[str]]()
    for before, month in pairwise(months):
        then, now = book.packs(before), book.packs(month)
        if then is not None and now is not None:
            files = [short(book.tariffs[one].file) for one in (month, before)]
            for about, said in _far(then.by_pack.values(), now.by_pack, *files):
                out.setdefault(about, []).append(said)
    if len(months) > 1:
        lines = {about: f"{'; '.join(said)}." for about, said in out.items()}
        yield from of_lines(TARIFF_LINE, short(book.tariffs[months[-1]].file), lines, LOOK)


def _far(
    then: Iterable[Pack], now: dict[str, Pack], file: str, other: str
) -> Iterator[tuple[str, str]]:
    for old in then:
        new = now.get(old.vmpp)
        if new is not None and not TARIFF_LINE.holds(new.price / old.price):
            about = f"{new.medicine} {new.size}"
            yield (
                about,
                f"{file} row {new.line}: {about} at £{new.price:,.2f} is"
                f" {said_ratio(new.price / old.price)} the £{old.price:,.2f} of {other} row"
                f" {old.line}",
            )
