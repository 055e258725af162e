"""Where the figures of a month's items are entered: names of their lines, and of their measures."""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.figure import Figure
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Value
from boardpack.subjects.items.effects import PricedItems, PricedLine

CHAPTER = "prescribing_items"
COST, EFFECT = "latest_month_cost", "latest_month_effect"
LINES = {
    "items": "items of all medicines",
    "matched": "items of the Drug Tariff",
    "unmatched": "items that the Drug Tariff does not list",
    "ncso": "price concessions",
    "category_m": "Category M prices",
    "category_a": "Category A prices",
    "category_c": "Category C prices",
    "tariff": "changed tariff prices",
    "cat_m_ncso": "Category M and price concessions",
    "prices": "price concessions and changed tariff prices",
    "no_place": "items of practices that belong to no place yet",
    "profile": "prescribing profile",
    "bridge": "change of cost",
    "pmd": "published cost of prescribed medicines",
}


def category_line(category: str) -> str:
    """The line of a tariff category: `category_m`.

    >>> category_line("M")
    'category_m'
    """
    return f"category_{category.lower()}"


@dataclass(frozen=True)
class ItemFigures:
    """The figures of one month of items, being entered."""

    draft: Draft
    items: PricedItems

    @property
    def places(self) -> tuple[str, ...]:
        """The places of the report, without the ICB."""
        return tuple(self.draft.paper.report.places)

    @property
    def lines(self) -> tuple[PricedLine, ...]:
        """The priced lines of the places."""
        return tuple(line for line in self.items.lines if line.place in self.places)

    def place_name(self, place: str) -> str:
        """A place's name in print."""
        return self.draft.paper.report.place_name(place)

    def label(self, place: str, line: str) -> str:
        """A line of a place in print."""
        return f"{self.place_name(place)}, {LINES[line]}"

    def scope(self, place: str, line: str, label: str = "", month: Month | None = None) -> Scope:
        """The scope of a line; a `month` gives its figures that month's period and suffix."""
        named = label or self.label(place, line)
        period = (month or self.items.month).period
        suffix = self.draft.period_suffix(period) if month else ""
        return self.draft.scope(
            CHAPTER, place, line, named, basis="items", period=period, suffix=suffix
        )

    def read(self, place: str, line: str, measure: str, value: Value) -> None:
        """Enter a figure made from rows."""
        self.scope(place, line).read(measure, value)

    def total(self, scope: Scope, measure: str, unit: str = "GBP") -> Figure | None:
        """Enter the ICB's figure of a measure as the sum of the places; nothing where one lacks."""
        addends = [scope.at(place=place).id(measure) for place in self.places]
        if not self.draft.has(*addends):
            return None
        named = scope.line_label.partition(", ")[2]
        label = f"{self.place_name(ICB)}, {named}"
        return scope.at(place=ICB, line_label=label).total(measure, addends, unit)
