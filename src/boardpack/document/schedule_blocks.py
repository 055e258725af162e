"""What is shown of a declared table: its sentence, its picture and the table itself.

A text of the form may hold `{month}`, `{year}`, `{place}`, and figures of the table by line and
column: `{total.variance}`. The words that say which way come from the sign, and from the sense of
the column: an overspend, a shortfall, more than the limit. `{total.budget | money}` names a way of
saying it that templates have too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.core.money import digits
from boardpack.core.periods import Month
from boardpack.document.blocks import (
    Block,
    Cell,
    Column,
    Narrative,
    NotSupplied,
    Number,
    Table,
    mark,
)
from boardpack.document.chapter import ABSENT, ChapterPaper
from boardpack.document.numbers import short_money
from boardpack.document.schedule_chart import schedule_chart
from boardpack.document.schedule_print import SHOWN_IN, STYLES, block_name, cell_id
from boardpack.document.schedule_sums import KINDS, table_line
from boardpack.document.tables import Line, Measure, figures_table
from boardpack.document.wording import SAYINGS, cell_text, plain_text
from boardpack.figures.figure import Figure
from boardpack.figures.labels import capital, measure_label
from boardpack.figures.schedule_lines import Line as TableLine
from boardpack.figures.schedule_lines import lines_of
from boardpack.figures.schedule_names import figure_id, id_pattern, line_key, place_of
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.form import ADDED, ColumnForm, Schedule
from boardpack.schedules.load import FOLDER, home_schedules, own_schedule

LOST = "A blank cell is blank in the source: a total over it is as the source prints it."
RATE, RATES = "A rate is not added up.", ("decimal", "pounds a client a month")
TOO_SMALL = "(too small a number to show)"
"""What a sentence says in the place of a suppressed figure."""
_PLACED = re.compile(r"\{([a-z0-9_]+)(?:\.([a-z0-9_]+))?(?: *\| *([a-z_0-9]+))?\}")


def table_lines(paper: ChapterPaper, schedule: Schedule) -> tuple[TableLine, ...]:
    """The lines of a declared table, in print order."""
    return lines_of(schedule, read_schedule(Folder(paper.paper), schedule), paper.paper)


def own_lines(paper: ChapterPaper, name: str) -> tuple[TableLine, ...]:
    """The lines of one of the project's own declared tables."""
    return table_lines(paper, own_schedule(name))


def rows_only(lines: Sequence[TableLine]) -> list[TableLine]:
    """The rows of the file that are no totals."""
    return [line for line in lines if line.kind == "line"]


def declared_blocks(paper: ChapterPaper) -> Iterator[Block]:
    """All that a home's own tables show, one table after another."""
    for schedule in home_schedules(paper.paper.home).values():
        yield from schedule_blocks(paper, schedule)


def tables_narrative(paper: ChapterPaper) -> str:
    """What page 1 says where only such tables came: the sentence of each, else its title."""
    came = [one for one in home_schedules(paper.paper.home).values() if table_lines(paper, one)]
    said = [_filled(paper, one, one.sentence) for one in came if one.sentence]
    titles = [plain_text(one.title) for one in came if not one.sentence]
    if titles:
        more = " also" if said else ""
        said.append(f"This paper{more} shows, for {paper.paper.month.name}: {'; '.join(titles)}.")
    return "\n\n".join(said)


def schedule_blocks(paper: ChapterPaper, schedule: Schedule) -> Iterator[Block]:
    """The sentence, the picture and the table of one declared table; or that it did not come."""
    lines = table_lines(paper, schedule)
    if not lines:
        why = f"{schedule.file} was not supplied for this month."
        yield NotSupplied(f"{block_name(schedule)}-not-supplied", schedule.title, why)
        return
    if schedule.sentence is not None:
        yield schedule_sentence(paper, schedule, schedule.sentence)
    if schedule.picture is not None:
        title = _filled(paper, schedule, schedule.picture.title)
        chart = schedule_chart(paper, schedule, lines, title)
        if chart is not None:
            yield chart
    yield schedule_table(paper, schedule, lines)


