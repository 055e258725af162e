"""From the cost of the items of a baseline month to that of the latest month, in steps that add up.

The baseline is the month of the baseline tariff where the items of that month are there, else the
month before the latest, where its tariff is there. For each place, costs being actual costs in
pounds and a step that adds to the cost being positive:

- volume: more or fewer items, at the baseline's average cost of an item;
- mix: other medicines and other quantities for an item, at the baseline's prices;
- tariff: changed prices of Category M, A and C, as `tariff_methods` counts them;
- concessions: what they cost now, less what this month's quantities would have cost at the
  concessions of the baseline month;
- other price: what is left of the change of price, which is named and not explained: brands, the
  choice of pack, packs that changed category or have left a concession, and what neither tariff
  lists.

The baseline's price of a presentation (BNF code) is its actual cost for a unit of quantity in the
place, else in all places. One that nobody prescribed then has none: its cost without the effects
of tariff and concessions is mix. The ICB's steps are those of its places added up, so that its mix
leaves out the shift of items between places.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from boardpack.core.money import round_half_up
from boardpack.core.periods import Month
from boardpack.subjects.items.effects import (
    PENNY,
    Presentation,
    PricedItems,
    items_of,
    lines_by_place,
    place_sums,
    priced_again,
)
from boardpack.subjects.items.lineage import (
    concession_rows,
    count_value,
    counted,
    made_value,
    tariff_of,
)
from boardpack.subjects.items.months_figures import ALL_ITEMS
from boardpack.subjects.items.months_figures import COST as MONTH_COST
from boardpack.subjects.items.months_figures import ITEMS as MONTH_ITEMS
from boardpack.subjects.items.prices import CATEGORIES, NIL, MonthPrices, Priced
from boardpack.subjects.items.scope import COST, EFFECT, ItemFigures, category_line
from boardpack.subjects.items.sums import ItemSums, sum_items
from boardpack.subjects.items.tariff_methods import Rise

LINE = "bridge"
ITEMS = "latest_month_items"
AT_BASELINE, NCSO_THEN = "cost_at_baseline_prices", "cost_at_baseline_concessions"
VOLUME, MIX, TARIFF, CONCESSIONS, OTHER = "volume", "mix", "tariff", "concessions", "other_price"
STEPS = (VOLUME, MIX, *map(category_line, CATEGORIES), CONCESSIONS, OTHER)
"""The steps from baseline to actual cost, in print order."""
CHANGE = "cost_change"
PRICED_THEN = "quantity x the actual cost for a unit in the baseline month"
CONCEDED_THEN = "quantity / pack x what concessions of the baseline month added to a pack"


def step_measure(step: str) -> str:
    """The measure of a step: `volume_change`."""
    return f"{step}_change"


def enter_bridge(figures: ItemFigures) -> None:
    """Enter the bridge of each place, and of all; nothing without a baseline month."""
    month = baseline_month(figures.items)
    if month is None:
        return
    baseline = _Baseline(figures.items, month)
    for place in figures.places:
        _enter(figures, baseline, place)
    scope = figures.scope(figures.places[0], LINE)
    figures.total(scope, ITEMS, "COUNT")
    for measure in (*map(step_measure, STEPS), step_measure(TARIFF), CHANGE):
        figures.total(scope, measure)


def baseline_month(items: PricedItems) -> Month | None:
    """The month that the latest is compared with: its items, tariff and concessions are there."""
    candidates = (items.prices.baseline, items.month.earlier(1))
    for month in candidates:
        if month is not None and _is_whole(items, month):
            return month
    return None


def _is_whole(items: PricedItems, month: Month) -> bool:
    is_there = month in items.epd.months and month in items.book.tariffs
    return is_there and bool(items.book.granted(month))


class _Baseline:
    """The baseline month: what a unit cost, what concessions added, and the changes since."""

    def __init__(self, items: PricedItems, month: Month) -> None:
        self.month, self.items, epd = month, items, items.epd
        self.concessions = MonthPrices(items.book, month, None)
        self.prices, self.lines = items.prices, items.lines
        if items.prices.baseline != month:
            self.prices = MonthPrices(items.book, items.month, month)
            self.lines = lines_by_place(priced_again(items.presentations, self.prices))
        self.sums = place_sums(epd, month)
        self._of_place = epd.sums(("place", "bnf_code"), months={month})
        of_all: dict[str, list[ItemSums]] = {}
        for (_, bnf), sums in self._of_place.items():
            of_all.setdefault(bnf, []).append(sums)
        self._of_all = {bnf: sum_items(sums) for bnf, sums in of_all.items()}

    def price(self, place: str, bnf: str) -> Rise | None:
        """What a quantity cost then; None where nobody prescribed the presentation."""
        for found in (self._of_place.get((place, bnf)), self._of_all.get(bnf)):
            if found is not None and found.quantity > 0:
                return Rise(found.actual_cost, found.quantity)
        return None

    def priced(self, one: Presentation) -> Priced | None:
        """A presentation's prices in the baseline month."""
        return self.concessions.of(one.name, one.bnf_code, one.snomed_code)

    def conceded(self, one: Presentation) -> Decimal:
        """What the baseline month's concessions would add to the cost of a quantity."""
        priced = self.priced(one)
        return NIL if priced is None else _pence(priced.ncso, one.sums.quantity)


