"""Whether what a table prints as a total is what its printed rows come to.

A reader adds a column down. A total is therefore the sum of some rows that stand directly above it
and are not in another total yet: the same rows in every column of amounts. The block says which
rows are taken off or stand apart, and which columns do not add up and why (`Row`, `Column`).
Rounding may part a sum of n printed rows from its printed total by floor((n + 1) / 2) units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.document.blocks import Cell, Number, Row, Table
from boardpack.document.chapter import SUPPRESSED

ROUNDED = "Each number is rounded by itself, so parts may differ from their total by a unit or two."
_SIZE = re.compile(r"£?(\d[\d,]*)(\.\d+)?")
IsAmount = Callable[[Number], bool]
"""Whether numbers like this one are added up: money and counts are, shares and averages are not."""


@dataclass(frozen=True)
class Sum:
    """A cell of a total row and what its rows come to in print; `parts` is how many they are."""

    row: str
    column: int
    printed: Decimal
    rows: Decimal
    parts: int

    @property
    def gap(self) -> Decimal:
        """How far the printed total lies from its printed rows; never negative."""
        return abs(self.printed - self.rows)

    @property
    def adds_up(self) -> bool:
        """Whether rounding alone explains the gap."""
        unit = Decimal(1).scaleb(int(self.printed.as_tuple().exponent))
        return bool(self.parts) and self.gap <= (self.parts + 1) // 2 * unit


def printed_size(text: str) -> Decimal | None:
    """The number that a cell prints, in brackets below nil; None for a share or no number.

    >>> printed_size("(2,213)"), printed_size("-"), printed_size("9.5%")
    (Decimal('-2213'), Decimal('0'), None)
    """
    bare = text.strip("()")
    if bare in ("-", "nil"):
        return Decimal(0)
    found = _SIZE.fullmatch(bare)
    if found is None:
        return None
    size = Decimal(found[1].replace(",", "") + (found[2] or ""))
    return -size if text.startswith("(") else size


def is_printed_amount(number: Number) -> bool:
    """What can be told from print alone: a share shows its sign, a price its pounds.

    >>> is_printed_amount(Number("(2,213)", "a.b.c.d", "-2212865"))
    True
    >>> is_printed_amount(Number("9.5%", "a.b.c.d", "9.5"))
    False
    """
    return not any(sign in number.text for sign in "%£*")


def sums(table: Table, is_amount: IsAmount = is_printed_amount) -> Iterator[Sum]:
    """What the rows of each total come to, in every column of amounts.

    >>> from boardpack.document.blocks import Column
    >>> def row(label: str, text: str, kind: str = "line") -> Row:
    ...     return Row((label, Number(text, "a.b.c.d", "0")), kind)
    >>> rows = (row("Acute", "900"), row("Other", "(50)"), row("Total", "851", "total"))
    >>> found, = sums(Table("t", "Position", (Column("Line"), Column("£000")), rows))
    >>> found.printed, found.rows, found.adds_up
    (Decimal('851'), Decimal('850'), True)
    """
    still_open: list[Row] = []
    for row in table.rows:
        if row.kind in ("subtotal", "total") and row.is_sum:
            columns = [n for n, cell in enumerate(row.cells) if n and _adds(cell, is_amount)]
            found, parts = _best(row, columns, still_open)
            yield from found
            if parts:
                del still_open[-parts:]
        if row.kind != "heading" and row.part != "apart":
            still_open.append(row)


def _best(row: Row, columns: Sequence[int], above: Sequence[Row]) -> tuple[list[Sum], int]:
    """The sums over as many rows above as fit the most columns; all of them where none does."""
    tried = [
        ([_sum(row, n, above[-parts:]) for n in columns], parts)
        for parts in range(len(above), 0, -1)
    ]
    if not tried:
        return [Sum(_text(row.cells[0]), n, _size(row, n), Decimal(0), 0) for n in columns], 0
    found, parts = max(tried, key=lambda pair: sum(_fits(one) for one in pair[0]))
    return [one for one in found if one is not None], parts


def _fits(one: Sum | None) -> bool:
    return one is None or one.adds_up


def _sum(row: Row, column: int, parts: Sequence[Row]) -> Sum | None:
    """None where a row is not shown because it would give a person away."""
    if any(_cell(part, column) == SUPPRESSED for part in parts):
        return None
    shown = [part for part in parts if isinstance(_cell(part, column), Number)]
    signed = (_size(p, column) * (-1 if p.part == "taken" else 1) for p in shown)
    total = sum(signed, Decimal(0))
    return Sum(_text(row.cells[0]), column, _size(row, column), total, len(shown))


def _adds(cell: Cell, is_amount: IsAmount) -> bool:
    if not isinstance(cell, Number):
        return False
    return printed_size(cell.text) is not None and is_amount(cell)


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else ""


def _size(row: Row, column: int) -> Decimal:
    return printed_size(_text(_cell(row, column))) or Decimal(0)


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text


def unexplained(table: Table, is_amount: IsAmount = is_printed_amount) -> list[Sum]:
    """The totals that are not what their rows come to, and of which no note says why."""
    return [
        one for one in sums(table, is_amount) if not one.adds_up and not _is_told(table, one.column)
    ]


def _is_told(table: Table, column: int) -> bool:
    why = table.columns[column].not_added
    return bool(why) and any(why in note for note in table.notes)


def with_rounding_told(table: Table) -> Table:
    """The table with a note on rounding, where it parts a printed total from its printed rows.

    >>> from boardpack.document.blocks import Column, Number
    >>> rows = (Row(("A", Number("1", "a.b.c.d", "1"))), Row(("B", Number("1", "a.b.c.e", "1"))))
    >>> total = Row(("Total", Number("3", "a.b.c.f", "3")), "total")
    >>> with_rounding_told(Table("t", "T", (Column("Line"), Column("£000")), (*rows, total))).notes
    ('Each number is rounded by itself, so parts may differ from their total by a unit or two.',)
    """
    parted = any(one.gap and one.adds_up for one in sums(table))
    if not parted or any("unit or two" in note for note in table.notes):
        return table
    return replace(table, notes=(*table.notes, ROUNDED))
