"""What holds from one month to another: dated entries of parameters and reference files.

An entry holds `from` a month `to` another, both included; without `from` it has always held, and
without `to` it still does. Months are written as `2024-25 M07`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, Field

from boardpack.core.parameter_files import Strict
from boardpack.core.periods import Month, named_month


def holds(first: Month | None, last: Month | None, month: Month) -> bool:
    """Whether what holds from `first` to `last` holds in a month; None is open.

    >>> holds(Month(2024, 7), None, Month(2024, 7)), holds(Month(2024, 7), None, Month(2024, 6))
    (True, False)
    """
    return (first is None or first <= month) and (last is None or month <= last)


def _month(said: Any) -> Month:
    found = said if isinstance(said, Month) else named_month(str(said))
    if found is None:
        raise ValueError("a month such as 2024-25 M07")
    return found


WrittenMonth = Annotated[Month, BeforeValidator(_month)]


class Dated(Strict):
    """An entry of a parameter file that holds `from` a month `to` another.

    >>> entry = Dated.model_validate({"from": "2024-25 M07", "to": "2024-25 M09"})
    >>> [number for number in range(1, 13) if entry.holds(Month(2024, number))]
    [7, 8, 9]
    """

    first: WrittenMonth | None = Field(default=None, alias="from")
    last: WrittenMonth | None = Field(default=None, alias="to")

    def holds(self, month: Month) -> bool:
        """Whether it is in force in a month."""
        return holds(self.first, self.last, month)


Entry = TypeVar("Entry", bound=Dated)


def in_force(entries: Iterable[Entry], month: Month) -> Entry | None:
    """The entry that holds in a month; None where none does.

    >>> old, new = Dated(to="2024-25 M06"), Dated.model_validate({"from": "2024-25 M07"})
    >>> in_force([old, new], Month(2024, 7)) is new
    True
    """
    return next((entry for entry in entries if entry.holds(month)), None)


def as_known(entries: Sequence[Entry], month: Month) -> tuple[Entry, ...]:
    """The entries as they stood in a month: of what comes later, nothing.

    What is declared later with a later date changes nothing in it, so that it can be compared.

    >>> old, new = Dated(to="2024-25 M06"), Dated.model_validate({"from": "2024-25 M07"})
    >>> as_known([old, new], Month(2024, 6)) == (Dated(),)
    True
    """
    known = (entry for entry in entries if entry.first is None or entry.first <= month)
    return tuple(
        entry.model_copy(update={"last": None})
        if entry.last is not None and month <= entry.last
        else entry
        for entry in known
    )


def in_turn(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries, each of which must begin in the month after the one before it has ended.

    >>> in_turn((Dated(to="2024-25 M06"), Dated.model_validate({"from": "2024-25 M08"})))
    Traceback (most recent call last):
        ...
    ValueError: entries in turn, without a gap or an overlap: from: 2024-25 M07 after to: 2024-25
    M06
    """
    if not entries:
        raise ValueError("at least one entry")
    for entry in entries:
        if entry.first and entry.last and entry.last < entry.first:
            raise ValueError(f"to: a month from {entry.first.written} on, not {entry.last.written}")
    for before, after in pairwise(entries):
        if before.last is None or after.first is None:
            raise ValueError("to: of every entry but the last, and from: of every but the first")
        if after.first != before.last.earlier(-1):
            said = f"from: {before.last.earlier(-1).written} after to: {before.last.written}"
            raise ValueError(f"entries in turn, without a gap or an overlap: {said}")
    return entries


def listed(said: Any) -> Any:
    """One entry, or several in a list, as a list.

    >>> listed("Bromley"), listed(["Bexley", "Bromley"])
    (['Bromley'], ['Bexley', 'Bromley'])
    """
    return said if isinstance(said, list | tuple) else [said]
