"""Small numbers: counts of people so low that a person could be recognised are not entered.

A count that is withheld enters nothing, and neither does what would give it away: its average, and
any total that needs it, because a total is only made of all its parts.
"""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.params import ICB
from boardpack.sources.extract import Value


def is_withheld(draft: Draft, place: str, count: Value | None) -> bool:
    """Whether this count of people at this place is in the range that may not be shown."""
    rule = draft.paper.report.small_numbers
    return place != ICB and count is not None and rule.lowest <= count.amount <= rule.highest
