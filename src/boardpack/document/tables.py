"""Tables made of figures: lines down, measures (or places) across, one figure a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from boardpack.checks.absence import few
from boardpack.document.blocks import Cell, Column, Part, Row, RowKind, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import cell_text
from boardpack.figures.figure import PRINTED
from boardpack.figures.register import gap

MOST_ACROSS = 12
"""How many places, the centre and the whole among them, stand side by side in a table."""
ROUNDED = (
    "Totals and variances are as the source gives them. They may differ by a unit or two from the"
    " rounded parts shown."
)


@dataclass(frozen=True)
class Line:
    """A row of a table: its label, the figure line it shows, and how it is added (see `Row`)."""

    label: str
    line: str
    kind: RowKind = "line"
    part: Part = "added"
    is_sum: bool = True


@dataclass(frozen=True)
class Measure:
    """A column of a table: its label, the name of its figure, its style and its group.

    `name` is a figure's short name with `{line}` where the row's line goes, such as
    `position.{line}.ytd_budget`. `not_added` says why a total is not what its rows come to.
    """

    label: str
    name: str
    style: str | None = None
    group: str | None = None
    not_added: str = ""


def figures_table(
    paper: ChapterPaper,
    id: str,
    caption: str,
    head: str,
    lines: Sequence[Line],
    measures: Sequence[Measure],
    *,
    unit: str = "£000s",
    notes: Iterable[str] = (),
) -> Table:
    """A table with a figure in each cell; a cell that no figure was entered for is empty.

    Rows of which nothing is supplied are left out. A note on rounding is added where a shown
    total is the ledger's own and differs from its parts, and notes say why the rows of a column do
    not add up to its total: for a reason of its own, or because only the total was supplied. One
    more names the parts for want of which cells are not supplied.
    """
    rows = tuple(_row(paper, line, measures) for line in lines)
    kept = tuple(row for row in rows if row.kind == "heading" or any(row.cells[1:]))
    columns = [_column(measure, kept, n) for n, measure in enumerate(measures, start=1)]
    told = dict.fromkeys((*notes, *(column.not_added for column in columns)))
    extra = (ROUNDED,) if _shows_rounding(kept) else ()
    shown = [note for note in told if note]
    notes = (*shown, *extra, *_lacking(paper, lines, measures))
    return Table(id, caption, (Column(head, "left"), *columns), kept, unit, notes)


def _lacking(
    paper: ChapterPaper, lines: Sequence[Line], measures: Sequence[Measure]
) -> tuple[str, ...]:
    """A note on what is not there behind cells that are not supplied."""
    names = [m.name.format(line=line.line) for line in lines for m in measures if line.line]
    missing = paper.lacking(*names)
    return (f"Not supplied, because this is not there: {cell_text(few(missing))}.",) * bool(missing)


def _row(paper: ChapterPaper, line: Line, measures: Sequence[Measure]) -> Row:
    if line.kind == "heading":
        return Row((line.label,), "heading")
    cells = (paper.cell(m.name.format(line=line.line), m.style) for m in measures)
    return Row((line.label, *cells), line.kind, line.part, line.is_sum)


def _column(measure: Measure, rows: Iterable[Row], place: int) -> Column:
    """A measure's column. One that only a total has says so, and is no sum of the lines."""
    kinds = {row.kind for row in rows if row.kind != "heading" and row.cells[place]}
    why = measure.not_added
    if kinds == {"total"} and not why:
        name = f"{measure.group}, {measure.label.lower()}" if measure.group else measure.label
        why = f"{name}: only the total was supplied."
    return Column(measure.label, "right", measure.group, why)


def _shows_rounding(rows: Iterable[Row]) -> bool:
    return any(
        not isinstance(cell, str) and cell.figure.endswith(f".{PRINTED}")
        for row in rows
        for cell in row.cells
    )


def without_empty_columns(table: Table) -> Table:
    """The table without columns in which no row has anything; the stub stays."""
    wide = [row.cells for row in table.rows if row.kind != "heading"]
    kept = [n for n in range(len(table.columns)) if n == 0 or any(cells[n] for cells in wide)]
    rows = tuple(
        row if row.kind == "heading" else replace(row, cells=tuple(row.cells[n] for n in kept))
        for row in table.rows
    )
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows)


def directorate_lines(paper: ChapterPaper, total: str = "Total") -> tuple[Line, ...]:
    """The directorates in print order, then the total."""
    report = paper.paper.report
    lines = (Line(label, line) for line, label in report.directorates.items())
    return (*lines, Line(total, "total", "total"))


def place_lines(paper: ChapterPaper, *, central: bool = False) -> tuple[Line, ...]:
    """The places in print order, the central column where asked, then the ICB."""
    report = paper.paper.report
    lines = [Line(name, slug) for slug, name in report.places.items()]
    if central:
        lines.append(Line(report.central_name, "central"))
    return (*lines, Line(report.icb_name, "icb", "total"))


def crossed_table(
    paper: ChapterPaper,
    id: str,
    caption: str,
    lines: tuple[str, Sequence[Line]],
    places: Sequence[Line],
    pattern: str,
    style: str,
    *,
    unit: str = "£000s",
    notes: Iterable[str] = (),
) -> Table:
    """Lines under a heading down, places across; places down where there are many of them.

    `pattern` is a figure's short name with `{place}` and `{line}`, such as
    `overview.{place}.{line}.ytd_budget`. Places have room across for a few columns; a line's name
    may break, so that lines stand across where they are the fewer.
    """
    head, down = lines
    if len(places) <= MOST_ACROSS:
        across = [Measure(p.label, pattern.replace("{place}", p.line), style) for p in places]
        return figures_table(paper, id, caption, head, down, across, unit=unit, notes=notes)
    shown = [line for line in down if line.kind != "heading"]
    named = ((line.label, pattern.replace("{line}", line.line)) for line in shown)
    across = [Measure(label, name.replace("{place}", "{line}"), style) for label, name in named]
    return figures_table(paper, id, caption, "Place", places, across, unit=unit, notes=notes)


def open_differences(
    paper: ChapterPaper, say: Callable[[Cell], str], *names: str
) -> tuple[str, ...]:
    """A note for each figure whose printed counterpart differs by more than rounding."""
    notes = []
    for name in names:
        identity = paper.wording.id(name)
        printed = f"{identity}.{PRINTED}"
        if paper.supplied(name) and printed in paper.register:
            figure, shown = paper.register[identity], paper.register[printed]
            if paper.figure(name) is figure and gap(figure, shown):
                notes.append(say(paper.number(printed)))
    return tuple(notes)
