"""The items month by month: what is known, and apart from it what is estimated.

Known: cost and, where the tariff and the concessions of a month are there, what concessions and
Category M prices cost in it. Estimated are the months of the year to date whose items have not
come. They are told in two ways:

- at known prices: the quantities of the latest month, with the concessions that are published for
  the month to come and the last tariff that is there;
- to date, by run rate (cost x months / months known) and by the profile of NHS Business Services
  Authority (cost x share of the year to date / share of the months known).

The published cost of prescribed medicines stands beside the estimate by run rate.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.core.structure import ICB
from boardpack.figures.scope import Scope
from boardpack.subjects.items.effects import (
    PricedLine,
    lines_by_place,
    place_sums,
    presentations,
    priced_again,
)
from boardpack.subjects.items.lineage import count_value, items_value, ncso_of, tariff_of
from boardpack.subjects.items.prices import MonthPrices
from boardpack.subjects.items.scope import ItemFigures
from boardpack.subjects.items.sums import ItemSums
from boardpack.subjects.prescribing.profiles_extract import read_prescribing_profiles

COST, ITEMS = "month_cost", "month_items"
NCSO_COST, EFFECT = "month_cost", "month_effect"
ESTIMATED_COST, ESTIMATED_EFFECT = "estimated_month_cost", "estimated_month_effect"
SHARE_KNOWN, SHARE_TO_DATE = "share_of_known_months", "share_to_date"
KNOWN = "ytd_known_months"
BOTH = "cat_m_ncso"
ALL_COST = "actual cost of all items"
ALL_ITEMS = "items of all medicines"
CARRIED = "quantities of this month, carried forward at the prices of {}: "
CATEGORY = "M"


def enter_months(figures: ItemFigures) -> None:
    """Enter what is known of each month, what is estimated, and both to date."""
    for month in figures.items.epd.months:
        _costs(figures, month)
        _known_prices(figures, month)
    for month in months_to_come(figures):
        _carried_forward(figures, month)
    _profile(figures)
    for place in (*figures.places, ICB):
        _cost_to_date(figures, place)
        _effects_to_date(figures, place)
        _beside_published(figures, place)


def months_to_come(figures: ItemFigures) -> list[Month]:
    """The months of the paper's year to date after the latest month of items."""
    return [one for one in _year_to_date(figures) if one > figures.items.month]


def _year_to_date(figures: ItemFigures) -> list[Month]:
    now = figures.draft.paper.month
    return [Month(now.start, number) for number in range(1, now.number + 1)]


def _costs(figures: ItemFigures, month: Month) -> None:
    """A month's cost and number of items, by place and in all."""
    epd = figures.items.epd
    sums = place_sums(epd, month)
    for place in figures.places:
        found = sums.get(place, ItemSums())
        scope = figures.scope(place, "items", month=month)
        scope.read(COST, items_value(epd, month, found, ALL_COST))
        scope.read(ITEMS, count_value(epd, month, found, ALL_ITEMS, found.items))
    figures.total(scope, COST)
    figures.total(scope, ITEMS, "COUNT")


def _known_prices(figures: ItemFigures, month: Month) -> None:
    """What concessions and Category M prices cost in a month whose prices are there."""
    items = figures.items
    if month not in items.book.tariffs or not items.book.granted(month):
        return
    prices, lines = items.prices, items.lines
    if month != items.month:
        before = items.prices.baseline
        earlier = before is not None and before < month
        prices = MonthPrices(items.book, month, before if earlier else None)
        lines = lines_by_place(presentations(items.epd, month, prices))
    _enter_effects(figures, month, prices, lines, (NCSO_COST, EFFECT))


def _carried_forward(figures: ItemFigures, month: Month) -> None:
    """The latest quantities at the concessions published for a month to come, as an estimate."""
    items = figures.items
    if not items.book.granted(month):
        return
    tariff = items.book.latest_tariff(month)
    prices = MonthPrices(items.book, month, items.prices.baseline, tariff)
    lines = lines_by_place(priced_again(items.presentations, prices))
    _enter_effects(figures, month, prices, lines, (ESTIMATED_COST, ESTIMATED_EFFECT), True)


