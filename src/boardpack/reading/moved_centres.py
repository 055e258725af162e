"""Cost centres that stand elsewhere than they did in an earlier month, and what was on them then.

A released paper of that month has them where they stood. Its own ledger says how much, so that the
months can be compared on one map.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from boardpack.core.periods import Month
from boardpack.reading.cost_centres_extract import in_force, read_cost_centres
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, earlier_folder, on_this_structure
from boardpack.reading.ledger_extract import FILE, read_ledger
from boardpack.reading.row_view import that_say


@dataclass(frozen=True)
class Moved:
    """One cost centre: its mapping in the earlier month, and its mapping now."""

    before: Row
    now: Row

    @property
    def homes(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Place and directorate then, and now; as they are called now."""
        before, now = ((row["place"], row["directorate"]) for row in (self.before, self.now))
        return before, now


def moved_centres(folder: Folder, month: Month) -> tuple[Moved, ...]:
    """The cost centres that have moved since a month; none where this month has no ledger."""
    if not folder.has(FILE):
        return ()
    mapping = read_cost_centres(folder)
    then, now = in_force(mapping, month), in_force(mapping, folder.paper.month)
    both = (Moved(then[code][0], now[code][0]) for code in now if code in then)
    return tuple(moved for moved in both if moved.homes[0] != moved.homes[1])


def ledger_of(folder: Folder, month: Month) -> Extract | None:
    """The ledger of an earlier month, as its paper read it; None where it is not kept."""
    then = earlier_folder(folder, month, FILE)
    if not then.has(FILE):
        return None
    return on_this_structure(folder, read_ledger(then))


def lines_of(ledger: Extract, moved: Iterable[Moved]) -> Sequence[Row]:
    """The ledger's lines on these cost centres."""
    codes = {one.now["cost_centre"] for one in moved}
    return that_say(ledger.rows, "cost_centre", codes.__contains__)
