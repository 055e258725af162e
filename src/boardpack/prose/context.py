"""The subject of a claim: what the words around it, the paragraph and the headings say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from boardpack.params import CENTRAL, ICB, Paper
from boardpack.prose.facets import GENERIC, stems
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity
from boardpack.prose.vocabulary import (
    DOWN,
    LEVEL,
    OVER,
    UNDER,
    UP,
    frames_of,
    kinds_of_words,
    periods_of,
    places_of,
    topics_of,
    widened,
)

Reach = Literal["words", "sentence", "paragraph", "heading", "paper"]
_STOP = re.compile(
    r"[;:]|,(?!\d)|\bbut\b|\bwhile\b|\bwhereas\b|\bdue to\b|\bbecause\b"
    r"|\bdriven by\b|\bas a result\b"
    r"|\breflect\w*\b|\bwhich\b|\bthat\b|\bcompared\b|\bhowever\b"
    r"|\bafter\b|\band (?=an?\b|is\b|are\b|the\b)"
    r"|\band (?:represents|relates|continues|has|have|had|was|were)\b",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\bcompare[sd]? (?:to|with)\b|\bwhereas\b|\bwhile\b|;|\bagainst the\b", re.I)
_WHOLE = re.compile(
    r"(?:\b(?:the|this|our) (?:borough|place|ICB)|\bICB/LCP|\boverall|\bthe ICB's)\b[^.;,]{0,60}"
    r"\b(?:position|is|was|are|reporting|overspen|underspen|forecast)",
    re.IGNORECASE,
)
_AS_AT = re.compile(r"\s*(?:as )?(?:at|of|for|in) (?:the end of )?month 0?\d{1,2}\b", re.I)
_RANGE = re.compile(r"\s*to\s*(?:an? \w+ of )?", re.IGNORECASE)
_AFTERWARDS = re.compile(r"^\s*(?:k?\s*\([^()]*\)\s*)?(?:in|for|at|during|by)\s+[^,.;()]{1,30}")
_TO_A_LEVEL = re.compile(r"\bto\s+(?:(?:an?|the)\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """The subject of one claim; `reach` says how far the words for each part stand from it."""

    place: str
    place_reach: Reach
    topics: frozenset[str]
    topic_reach: Reach
    wide_topics: frozenset[str]
    kinds: frozenset[str]
    frames: frozenset[str]
    periods: frozenset[str]
    direction: int
    trend: int
    words: frozenset[str]
    near: frozenset[str]
    window: str
    sentence: str
    is_range: bool


def context_of(
    sentence: Sentence, quantity: Quantity, others: list[Quantity], paper: Paper
) -> Context:
    """The subject of a quantity, from the nearest words outward."""
    left, right = _windows(sentence.text, quantity, others)
    window = f"{left} {right}"
    place, place_reach = _place(sentence, left, right, quantity, paper)
    topics, topic_reach = _topics(sentence, left, right, quantity)
    kinds = _kinds(sentence, left, right, quantity, paper)
    return Context(
        place=place,
        place_reach=place_reach,
        topics=topics,
        topic_reach=topic_reach,
        wide_topics=topics_of(" ; ".join((sentence.text, *sentence.before, *sentence.headings))),
        kinds=kinds,
        frames=_frames(sentence.text, left, right, quantity),
        periods=_periods(sentence, left, right, quantity, paper),
        direction=_direction(sentence.text, left, right, quantity),
        trend=_nearest(UP, DOWN, left, right),
        words=stems(" ".join((sentence.text, *sentence.before[:1], *sentence.headings[:1]))),
        near=stems(window),
        window=window,
        sentence=sentence.text,
        is_range=bool(re.search(r"\bfrom\s*$|\bfrom\b.*\bto\s*$", left)),
    )


def _windows(text: str, quantity: Quantity, others: list[Quantity]) -> tuple[str, str]:
    """The words before the quantity, back to the one before, and those after, to a boundary."""
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


def _place(
    sentence: Sentence, left: str, right: str, quantity: Quantity, paper: Paper
) -> tuple[str, Reach]:
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


def _topics(
    sentence: Sentence, left: str, right: str, quantity: Quantity
) -> tuple[frozenset[str], Reach]:
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


def _kinds(
    sentence: Sentence, left: str, right: str, quantity: Quantity, paper: Paper
) -> frozenset[str]:
    """The measures named; a word of a directorate's own name (`Corporate Budgets`) is none."""
    names = "|".join(map(re.escape, paper.report.directorates.values()))
    unnamed = re.compile(rf"\([^()]*\)|\b(?:{names})\b", re.IGNORECASE)
    found = kinds_of_words(unnamed.sub(" ", f"{left} {right}"))
    if _TO_A_LEVEL.search(left):
        found -= {"change"}
    return found or kinds_of_words(unnamed.sub(" ", sentence.text[: quantity.start]))


def _frames(text: str, left: str, right: str, quantity: Quantity) -> frozenset[str]:
    tail = re.split(r"\band\b", left)[-1]
    for words in (f"{tail} {right}", left, text[: quantity.start]):
        found = frames_of(words)
        if found:
            return found
    return frozenset()


def _periods(
    sentence: Sentence, left: str, right: str, quantity: Quantity, paper: Paper
) -> frozenset[str]:
    after = _AFTERWARDS.match(sentence.text[quantity.end :])
    for words in (after[0] if after else "", left, right, sentence.text[: quantity.start]):
        found = periods_of(words, paper.month)
        if found:
            return found
    return _period_before(sentence, paper)


def _period_before(sentence: Sentence, paper: Paper) -> frozenset[str]:
    """The month that the paragraph (`As at Month 4 ...`) or the heading has set."""
    openings = (_AS_AT.match(words) for words in sentence.before)
    set_by = next((found[0] for found in openings if found), "")
    for words in (set_by, *sentence.headings):
        found = frozenset(p for p in periods_of(words, paper.month) if " M" in p)
        if found:
            return found
    return frozenset()


def _direction(text: str, left: str, right: str, quantity: Quantity) -> int:
    """-1 for an overspend or shortfall, 1 for an underspend or over-delivery, 0 if not said."""
    close = re.split(r"[,;(](?!\d)", right)[0] if not right.startswith(" over") else right
    if LEVEL.search(left) or LEVEL.search(close):
        return 0
    return _nearest(UNDER, OVER, left, right) or _nearest(UNDER, OVER, text[: quantity.start], "")


def _nearest(good: re.Pattern[str], bad: re.Pattern[str], left: str, right: str) -> int:
    """1 or -1 for the word of the two kinds that stands nearest between left and right."""
    found = [(len(left) - m.end(), 1) for m in good.finditer(left)]
    found += [(len(left) - m.end(), -1) for m in bad.finditer(left)]
    found += [(m.start(), 1) for m in good.finditer(right)]
    found += [(m.start(), -1) for m in bad.finditer(right)]
    return min(found)[1] if found else 0


_NARROWED = re.compile(
    r"\b(?:placements?|clients?|packages?|posts?|drugs?|schemes?|beds?|homes?|practices?|staff"
    r"|vacanc\w*|contracts?|providers?|patients?|cases?|reserves?|growth|teams?|prices?|activity)\b",
    re.IGNORECASE,
)


def narrower_words(context: Context) -> frozenset[str]:
    """Nouns near the claim that name a part of the subject, not the whole of it."""
    return frozenset(stems(" ".join(_NARROWED.findall(context.window)))) - GENERIC
