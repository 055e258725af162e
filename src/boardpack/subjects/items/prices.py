"""What the prices of a month do to the cost of each presentation: concessions and the tariff.

A presentation is a BNF code with a SNOMED code, as the items name it. Its packs are those of the
tariff that it may have been (see `tariff_matching`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.reading.calendar import month_key
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder
from boardpack.subjects.items.drug_tariffs import read_dated_tariffs
from boardpack.subjects.items.price_concessions_extract import read_price_concessions
from boardpack.subjects.items.quantity_means_pack_extract import (
    packs_by_quantity,
    read_quantity_means_pack,
)
from boardpack.subjects.items.tariff_matching import Concession, Pack, Packs, match_concessions
from boardpack.subjects.items.tariff_methods import (
    Change,
    Rise,
    concession_rise,
    paid,
    tariff_month,
    tariff_rise,
)

NIL, ONE, NO_RISE = Decimal(0), Decimal(1), Rise()
CATEGORIES = ("M", "A", "C")
"""Categories whose prices the tariff sets anew, in the order in which a product's packs count."""

Code = tuple[str, str]
"""A BNF code and a SNOMED code, which is empty in the old layout."""


@dataclass(frozen=True)
class Priced:
    """A presentation that the tariff lists, and what a month's prices do to a unit of it.

    It has one of the two: a concession leaves it out of the tariff's effect. `changes` are the
    packs whose tariff price is compared, each with its former self, in one `category`.
    """

    packs: tuple[Pack, ...]
    ncso: Rise = NO_RISE
    concessions: tuple[Concession, ...] = ()
    tariff: Rise = NO_RISE
    category: str = ""
    changes: tuple[tuple[Pack, Pack], ...] = ()

    @property
    def product(self) -> str:
        """The code of the product (VMP)."""
        return self.packs[0].vmp

    @property
    def is_affected(self) -> bool:
        """Whether a concession or a changed tariff price is to be counted."""
        return bool(self.concessions or self.changes)


@dataclass
class PriceBook:
    """All tariffs and concessions of a month's folder; packs are read once for each month."""

    tariffs: Mapping[Month, Extract]
    concessions: Extract
    counted_in_packs: frozenset[str] = frozenset()
    _packs: dict[Month, Packs] = field(default_factory=dict, repr=False)

    def packs(self, month: Month) -> Packs | None:
        """The packs of a month's tariff; None where it is not there."""
        if month not in self._packs and month in self.tariffs:
            self._packs[month] = Packs(self.tariffs[month])
        return self._packs.get(month)

    def latest_tariff(self, month: Month) -> Month | None:
        """The month of the last tariff up to a month."""
        return max((known for known in self.tariffs if known <= month), default=None)

    def granted(self, month: Month) -> Sequence[Row]:
        """The concessions of a month; none where the list does not reach it."""
        return self.concessions.only(month=month_key(month))

    def granted_products(self, month: Month) -> frozenset[str]:
        """The products (VMP) with a concession in a month, by the last tariff up to it."""
        tariff = self.latest_tariff(month)
        packs = None if tariff is None else self.packs(tariff)
        return frozenset() if packs is None else frozenset(self.matched(month, packs)[0])

    def matched(
        self, month: Month, packs: Packs
    ) -> tuple[dict[str, list[Concession]], tuple[Row, ...]]:
        """The concessions of a month by product, and the rows that fit no pack."""
        return match_concessions(self.granted(month), packs)


def read_price_book(folder: Folder) -> PriceBook:
    """The prices that stand in the folder, and the list of medicines that are counted in packs."""
    return PriceBook(
        read_dated_tariffs(folder),
        read_price_concessions(folder),
        packs_by_quantity(read_quantity_means_pack(folder)),
    )


class MonthPrices:
    """The prices of one month beside those of a baseline; each presentation is looked up once.

    `tariff` is the month of the tariff that prices the items: their own, or the last one known for
    a month that is estimated. Without a `baseline` no changed tariff price is counted, and without
    the following month's tariff none of Category A.
    """

    def __init__(
        self, book: PriceBook, month: Month, baseline: Month | None, tariff: Month | None = None
    ) -> None:
        self.book, self.month, self.baseline = book, month, baseline
        self.tariff = tariff or month
        packs = book.packs(self.tariff)
        self.packs = Packs(Extract("", "", ())) if packs is None else packs
        self.granted, self.lost = book.matched(month, self.packs)
        self._before = None if baseline is None else book.packs(baseline)
        self._known: dict[tuple[str, str, str], Priced | None] = {}

    def later(self, category: str) -> Month:
        """The month whose tariff pays a category."""
        return tariff_month(self.tariff, category)

    def has(self, category: str) -> bool:
        """Whether changed prices of a category can be counted."""
        return self._before is not None and self.later(category) in self.book.tariffs

    def of(self, name: str, bnf: str, snomed: str) -> Priced | None:
        """A presentation's prices; None where the tariff does not list it."""
        key = (name, bnf, snomed)
        if key not in self._known:
            packs = tuple(self.packs.of_item(name, snomed)[0])
            self._known[key] = self._priced(packs, bnf) if packs else None
        return self._known[key]

    def _priced(self, packs: tuple[Pack, ...], bnf: str) -> Priced:
        codes = {pack.vmpp for pack in packs}
        in_packs = not self.book.counted_in_packs.isdisjoint({bnf, packs[0].vmp})
        found = [one for one in self.granted.get(packs[0].vmp, ()) if one.pack.vmpp in codes]
        if found:
            prices = [self._change(one.pack, one.pack.price, one.price, in_packs) for one in found]
            return Priced(packs, concession_rise(prices), tuple(found))
        for category in CATEGORIES:
            if changes := tuple(self._in_both_months(packs, category)):
                prices = [self._change(now, old.price, now.price, in_packs) for now, old in changes]
                return Priced(packs, NO_RISE, (), tariff_rise(prices), category, changes)
        return Priced(packs)

    def _in_both_months(self, packs: Sequence[Pack], category: str) -> Iterable[tuple[Pack, Pack]]:
        """Packs that are in the category in both tariffs, as they are paid, and as they were."""
        later = self.book.packs(self.later(category))
        if self._before is None or later is None:
            return
        for pack in packs:
            old, now = self._before.by_pack.get(pack.vmpp), later.by_pack.get(pack.vmpp)
            both = () if old is None or now is None else (now, old)
            if both and {pack.category, *(one.category for one in both)} == {category}:
                yield both

    def _change(self, pack: Pack, before: Decimal, now: Decimal, in_packs: bool) -> Change:
        size = ONE if in_packs else pack.size
        return Change(size, before, now, paid(self.month, pack.category))