def _enter_effects(
    figures: ItemFigures,
    month: Month,
    prices: MonthPrices,
    lines: Sequence[PricedLine],
    measures: tuple[str, str],
    is_estimate: bool = False,
) -> None:
    """Concessions and Category M by place and in all, and both together."""
    items_month = min(month, figures.items.month)
    said = CARRIED.format(month.name) if is_estimate else ""
    epd, (cost, effect) = figures.items.epd, measures
    scope = figures.scope(figures.places[0], "ncso", month=month).at(is_estimate=is_estimate)
    for place in figures.places:
        own = [line for line in lines if line.place == place]
        at = scope.at(place=place, line_label=figures.label(place, "ncso"))
        at.read(cost, ncso_of(epd, items_month, prices, own, said))
        if prices.has(CATEGORY):
            at = at.at(line="category_m", line_label=figures.label(place, "category_m"))
            at.read(effect, tariff_of(epd, items_month, prices, own, CATEGORY, said))
    figures.total(scope, cost)
    if prices.has(CATEGORY):
        label = figures.label(figures.places[0], "category_m")
        figures.total(scope.at(line="category_m", line_label=label), effect)
        for place in (*figures.places, ICB):
            both = scope.at(place=place, line=BOTH, line_label=figures.label(place, BOTH))
            parts = [both.at(line="ncso").id(cost), both.at(line="category_m").id(effect)]
            both.total(effect, parts)


def _to_date(figures: ItemFigures, place: str, line: str) -> Scope:
    period = figures.draft.paper.month.period
    return figures.scope(place, line).at(period=period)


def _known_months(figures: ItemFigures, place: str, line: str, measure: str) -> list[str] | None:
    """The ids of a measure in each month of the year up to the latest; None where one lacks."""
    months = [one for one in _year_to_date(figures) if one <= figures.items.month]
    found = [figures.scope(place, line, month=one).id(measure) for one in months]
    return found if found and figures.draft.has(*found) else None


def _cost_to_date(figures: ItemFigures, place: str) -> None:
    """The cost of the months known, and the year to date and the year that it points to."""
    found = _known_months(figures, place, "items", COST)
    if found is None:
        return
    scope, now = _to_date(figures, place, "items"), figures.draft.paper.month
    scope.at(period=figures.items.month.period).total(f"{KNOWN}_cost", found)
    guess, known = scope.at(is_estimate=True), len(found)
    guess.derive("ytd_run_rate_cost", f"{KNOWN}_cost * {now.number} / {known}")
    year = guess.at(period=now.year)
    year.derive("run_rate_forecast_cost", f"{KNOWN}_cost * {MONTHS_IN_YEAR} / {known}")
    shares = _shares(figures)
    if shares is not None:
        guess.derive("ytd_profile_cost", f"{KNOWN}_cost * {shares[1]} / {shares[0]}")
        year.derive("profile_forecast_cost", f"{KNOWN}_cost * 100 / {shares[0]}")


def _profile(figures: ItemFigures) -> None:
    """The profile's share of the year up to the latest month of items, and up to the paper's."""
    found = read_prescribing_profiles(figures.draft.folder)
    for measure, month in (
        (SHARE_KNOWN, figures.items.month),
        (SHARE_TO_DATE, figures.draft.paper.month),
    ):
        for row in found.only(financial_year=month.year, month=month.code):
            scope = figures.scope(ICB, "profile").at(period=month.period, basis="profile")
            scope.read(measure, row.amounts["cumulative"], "PCT")


def _shares(figures: ItemFigures) -> tuple[str, str] | None:
    scope = figures.scope(ICB, "profile")
    found = scope.id(SHARE_KNOWN), scope.id(SHARE_TO_DATE)
    return found if figures.draft.has(*found) else None


def _effects_to_date(figures: ItemFigures, place: str) -> None:
    """The same for Category M and concessions, where every known month's prices are there."""
    found = _known_months(figures, place, BOTH, EFFECT)
    if found is None:
        return
    scope, now = _to_date(figures, place, BOTH), figures.draft.paper.month
    scope.at(period=figures.items.month.period).total(f"{KNOWN}_effect", found)
    guess = scope.at(is_estimate=True)
    guess.derive("ytd_run_rate_effect", f"{KNOWN}_effect * {now.number} / {len(found)}")
    shares = _shares(figures)
    if shares is not None:
        guess.derive("ytd_profile_effect", f"{KNOWN}_effect * {shares[1]} / {shares[0]}")
    coming = [figures.scope(place, BOTH, month=one) for one in months_to_come(figures)]
    carried = [one.id(ESTIMATED_EFFECT) for one in coming]
    if figures.draft.has(*carried):
        guess.total("ytd_known_prices_effect", [*found, *carried])
        published = f"prescribing.{place}.{BOTH}.ytd_spend"
        if figures.draft.has(published):
            guess.derive("ytd_difference", f"{published} - ytd_known_prices_effect")


def _beside_published(figures: ItemFigures, place: str) -> None:
    """The published cost of prescribed medicines to date, and how far the items are from it."""
    published = [f"prescribing.{place}.{x}.ytd_spend" for x in ("pmd_excl_cat_m_ncso", BOTH)]
    scope = _to_date(figures, place, "pmd").at(is_estimate=True)
    items = scope.at(line="items").id("ytd_run_rate_cost")
    if figures.draft.has(*published, items):
        scope.total("ytd_published_cost", published)
        scope.derive("ytd_difference", f"ytd_published_cost - {items}")
