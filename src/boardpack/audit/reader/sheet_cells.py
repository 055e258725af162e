"""The cells of one sheet: as printed, as stored, by which formula, and in which look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from boardpack.audit.reader.cell_looks import Look
from boardpack.audit.reader.formula import Cell, NotReckoned, cell_named, letters
from boardpack.audit.reader.number_format import printed, printed_text
from boardpack.audit.reader.office_package import Element, every, find, is_yes
from boardpack.audit.reader.passage import Passage

FLAT = 6.0
"""A row that is less high than so many points, or a column narrower than a letter, hides."""
NARROW = 1.0


class Shared(NamedTuple):
    """What the cells of all sheets lean on: texts, and looks by the style's number."""

    texts: list[tuple[str, str]]
    """Each text, and how its parts differ in their type, where they do."""
    looks: list[Look]


class Found(NamedTuple):
    """A cell as it is found: what it shows, what is stored, and its formula with its `=`."""

    cell: Cell
    shown: str
    stored: str
    formula: str
    look: Look | None
    parts: str
    is_number: bool = False


def shared_texts(root: Element | None) -> list[tuple[str, str]]:
    """The texts that cells share; how to pronounce a text is told of with its parts."""
    return [] if root is None else [_text(item) for item in root]


def cells_in(sheet: Element, name: str, shared: Shared) -> list[Found]:
    """The cells of a sheet in the order in which they are read; empty ones are left out."""
    if len(list(sheet.iterfind("./{*}sheetData"))) > 1:
        raise ValueError(f"the sheet {name} holds its cells twice")
    found: dict[Cell, Found] = {}
    line = 0
    for row in find(sheet, "sheetData") or ():
        line = int(row.get("r", line + 1))
        column = 0
        for item in row:
            said = item.get("r")
            cell = _named(said, name) if said else Cell(name, line, column + 1)
            column = cell.column
            if cell in found:
                raise ValueError(f"the sheet {name} holds the cell {cell} twice")
            one = _cell(item, cell, shared)
            if one.shown or one.stored or one.formula:
                found[cell] = one
    return [found[cell] for cell in sorted(found)]


def row_passages(cells: Iterable[Found], sheet: Element, name: str) -> Iterator[Passage]:
    """Every row that shows something, each cell in its column; hidden ones say so before."""
    hidden = dict(_hidden_rows(sheet))
    for row, group in groupby(cells, key=lambda one: one.cell.row):
        where = f"sheet {name}, row {row}"
        if row in hidden:
            yield Passage(where, "look", (hidden[row],))
        by_column = {one.cell.column: one.shown for one in group}
        shown = tuple(by_column.get(column, "") for column in range(1, max(by_column) + 1))
        if any(shown):
            yield Passage(where, "row", shown)


def formula_passages(cells: Iterable[Found], name: str) -> Iterator[Passage]:
    """What each cell computes, with its stored result; a typed number has no formula."""
    for one in cells:
        if one.formula or (one.is_number and one.stored):
            where = f"sheet {name}, cell {one.cell}"
            yield Passage(where, "formula", (one.formula, one.stored))


def look_passages(cells: Iterable[Found], name: str) -> Iterator[Passage]:
    """How cells look: one passage for those below each other that look the same."""
    ordered = sorted(cells, key=lambda one: (one.cell.column, one.cell.row))
    for (column, look), group in groupby(ordered, key=lambda one: (one.cell.column, one.look)):
        rows = [one.cell.row for one in group]
        area = f"{letters(column)}{rows[0]}:{letters(column)}{rows[-1]}"
        if look is not None:
            yield Passage(f"sheet {name}, cells {area}", "look", ("style", *look))
    for one in ordered:
        if one.parts:
            yield Passage(f"sheet {name}, cell {one.cell}", "look", ("text in parts", one.parts))


