"""What the page on programmes shows: each across settings, over the same months, and costed."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.document.blocks import (
    Block,
    Cell,
    Chart,
    Column,
    Narrative,
    NotSupplied,
    Row,
    RowKind,
    Series,
    Table,
)
from boardpack.document.chapter import SUPPRESSED, ChapterPaper
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import cell_text
from boardpack.figures.figure import Figure
from boardpack.figures.labels import slug
from boardpack.subjects.activity.costed_figures import COMMUNITY, HOSPITAL, MEDICINES, TOTAL
from boardpack.subjects.activity.costed_gaps import gaps_of
from boardpack.subjects.activity.costed_view import COSTS, Setting, View, calendar, views
from boardpack.subjects.activity.tables import SHORT, specialty_name

LABELS = {
    HOSPITAL: "Hospital care at indicative prices",
    MEDICINES: "Medicines",
    COMMUNITY: "Community services",
    TOTAL: "All that is costed",
}
SPAN = "Hospital activity covers {months} of each year."
ITEMS = "The count of medicines is of items dispensed, {months}."
AVERAGE = "Parts cover unlike months, so they are added up for an average month only."
PRICED = "An indicative price is what one spell or attendance would cost; it is no payment."
HIDDEN = f"{SUPPRESSED} is a count too small to show, or a total that needs one."


def narratives(paper: ChapterPaper) -> tuple[Narrative | NotSupplied, ...]:
    """What each programme came to, part by part, and how its activity has moved."""
    found = tuple(map(_narrative, views(paper)))
    return found or (paper.not_supplied("A programme across settings", NONE_NAMED),)


NONE_NAMED = "No programme is described in the parameters of this report."


def _narrative(view: View) -> Narrative | NotSupplied:
    if not view.has_anything:
        return view.paper.not_supplied(f"{cell_text(view.programme.name)} across settings")
    made = view.paper.narrate(
        "summary",
        programme=view.programme.name,
        covered=view.covered,
        sites=view.sites,
        changes=[(SHORT[one.name].lower(), one.change) for one in view.settings if one.change],
        total=view.figure(TOTAL, "cost_a_month"),
        parts=list(_monthly_parts(view)),
        is_costed=view.is_costed,
    )
    return Narrative(f"{made.id}-{view.key}", made.markdown)


def _monthly_parts(view: View) -> Iterator[tuple[str, Figure]]:
    for part in (HOSPITAL, MEDICINES, COMMUNITY):
        figure = view.figure(part, "cost_a_month")
        if figure is not None:
            yield LABELS[part].lower(), figure


def gaps(paper: ChapterPaper) -> tuple[Narrative, ...]:
    """What each programme's figures leave out, because it was not supplied or is not counted."""
    return tuple(
        Narrative(f"{made.id}-{view.key}", made.markdown)
        for view in views(paper)
        if view.has_anything
        for made in (paper.narrate("gaps", programme=view.programme.name, gaps=gaps_of(view)),)
    )


def tables(paper: ChapterPaper) -> tuple[Table, ...]:
    """Settings down; activity of the same months of each year, price and cost across."""
    return tuple(_table(view) for view in views(paper) if view.has_anything)


def _table(view: View) -> Table:
    activity = f"Activity, {view.covered}" if view.covered else "Activity"
    columns = [Column("Part of the programme", "left")]
    columns += [Column(year, "right", activity) for year in view.years]
    columns += [Column("Change, %", "right", activity)] if view.years else []
    if view.is_costed:
        columns += [Column("Average price, £"), Column("To date", "right", "Cost, £000s")]
        columns += [Column("A month", "right", "Cost, £000s")]
    rows = [row for setting in view.settings for row in _setting_rows(view, setting)]
    rows += [row for part in LABELS for row in _part_row(view, part)]
    name = cell_text(view.programme.name)
    return Table(
        id=f"costed-{slug(view.key)}",
        caption=f"{name} across settings, {view.paper.place_name}",
        columns=tuple(columns),
        rows=tuple(rows),
        notes=tuple(_notes(view, rows)),
    )


def _setting_rows(view: View, setting: Setting) -> Iterator[Row]:
    yield _activity_row(view, setting, SHORT[setting.name], "")
    for specialty in setting.specialties if len(setting.specialties) > 1 else ():
        label = f"of which {cell_text(specialty_name(specialty))}"
        yield _activity_row(view, setting, label, specialty)


def _activity_row(view: View, setting: Setting, label: str, specialty: str) -> Row:
    cells: list[Cell] = [setting.count(year, specialty) for year in view.years]
    cells.append(view.paper.cell(setting.name_of("change_share", specialty), "percent"))
    if view.is_costed:
        price = "indicative_price" if specialty else "average_price"
        cells.append(view.paper.cell(setting.name_of(price, specialty, plain=True), "price"))
        for measure in ("cost_same_months", "cost_a_month"):
            cells.append(view.paper.cell(setting.name_of(measure, specialty, plain=True)))
    return Row((label, *cells), part="apart" if specialty else "added")


def _part_row(view: View, part: str) -> Iterator[Row]:
    kinds: dict[str, RowKind] = {HOSPITAL: "subtotal", TOTAL: "total"}
    if view.figure(part, "cost_a_month") is None:
        return
    counts: list[Cell] = [""] * (len(view.years) + bool(view.years))
    if part == MEDICINES and counts:
        counts[-2] = view.paper.cell(view.name(part, "items_in_data"))
    to_date = view.paper.cell(view.name(part, COSTS[part])) if part in COSTS else ""
    monthly = view.paper.cell(view.name(part, "cost_a_month"))
    yield Row((LABELS[part], *counts, "", to_date, monthly), kinds.get(part, "line"))


def _notes(view: View, rows: list[Row]) -> Iterator[str]:
    if view.figure(HOSPITAL, "cost_a_month"):
        yield PRICED
    if view.figure(MEDICINES, "cost_a_month"):
        yield ITEMS.format(months=view.months_of_items)
    if view.figure(TOTAL, "cost_a_month"):
        yield AVERAGE
    if any(SUPPRESSED in row.cells for row in rows):
        yield HIDDEN


def charts(paper: ChapterPaper) -> tuple[Block, ...]:
    """One small chart for each setting: the same months of each year as lines.

    There is none of April alone: of one month the table says all.
    """
    return tuple(
        chart
        for view in views(paper)
        for one in view.settings
        for chart in (_chart(view, one) if view.latest > 1 else ())
    )


def _chart(view: View, setting: Setting) -> Iterator[Chart]:
    months = [calendar(number)[:3] for number in range(1, view.latest + 1)]
    series = tuple(
        Series(year, tuple(setting.month(year, number) for number in range(1, view.latest + 1)))
        for year in view.years
    )
    shown = tuple(one for one in series if any(one.values))
    if not shown:
        return
    name = f"{cell_text(view.programme.name)}: {SHORT[setting.name].lower()}"
    yield Chart(
        id=f"costed-{slug(view.key)}-{setting.name.replace('_', '-')}",
        shape="line",
        title=f"{name} {_direction(setting)}",
        alt=f"{name} by month, {view.covered} of each year. "
        + spoken(months, *shown, unit=setting.counted),
        categories=tuple(months),
        series=shown,
        unit=f"{setting.counted} a month",
    )


def _direction(setting: Setting) -> str:
    """How this year compares with the same months of the last one."""
    if setting.change is None or not setting.change.value:
        return "month by month"
    return f"are {'below' if setting.change.value < 0 else 'above'} last year's"
