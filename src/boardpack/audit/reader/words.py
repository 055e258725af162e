"""Words as they are compared: what is seen, without what no reader sees."""

from __future__ import annotations

import re

MARKER = re.compile("⟦([a-z0-9_.]+)\\|([^⟧]*)⟧")
"""A number in the prose of a block: its figure, and what is printed."""
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SAME = _UNSEEN | str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u2011": "-"})
"""Marks that a typesetter chooses: which way a quote is turned, whether a hyphen ends a line."""
_DATES = re.compile(
    r"\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?: \d{4})?\b|\b\d{4}/\d{2}\b|\bMonth \d{1,2}\b|\bM\d\d\b|"
    r"\b\d{4}-\d\d-\d\d\b|\bVersion \d+\b|\bversion \d+\b"
)
_DIGIT = re.compile(r"\d")
DIRECTION = re.compile(
    r"\b(?:over|under)(?:spen[dt]\w*| budget)|\b(?:worse\w*|better|advers\w*|favourabl\w*|deficit|"
    r"surplus|improv\w*|deteriorat\w*|minus)\b",
    re.IGNORECASE,
)
"""Words that say which way an amount is, whatever stands beside them."""


def bare(text: str) -> str:
    """Text of a block with each marker replaced by what it prints.

    >>> bare("It is ⟦a.b.c.d|£2m⟧ over.")
    'It is £2m over.'
    """
    return MARKER.sub(lambda found: found[2], text)


def plain(text: str) -> str:
    """Text as it is compared: one space between words, no signs that are not seen."""
    return " ".join((text if text.isascii() else text.translate(_SAME)).split())


def says_something(text: str) -> bool:
    """Whether text holds a number that is no date, or says which way an amount is.

    >>> says_something("It is overspent"), says_something("£2m")
    (True, True)
    >>> says_something("On 5 October 2023")
    False
    """
    return bool(_DIGIT.search(_DATES.sub("", text)) or DIRECTION.search(text))