def schedule_table(paper: ChapterPaper, schedule: Schedule, lines: Sequence[TableLine]) -> Table:
    """The table as it is declared: every line, every column that is shown."""
    shown = [line for line in lines if _has_any(paper, schedule, line)]
    by_month = schedule.is_of_places_by_month
    form = schedule.table
    caption = _filled(paper, schedule, form.caption or f"{schedule.title} at {{month}}")
    notes = [_filled(paper, schedule, note) for note in form.notes]
    table = figures_table(
        paper,
        f"{block_name(schedule)}-table",
        caption,
        form.head or capital(measure_label(schedule.key[-1])),
        _place_rows(paper, shown) if by_month else [*_table_lines(paper, schedule, shown)],
        measures_by_month(paper, schedule) if by_month else measures_of(paper, schedule),
        unit=form.unit or _unit(schedule),
        notes=(*notes, *_lost(paper, schedule, shown)),
    )
    return _with_words(_with_bad_news(table, schedule), schedule, shown)


def _with_bad_news(table: Table, schedule: Schedule) -> Table:
    """The table with what is not to spare as bad news, whatever its column is called."""
    spare = {place for place, one in enumerate(_shown(schedule).values(), 1) if one.against}
    rows = (
        replace(
            row, cells=tuple(_bad(cell, place in spare) for place, cell in enumerate(row.cells))
        )
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _bad(cell: Cell, is_to_spare: bool) -> Cell:
    if not is_to_spare or not isinstance(cell, Number):
        return cell
    return replace(cell, adverse=cell.adverse or cell.value.startswith("-"))


def _place_rows(paper: ChapterPaper, lines: Sequence[TableLine]) -> list[Line]:
    """A row for each place, of a table that has its months across."""
    kinds = {line.place: KINDS[line.kind] for line in lines}
    named = paper.paper.report.place_name
    return [Line(named(place), place, kind) for place, kind in kinds.items()]


def _table_lines(
    paper: ChapterPaper, schedule: Schedule, lines: Sequence[TableLine]
) -> Iterator[Line]:
    """The lines as the table shows them, with the headings that stand over groups of them."""
    headings = {one.parts[0]: one.heading for one in lines if one.heading}
    for line in lines:
        heading = headings.get((line.place, line.line))
        if heading:
            yield Line(cell_text(heading), "", "heading")
        yield _table_line(paper, schedule, line, lines)


def _table_line(
    paper: ChapterPaper, schedule: Schedule, line: TableLine, lines: Sequence[TableLine]
) -> Line:
    """A line as the table shows it; a total of which a part is blank is no sum of what is shown."""
    key = line_key(schedule, paper.paper, line.place, line.line)
    found = replace(table_line(line, lines), line=key)
    return replace(found, is_sum=found.is_sum and not _lacks_a_part(paper, schedule, line))


def _lacks_a_part(paper: ChapterPaper, schedule: Schedule, line: TableLine) -> bool:
    """Whether a total is shown of which a part is not there, and is not said to be nil."""
    for name, column in _shown(schedule).items():
        is_there = column.type in ADDED and paper.supplied(
            cell_id(paper.paper, schedule, line, name)
        )
        ids = [figure_id(schedule, paper.paper, *part, name) for part in line.parts]
        if is_there and any(not paper.supplied(i) and not paper.register.is_nil(i) for i in ids):
            return True
    return False


def _lost(paper: ChapterPaper, schedule: Schedule, lines: Sequence[TableLine]) -> tuple[str, ...]:
    return (LOST,) * any(_lacks_a_part(paper, schedule, line) for line in lines)


def _shown(schedule: Schedule) -> dict[str, ColumnForm]:
    return {name: one for name, one in schedule.amounts.items() if one.shown}


def measures_of(paper: ChapterPaper, schedule: Schedule, place: str = "") -> list[Measure]:
    """The columns of a declared table that are shown, under the headings that its form gives.

    Without a place, each line names its own.
    """
    found = []
    for name, column in _shown(schedule).items():
        label = column.heading or capital(measure_label(name))
        why = column.not_added or (RATE if column.type in RATES else "")
        figure = id_pattern(schedule, paper.paper, name)
        figure = figure.replace("{line}", f"{place}.{{line}}") if place else figure
        found.append(Measure(label, figure, STYLES.get(column.type), column.group, why))
    return found


def measures_by_month(paper: ChapterPaper, schedule: Schedule) -> list[Measure]:
    """The months of each column of a table of places by month, after what holds for the year."""
    lines = {line.line: line for line in table_lines(paper, schedule)}
    in_turn = sorted(lines.values(), key=lambda line: line.month or Month(0, 0))
    return [
        replace(
            measure,
            label=line.month.name if line.month else schedule.year_row or "",
            name=id_pattern(schedule, paper.paper, name, line.line),
            group=measure.label,
        )
        for name, measure in zip(_shown(schedule), measures_of(paper, schedule), strict=True)
        for line in in_turn
    ]


def _unit(schedule: Schedule) -> str:
    """What the table's numbers are in: money by its types, and shares where there are any."""
    columns = _shown(schedule).values()
    money = dict.fromkeys(SHOWN_IN[one.type][0] for one in columns if one.type in SHOWN_IN)
    shares = any("per cent" in one.type for one in columns)
    return ", ".join(money) + (" unless %" if shares and money else "%" if shares else "")


def _has_any(paper: ChapterPaper, schedule: Schedule, line: TableLine) -> bool:
    return any(paper.cell(cell_id(paper.paper, schedule, line, name)) for name in _shown(schedule))


def _with_words(table: Table, schedule: Schedule, lines: Sequence[TableLine]) -> Table:
    """The table with the columns of words that the form shows beside the first."""
    names = schedule.table.words
    if not names:
        return table
    heads = (
        Column(schedule.columns[name].heading or capital(measure_label(name)), "left")
        for name in names
    )
    rows = []
    listed = iter(lines)
    for row in table.rows:
        if row.kind != "heading":
            line = next(listed)
            said = (cell_text(line.row[name]) if line.row else "" for name in names)
            row = replace(row, cells=(row.cells[0], *said, *row.cells[1:]))
        rows.append(row)
    columns = (table.columns[0], *heads, *table.columns[1:])
    return replace(table, columns=columns, rows=tuple(rows))


def schedule_sentence(paper: ChapterPaper, schedule: Schedule, text: str) -> Narrative:
    """The sentence of a table, its figures and the words of their signs filled in."""
    return Narrative(f"{block_name(schedule)}-sentence", _filled(paper, schedule, text))


def _filled(paper: ChapterPaper, schedule: Schedule, text: str) -> str:
    """A text of the form with what its names stand for; what is no name of it is a fault."""
    month = paper.paper.month
    words = {"month": month.name, "year": month.year, "place": paper.place_name}

    def said(found: re.Match[str]) -> str:
        name, column, way = found.groups()
        if column is None:
            if name not in words:
                raise _no_name(schedule, found[0], nearest(name, words))
            return words[name]
        if column not in schedule.amounts:
            raise _no_name(schedule, found[0], nearest(column, schedule.amounts))
        if way is not None and way not in SAYINGS:
            raise _no_name(schedule, found[0], nearest(way, SAYINGS))
        place = paper.place if schedule.scope == "place" else place_of(schedule, paper.paper)
        identity = figure_id(schedule, paper.paper, place, name, column)
        if not paper.supplied(identity):
            return TOO_SMALL if paper.suppressed(identity) else ABSENT
        figure = paper.figure(identity)
        return mark(figure.id, SAYINGS[way](figure) if way else _said(schedule, column, figure))

    return _PLACED.sub(said, text)


def _no_name(schedule: Schedule, value: str, remedy: str) -> InputFaults:
    expected = "{month}, {year}, {place}, or {line.column} of this table"
    file = (FOLDER / f"{schedule.name}.yml").as_posix()
    return InputFaults([Fault(file, expected, remedy, None, "sentence", value)])


def _said(schedule: Schedule, name: str, figure: Figure) -> str:
    """A figure in words: what is to spare by its sign and sense, anything else by its size."""
    column = schedule.columns[name]
    if column.against is None:
        return SAYINGS["size"](figure)
    sense = column.sense or schedule.sense
    size = f"{digits(figure.value, places=1)}%" if figure.unit == "PCT" else None
    size = size or short_money(figure.value)
    if figure.value == 0:
        return "on budget" if sense == "spend" else "exactly what was planned"
    if sense == "limit":
        return f"{size} over the limit" if figure.value < 0 else f"{size} under the limit"
    if sense == "spend":
        return f"{size} overspent" if figure.value < 0 else f"{size} underspent"
    return f"{size} short of plan" if figure.value < 0 else f"{size} ahead of plan"
