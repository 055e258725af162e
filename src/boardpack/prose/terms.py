"""Words that contradict each other, whatever the figures are: an overspend offset by overspends."""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpack.prose.claim import Claim
from boardpack.prose.directions import Spoken
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import without_dates
from boardpack.prose.vocabulary import OVER, UNDER

_LOSS = re.compile(rf"{OVER.pattern}|\b(?:cost )?pressures?\b", re.IGNORECASE)
_OFFSET = re.compile(
    r"\b(?:offset|netted off|balanced|compensated)\s+(?:by|against|for by)\b", re.I
)
_NOT = re.compile(r"\b(?:not|nor|never|cannot|without)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_EASED = re.compile(
    r"\b(?:mitigat|recover|contain|address|tackl)(?:e|es|ed|ing|s)?\s+(?:the|this|its|an|any|their|our)"
    rf"\s+(?:(?!by\b|with\b|through\b)[\w-]+\s+){{0,2}}?(?:{UNDER.pattern})",
    re.IGNORECASE,
)


def check_terms(sentence: Sentence) -> Iterator[Spoken]:
    """What cannot be as it is said: a loss offset by losses, an underspend that is mitigated."""
    text = without_dates(sentence.text)
    for found in _OFFSET.finditer(text):
        way = _way_before(text[: found.start()])
        is_denied = _NOT.search(text[: found.start()])
        if way and not is_denied and way == _way_after(text[found.end() :]):
            what = "An overspend" if way < 0 else "An underspend"
            yield _contradicted(sentence, found, f"{what} cannot be offset by another.")
    for found in _EASED.finditer(text):
        if not _NOT.search(text[: found.start()]):
            reason = "Only an overspend is mitigated or recovered, not an underspend."
            yield _contradicted(sentence, found, reason)


def _way_before(words: str) -> int:
    """-1 for a loss, 1 for a gain: the last one named before the offset, in its own clause."""
    clause = words[words.rfind(";") + 1 :]
    ends = [(found.end(), -1) for found in _LOSS.finditer(clause)]
    ends += [(found.end(), 1) for found in UNDER.finditer(clause)]
    return max(ends)[1] if ends else 0


def _way_after(words: str) -> int:
    """-1 for a loss, 1 for a gain: the first one named as what offsets."""
    clause = re.split(r"[;,.](?!\d)|\b(?:but|while|leaving|which)\b", words)[0]
    starts = [(found.start(), -1) for found in _LOSS.finditer(clause)]
    starts += [(found.start(), 1) for found in UNDER.finditer(clause)]
    return min(starts)[1] if starts else 0


def _contradicted(sentence: Sentence, found: re.Match[str], reason: str) -> Spoken:
    line, words = sentence.line_at(found.start()), sentence.text[found.start() : found.end()]
    claim = Claim(line, words, None, "direction", "contradicted", (), reason, words)
    return Spoken(found.start(), claim)
