"""The subject of a claim: what the words around it, the paragraph and the headings say of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from boardpack.core.params import Paper
from boardpack.prose.figure_words import GENERIC, stems
from boardpack.prose.nearest_words import Reach, place_of, topics_reached
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity
from boardpack.prose.timing import frames_said, periods_said
from boardpack.prose.vocabulary import (
    DOWN,
    LEVEL,
    OVER,
    UNDER,
    UP,
    bound_of,
    kinds_of_words,
    topics_of,
)
from boardpack.prose.windows import windows

_TO_A_LEVEL = re.compile(r"\bto\s+(?:(?:an?|the)\s+)?(?:\w+\s+of\s+)?$", re.IGNORECASE)
_NARROWED = re.compile(
    r"\b(?:placements?|clients?|packages?|posts?|drugs?|schemes?|beds?|homes?|practices?|staff"
    r"|vacanc\w*|contracts?|providers?|patients?|cases?|reserves?|growth|teams?|prices?|activity)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:\s+[\w-]+){0,3}\s+(?:which|that|whose)\b[^,;:£%\d]*", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """The subject of one claim; `reach` says how far the words for each part stand from it.

    `direction` is -1 for an overspend and 1 for an underspend, `trend` 1 for a rise and -1 for a
    fall, `bound` 1 for `over £2m` and -1 for `nearly £2m`; each is 0 where it is not said.
    """

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
    bound: int
    words: frozenset[str]
    near: frozenset[str]
    window: str
    sentence: str
    is_range: bool


def context_of(
    sentence: Sentence, quantity: Quantity, others: list[Quantity], paper: Paper
) -> Context:
    """The subject of a quantity, from the nearest words outward."""
    left, right = windows(sentence.text, quantity, others)
    window = f"{left} {right}"
    place, place_reach = place_of(sentence, left, right, quantity, paper)
    topics, topic_reach = topics_reached(sentence, left, right, quantity)
    return Context(
        place=place,
        place_reach=place_reach,
        topics=topics,
        topic_reach=topic_reach,
        wide_topics=topics_of(" ; ".join((sentence.text, *sentence.before, *sentence.headings))),
        kinds=_kinds(sentence, left, right, quantity, paper),
        frames=frames_said(sentence.text, left, right, quantity),
        periods=periods_said(sentence, left, right, quantity, paper),
        direction=_direction(sentence.text, left, right, quantity),
        trend=_nearest(UP, DOWN, left, right)
        or _nearest(UP, DOWN, "", _relative(sentence.text[quantity.end :])),
        bound=bound_of(left),
        words=stems(" ".join((sentence.text, *sentence.before[:1], *sentence.headings[:1]))),
        near=stems(window),
        window=window,
        sentence=sentence.text,
        is_range=bool(re.search(r"\bfrom\s*$|\bfrom\b.*\bto\s*$", left)),
    )


def measures_of(words: str, paper: Paper) -> frozenset[str]:
    """The measures named; a word of a directorate's own name (`Corporate Budgets`) is none."""
    names = "|".join(map(re.escape, paper.report.directorates.values()))
    return kinds_of_words(re.sub(rf"\([^()]*\)|\b(?:{names})\b", " ", words, flags=re.IGNORECASE))


def narrower_words(context: Context) -> frozenset[str]:
    """Nouns near the claim that name a part of the subject, not the whole of it."""
    return frozenset(stems(" ".join(_NARROWED.findall(context.window)))) - GENERIC


def _kinds(
    sentence: Sentence, left: str, right: str, quantity: Quantity, paper: Paper
) -> frozenset[str]:
    found = measures_of(f"{left} {right}", paper)
    if _TO_A_LEVEL.search(left):
        found -= {"change"}
    return found or measures_of(sentence.text[: quantity.start], paper)


def _direction(text: str, left: str, right: str, quantity: Quantity) -> int:
    """-1 for an overspend or shortfall, 1 for an underspend or over-delivery, 0 if not said."""
    close = re.split(r"[,;(](?!\d)", right)[0] if not right.startswith(" over") else right
    if LEVEL.search(left) or LEVEL.search(close):
        return 0
    return _nearest(UNDER, OVER, left, right) or _nearest(UNDER, OVER, text[: quantity.start], "")


def _relative(following: str) -> str:
    """The clause that says what the things counted do: `4 homes for which the price has risen`."""
    found = _RELATIVE.match(following)
    return found[0] if found else ""


def _nearest(good: re.Pattern[str], bad: re.Pattern[str], left: str, right: str) -> int:
    """1 or -1 for the word of the two kinds that stands nearest between left and right."""
    found = [(len(left) - m.end(), 1) for m in good.finditer(left)]
    found += [(len(left) - m.end(), -1) for m in bad.finditer(left)]
    found += [(m.start(), 1) for m in good.finditer(right)]
    found += [(m.start(), -1) for m in bad.finditer(right)]
    return min(found)[1] if found else 0
