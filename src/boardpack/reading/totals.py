"""Total rows: each must be the sum of the records that it totals, but for rounding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from boardpack.core.errors import Fault
from boardpack.core.money import plain
from boardpack.reading.cells import ranges
from boardpack.reading.extract import Row
from boardpack.reading.headers import plain_heading
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
        above = [row for row in rows if row.line < total.line]
        ways = [way for way in _ways(above, totals[:number], total) if way]
        wrong = [_wrong(contract, way, total) for way in ways]
        if all(wrong) and _amounts(contract, total):
            nearest = min(range(len(ways)), key=lambda way: len(wrong[way])) if ways else -1
            yield from _faults(table, contract, ways[nearest] if ways else [], total)


def _ways(above: list[Row], earlier: Sequence[Row], total: Row) -> Iterator[list[Row]]:
    """The sets of rows that a total may be of, the likeliest first."""
    last = earlier[-1].line if earlier else 0
    own = max((row.line for row in earlier if _label(row) == _label(total)), default=0)
    yield [row for row in above if row.line > last]
    yield [row for row in above if row.line > own]
    yield above
    words = {plain_heading(word) for word in total.words.values() if word}
    for column in total.words:
        yield [row for row in above if any(_names(row.words[column], word) for word in words)]


def _names(word: str, label: str) -> bool:
    said = plain_heading(word)
    return bool(said) and (label.startswith(said) or label.endswith(said))


def _label(row: Row) -> str:
    return plain_heading(next((word for word in row.words.values() if word), ""))


def _amounts(contract: Contract, total: Row) -> list[str]:
    return [c.name for c in contract.columns if c.kind in ADDITIVE and c.name in total.amounts]


def _wrong(contract: Contract, rows: list[Row], total: Row) -> list[str]:
    return [name for name in _amounts(contract, total) if _difference(rows, total, name)]


def _difference(rows: list[Row], total: Row, name: str) -> Decimal:
    """By how much a total is not the sum of rows; nil where rounding explains it."""
    values = [row.amounts[name] for row in rows if name in row.amounts]
    said = total.amounts[name]
    apart = said.amount - sum((value.amount for value in values), Decimal(0))
    step = max((value.step for value in (said, *values)), default=Decimal(0))
    return Decimal(0) if abs(apart) <= step * ((len(values) + 1) // 2) else apart


def _faults(table: Table, contract: Contract, rows: list[Row], total: Row) -> Iterator[Fault]:
    for name in _wrong(contract, rows, total):
        lines = ranges(row.line for row in rows) or "above, of which there are none"
        apart = (
            "" if contract.client_level else f" (apart by {plain(_difference(rows, total, name))})"
        )
        expected = f"the sum of rows {lines}{apart}"
        remedy = "Look for a row that is missing, twice or changed since the total was made."
        text = total.cells[name].text
        yield Fault(
            table.file, expected, remedy, total.line, table.told(name), text, table.grid.sheet
        )
