"""The effects of prices cut by network, practice, BNF chapter and medicine, for the latest month.

Networks of a place add up to the place, chapters to the ICB. Of practices and medicines those are
entered whose concessions and changed prices cost most: ten of the ICB, and ten of each place.
A practice with so few items that the rule on small numbers would not show them is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from boardpack.core.structure import ICB
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Extract, sum_values
from boardpack.subjects.items.bnf_chapters import bnf_chapter
from boardpack.subjects.items.effects import PricedItems, PricedLine, sum_of
from boardpack.subjects.items.lineage import items_value, ncso_value, tariff_value
from boardpack.subjects.items.practices_extract import read_practices
from boardpack.subjects.items.prices import CATEGORIES, NIL
from boardpack.subjects.items.scope import COST, EFFECT, ItemFigures
from boardpack.subjects.items.sums import ItemSums, sum_items

K = TypeVar("K", bound=Any)
TOP = 10
NCSO_COST, TARIFF_EFFECT = "latest_month_ncso_cost", "latest_month_tariff_effect"
ENDING = "ending_next_month_cost"
ALL_COST = "actual cost of all items"
NO_NETWORK = "practices that the list gives no network"


def enter_cuts(figures: ItemFigures) -> None:
    """Enter every cut of the latest month."""
    month = figures.items.month
    sums = figures.items.epd.sums(("place", "pcn", "practice"), months={month})
    _networks(figures, sums)
    _practices(figures, sums)
    _chapters(figures)
    _medicines(figures)


Sums = Mapping[tuple[str, str, str], ItemSums]
"""What each practice's items come to, by place, network and practice."""


def _networks(figures: ItemFigures, practices: Sums) -> None:
    """Networks of a place, where the practice list names any."""
    lines = grouped(figures.lines, lambda line: (line.place, line.pcn))
    sums: dict[tuple[str, str], list[ItemSums]] = {}
    for (place, pcn, _), one in practices.items():
        sums.setdefault((place, pcn), []).append(one)
    if not any(pcn for _, pcn in sums):
        return
    for (place, pcn), found in sums.items():
        if place in figures.places:
            named = f"pcn_{slug(pcn) or 'none'}"
            scope = figures.scope(place, named, pcn or NO_NETWORK)
            _enter(figures, scope, sum_items(found), lines.get((place, pcn), []))


def _practices(figures: ItemFigures, practices: Sums) -> None:
    """The practices whose prices cost most, and enough items that they may be shown."""
    rule = figures.draft.paper.report.small_numbers
    sums = {(place, code): one for (place, _, code), one in practices.items()}
    lines = grouped(figures.lines, lambda line: (line.place, line.practice))
    shown = {
        key: sum_of(lines[key], effect)
        for key, all_items in sums.items()
        if key in lines and key[0] in figures.places and all_items.items > rule.highest
    }
    names = {row["practice_code"]: row["practice_name"] for row in _listed(figures)}
    for place, code in _top_of_each(figures, shown):
        scope = figures.scope(place, f"practice_{slug(code)}", names.get(code) or code)
        _enter(figures, scope, sums[place, code], lines[place, code])


def _chapters(figures: ItemFigures) -> None:
    """Chapters of the British National Formulary, all places together."""
    sums: dict[str, list[ItemSums]] = {}
    for one in figures.items.presentations:
        if one.place in figures.places:
            sums.setdefault(one.bnf_code[:2], []).append(one.sums)
    lines = grouped(figures.lines, lambda line: line.bnf_code[:2])
    for code, found in sorted(sums.items()):
        scope = figures.scope(ICB, f"chapter_{slug(code)}", bnf_chapter(code))
        _enter(figures, scope, sum_items(found), lines.get(code, []))


def _medicines(figures: ItemFigures) -> None:
    """The medicines (VMP) whose prices cost most, for the ICB and for each place."""
    lines = figures.lines
    of_all = grouped(lines, lambda line: line.priced.product)
    _medicine_lines(figures, ICB, of_all, TOP)
    for place in figures.places:
        of_place = grouped((x for x in lines if x.place == place), lambda x: x.priced.product)
        _medicine_lines(figures, place, of_place, TOP)


def _medicine_lines(
    figures: ItemFigures, place: str, lines: Mapping[str, list[PricedLine]], number: int
) -> None:
    effects = {code: sum_of(found, effect) for code, found in lines.items()}
    for code in top(effects, number):
        pack = lines[code][0].priced.packs[0]
        scope = figures.scope(place, f"vmp_{code}", pack.medicine)
        _medicine(figures, scope, lines[code])


def _medicine(figures: ItemFigures, scope: Scope, lines: list[PricedLine]) -> None:
    items = figures.items
    _effects(figures, scope, lines)
    if items.book.granted(items.month.earlier(-1)):
        ends = is_ending(items, lines[0].priced.product)
        scope.read(ENDING, ncso_value(items, lines if ends else []))


def is_ending(items: PricedItems, product: str) -> bool:
    """Whether a product's concession is known not to be granted for the month after."""
    after = items.month.earlier(-1)
    if product not in items.prices.granted or not items.book.granted(after):
        return False
    return product not in items.book.granted_products(after)


def _enter(
    figures: ItemFigures, scope: Scope, all_items: ItemSums, lines: list[PricedLine]
) -> None:
    """The cost of a cut's items, of which concessions, of which changed tariff prices."""
    items = figures.items
    scope.read(COST, items_value(items.epd, items.month, all_items, ALL_COST))
    _effects(figures, scope, lines)


def _effects(figures: ItemFigures, scope: Scope, lines: list[PricedLine]) -> None:
    """What concessions and changed tariff prices cost in some lines, and both together."""
    items, parts = figures.items, [scope.id(NCSO_COST)]
    scope.read(NCSO_COST, ncso_value(items, lines))
    known = [one for one in CATEGORIES if items.prices.has(one)]
    found = [one for one in known if any(line.priced.category == one for line in lines)]
    values = [tariff_value(items, lines, one) for one in found or known[:1]]
    if values:
        scope.read(TARIFF_EFFECT, sum_values(values))
        parts.append(scope.id(TARIFF_EFFECT))
    scope.total(EFFECT, parts)


def effect(line: PricedLine) -> Decimal:
    """What a line's concession or changed price costs."""
    return line.effect


def grouped(
    lines: Iterable[PricedLine], key: Callable[[PricedLine], K]
) -> dict[K, list[PricedLine]]:
    """Lines by a key of theirs."""
    found: dict[K, list[PricedLine]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return found


def top(effects: Mapping[K, Decimal], number: int) -> list[K]:
    """The keys with the greatest amounts above nil, the greatest first."""
    costly = sorted((key for key in effects if effects[key] > NIL), key=lambda k: (-effects[k], k))
    return costly[:number]


def _top_of_each(
    figures: ItemFigures, effects: Mapping[tuple[str, str], Decimal]
) -> list[tuple[str, str]]:
    """The greatest of the ICB and of each place, each once, the greatest first."""
    chosen = set(top(effects, TOP))
    for place in figures.places:
        own = {key: amount for key, amount in effects.items() if key[0] == place}
        chosen |= set(top(own, TOP))
    return top({key: effects[key] for key in chosen}, len(chosen))


def _listed(figures: ItemFigures) -> Extract:
    return read_practices(figures.draft.folder)
