"""Total rows: each must be the sum of the records that it totals, but for rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from boardpack.core.errors import Fault
from boardpack.core.money import plain
from boardpack.reading.cells import ranges
from boardpack.reading.extract import Row
from boardpack.reading.headers import plain_heading
from boardpack.reading.row_view import RowView, lines_of, that_say
from boardpack.reading.table_shape import ADDITIVE, Contract
from boardpack.reading.tables import Table


def check_totals(
    table: Table, contract: Contract, rows: Sequence[Row], totals: Sequence[Row]
) -> Iterator[Fault]:
    """A fault for each total that is not the sum of the rows above it.

    A total may be of the rows since the last total, since the last total of its own words, of all
    rows above, or of those that say what it totals. It must agree in all its amounts at once.
    """
    for number, total in enumerate(totals):
        above = _between(rows, 0, total.line)
        ways = [way for way in _ways(above, totals[:number], total) if len(way)]
        wrong = [_wrong(contract, way, total) for way in ways]
        if all(wrong) and _amounts(contract, total):
            nearest = min(range(len(ways)), key=lambda way: len(wrong[way])) if ways else -1
            yield from _faults(table, contract, ways[nearest] if ways else [], total)


def _between(rows: Sequence[Row], first: int, last: int) -> Sequence[Row]:
    """The rows below one line and above another."""
    if isinstance(rows, RowView):
        return rows.between(first, last)
    return [row for row in rows if first < row.line < last]


def _ways(above: Sequence[Row], earlier: Sequence[Row], total: Row) -> Iterator[Sequence[Row]]:
    """The sets of rows that a total may be of, the likeliest first."""
    last = earlier[-1].line if earlier else 0
    own = max((row.line for row in earlier if _label(row) == _label(total)), default=0)
    yield _between(above, last, total.line)
    yield _between(above, own, total.line)
    yield above
    words = {plain_heading(word) for word in total.words.values() if word}
    for column in total.words:
        yield that_say(above, column, lambda said: any(_names(said, word) for word in words))


def _names(word: str, label: str) -> bool:
    said = plain_heading(word)
    return bool(said) and (label.startswith(said) or label.endswith(said))


def _label(row: Row) -> str:
    return plain_heading(next((word for word in row.words.values() if word), ""))


def _amounts(contract: Contract, total: Row) -> list[str]:
    return [c.name for c in contract.columns if c.kind in ADDITIVE and c.name in total.amounts]


def _wrong(contract: Contract, rows: Sequence[Row], total: Row) -> list[str]:
    return [name for name in _amounts(contract, total) if _difference(rows, total, name)]


def _difference(rows: Sequence[Row], total: Row, name: str) -> Decimal:
    """By how much a total is not the sum of rows; nil where rounding explains it."""
    said = total.amounts[name]
    if isinstance(rows, RowView):
        return said.amount - rows.used_total(name)
    values = [row.amounts[name] for row in rows if name in row.amounts]
    apart = said.amount - sum((value.amount for value in values), Decimal(0))
    step = max((value.step for value in (said, *values)), default=Decimal(0))
    return Decimal(0) if abs(apart) <= step * ((len(values) + 1) // 2) else apart


def _faults(table: Table, contract: Contract, rows: Sequence[Row], total: Row) -> Iterator[Fault]:
    for name in _wrong(contract, rows, total):
        lines = ranges(lines_of(rows)) or "above, of which there are none"
        apart = (
            "" if contract.client_level else f" (apart by {plain(_difference(rows, total, name))})"
        )
        expected = f"the sum of rows {lines}{apart}"
        remedy = "Look for a row that is missing, twice or changed since the total was made."
        text = total.cells[name].text
        yield Fault(
            table.file, expected, remedy, total.line, table.told(name), text, table.grid.sheet
        )