def _enter(figures: ItemFigures, baseline: _Baseline, place: str) -> None:
    items, scope = figures.items, figures.scope(place, LINE)
    then = figures.scope(place, "items", month=baseline.month)
    cost_then, items_then = then.id(MONTH_COST), then.id(MONTH_ITEMS)
    now = items.by_place.get(place, ItemSums())
    scope.read(ITEMS, count_value(items.epd, items.month, now, ALL_ITEMS, now.items))
    _priced_then(figures, baseline, place)
    grown = f"({ITEMS} - {items_then}) * {cost_then} / {items_then}"
    has_items = figures.draft.agreed(items_then).value > 0
    volume = scope.derive(step_measure(VOLUME), grown if has_items else "0")
    scope.derive(step_measure(MIX), f"{AT_BASELINE} - {cost_then} - {volume.id}")
    changes = _tariff_steps(figures, baseline, place)
    if changes:
        scope.total(step_measure(TARIFF), changes)
    ncso = scope.at(line="ncso").id(COST)
    changes.append(scope.derive(step_measure(CONCESSIONS), f"{ncso} - {NCSO_THEN}").id)
    cost = scope.at(line="items").id(COST)
    scope.derive(step_measure(OTHER), " - ".join([cost, AT_BASELINE, *changes]))
    scope.derive(CHANGE, f"{cost} - {cost_then}")


def _tariff_steps(figures: ItemFigures, baseline: _Baseline, place: str) -> list[str]:
    """The ids of the steps of changed tariff prices, by category."""
    scope, items, found = figures.scope(place, LINE), figures.items, list[str]()
    for category in CATEGORIES:
        if not baseline.prices.has(category):
            continue
        line = category_line(category)
        effect, measure = scope.at(line=line).id(EFFECT), step_measure(line)
        if items.prices is baseline.prices:
            scope.derive(measure, effect)
        else:
            lines = [one for one in baseline.lines if one.place == place]
            value = tariff_of(items.epd, items.month, baseline.prices, lines, category)
            scope.read(measure, value)
        found.append(scope.id(measure))
    return found


def _priced_then(figures: ItemFigures, baseline: _Baseline, place: str) -> None:
    """Enter the latest quantities at the baseline's prices, and at its concessions."""
    items, scope = figures.items, figures.scope(place, LINE)
    found = [one for one in items.presentations if one.place == place]
    sums, then = items_of(found), baseline.sums.get(place, ItemSums())
    priced = counted(items.epd, items.month, sums, PRICED_THEN)
    of_then = counted(items.epd, baseline.month, then, "what a unit cost")
    amount = _cost_at_baseline(baseline, found)
    scope.read(AT_BASELINE, made_value("GBP", amount, priced, of_then))
    conceded = sum((baseline.conceded(one) for one in found), NIL)
    quantities = counted(items.epd, items.month, sums, CONCEDED_THEN)
    rows = concession_rows(baseline.concessions, map(baseline.priced, found))
    scope.read(NCSO_THEN, made_value("GBP", conceded, quantities, *rows))


def _cost_at_baseline(baseline: _Baseline, found: Sequence[Presentation]) -> Decimal:
    """What a place's presentations would have cost then; new ones without the effects of prices."""
    cost, place = NIL, found[0].place if found else ""
    since: dict[str, Decimal] = {}
    for line in baseline.lines:
        if line.place == place:
            since[line.bnf_code] = since.get(line.bnf_code, NIL) + line.effect
    for one in found:
        price = baseline.price(place, one.bnf_code)
        if price is not None:
            cost += _pence(price, one.sums.quantity)
        else:
            cost += one.sums.actual_cost + baseline.conceded(one) - since.pop(one.bnf_code, NIL)
    return cost


def _pence(rise: Rise, quantity: Decimal) -> Decimal:
    return round_half_up(rise.of(quantity), PENNY)
