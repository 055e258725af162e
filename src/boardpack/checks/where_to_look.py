"""Where to look for an amount that is out of balance: rows and cost centres of just that size.

A control total tells how much is wrong, not where. A row that equals the amount, or half of it, is
the first place to look; so is a group of rows that comes to it, as a subtotal would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.money import exact_pounds
from boardpack.reading.cells import ranges

MOST_ROWS = 5


@dataclass(frozen=True)
class Entry:
    """One amount of a file: its line, and the group (a cost centre, an entity) it belongs to."""

    line: int
    group: str
    amount: Decimal


def where_to_look(gap: Decimal, entries: Sequence[Entry]) -> str:
    """What would explain `gap`, the file's total less what it should be; nothing for no gap.

    The sentences say where to look and leave the finding to a person.

    >>> rows = [Entry(2, "741001", Decimal(900)), Entry(3, "741001", Decimal(120))]
    >>> where_to_look(Decimal(120), rows)
    'Row 3 is exactly this amount: it may stand twice, or not belong here.'
    >>> where_to_look(Decimal(0), rows)
    ''
    """
    if not gap:
        return ""
    return (
        _rows(entries, gap, "is exactly this amount: it may stand twice, or not belong here")
        or _rows(entries, -gap, "is this amount with the other sign: one like it may be missing")
        or _rows(entries, gap / 2, "is half this amount: it may have the wrong sign")
        or _group(entries, gap, "a subtotal may stand among the rows, or the rows twice")
        or _group(entries, -gap, "as many rows again may be missing")
        or f"No row and no group of rows is of this size: look for a missing row of"
        f" {exact_pounds(-gap)}, or for several."
    )


def _rows(entries: Sequence[Entry], amount: Decimal, meaning: str) -> str:
    found = [entry for entry in entries if entry.amount == amount]
    if not found or len(found) > MOST_ROWS:
        return ""
    rows = "Row" if len(found) == 1 else "Each of rows"
    return f"{rows} {ranges(entry.line for entry in found)} {meaning}."


def _group(entries: Sequence[Entry], amount: Decimal, meaning: str) -> str:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for entry in entries:
        sums[entry.group] += entry.amount
    found = [group for group, total in sums.items() if total == amount and group]
    if len(sums) < 2 or len(found) != 1:
        return ""
    return f"The rows of {found[0]} come to exactly {exact_pounds(amount)}: {meaning}."
