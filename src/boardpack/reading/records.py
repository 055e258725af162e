"""The rows below a header: records, total rows, and what is neither but may stand there.

A header that is repeated word for word (a page break) and a note after the last record are left
out, and told. A total row is taken out to be held against the rows above it. All else is a record.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from boardpack.core.errors import Fault
from boardpack.reading.amounts import excel_error
from boardpack.reading.headers import plain_heading
from boardpack.reading.layouts import Layout
from boardpack.reading.table_shape import Column, Contract
from boardpack.reading.tables import Line, Table, told_lines

TOTAL_WORDS = ("Total", "Subtotal", "Sub-total", "Sub total", "Grand total", "Totals")
NOTE_CELLS = 2


@dataclass(frozen=True)
class Records:
    """The rows of a table, told apart. `faults` are rows that are none of these.

    `below` are the words that stand below the last record, which `notes` tell to be left out.
    """

    records: tuple[Line, ...]
    totals: tuple[Line, ...]
    notes: tuple[Fault, ...]
    faults: tuple[Fault, ...]
    below: tuple[Line, ...] = ()


def tell_apart(table: Table, contract: Contract, layout: Layout) -> Records:
    """The records, total rows and notes of a table."""
    named = header_rows(table)
    repeated = [line for line in table.lines if line.cells in named]
    body, notes = _without_notes(
        table, contract, [line for line in table.lines if line.cells not in named]
    )
    totals = list(_totals(table, contract, body, total_words(layout)))
    taken = set(totals)
    records = tuple(line for line in body if line not in taken)
    faults = (*wide(table, records), *flawed(table, contract, (*records, *totals)))
    told = tuple(left_out(table, repeated, notes))
    return Records(records, tuple(totals), told, faults, tuple(notes))


def header_rows(table: Table) -> frozenset[tuple[str, ...]]:
    """The cells of each row of the header that names more than one column."""
    header = table.header
    rows = (tuple(cells) for _, cells in table.grid.rows[header.start : header.end])
    return frozenset(row for row in rows if sum(map(bool, row)) > 1)


def total_words(layout: Layout) -> frozenset[str]:
    """The words by which a total row is known, as plain headings.

    >>> "grandtotal" in total_words(Layout())
    True
    """
    return frozenset(plain_heading(word) for word in (*TOTAL_WORDS, *layout.totals))


def left_out(table: Table, repeated: Iterable[Line], notes: Iterable[Line]) -> Iterator[Fault]:
    """What is told of rows that are no records and no totals."""
    yield from _told(table, [line.line for line in repeated], "the header, repeated")
    yield from _told(table, [line.line for line in notes], "a note below")


def _told(table: Table, numbers: Sequence[int], what: str) -> Iterator[Fault]:
    if numbers:
        expected = f"records only; {told_lines(numbers)}: {what}, left out"
        yield Fault(table.file, expected, "Nothing need be done.", sheet=table.grid.sheet)


def _without_notes(
    table: Table, contract: Contract, lines: list[Line]
) -> tuple[list[Line], list[Line]]:
    end = len(lines)
    while end and is_note(table, contract, lines[end - 1]):
        end -= 1
    return (lines[:end], lines[end:]) if end else (lines, [])


def is_note(table: Table, contract: Contract, line: Line) -> bool:
    """Words in one or two cells, every amount empty, and a needed cell empty too."""
    amounts = [column for column in contract.columns if column.is_amount]
    said = [text for text in line.cells if text]
    if not amounts or len(said) > NOTE_CELLS or any(table.text(line, c.name) for c in amounts):
        return False
    if not any(not c.empty and not table.text(line, c.name) for c in contract.columns):
        return False
    return _is_wordy(said[0]) and not _is_known(table, contract, line)


def _is_wordy(text: str) -> bool:
    return any(c.isalpha() for c in text) and (" " in text or ":" in text)


def _is_known(table: Table, contract: Contract, line: Line) -> bool:
    return any(table.text(line, column.name) in column.words for column in contract.columns)


def _totals(
    table: Table, contract: Contract, lines: Iterable[Line], words: frozenset[str]
) -> Iterator[Line]:
    seen: set[str] = set()
    for line in lines:
        if total_label(table, contract, line, words, seen):
            yield line
        else:
            seen |= said_by(table, contract, line)


def said_by(table: Table, contract: Contract, line: Line) -> set[str]:
    """What a record says beside its amounts, which a total below may name, as plain headings."""
    texts = (table.text(line, column.name) for column in labels(contract))
    return {plain_heading(text) for text in (*texts, *_unread(table, line))}


def total_label(
    table: Table, contract: Contract, line: Line, words: frozenset[str], seen: Container[str]
) -> str:
    """The words that make a row a total row; blank for a record.

    `Total` alone, or with what it totals (`Bexley Total`), as the first words of the row or in its
    key; where it has no word that is read, in a column that is not. Where the contract knows the
    word as one of the column's own, the row is a record; so it is in the text of a printed
    schedule, whose totals are figures.
    """
    held = [column for column in labels(contract) if table.text(line, column.name)]
    if not held:
        unread = (text for text in _unread(table, line) if text)
        return next((text for text in unread if _is_total(plain_heading(text), words, seen)), "")
    told = [c for c in held if c.name in contract.key or c is held[0]]
    for column in told:
        text = table.text(line, column.name)
        apart = contract.is_unit_level or contract.totals_apart
        is_own = text in column.words or not (column.words or apart)
        if not is_own and _is_total(plain_heading(text), words, seen):
            return text
    return ""


def _unread(table: Table, line: Line) -> Iterator[str]:
    """What a row says in columns that the contract does not name."""
    for place, name in enumerate(table.header.names):
        if name is None:
            yield line.at(place)


def labels(contract: Contract) -> list[Column]:
    """The columns that hold words and no amounts."""
    return [column for column in contract.columns if not column.is_amount]


def _is_total(plain: str, words: frozenset[str], seen: Container[str]) -> bool:
    if plain in words:
        return True
    parts = [(plain.removesuffix(w), plain.removeprefix(w)) for w in words if w]
    return any(part != plain and part in seen for pair in parts for part in pair if part)


def wide(table: Table, lines: Iterable[Line]) -> Iterator[Fault]:
    """Rows of another width than the header: a cell without a heading, or one that is missing."""
    width = len(table.header.headings)
    unnamed = [n for n, heading in enumerate(table.header.headings) if not heading]
    for line in lines:
        cells = line.cells
        is_short = table.grid.sheet is None and len(cells) < width
        is_long = any(cells[width:])
        if is_short or is_long:
            expected = f"{width} cells, as in the header"
            remedy = "Check for a missing or extra comma."
            yield Fault(
                table.file,
                expected,
                remedy,
                line.line,
                None,
                f"{len(cells)} cells",
                table.grid.sheet,
            )
        elif any(line.at(place) for place in unnamed):
            expected = "no cell in a column without a heading"
            remedy = "Give the column its heading, or clear the cell."
            yield Fault(table.file, expected, remedy, line.line, sheet=table.grid.sheet)


def flawed(table: Table, contract: Contract, lines: Iterable[Line]) -> Iterator[Fault]:
    """Cells that cannot be taken as they stand, whatever their column holds."""
    for line in lines:
        for column in contract.columns:
            yield from _flaw(table, column, line)


def _flaw(table: Table, column: Column, line: Line) -> Iterator[Fault]:
    text, flaw = table.text(line, column.name), table.flaw(line, column.name)
    error = excel_error(text)
    place = table.header.place(column.name)
    if flaw is not None:
        expected, remedy = flaw.expected, flaw.remedy
    elif error is not None:
        expected, remedy = "a value", error.remedy
    elif column.is_amount and (line.line, place) in table.grid.spread:
        expected = "an amount of its own; the cell is merged with the one above"
        remedy = "Unmerge the cells and give each row its amount."
    else:
        return
    told = table.told(column.name)
    yield Fault(table.file, expected, remedy, line.line, told, text, table.grid.sheet)
