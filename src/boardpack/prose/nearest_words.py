"""Place and line of a claim, looked for from the nearest words outward, and how far they stand."""

from __future__ import annotations

import re
from typing import Literal

from boardpack.core.params import Paper
from boardpack.core.structure import CENTRAL, ICB
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity
from boardpack.prose.vocabulary import places_of, topics_of, widened

Reach = Literal["words", "sentence", "paragraph", "heading", "paper"]
_WHOLE = re.compile(
    r"(?:\b(?:the|this|our) (?:borough|place|ICB)|\bICB/LCP|\boverall|\bthe ICB's)\b[^.;,]{0,60}"
    r"\b(?:position|is|was|are|reporting|overspen|underspen|forecast)",
    re.IGNORECASE,
)


def place_of(
    sentence: Sentence, left: str, right: str, quantity: Quantity, paper: Paper
) -> tuple[str, Reach]:
    """The place that a claim is about; the paper's own where no words name one."""
    report = paper.report
    own = _borough_meant(sentence, paper)
    found = places_of(left, report, own)
    if found:
        return found[-1], "words"
    found = places_of(right, report, own)
    if found:
        return found[0], "words"
    found = places_of(sentence.text[: quantity.start], report, own)
    if found:
        return found[-1], "sentence"
    for reach, texts in (("paragraph", sentence.before), ("heading", sentence.earlier_headings)):
        for words in texts:
            found = tuple(p for p in places_of(words, report, own) if p != CENTRAL)
            if found:
                return found[0], reach  # type: ignore[return-value]
    return paper.place, "paper"


def _borough_meant(sentence: Sentence, paper: Paper) -> str:
    """Whose borough `the borough` is: none below a heading of the whole ICB's report."""
    for title in sentence.earlier_headings:
        found = places_of(title, paper.report, paper.place)
        if found:
            return ICB if found[0] == ICB else paper.place
    return paper.place


def topics_reached(
    sentence: Sentence, left: str, right: str, quantity: Quantity
) -> tuple[frozenset[str], Reach]:
    """The lines that a claim is about; none, by its own words, where it is about the whole."""
    tail = re.split(r"[;,](?!\d)|\band\b", left)[-1]
    for words in (tail, left, right):
        found = widened(topics_of(words), (sentence.text, *sentence.before, *sentence.headings))
        if found:
            return found, "words"
    earlier = topics_of(sentence.text[: quantity.start])
    if earlier:
        return earlier, "sentence"
    if _WHOLE.search(f"{left} {right}"):
        return frozenset(), "words"
    for reach, texts in (("paragraph", sentence.before), ("heading", sentence.headings)):
        for words in texts:
            if topics_of(words):
                return topics_of(words), reach  # type: ignore[return-value]
            if reach == "paragraph" and _WHOLE.search(words):
                return frozenset(), "paragraph"
    return frozenset(), "paper"
