"""When a claim is about: its time frame and its periods, from the nearest words outward."""

from __future__ import annotations

import re

from boardpack.core.params import Paper
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity
from boardpack.prose.vocabulary import frames_of, periods_of

_OPENS = re.compile(r"\s*(?:as )?(?:at|of|for|in) (?:the end of )?month 0?\d{1,2}\b", re.I)
_SETS = re.compile(
    r"\bas at (?:the end of )?month 0?\d{1,2}\b"
    r"|\bmonth 0?\d{1,2} (?:\d{4}/\d{2,4} )?(?:finance|financial|update|report|position)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"^\s*(?:k?\s*\([^()]*\)\s*)?(?:in|for|at|during|by)\s+[^,.;()]{1,30}")
_OWN = re.compile(r"\b(?:20)?\d\d[/-](?:20)?\d\d (?:[\w-]+ ){1,3}of\s*$", re.IGNORECASE)
"""`Compared to the 22/23 outturn of £2m`: the year is the number's own, not only a base."""


def frames_said(text: str, left: str, right: str, quantity: Quantity) -> frozenset[str]:
    """The time frame of a claim: year to date, the full year, the month.

    >>> from boardpack.prose.quantities import find_quantities
    >>> text = "For the full year it is £2m"
    >>> frames_said(text, text[:24], "", find_quantities(text)[0])
    frozenset({'year'})
    """
    tail = re.split(r"\band\b", left)[-1]
    for words in (f"{tail} {right}", left, text[: quantity.start]):
        found = frames_of(words)
        if found:
            return found
    return frozenset()


def periods_said(
    sentence: Sentence, left: str, right: str, quantity: Quantity, paper: Paper
) -> frozenset[str]:
    """The periods of a claim, as figures write them."""
    after = _AFTERWARDS.match(sentence.text[quantity.end :])
    own = _OWN.search(left)
    near = (after[0] if after else "", own[0] if own else "", left, right)
    for words in (*near, sentence.text[: quantity.start]):
        found = periods_of(words, paper.month)
        if found:
            return found
    return periods_set(sentence, paper)


def periods_set(sentence: Sentence, paper: Paper) -> frozenset[str]:
    """The month that has been set: by the paragraph, an earlier item of the list, the heading."""
    opened = (_OPENS.match(words) for words in sentence.before)
    listed = (_SETS.search(words) for words in sentence.siblings)
    set_by = [found[0] for found in (*opened, *listed) if found]
    for words in (*set_by, *sentence.headings):
        found = frozenset(p for p in periods_of(words, paper.month) if " M" in p)
        if found:
            return found
    return frozenset()
