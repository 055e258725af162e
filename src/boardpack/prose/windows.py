"""The words that belong to one quantity: between the quantity before, a boundary and the next."""

from __future__ import annotations

import re

from boardpack.prose.quantities import Quantity

_STOP = re.compile(
    r"[;:]|,(?!\d)|\bbut\b|\bwhile\b|\bwhereas\b|\bdue to\b|\bbecause\b"
    r"|\bdriven by\b|\bas a result\b"
    r"|\breflect\w*\b|\bwhich\b|\bthat\b|\bcompared\b|\bhowever\b"
    r"|\bafter\b|\band then\b|\band (?=an?\b|is\b|are\b|the\b)"
    r"|\band (?:represents|relates|continues|has|have|had|was|were)\b",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\bcompare[sd]? (?:to|with)\b|\bwhereas\b|\bwhile\b|;|\bagainst the\b", re.I)
_RANGE = re.compile(r"\s*to\s*(?:an? \w+ of )?", re.IGNORECASE)


def windows(text: str, quantity: Quantity, others: list[Quantity]) -> tuple[str, str]:
    """The words before the quantity, back to the one before, and those after, to a boundary.

    >>> from boardpack.prose.quantities import find_quantities
    >>> text = "Acute is £2m over and community £1m under budget."
    >>> acute, community = find_quantities(text)
    >>> windows(text, community, [acute])
    (' over and community ', ' under budget.')
    """
    before = [o.end for o in others if o.end <= quantity.start and not _joined(text, o, quantity)]
    after = [other.start for other in others if other.start >= quantity.end]
    left = text[max(before, default=0) : quantity.start]
    right = text[quantity.end : min(after, default=len(text))]
    stop = _STOP.search(right)
    joined = list(_JOIN.finditer(left))
    return left[joined[-1].start() :] if joined else left, right[: stop.start()] if stop else right


def _joined(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether two quantities are the ends of one range: `from 46 to 78`."""
    return first.unit == second.unit and bool(_RANGE.fullmatch(text[first.end : second.start]))