def column_passages(sheet: Element, name: str, cells: Iterable[Found]) -> Iterator[Passage]:
    """The columns that are hidden, or too narrow for their numbers, and rows hidden by default."""
    widest: dict[int, float] = {}
    for one in cells:
        if one.is_number:
            column = one.cell.column
            widest[column] = max(widest.get(column, 0.0), _width(one.shown))
    for item in find(sheet, "cols") or ():
        first, last = int(item.get("min", "1")), int(item.get("max", "1"))
        is_hidden = is_yes(item.get("hidden")) or float(item.get("width", "9")) < NARROW
        if is_hidden:
            where = f"sheet {name}, columns {letters(first)}:{letters(last)}"
            yield Passage(where, "look", ("hidden columns",))
        for column in range(first, min(last, max(widest, default=0)) + 1):
            if widest.get(column, 0) > float(item.get("width", "9")):
                where = f"sheet {name}, columns {letters(column)}:{letters(column)}"
                yield Passage(where, "look", ("too narrow for its numbers",))
    usual = find(sheet, "sheetFormatPr")
    if usual is not None:
        is_flat = float(usual.get("defaultRowHeight", "15")) < FLAT
        if is_yes(usual.get("zeroHeight")) or is_flat:
            yield Passage(f"sheet {name}", "look", ("rows are hidden by default",))
        if float(usual.get("defaultColWidth", "9")) < NARROW:
            yield Passage(f"sheet {name}", "look", ("columns are hidden by default",))


def _width(number: str) -> float:
    """The width of a printed number in digits; what stands between them takes half of one."""
    return sum(1.0 if sign.isdigit() else 0.5 for sign in number)


def _hidden_rows(sheet: Element) -> Iterator[tuple[int, str]]:
    line = 0
    for row in find(sheet, "sheetData") or ():
        line = int(row.get("r", line + 1))
        if is_yes(row.get("hidden")) or float(row.get("ht", "15")) < FLAT:
            yield line, "hidden row"


def _named(said: str, sheet: str) -> Cell:
    try:
        return cell_named(said, sheet)
    except NotReckoned as error:
        raise ValueError(f"the sheet {sheet} holds a cell that has no place: {error}") from None


def _text(item: Element) -> tuple[str, str]:
    """A text, and how its parts differ."""
    if not len(item):
        return item.text or "", ""
    whole = "".join(run.text or "" for run in _runs(item))
    parts = [*item.iterfind("./{*}r"), *item.iterfind("./{*}rPh")]
    return whole, " | ".join(_part(part) for part in parts)


def _runs(item: Element) -> Iterator[Element]:
    for child in item:
        if child.tag.endswith("}t"):
            yield child
        elif child.tag.endswith("}r"):
            yield from child.iterfind("./{*}t")


def _part(run: Element) -> str:
    said = "".join(text.text or "" for text in every(run, "t"))
    type_of = find(run, "rPr")
    marks = () if type_of is None else type_of
    told = (
        f"{m.tag.rpartition('}')[2]} {' '.join(v for _, v in sorted(m.items()))}" for m in marks
    )
    return f"{said} [{', '.join(sorted(told))}]"


def _cell(item: Element, cell: Cell, shared: Shared) -> Found:
    style = int(item.get("s", "0"))
    look = shared.looks[style] if style < len(shared.looks) else None
    code = look.code if look else "General"
    inside = {child.tag.rpartition("}")[2]: child for child in item}
    kind, value = item.get("t", "n"), _words(inside.get("v"))
    formula, parts = _formula(inside.get("f")), ""
    if kind in ("s", "inlineStr"):
        inline = inside.get("is")
        text = ("", "") if inline is None else _text(inline)
        if kind == "s" and value:
            text = _shared(shared, value, cell)
        value, parts = text
    if kind == "n" and value:
        return Found(cell, printed(value, code), _stored(value), formula, look, parts, True)
    if kind == "b":
        value = "TRUE" if value == "1" else "FALSE"
    return Found(cell, printed_text(value, code), value, formula, look, parts)


def _shared(shared: Shared, value: str, cell: Cell) -> tuple[str, str]:
    try:
        return shared.texts[int(value)]
    except (ValueError, IndexError):
        raise ValueError(f"the cell {cell} of {cell.sheet} names no text") from None


def _stored(value: str) -> str:
    """A stored number without an exponent or noughts at its end."""
    try:
        text = format(Decimal(repr(float(value))), "f")
    except (ValueError, ArithmeticError):
        return value
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _words(item: Element | None) -> str:
    return "" if item is None else item.text or ""


def _formula(found: Element | None) -> str:
    """The formula with its `=`; one of another sort than its own cell's says of which."""
    if found is None:
        return ""
    said = {key: value for key, value in found.items() if key not in ("ca", "aca")}
    sort = f"[{', '.join(f'{key} {said[key]}' for key in sorted(said))}] " if said else ""
    return f"{sort}={found.text or ''}"
