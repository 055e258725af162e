"""Where concessions and changed tariff prices cost most: medicines, practices, chapters, months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from boardpack.core.periods import parse_month
from boardpack.core.structure import ICB
from boardpack.document.blocks import Column, Narrative, Part, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Line, Measure, figures_table, without_empty_columns
from boardpack.figures.figure import Figure
from boardpack.figures.labels import measure_label
from boardpack.subjects.items.tables import NCSO, items_month

CHAPTER = "prescribing_items"
TEMPLATE = "prescribing_items"
EFFECT = "latest_month_effect"
SHOWN, SHOWN_OF_PLACE = 10, 5
MEASURES = {
    "Concessions": "latest_month_ncso_cost",
    "Tariff prices": "latest_month_tariff_effect",
    "Together": EFFECT,
}
OF_WHICH = "Both are parts of the cost, and are not added to it. Falls are in brackets."
NO_LONGER = "The last column is a concession that is not on the list of the month after."
FEW = "Practices with too few items to show are left out."
EFFECTS = {
    "ncso.month_cost": "ncso.estimated_month_cost",
    "category_m.month_effect": "category_m.estimated_month_effect",
    "cat_m_ncso.month_effect": "cat_m_ncso.estimated_month_effect",
}
MONTHS_KNOWN = "Months known of this year", "ytd_known_months_cost", "ytd_known_months_effect"
TO_DATE = "To date, at the prices known so far", "", "ytd_known_prices_effect"
OTHERWISE = (
    ("To date, by run rate", "ytd_run_rate_cost", "ytd_run_rate_effect"),
    ("To date, by the national profile", "ytd_profile_cost", "ytd_profile_effect"),
)
"""Other ways to the year to date, which are no sums of the months."""


def drugs_table(paper: ChapterPaper, place: str = ICB) -> Table | None:
    """The medicines whose concession or changed tariff price costs most, the greatest first."""
    drugs = _costliest(paper, (place,), "vmp_")[: _shown(place)]
    if not drugs:
        return None
    name = paper.paper.report.place_name(place)
    named = f"{CHAPTER}.{place}.{{line}}."
    ends = Measure("Concession ends", f"{named}ending_next_month_cost")
    table = figures_table(
        paper,
        f"{_prefix(paper)}-items-drugs",
        f"Medicines whose prices cost {name} most in {items_month(paper).name}",
        "Medicine",
        [Line(_name(one), one.line) for one in drugs],
        [*(Measure(label, named + measure) for label, measure in MEASURES.items()), ends],
        notes=(OF_WHICH, NO_LONGER),
    )
    return without_empty_columns(table)


def practices_table(paper: ChapterPaper, place: str = ICB) -> Table | None:
    """Networks of a place, and the practices whose prices cost most: of it, or of all places."""
    places = tuple(paper.paper.report.places) if place == ICB else (place,)
    practices = _costliest(paper, places, "practice_")[: _shown(place)]
    if not practices:
        return None
    where = paper.paper.report.place_name(place)
    networks = [] if place == ICB else _of_line(paper, places, "pcn_")
    parts = {"Networks": networks, "Practices whose prices cost most": practices}
    rows: list[Row] = []
    for heading, found in parts.items():
        if found:
            rows += [Row((heading,), "heading")] if networks else []
            rows += [_row(paper, one) for one in found]
    table = Table(
        f"{_prefix(paper)}-items-practices",
        f"Where prices cost {where} most in {items_month(paper).name}",
        (Column("Practice", "left"), Column("Cost of items"), *map(Column, MEASURES)),
        tuple(rows),
        "£000s",
        (OF_WHICH, FEW),
    )
    return without_empty_columns(table)


def chapters_table(paper: ChapterPaper) -> Table | None:
    """Cost and effects of prices by BNF chapter, all places together."""
    chapters = _of_line(paper, (ICB,), "chapter_")
    if not chapters:
        return None
    table = Table(
        "prescribing-icb-items-chapters",
        f"Cost of items by chapter of the British National Formulary, {items_month(paper).name}",
        (Column("Chapter", "left"), Column("Cost of items"), *map(Column, MEASURES)),
        tuple(_row(paper, one) for one in chapters),
        "£000s",
        (OF_WHICH,),
    )
    return without_empty_columns(table)


def _row(paper: ChapterPaper, one: Figure) -> Row:
    named = f"{CHAPTER}.{one.place}.{one.line}."
    measures = ("latest_month_cost", *MEASURES.values())
    return Row((_name(one), *(paper.cell(named + measure) for measure in measures)))


def _of_line(paper: ChapterPaper, places: Iterable[str], start: str) -> list[Figure]:
    """The effects of lines that begin so, in the order in which they were entered."""
    return [
        figure
        for figure in paper.register
        if figure.chapter == CHAPTER
        and figure.place in places
        and figure.line.startswith(start)
        and figure.measure == EFFECT
    ]


def _costliest(paper: ChapterPaper, places: Iterable[str], start: str) -> list[Figure]:
    return sorted(_of_line(paper, places, start), key=lambda one: (-one.value, one.line))


def _shown(place: str) -> int:
    return SHOWN if place == ICB else SHOWN_OF_PLACE


def _name(figure: Figure) -> str:
    return figure.label.removesuffix(f", {measure_label(figure.measure)}")


def _prefix(paper: ChapterPaper) -> str:
    return paper.name.replace("_", "-")


def ahead_narrative(paper: ChapterPaper, place: str = "") -> Narrative | None:
    """What ends next month, and what prices are estimated to cost in the months not in yet."""
    where = place or paper.place
    ending = f"{CHAPTER}.{where}.ncso.ending_next_month_cost"
    coming = _months(paper, "cat_m_ncso.estimated_month_effect", where)
    if not paper.supplied(NCSO) or not (coming or paper.supplied(ending)):
        return None
    words = {
        "where": paper.paper.report.place_name(where),
        "data": items_month(paper),
        "after": items_month(paper).earlier(-1),
        "ending": paper.figure(ending) if paper.supplied(ending) else None,
        "coming": [(parse_month(*one.period.split(" ")).name, one) for one in coming],
    }
    return paper.narrate("items_ahead", TEMPLATE, **words)


def _months(paper: ChapterPaper, name: str, place: str = ICB) -> list[Figure]:
    """The figures of a line and measure, month by month."""
    line, measure = name.split(".")
    found = (f for f in paper.register if f.chapter == CHAPTER and f.place == place)
    return [one for one in found if (one.line, one.measure) == (line, measure)]


def months_table(paper: ChapterPaper) -> Table | None:
    """Known months of all places, apart from them those estimated, and the year to date."""
    known = _months(paper, "items.month_cost")
    if not known:
        return None
    rows = [_month_row(paper, one, EFFECTS) for one in known]
    rows += _said(_to_date_row(paper, *MONTHS_KNOWN))
    estimated = _months(paper, "ncso.estimated_month_cost")
    if estimated:
        rows.append(Row(("Estimated: the latest quantities at known prices",), "heading"))
        rows += [_month_row(paper, one, EFFECTS.values()) for one in estimated]
    to_date = _said(_to_date_row(paper, *TO_DATE))
    for way in OTHERWISE:
        to_date += _said(replace(_to_date_row(paper, *way), part="apart", is_sum=False))
    if to_date:
        rows += [Row(("The year to date",), "heading"), *to_date]
    heads = ("Items", "Cost of items", "Concessions", "Category M", "Together")
    return without_empty_columns(
        Table(
            "prescribing-icb-items-months",
            "Items and their prices by month, all places",
            (Column("Month", "left"), *map(Column, heads)),
            tuple(rows),
            "items in numbers, cost in £000s",
            (OF_WHICH,),
        )
    )


def _month_row(paper: ChapterPaper, one: Figure, effects: Iterable[str]) -> Row:
    suffix = "".join(f".{part}" for part in one.id.split(".")[4:])
    names = ("items.month_items", "items.month_cost", *effects)
    cells = (paper.cell(f"{CHAPTER}.{ICB}.{name}{suffix}") for name in names)
    is_this_year = one.period.startswith(paper.paper.month.year)
    part: Part = "added" if is_this_year else "apart"
    return Row((parse_month(*one.period.split(" ")).name, *cells), part=part)


def _said(row: Row) -> list[Row]:
    """The row where any of its amounts was supplied."""
    return [row] if any(row.cells[1:]) else []


def _to_date_row(paper: ChapterPaper, label: str, cost: str, effect: str) -> Row:
    costs = paper.cell(f"{CHAPTER}.{ICB}.items.{cost}") if cost else ""
    return Row(
        (label, "", costs, "", "", paper.cell(f"{CHAPTER}.{ICB}.cat_m_ncso.{effect}")), "subtotal"
    )


def published_narrative(paper: ChapterPaper) -> Narrative | None:
    """The published cost of medicines beside the items' estimate, and the difference, in words."""
    if not paper.supplied(f"{CHAPTER}.{ICB}.pmd.ytd_difference"):
        return None
    return paper.narrate("items_published", TEMPLATE)
