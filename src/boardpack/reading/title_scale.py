"""The unit of money that a title states for the whole table: `All figures in £000s`.

It must be one that the table's amounts are read in, like a heading that says it over one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from boardpack.core.errors import Fault
from boardpack.reading.amounts import column_scale
from boardpack.reading.cells import short
from boardpack.reading.headers import unit_mark, unit_name
from boardpack.reading.layouts import FILE, Layout
from boardpack.reading.table_shape import Contract
from boardpack.reading.tables import Line, Table

_UNIT = (
    r"\b(?:in|all|figures|amounts|values|unit|units|currency)\b"
    r"[\s:(]*(?:are\s+|in\s+)*(?:whole\s+)?"
)
_WORDS = (
    (re.compile(r"\b(?:in|£)\s*thousands?\b|\bthousands? of pounds\b|\bGBP\s*k\b", re.I), 1000),
    (re.compile(r"\b(?:in|£)\s*millions?\b|\bmillions? of pounds\b", re.I), 1_000_000),
    (re.compile(r"£\s*thousand", re.I), 1000),
    (re.compile(_UNIT + r"pence\b", re.I), "0.01"),
    (re.compile(_UNIT + r"(?:pounds\b|£(?=\s*(?:$|[).,;])))", re.I), 1),
)


def scale_said(text: str) -> Decimal | None:
    """What a title says that all amounts are in, in pounds; None where it does not say.

    >>> scale_said("All figures in £000s"), scale_said("Amounts are in whole pounds")
    (Decimal('1000'), Decimal('1'))
    >>> print(scale_said("Ledger of Bromley"))
    None
    """
    for pattern, scale in _WORDS:
        if pattern.search(text):
            return Decimal(scale)
    marked = unit_mark(text)
    return None if marked == 1 else marked


def check_scale(
    table: Table, contract: Contract, layout: Layout, below: Sequence[Line]
) -> Iterator[Fault]:
    """A fault where a title, a note or the sheet's name states a unit that no amount is in."""
    columns = (c for c in contract.columns if table.header.place(c.name) is not None)
    read = {scale for c in columns if (scale := column_scale(c, layout)) is not None}
    told: list[tuple[int | None, str]] = [
        (line.line, " ".join(line.cells)) for line in (*table.titles, *below)
    ]
    for line, text in (*told, (None, table.grid.sheet or "")):
        said = scale_said(text)
        if said is not None and read and said not in read:
            own = unit_name(min(read))
            expected = f"amounts in {own}; the words about the table say {unit_name(said)}"
            remedy = f"Declare the `scale` in {FILE.as_posix()}, or export it in {own}."
            yield Fault(table.file, expected, remedy, line, None, short(text), table.grid.sheet)
