"""Errors for people: what is wrong, where, what was expected, what to do.

BoardpackError             exit code
├── UsageFault             2   a verb, year, month, place or option that does not exist
├── InputFaults            3   every fault found in the extracts and parameters, at once
└── BuildFault             4   a notebook, template or output that could not be made
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path, PurePath

DONE, FINDINGS, USAGE, INPUT, BUILD = 0, 1, 2, 3, 4
LISTED = 30
"""As many known words are all named where none is near."""
MANY = 4
"""As many rows of one cause beside the first are told as one fault."""


class BoardpackError(Exception):
    """A failure that is told to the user in plain words, never as a traceback."""

    exit_code = BUILD

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows below a cell that raised it: the words alone (an IPython protocol)."""
        return str(self).splitlines()


class UsageFault(BoardpackError):
    """The command asks for something that does not exist."""

    exit_code = USAGE


class BuildFault(BoardpackError):
    """A chapter, template or output could not be made; the last good build stands."""

    exit_code = BUILD


_NUMBERS = re.compile(r"\d[\d,. -]*")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in an input, told so that the finance team can mend it.

    `row` is the file's own line number, from 1; unknown parts are None.

    >>> print(Fault("ledger.csv", "an amount", "Correct the cell.", 12, "ytd_actual", "tba"))
    ledger.csv, row 12, column ytd_actual: found 'tba'; expected an amount. Correct the cell.
    """

    file: str
    expected: str
    remedy: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    sheet: str | None = None

    def below(self, home: Path | None) -> Fault:
        """The same fault, its file named from where the user stands: below the home asked for."""
        if home is None or PurePath(self.file).parts[:1] not in (("data",), ("params",)):
            return self
        return replace(self, file=(home / self.file).as_posix())

    def __str__(self) -> str:
        place = [self.file]
        if self.sheet is not None:
            place.append(f"sheet {self.sheet}")
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        found = "" if self.value is None else f" found {self.value!r};"
        return f"{', '.join(place)}:{found} expected {self.expected}. {self.remedy}"


class InputFaults(BoardpackError):
    """All faults of all inputs of a run, so that they can be mended in one go.

    >>> amount, day = Fault("a.csv", "an amount", "Mend it."), Fault("b.csv", "a day", "Mend it.")
    >>> print(InputFaults([amount, day, amount]))
    a.csv: expected an amount. Mend it.
    b.csv: expected a day. Mend it.
    """

    exit_code = INPUT

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(told_faults(self.faults)))

    def __reduce__(self) -> tuple[type[InputFaults], tuple[tuple[Fault, ...]]]:
        """How it goes from one process to another: by its faults, not by what it says."""
        return type(self), (self.faults,)

    def below(self, home: Path | None) -> InputFaults:
        """The same faults, their files named from where the user stands."""
        return InputFaults(fault.below(home) for fault in self.faults)


def told_faults(faults: Iterable[Fault]) -> list[str]:
    """Faults in words, a line each; those of one column and one cause are one line.

    A column that is wrong in 413 rows is one thing to mend, and is told once, by its first row:
    also where each row has a nearest word of its own, or names the row before it.

    >>> rows = [Fault("a.csv", "an amount", "Mend it.", row, "actual") for row in range(2, 15)]
    >>> told_faults(rows)
    ['a.csv, row 2, column actual: expected an amount. Mend it. The same stands in rows 3, 4, 5, 6
    and 8 more.']
    """
    alike: dict[Fault, list[Fault]] = {}
    for fault in faults:
        expected = _NUMBERS.sub("", fault.expected)
        row = None if fault.row is None else 0
        cause = replace(fault, expected=expected, remedy="", row=row, value=None)
        alike.setdefault(cause, []).append(fault)
    return [line for found in alike.values() for line in _told_alike(found)]


def _told_alike(found: Sequence[Fault]) -> Iterable[str]:
    first, *more = (str(fault) for fault in found)
    if len(more) < MANY or any(fault.row is None for fault in found):
        return (first, *more)
    rows = ", ".join(str(fault.row) for fault in found[1 : MANY + 1])
    rest = f" and {len(more) - MANY:,} more" if len(more) > MANY else ""
    return (f"{first} The same stands in rows {rows}{rest}.",)


def told_fault(code: int, told: str) -> BoardpackError:
    """A fault as another process has told it: in its words, with its exit code.

    >>> told_fault(3, "ledger.csv: expected an amount.").exit_code
    3
    """
    fault = BoardpackError(told)
    fault.exit_code = code
    return fault


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word; all of few, or the nearest three of many.

    >>> nearest("precribing", ["position", "prescribing", "savings"])
    "Did you mean 'prescribing'?"
    >>> nearest("cash", ["Bexley", "Bromley"])
    'Known: Bexley, Bromley.'
    """
    choices = list(known)
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]!r}?"
    if len(choices) <= LISTED:
        return "Known: " + ", ".join(choices) + "."
    *near, last = (repr(choice) for choice in get_close_matches(word, choices, n=3, cutoff=0))
    return f"The nearest known are {', '.join(near)} and {last}."
