"""The items of the latest month of data, priced line by line, to be added up in any way.

A line is a presentation of a practice. Amounts are rounded to the penny for each line, so that
places, networks, practices, chapters and medicines add up to one total whichever way they are
added. Only lines whose price has a concession or has changed are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from boardpack.core.money import round_half_up
from boardpack.core.periods import Month
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.subjects.items.drug_tariff_baseline_extract import read_drug_tariff_baseline
from boardpack.subjects.items.drug_tariffs import tariff_month_of
from boardpack.subjects.items.epd_extract import Epd, read_epd
from boardpack.subjects.items.epd_files import has_epd
from boardpack.subjects.items.prices import NIL, MonthPrices, PriceBook, Priced, read_price_book
from boardpack.subjects.items.sums import ItemSums, sum_items

PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A presentation of a practice, with what its concession or its tariff price adds in pounds."""

    place: str
    pcn: str
    practice: str
    bnf_code: str
    sums: ItemSums
    priced: Priced
    ncso: Decimal
    tariff: Decimal

    @property
    def effect(self) -> Decimal:
        """Both together, of which a line has one; a cost is positive."""
        return self.ncso + self.tariff


@dataclass(frozen=True)
class Presentation:
    """What was prescribed of a presentation in a place in a month; `priced` None: not in tariff."""

    place: str
    bnf_code: str
    snomed_code: str
    name: str
    sums: ItemSums
    priced: Priced | None


@dataclass(frozen=True)
class PricedItems:
    """The items of one month with its prices: what is affected line by line, and all by place."""

    month: Month
    epd: Epd
    book: PriceBook
    prices: MonthPrices
    presentations: tuple[Presentation, ...]
    lines: tuple[PricedLine, ...]

    @property
    def tariff(self) -> Extract:
        """The tariff that prices the items."""
        return self.book.tariffs[self.prices.tariff]

    @property
    def baseline(self) -> Extract | None:
        """The tariff that prices are compared with; None where there is none."""
        month = self.prices.baseline
        return None if month is None else self.book.tariffs[month]

    @property
    def unmatched(self) -> tuple[Presentation, ...]:
        """The presentations for which the tariff has no pack."""
        return tuple(one for one in self.presentations if one.priced is None)

    @property
    def unknown(self) -> tuple[ItemSums, ...]:
        """What the month's items of practices that belong to no place come to."""
        return tuple(one.sums for one in self.epd.unknown if one.month == self.month)

    @cached_property
    def by_place(self) -> dict[str, ItemSums]:
        """All the month's items of each place."""
        return place_sums(self.epd, self.month)


def place_sums(epd: Epd, month: Month) -> dict[str, ItemSums]:
    """What each place came to in a month."""
    return {place: sums for (when, place), sums in epd.by_place().items() if when == month}


def has_items(folder: Folder) -> bool:
    """Whether the month's folder holds prescribing at item level."""
    return has_epd(folder)


def priced_items(folder: Folder) -> PricedItems | None:
    """The latest month of items with its prices; None where items or prices of it are not there.

    The tariff must be that of the month of the items, and concessions must reach it: prices of
    another month would give another answer that looks the same.
    """
    epd, book = read_epd(folder), read_price_book(folder)
    month = max(epd.months, default=None)
    if month is None or month not in book.tariffs or not book.granted(month):
        return None
    baseline = tariff_month_of(read_drug_tariff_baseline(folder))
    prices = MonthPrices(book, month, baseline)
    found = presentations(epd, month, prices)
    return PricedItems(month, epd, book, prices, found, priced_lines(epd, month, found))


def presentations(epd: Epd, month: Month, prices: MonthPrices) -> tuple[Presentation, ...]:
    """What each place prescribed in a month, with what these prices do to a unit of it."""
    names = dict(epd.descriptions)
    sums = epd.sums(("place", "bnf_code", "snomed_code"), months={month})
    found = []
    for (place, bnf, snomed), one in sums.items():
        name = names.get(bnf, bnf)
        priced = prices.of(name, bnf, snomed)
        found.append(Presentation(place, bnf, snomed, name, one, priced))
    return tuple(found)


def priced_lines(epd: Epd, month: Month, found: Iterable[Presentation]) -> tuple[PricedLine, ...]:
    """The month's lines of the presentations that prices affect, by practice."""
    affected = {
        (one.bnf_code, one.snomed_code): one.priced
        for one in found
        if one.priced is not None and one.priced.is_affected
    }
    if not affected:
        return ()
    by = epd.sums(
        ("place", "pcn", "practice", "bnf_code", "snomed_code"),
        months={month},
        codes=affected.keys(),
    )
    return tuple(
        _line(place, pcn, practice, bnf, sums, affected[bnf, snomed])
        for (place, pcn, practice, bnf, snomed), sums in by.items()
    )


def lines_by_place(found: Iterable[Presentation]) -> tuple[PricedLine, ...]:
    """The presentations that prices affect as lines of a place, for what is told by place alone."""
    return tuple(
        _line(one.place, "", "", one.bnf_code, one.sums, one.priced)
        for one in found
        if one.priced is not None and one.priced.is_affected
    )


def priced_again(found: Iterable[Presentation], prices: MonthPrices) -> tuple[Presentation, ...]:
    """The same presentations at other prices."""
    return tuple(
        replace(one, priced=prices.of(one.name, one.bnf_code, one.snomed_code)) for one in found
    )


def _line(
    place: str, pcn: str, practice: str, bnf: str, sums: ItemSums, priced: Priced
) -> PricedLine:
    ncso = round_half_up(priced.ncso.of(sums.quantity), PENNY)
    tariff = round_half_up(priced.tariff.of(sums.quantity), PENNY)
    return PricedLine(place, pcn, practice, bnf, sums, priced, ncso, tariff)


def sum_of(lines: Iterable[PricedLine], amount: Callable[[PricedLine], Decimal]) -> Decimal:
    """An amount of several lines together, exact."""
    return sum((amount(line) for line in lines), NIL)


def items_of(found: Iterable[Presentation]) -> ItemSums:
    """What presentations come to together."""
    return sum_items(one.sums for one in found)
