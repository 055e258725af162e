"""What concessions and Category M prices cost, from the items of the latest month of data.

By place, in pounds, a cost being positive. These are parts of the spend that the chapter on
prescribing shows ("of which"), never on top of it: the actual cost contains both. What the items
show stands beside the average month of the published line.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.figures.draft import Draft
from boardpack.figures.item_lineage import (
    category_m_value,
    concessions_value,
    items_value,
    ncso_value,
    sum_of,
)
from boardpack.figures.item_prices import Drug, PricedItems, has_items, priced_items
from boardpack.figures.scope import Scope
from boardpack.params import ICB
from boardpack.sources.extract import Value

TOP = 5
COST, EFFECT = "latest_month_cost", "latest_month_effect"
COUNTED, AVERAGE = "latest_month_presentations", "published_average_month"
LINES = {
    "items": "items of all medicines",
    "matched": "items of the Drug Tariff",
    "unmatched": "items that the Drug Tariff does not list",
    "ncso": "price concessions",
    "category_m": "Category M prices",
    "cat_m_ncso": "Category M and price concessions",
    "no_place": "items of practices that belong to no place yet",
}
MATCHED = "actual cost of items whose code or name is one of the Drug Tariff's"
UNMATCHED = "actual cost of items whose code and name are none of the Drug Tariff's"
NAMES = "names of items that the Drug Tariff does not list, each once"
NO_PLACE = "actual cost of practices that the practice list lacks"
NO_PACK = "concessions for which the Drug Tariff has no pack of that name and size"


def prescribing_items_figures(draft: Draft) -> None:
    """Enter costs and effects by place, for all together, and for the drugs that cost most.

    Nothing where the month has no items, or no prices of the items' month.
    """
    items = priced_items(draft.folder) if has_items(draft.folder) else None
    if items is not None:
        _Items(draft, items).enter()


class _Items:
    """The figures of one month of items, being entered."""

    def __init__(self, draft: Draft, items: PricedItems) -> None:
        self.draft, self.items = draft, items
        self.places = tuple(draft.paper.report.places)

    def enter(self) -> None:
        for place in self.places:
            self._of_place(place)
        self._of_all()
        for place in (*self.places, ICB):
            self._together(place)
            self._beside_published(place)
        for drugs in _top(self.items):
            self._drug(drugs)

    def _scope(self, place: str, line: str, label: str = "") -> Scope:
        named = label or f"{self.draft.place_names()[place]}, {LINES[line]}"
        period = self.items.month.period
        return self.draft.scope(
            "prescribing_items", place, line, named, basis="items", period=period
        )

    def _read(self, place: str, line: str, measure: str, value: Value) -> None:
        self._scope(place, line).read(measure, value)

    def _of_place(self, place: str) -> None:
        items = self.items
        drugs = [drug for drug in items.drugs if drug.place == place]
        others = [one for one in items.unmatched if one.place == place]
        sums = [one.sums for one in others]
        matched = items_value(items, [drug.sums for drug in drugs], MATCHED)
        self._read(place, "matched", COST, matched)
        self._read(place, "unmatched", COST, items_value(items, sums, UNMATCHED))
        names = len({one.name for one in others})
        self._read(place, "unmatched", COUNTED, items_value(items, sums, NAMES, names))
        self._read(place, "ncso", COST, ncso_value(items, drugs))
        if items.baseline.rows:
            self._read(place, "category_m", EFFECT, category_m_value(items, drugs))

    def _of_all(self) -> None:
        """The places added up; what belongs to no place, and concessions that no pack has."""
        costs = [(line, COST) for line in ("matched", "unmatched", "ncso")]
        for line, measure in (*costs, ("category_m", EFFECT)):
            scope = self._scope(ICB, line)
            addends = [scope.at(place=place).id(measure) for place in self.places]
            if self.draft.has(*addends):
                scope.total(measure, addends)
        items = self.items
        sums = [one.sums for one in items.unmatched]
        names = len({one.name for one in items.unmatched})
        self._read(ICB, "unmatched", COUNTED, items_value(items, sums, NAMES, names))
        lost = concessions_value(items, items.lost_concessions, NO_PACK)
        self._read(ICB, "ncso", "latest_month_unmatched_concessions", lost)
        if items.unknown:
            self._read(ICB, "no_place", COST, items_value(items, items.unknown, NO_PLACE))

    def _together(self, place: str) -> None:
        """All items of a place, the share that is unmatched, and both effects together."""
        scope = self._scope(place, "items")
        parts = [scope.at(line=line).id(COST) for line in ("matched", "unmatched")]
        total = scope.total(COST, parts)
        both = self._scope(place, "cat_m_ncso")
        effects = [both.at(line="ncso").id(COST), both.at(line="category_m").id(EFFECT)]
        if self.draft.has(*effects):
            both.total(EFFECT, effects)
        if total.value > 0:
            share = f"{parts[1]} / {total.id} * 100"
            self._scope(place, "unmatched").derive(f"{COST}_share", share, "PCT")
            if self.draft.has(both.id(EFFECT)):
                both.derive(f"{EFFECT}_share", f"{EFFECT} / {total.id} * 100", "PCT")

    def _beside_published(self, place: str) -> None:
        """The average month of the published line, and what the items show above or below it."""
        published = f"prescribing.{place}.cat_m_ncso.ytd_spend"
        scope = self._scope(place, "cat_m_ncso").at(is_estimate=True)
        if self.draft.has(published, scope.id(EFFECT)):
            month = self.draft.paper.month
            average = f"{published} / {month.number}"
            scope.at(period=month.period).derive(AVERAGE, average)
            scope.derive("latest_month_difference", f"{EFFECT} - {AVERAGE}")

    def _drug(self, drugs: Sequence[Drug]) -> None:
        pack = drugs[0].packs[0]
        scope = self._scope(ICB, f"vmp_{pack.vmp}", pack.medicine)
        cost, effect = "latest_month_ncso_cost", "latest_month_category_m_effect"
        scope.read(cost, ncso_value(self.items, drugs))
        if self.items.baseline.rows:
            scope.read(effect, category_m_value(self.items, drugs))
        scope.total(EFFECT, [scope.id(cost), scope.id(effect)])


def _top(items: PricedItems) -> list[list[Drug]]:
    """The drugs that cost most by both effects, the greatest first, each with its places."""
    by_drug: dict[str, list[Drug]] = {}
    for drug in items.drugs:
        by_drug.setdefault(drug.packs[0].vmp, []).append(drug)
    effects = {vmp: sum_of(drugs, lambda drug: drug.effect) for vmp, drugs in by_drug.items()}
    costly = sorted((vmp for vmp in effects if effects[vmp] > 0), key=lambda v: (-effects[v], v))
    return [by_drug[vmp] for vmp in costly[:TOP]]
