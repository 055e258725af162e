"""The items of the latest month of data beside the prices of that month, drug by drug.

Amounts are rounded to the penny for each place and drug, so that places and drugs add up to one
total whichever way they are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.figures.tariff_matching import Concession, Pack, Packs, match_concessions
from boardpack.figures.tariff_methods import Change, category_m_effect, ncso_cost, paid
from boardpack.money import round_half_up
from boardpack.periods import Month
from boardpack.sources.calendar import month_key
from boardpack.sources.drug_tariff import read_drug_tariff
from boardpack.sources.drug_tariff_baseline import read_drug_tariff_baseline
from boardpack.sources.epd import FILE, Epd, read_epd
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder
from boardpack.sources.item_sums import ItemSums, sum_items
from boardpack.sources.price_concessions import read_price_concessions

PENNY = Decimal("0.01")
NIL = Decimal(0)
CATEGORY_M = "M"


@dataclass(frozen=True)
class Drug:
    """What was prescribed of one product (VMP) in one place, and what its prices cost there.

    `ncso` is the cost of concessions; `category_m` the effect of the changed tariff price, None
    without a baseline. A product has one of them: a concession is left out of Category M.
    """

    place: str
    packs: tuple[Pack, ...]
    sums: ItemSums
    ncso: Decimal = NIL
    category_m: Decimal | None = None
    concessions: tuple[Concession, ...] = ()
    baseline: tuple[Pack, ...] = ()

    @property
    def effect(self) -> Decimal:
        """Both effects together, in pounds; a cost is positive."""
        return self.ncso + (self.category_m or NIL)


@dataclass(frozen=True)
class Unmatched:
    """A presentation of a place for which the tariff has no pack."""

    place: str
    name: str
    sums: ItemSums


@dataclass(frozen=True)
class PricedItems:
    """The items of one month: each is of a drug of the tariff, or unmatched."""

    month: Month
    epd: Epd
    tariff: Extract
    baseline: Extract
    concessions: Extract
    drugs: tuple[Drug, ...]
    unmatched: tuple[Unmatched, ...]
    lost_concessions: tuple[int, ...]
    """The rows of the month's concessions for which the tariff has no pack."""

    @property
    def unknown(self) -> tuple[ItemSums, ...]:
        """What the month's items of practices that belong to no place come to."""
        return tuple(one.sums for one in self.epd.unknown if one.month == self.month)


def has_items(folder: Folder) -> bool:
    """Whether the month's folder holds prescribing at item level."""
    return folder.has(FILE)


def priced_items(folder: Folder) -> PricedItems | None:
    """The latest month of items with its prices; None where items or prices of it are not there.

    The tariff must be that of the month of the items, and concessions must reach it: prices of
    another month would give another answer that looks the same.
    """
    epd, tariff = read_epd(folder), read_drug_tariff(folder)
    concessions = read_price_concessions(folder)
    month = max((line.month for line in epd.lines), default=None)
    if month is None or not tariff.rows or tariff.rows[0]["month"] != month_key(month):
        return None
    granted = concessions.only(month=month_key(month))
    if not granted:
        return None
    packs = Packs(tariff)
    baseline = read_drug_tariff_baseline(folder)
    by_product, lost = match_concessions(granted, packs)
    drugs, unmatched = _matched(epd, month, packs)
    before = Packs(baseline).by_pack if baseline.rows else None
    return PricedItems(
        month,
        epd,
        tariff,
        baseline,
        concessions,
        tuple(_priced(drug, month, by_product, before) for drug in drugs),
        unmatched,
        tuple(row.line for row in lost),
    )


def _matched(
    epd: Epd, month: Month, packs: Packs
) -> tuple[tuple[Drug, ...], tuple[Unmatched, ...]]:
    """The month's items added up by place and product, and by place and name where none fits."""
    names = dict(epd.descriptions)
    products: dict[tuple[str, tuple[Pack, ...]], list[ItemSums]] = {}
    others: dict[tuple[str, str], list[ItemSums]] = {}
    found: dict[tuple[str, str], tuple[Pack, ...]] = {}
    for line in epd.lines:
        if line.month != month:
            continue
        name, code = names.get(line.bnf_code, line.bnf_code), line.snomed_code
        if (name, code) not in found:
            found[name, code] = tuple(packs.of_item(name, code)[0])
        if fitting := found[name, code]:
            products.setdefault((line.place, fitting), []).append(line.sums)
        else:
            others.setdefault((line.place, name), []).append(line.sums)
    drugs = (Drug(place, fitting, sum_items(sums)) for (place, fitting), sums in products.items())
    rest = (Unmatched(place, name, sum_items(sums)) for (place, name), sums in others.items())
    return tuple(sorted(drugs, key=_order)), tuple(sorted(rest, key=lambda u: (u.place, u.name)))


def _order(drug: Drug) -> tuple[str, str, int]:
    return drug.place, drug.packs[0].vmp, drug.packs[0].line


def _priced(
    drug: Drug,
    month: Month,
    concessions: Mapping[str, Sequence[Concession]],
    before: Mapping[str, Pack] | None,
) -> Drug:
    """A drug with what its concessions cost, or else with the effect of its Category M price."""
    codes = {pack.vmpp for pack in drug.packs}
    granted = [one for one in concessions.get(drug.packs[0].vmp, ()) if one.pack.vmpp in codes]
    if granted:
        changes = [_change(month, one.pack, one.pack.price, one.price) for one in granted]
        cost = round_half_up(ncso_cost(drug.sums.quantity, changes), PENNY)
        none = None if before is None else NIL
        return replace(drug, ncso=cost, concessions=tuple(granted), category_m=none)
    if before is None:
        return drug
    both = tuple(_in_both_months(drug.packs, before))
    changes = [_change(month, now, old.price, now.price) for now, old in both]
    effect = round_half_up(category_m_effect(drug.sums.quantity, changes), PENNY)
    return replace(drug, category_m=effect, baseline=tuple(old for _, old in both))


def _change(month: Month, pack: Pack, before: Decimal, now: Decimal) -> Change:
    return Change(pack.size, before, now, paid(month, pack.category))


def _in_both_months(
    packs: Iterable[Pack], before: Mapping[str, Pack]
) -> Iterable[tuple[Pack, Pack]]:
    """Packs that are in Category M in both tariffs, with their former selves."""
    for pack in packs:
        old = before.get(pack.vmpp)
        if old is not None and old.category == pack.category == CATEGORY_M:
            yield pack, old
