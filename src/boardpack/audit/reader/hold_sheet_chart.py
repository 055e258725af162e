"""A chart on a sheet of the workbook, held to the table above it: its cells, its marks, its words.

A table that has the variances to date of four lines or more, one below the other, has one chart of
them. It may draw those cells and no others, keep what they hold, and be called what the table is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from boardpack.audit.reader.expected import Table
from boardpack.audit.reader.formula import Cell
from boardpack.audit.reader.hold_slide_chart import SeenChart
from boardpack.audit.reader.hold_tables import Finding
from boardpack.audit.reader.hold_workbook_looks import LEAST_CONTRAST, contrast
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.reckoned import is_close
from boardpack.audit.reader.seen_workbook import Sheet
from boardpack.audit.reader.words import plain

_FEWEST, _MOST = 4, 14
WHITE = "FFFFFF"
_SAYS = "Bars for the lines of the table above, drawn from its cells."
_KIND = "barChart barDir bar grouping clustered"
_OF_A_CHART = frozenset(
    {"chart", "axis", "series", "point", "key", "plot", "also drawn", "another kind of chart"}
    | {"below nil", "drawn from"}
)


def is_of_chart(passage: Passage) -> bool:
    """Whether a passage tells of a chart on a sheet, or of what else is drawn there."""
    if not passage.where.startswith("sheet ") or ", " in passage.where.rpartition("sheet ")[2]:
        return False
    kind, first = passage.kind, passage.cells[0]
    is_drawn = kind == "chart" or kind == "formula" or (kind == "aid" and first == "drawing")
    return is_drawn or (kind == "look" and first in _OF_A_CHART) or _is_title(passage)


def _is_title(passage: Passage) -> bool:
    """Words on a sheet that are in no cell, and in no footer."""
    return passage.kind == "text" and len(passage.cells) == 1


def hold_sheet_charts(
    passages: Sequence[Passage], tables: Mapping[str, Table], sheets: Mapping[str, Sheet]
) -> Iterator[Finding]:
    """What of the charts of a workbook is not as the tables of its sheets have it."""
    told: dict[str, list[Passage]] = defaultdict(list)
    for one in passages:
        if is_of_chart(one):
            told[one.where].append(one)
    for name, table in tables.items():
        found, wanted = told.pop(f"sheet {name}", []), _drawn(table)
        if wanted is not None and not found:
            yield f"sheet {name}", "lacks the chart of its variances."
        elif wanted is None and found:
            yield f"sheet {name}", "has something drawn upon it, where the paper has a table alone."
        elif wanted is not None:
            yield from _held(found, table, wanted, sheets[name])
    for where in told:
        yield where, "has something drawn upon it, and is no sheet of a table."


def _drawn(table: Table) -> tuple[int, range] | None:
    """The column of variances to date and its rows, from 0, of which there is a chart."""
    for column in range(max((len(line.cells) for line in table.rows), default=0)):
        run: list[int] = []
        for place in range(len(table.rows) + 1):
            if place < len(table.rows) and _is_variance(table, place, column):
                run.append(place)
            elif _FEWEST <= len(run) <= _MOST:
                return column, range(run[0], run[-1] + 1)
            else:
                run = []
    return None


def _is_variance(table: Table, place: int, column: int) -> bool:
    number = table.rows[place].numbers.get(column)
    parts = number.figure.split(".") if number is not None and number.value is not None else []
    return len(parts) > 3 and parts[3] == "ytd_variance" and parts[2] != "total"


def _held(
    found: Sequence[Passage], table: Table, wanted: tuple[int, range], sheet: Sheet
) -> Iterator[Finding]:
    where = f"sheet {sheet.name}"
    seen, words, drawings = SeenChart(where), list[str](), list[tuple[str, ...]]()
    colours, tops = list[str](), list[tuple[str, ...]]()
    for one in found:
        if _is_title(one):
            words.append(plain(one.cells[0]))
        elif one.kind == "aid":
            drawings.append(one.cells[2:])
        elif one.cells[0] == "drawn from":
            tops.append(one.cells[1:])
        elif one.cells[0] == "below nil":
            colours.append(one.cells[1])
        else:
            if one.cells[0] == "series":
                colours.append(one.cells[3])
            seen.take(one)
    yield from seen.findings
    title = sheet.text(1, 1)
    if words != [title]:
        yield where, f"has a chart that says {words}, where its table is headed {title!r}."
    if drawings != [(_SAYS, "")]:
        yield where, f"has drawn upon it what is no chart of its table: {drawings}."
    beneath = max(sheet.rows, default=0)  # rows of a drawing are counted from 0
    if not all(row.isdigit() and int(row) >= beneath and way == "down" for row, way in tops):
        yield where, "has a chart that does not stand below all that the sheet says, but upon it."
    if seen.kind != _KIND or seen.unseen:
        yield where, f"has a chart of another kind, or with bars that are not seen: {seen.kind}."
    if len(colours) != 2 or not all(
        (contrast(one, WHITE) or 0) >= LEAST_CONTRAST for one in colours
    ):
        yield where, f"has a chart with bars that are hardly seen: {', '.join(colours)}."
    if seen.low is not None or seen.high is not None:
        yield where, "has a chart whose axis does not reach from nil as far as its bars."
    yield from _cells(seen, table, wanted, sheet)


def _cells(
    seen: SeenChart, table: Table, wanted: tuple[int, range], sheet: Sheet
) -> Iterator[Finding]:
    """It draws the cells of its table's column, all of them, and keeps what they hold."""
    column, places = wanted
    head = 3 + len(table.heads)
    first, last = head + 1 + places[0], head + 1 + places[-1]
    quoted = sheet.name.replace("'", "''")

    def area(column: int, top: int, bottom: int) -> str:
        ends = [
            f"${re.sub(r'[0-9]', '', str(Cell('', top, column)))}${row}" for row in (top, bottom)
        ]
        return f"'{quoted}'!" + (ends[0] if top == bottom else ":".join(ends))

    heads = sheet.text(head, column + 1)
    names = [sheet.text(row, 1) for row in range(first, last + 1)]
    held = [sheet.stored.get(Cell(sheet.name, row, column + 1)) for row in range(first, last + 1)]
    kept = {area(column + 1, head, head): [heads], area(1, first, last): names}
    numbers = area(column + 1, first, last)
    for reference, texts in seen.kept:
        if reference == numbers:
            are = [one is not None and one.number is not None for one in held]
            same = len(texts) == len(held) and all(are)
            same = same and all(
                one is not None and is_close(float(text), one.number or 0.0)
                for text, one in zip(texts, held, strict=True)
            )
        else:
            same = reference in kept and list(map(plain, texts)) == kept[reference]
        if not same:
            said = f"has a chart that draws {reference} and keeps {', '.join(texts)}."
            yield f"sheet {sheet.name}", said
    if {reference for reference, _ in seen.kept} != {*kept, numbers}:
        yield f"sheet {sheet.name}", f"has a chart that does not draw {numbers}, its variances."
    for marks in seen.series.values():
        for name, mark in marks.items():
            if mark.label != "[showVal]":
                yield f"sheet {sheet.name}", f"labels the bar of {name!r} as {mark.label!r}."
