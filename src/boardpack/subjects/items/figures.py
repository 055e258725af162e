"""What concessions and changed tariff prices cost, from the items of the latest month of data.

By place, in pounds, a cost being positive. These are parts of the spend that the chapter on
prescribing shows ("of which"), never on top of it: the actual cost contains them. What the items
show of Category M and concessions stands beside the average month of the published line.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.subjects.items.bridge_figures import enter_bridge
from boardpack.subjects.items.cuts_figures import ENDING, enter_cuts, is_ending
from boardpack.subjects.items.effects import PricedItems, has_items, items_of, priced_items
from boardpack.subjects.items.lineage import (
    concessions_value,
    count_value,
    items_value,
    ncso_value,
    tariff_value,
)
from boardpack.subjects.items.months_figures import enter_months
from boardpack.subjects.items.prices import CATEGORIES
from boardpack.subjects.items.scope import COST, EFFECT, ItemFigures, category_line
from boardpack.subjects.items.sums import sum_items

COUNTED, AVERAGE = "latest_month_presentations", "published_average_month"
MATCHED = "actual cost of items whose code or name is one of the Drug Tariff's"
UNMATCHED = "actual cost of items whose code and name are none of the Drug Tariff's"
NAMES = "names of items that the Drug Tariff does not list, each once"
NO_PLACE = "actual cost of practices that the practice list lacks"
NO_PACK = "concessions for which the Drug Tariff has no pack of that name and size"


def prescribing_items_figures(draft: Draft) -> None:
    """Enter costs and effects by place, network, practice, chapter, medicine and month; the bridge.

    Nothing where the month has no items, or no prices of the items' month.
    """
    items = priced_items(draft.folder) if has_items(draft.folder) else None
    if items is None:
        return
    figures = ItemFigures(draft, items)
    for place in figures.places:
        _of_place(figures, place)
    _of_all(figures)
    for place in (*figures.places, ICB):
        _together(figures, place)
        _beside_published(figures, place)
    _ending(figures)
    enter_cuts(figures)
    enter_months(figures)
    enter_bridge(figures)


def _of_place(figures: ItemFigures, place: str) -> None:
    items = figures.items
    found = [one for one in items.presentations if one.place == place]
    matched = items_of(one for one in found if one.priced is not None)
    others = [one for one in found if one.priced is None]
    epd, month = items.epd, items.month
    figures.read(place, "matched", COST, items_value(epd, month, matched, MATCHED))
    unmatched, names = items_of(others), len({one.name for one in others})
    figures.read(place, "unmatched", COST, items_value(epd, month, unmatched, UNMATCHED))
    figures.read(place, "unmatched", COUNTED, count_value(epd, month, unmatched, NAMES, names))
    lines = [line for line in items.lines if line.place == place]
    figures.read(place, "ncso", COST, ncso_value(items, lines))
    for category in categories(items):
        value = tariff_value(items, lines, category)
        figures.read(place, category_line(category), EFFECT, value)


def categories(items: PricedItems) -> tuple[str, ...]:
    """The categories whose changed prices can be counted with the tariffs that are there."""
    return tuple(one for one in CATEGORIES if items.prices.has(one))


def _of_all(figures: ItemFigures) -> None:
    """The places added up; what belongs to no place, and concessions that no pack has."""
    items = figures.items
    effects = [(category_line(one), EFFECT) for one in categories(items)]
    for line, measure in (("matched", COST), ("unmatched", COST), ("ncso", COST), *effects):
        figures.total(figures.scope(figures.places[0], line), measure)
    sums, names = items_of(items.unmatched), len({one.name for one in items.unmatched})
    said = count_value(items.epd, items.month, sums, NAMES, names)
    figures.read(ICB, "unmatched", COUNTED, said)
    lost = concessions_value(items, [row.line for row in items.prices.lost], NO_PACK)
    figures.read(ICB, "ncso", "latest_month_unmatched_concessions", lost)
    if items.unknown:
        value = items_value(items.epd, items.month, sum_items(items.unknown), NO_PLACE)
        figures.read(ICB, "no_place", COST, value)


def _together(figures: ItemFigures, place: str) -> None:
    """All items of a place, the share that is unmatched, and the effects together."""
    scope = figures.scope(place, "items")
    parts = [scope.at(line=line).id(COST) for line in ("matched", "unmatched")]
    total = scope.total(COST, parts)
    if categories(figures.items):
        _effects(figures, place)
    if total.value > 0:
        share = f"{parts[1]} / {total.id} * 100"
        figures.scope(place, "unmatched").derive(f"{COST}_share", share, "PCT")
        both = figures.scope(place, "cat_m_ncso")
        if figures.draft.has(both.id(EFFECT)):
            both.derive(f"{EFFECT}_share", f"{EFFECT} / {total.id} * 100", "PCT")


def _effects(figures: ItemFigures, place: str) -> None:
    """The tariff's categories together, then with concessions; Category M with concessions."""
    scope = figures.scope(place, "tariff")
    found = [scope.at(line=category_line(one)).id(EFFECT) for one in categories(figures.items)]
    tariff = scope.total(EFFECT, found)
    ncso = scope.at(line="ncso").id(COST)
    figures.scope(place, "prices").total(EFFECT, [ncso, tariff.id])
    figures.scope(place, "cat_m_ncso").total(EFFECT, [ncso, found[0]])


def _beside_published(figures: ItemFigures, place: str) -> None:
    """The average month of the published line, and what the items show above or below it."""
    published = f"prescribing.{place}.cat_m_ncso.ytd_spend"
    scope = figures.scope(place, "cat_m_ncso").at(is_estimate=True)
    if figures.draft.has(published, scope.id(EFFECT)):
        month = figures.draft.paper.month
        scope.at(period=month.period).derive(AVERAGE, f"{published} / {month.number}")
        scope.derive("latest_month_difference", f"{EFFECT} - {AVERAGE}")


def _ending(figures: ItemFigures) -> None:
    """What the concessions cost that are not granted for the month after the items' month.

    Nothing where the list of concessions does not reach that month.
    """
    items, after = figures.items, figures.items.month.earlier(-1)
    if not items.book.granted(after):
        return
    going = {code for code in items.prices.granted if is_ending(items, code)}
    for place in figures.places:
        lines = [x for x in items.lines if x.place == place and x.priced.product in going]
        figures.read(place, "ncso", ENDING, ncso_value(items, lines))
    figures.total(figures.scope(figures.places[0], "ncso"), ENDING)
    rows = [one.line for code in sorted(going) for one in items.prices.granted[code]]
    said = f"concessions of {items.month.name} that the list of {after.name} lacks"
    figures.read(ICB, "ncso", "ending_next_month_concessions", concessions_value(items, rows, said))
