"""What a reader gives: rows of words and amounts, each amount with the cells that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from boardpack.core.errors import Fault
from boardpack.reading.cells import Cell
from boardpack.reading.row_view import RowView

if TYPE_CHECKING:  # it reads files, and whoever knows a value need not
    from boardpack.reading.corrections import Correction

HALF = Decimal("0.5")


@dataclass(frozen=True)
class Rule:
    """By which rule rows of a file were chosen, how many they are, and a hash of their numbers.

    `where` has the columns that told, each with the texts of which it must say one. None at all
    chooses every record. See `reading.chosen_rows`.
    """

    where: tuple[tuple[str, tuple[str, ...]], ...]
    count: int
    sha256: str


@dataclass(frozen=True)
class Value:
    """An amount with its unit; `step` is the last printed unit (1,000 for £000s), 0 if unrounded.

    `amount` is what the paper uses; where a correction stands it differs from `printed`. A value
    summed over cells has the values of those cells as `parts`. A value at client or item level
    keeps no text: it names the file's `lines` that it was made from, and by which `method`. One
    that is the sum of a column over rows of a unit-level extract has the `rule` that chose them.
    """

    cell: Cell
    amount: Decimal
    printed: Decimal
    unit: str
    step: Decimal
    correction: Correction | None = None
    parts: tuple[Value, ...] = ()
    lines: tuple[int, ...] = ()
    method: str | None = None
    rule: Rule | None = None

    @property
    def margin(self) -> Decimal:
        """How far the exact amount may lie from this one, because its cells were rounded."""
        if self.parts:
            return sum((part.margin for part in self.parts), Decimal(0))
        return self.step * HALF

    @property
    def leaves(self) -> tuple[Value, ...]:
        """The values read from single cells that this one is or is summed over."""
        if not self.parts:
            return (self,)
        return tuple(leaf for part in self.parts for leaf in part.leaves)


def sum_values(values: Sequence[Value]) -> Value | None:
    """The sum of values of one unit, with all their cells; None for none.

    >>> cells = (Cell("a.csv", None, row, "actual", text) for row, text in ((2, "900"), (3, "50")))
    >>> values = [Value(c, Decimal(c.text), Decimal(c.text), "GBP", Decimal(1000)) for c in cells]
    >>> found = sum_values(values)
    >>> found.amount, found.margin, [leaf.cell.row for leaf in found.leaves]
    (Decimal('950'), Decimal('1000.0'), [2, 3])
    >>> print(sum_values([]))
    None
    """
    if len(values) <= 1:
        return values[0] if values else None
    return Value(
        cell=values[0].cell,
        amount=sum((value.amount for value in values), Decimal(0)),
        printed=sum((value.printed for value in values), Decimal(0)),
        unit=values[0].unit,
        step=Decimal(0),
        parts=tuple(values),
    )


@dataclass(frozen=True)
class Row:
    """One record: its words by column, and its amounts by column (a blank amount is absent).

    `line` is the line of the file on which it stands; 0 for a row made from several.
    """

    line: int
    words: dict[str, str]
    amounts: dict[str, Value]
    cells: dict[str, Cell] = field(repr=False, default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.words[column]

    def is_blank(self, column: str) -> bool:
        """Whether a cell that the file has says nothing at all; `n/a` says that there is none."""
        return column in self.cells and not self.cells[column].text.strip()


@dataclass(frozen=True)
class Extract:
    """A file that keeps its contract, or rows made from one.

    The rows of a long extract are a `RowView`, which makes a row only where one is asked for.
    `totals` are the subtotal and total rows that the file holds among its records: they are
    control totals, and no part of `rows`. `notes` are what the reader found odd and yet could read
    exactly: they are told, and stop nothing.
    """

    file: str
    sha256: str
    rows: Sequence[Row]
    totals: tuple[Row, ...] = ()
    notes: tuple[Fault, ...] = ()

    @property
    def row_count(self) -> int:
        """How many records the extract holds."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def only(self, **words: str) -> Sequence[Row]:
        """The rows whose columns say exactly these words."""
        if isinstance(self.rows, RowView):
            return self.rows.only(**words)
        return tuple(r for r in self.rows if all(r.words[k] == v for k, v in words.items()))
