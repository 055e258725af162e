"""Control totals: two ways to one amount, held to the penny, and where to look when they differ.

Nothing here allows for rounding, except where the other side was printed rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.likely_causes import (
    Difference,
    are_wanted,
    digits_swapped,
    sign_lost,
    unit_slip,
)
from boardpack.checks.patterns import Patterns
from boardpack.checks.where_to_look import Entry, where_to_look
from boardpack.core.money import digits, exact_pounds, round_half_up
from boardpack.figures.chapters import CONTROL as CHAPTER
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.reading.ledger_extract import read_ledger
from boardpack.reading.row_view import amounts_by_line, grouped
from boardpack.subjects.ledger.control_figures import BALANCE, LEDGER
from boardpack.subjects.ledger.trial_balance_extract import read_trial_balance

KIND = "control total"
PENNY = Decimal("0.01")
NIL = Decimal(0)
SLIPS = (sign_lost, unit_slip, digits_swapped)
Look = Callable[[Decimal], str]
"""Says where to look for an amount that is out."""


def nowhere(gap: Decimal) -> str:
    """No word on where to look."""
    return ""


@dataclass(frozen=True)
class Control:
    """What the checks of control totals look at: the register, and the extracts for their rows.

    Only the rows of the ledger and of the trial balance are looked at: the amount of a row at
    client level would give a client away.
    """

    patterns: Patterns
    folder: Folder

    def on(self, register: Register) -> Control:
        """The same over other values of the same figures."""
        return Control(self.patterns.on(register), self.folder)

    def figure(self, identity: str) -> Figure | None:
        """A figure as the paper shows it; None where it has none."""
        register = self.patterns.register
        return register.agreed(identity) if identity in register else None

    def look(self, line: str, column: str, centre: str = "") -> Look:
        """Where to look in the ledger or the trial balance, or in one cost centre of the ledger."""
        if line == LEDGER:
            return lambda gap: where_to_look(gap, self._ledger(column, centre))
        if line == BALANCE:
            rows = read_trial_balance(self.folder)
            return lambda gap: where_to_look(gap, _entries(rows, column, "entity"))
        return nowhere

    def _ledger(self, column: str, centre: str) -> list[Entry]:
        entries = _entries(read_ledger(self.folder), column, "cost_centre")
        return [entry for entry in entries if centre in ("", entry.group.lower())]


def _entries(extract: Extract, column: str, group: str) -> list[Entry]:
    found = (
        Entry(line, word, amount)
        for (word,), rows in grouped(extract.rows, group).items()
        for line, amount in amounts_by_line(rows, column).items()
    )
    return sorted(found, key=lambda entry: entry.line)


def compare(
    name: str,
    title: str,
    actual: Figure,
    expected: Decimal,
    others: Sequence[Figure] = (),
    *,
    meaning: str,
    look: Look = nowhere,
    unit: Decimal = NIL,
) -> Check:
    """One comparison. `meaning` says what the two numbers are, `look` where to look.

    `others` are the figures that `expected` is made of; `unit` rounds both numbers before they are
    compared, where one of them was printed so.
    """
    found = actual.value
    if unit:
        found, expected = round_half_up(found, unit), round_half_up(expected, unit)
    gap = found - expected
    failed = bool(gap)
    sentence = f"{title}: {meaning}. It is out by {said_exactly(gap, actual.unit)}."
    return Check(
        id=f"{CHAPTER}.{name}",
        title=title,
        kind=KIND,
        severity="error",
        status="fail" if failed else "pass",
        expected=expected,
        actual=found,
        tolerance=NIL,
        figures=(actual.id, *(figure.id for figure in others)),
        sentence=sentence if failed else "",
        cause=_cause(found, expected, actual.unit, look) if failed and are_wanted() else "",
    )


def _cause(found: Decimal, expected: Decimal, unit: str, look: Look) -> str:
    """What a slip of the pen would explain, then the rows to look at."""
    difference = Difference(expected, found, unit, PENNY)
    slips = (finder(difference) for finder in SLIPS) if expected else ()
    slip = next((one for one in slips if one), "")
    return " ".join(part for part in (slip, look(found - expected)) if part)


def said_exactly(value: Decimal, unit: str) -> str:
    """An amount to the last digit: `£1,234.50`, `1,041`.

    >>> said_exactly(Decimal("1234.5"), "GBP"), said_exactly(Decimal(1041), "COUNT")
    ('£1,234.50', '1,041')
    """
    return exact_pounds(value) if unit == "GBP" else f"{'minus ' if value < 0 else ''}{_n(value)}"


def _n(value: Decimal) -> str:
    return digits(value, places=max(0, -int(value.normalize().as_tuple().exponent)))
