"""Figures found by words: `prescribing overspend Lambeth`, `CHC forecast`, `cash balance M05`.

Words and figures are described alike, by place, subject, measure, time frame and period, with the
vocabulary that commentary is held to. What is left of the words must stand in a figure's label or
id. The figure that fits best comes first: of those that fit alike, the headline one of the paper's
own place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from boardpack.core.errors import UsageFault
from boardpack.core.params import Paper
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.register import Register
from boardpack.outputs.figure_text import MINUS, exact_text
from boardpack.prose.directorate_names import speaking
from boardpack.prose.figure_words import GENERIC, Facet, describe, stems
from boardpack.prose.vocabulary import (
    FRAMES,
    KINDS,
    TOPICS,
    frames_of,
    kinds_of_words,
    periods_of,
    places_of,
    topics_of,
)

NAMED = 5
"""How many other figures are named beside the one that fits best."""
_SMALL = stems(
    "what why where when which who how much many is was are were do does did has have be been it"
    " its come came from our we us by for a an the in on at of to with this that and or"
)
_SHARE = stems("share rate proportion change")
_PARTS = 3
"""The dots of a figure's id that names no other month than the paper's."""
_HEADLINES = {"position": 1.0, "overview": 0.5}
"""What it counts for a figure to stand in a chapter of headlines, where words do not say which."""


@dataclass(frozen=True)
class Fitting:
    """The figure that fits words best, the next ones, and how misspelt words were read."""

    figure: Figure
    others: tuple[Figure, ...]
    read_as: tuple[tuple[str, str], ...] = ()


def fitting(register: Register, paper: Paper, words: str) -> Fitting:
    """The figures that words mean, best first.

    Raises UsageFault with the nearest figures where none fits all that the words name, or where
    several different ones fit alike.
    """
    with speaking(paper.report):
        return _fitting(register, paper, words)


def _fitting(register: Register, paper: Paper, words: str) -> Fitting:
    of = f"the paper of {paper.report.place_name(paper.place)}"
    facets = describe(register)
    told, read_as, unknown = _spelt(words, facets, paper)
    asked = _Asked(told, paper)
    ranked = sorted(facets, key=lambda facet: -asked.score(facet))
    best, near = ranked[0], [facet.figure for facet in ranked[: NAMED + 1]]
    if not asked.is_met(best):
        lost = f" No figure is called {' or '.join(unknown)}." if unknown else ""
        raise UsageFault(
            f"No figure of {of} fits all of “{words}”.{lost} The nearest:\n{listed(near)}"
        )
    alike = [one for one in ranked if asked.score(one) == asked.score(best) and asked.is_met(one)]
    if len({(one.figure.value, one.figure.unit, one.place) for one in alike}) > 1:
        some = [one.figure for one in alike[: NAMED + 1]]
        raise UsageFault(
            f"“{words}” may mean several figures. Add a word, or name one:\n{listed(some)}"
        )
    others = tuple(one.figure for one in ranked[1:] if asked.is_met(one))[:NAMED]
    return Fitting(best.figure, others, read_as)


def listed(figures: Iterable[Figure]) -> str:
    """Figures in a list, each with its id, label and value."""
    return "\n".join(
        f"  {one.id}  ({one.label}: {exact_text(one).replace(MINUS, '-')})" for one in figures
    )


def _spelt(
    words: str, facets: Iterable[Facet], paper: Paper
) -> tuple[str, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The words with misspelt ones put right, which those were, and those that no figure knows."""
    named = " ".join(paper.report.places.values())
    text = " ".join(f"{f.figure.label} {f.figure.id}".replace("_", " ") for f in facets)
    known = set(re.findall(r"[a-z0-9]+", f"{text} {named}".lower()))
    known_stems = stems(" ".join(known)) | GENERIC | _SMALL
    strange = [
        word
        for word in re.findall(r"[^\W_]+", words.lower())
        if not stems(word) <= known_stems and not _means(word)
    ]
    near = {word: get_close_matches(word, known, n=1, cutoff=0.75) for word in strange}
    for word, found in near.items():
        if found:
            words = re.sub(rf"\b{re.escape(word)}\b", found[0], words, flags=re.IGNORECASE)
    read_as = tuple((word, found[0]) for word, found in near.items() if found)
    return words, read_as, tuple(word for word in strange if not near[word])


def _means(word: str) -> bool:
    """Whether a word means something by itself: a measure, a time frame, a month."""
    meant = (*TOPICS.values(), *KINDS.values(), *FRAMES.values(), r"m\d{1,2}|q[1-4]|\d|per|cent")
    return any(re.search(pattern, word, re.IGNORECASE) for pattern in meant)


class _Asked:
    """What words ask for, in the terms that figures are described in."""

    def __init__(self, words: str, paper: Paper) -> None:
        words = re.sub(r"\bper ?cent(?:age)?\b|%", " share ", words, flags=re.IGNORECASE)
        self.month, self.place = paper.month, paper.place
        self.places = places_of(words, paper.report, paper.place)
        self.topics, self.frames = topics_of(words), frames_of(words)
        kinds = kinds_of_words(words)
        self.kinds = frozenset({"variance"}) if "variance" in kinds else kinds
        self.periods = periods_of(words, paper.month)
        self.is_printed = PRINTED in words.lower()
        self.said = stems(words)
        names = (paper.report.place_name(place) for place in self.places)
        known = GENERIC | _SMALL | stems(" ".join((*names, *self.places)))
        if self.periods:
            known |= frozenset(word for word in self.said if re.search(r"\d", word))
        words = _without(words, (*KINDS.values(), *FRAMES.values()))
        self.own = stems(words) - known - stems(" ".join(self.topics).replace("_", " "))
        self.rest = stems(_without(words, TOPICS.values())) - known

    def is_met(self, facet: Facet) -> bool:
        """Whether a figure is all that the words name."""
        return (
            facet.place in (self.places or (facet.place,))
            and self.topics <= facet.topics
            and (not self.kinds or facet.kind in self.kinds)
            and (not self.periods or facet.period in self.periods)
            and self.rest <= _stems_of(facet)
        )

    def score(self, facet: Facet) -> float:
        """How well a figure fits: what was asked counts most, then what is the headline."""
        return self._asked_for(facet) + self._usual(facet)

    def _asked_for(self, facet: Facet) -> float:
        """What it counts that a figure is, or is not, what the words name."""
        held = _stems_of(facet)
        return (
            6 * (len(self.topics & facet.topics) - len(self.topics - facet.topics))
            + 3 * (len(self.rest & held) - len(self.rest - held))
            + 1.5 * len(self.own & held)
            - len(self.own - held)
            + 0.5 * len(self.said & stems(facet.figure.measure.replace("_", " ")))
            + _fits(facet.place, frozenset(self.places), 4)
            + _fits(facet.kind, self.kinds, 3)
            + _fits(facet.frame, self.frames, 2)
            + _fits(facet.period, self.periods, 3)
        )

    def _usual(self, facet: Facet) -> float:
        """What it counts, where words do not say, that a figure is of here, of now and in short."""
        figure = facet.figure
        is_aside = facet.kind == "change" or re.search("share|proportion|change", figure.measure)
        return (
            (2 if facet.place == self.place and not self.places else 0)
            + (1 if facet.frame == "ytd" and not self.frames else 0)
            + (1 if facet.kind == "variance" and not self.kinds and not self.rest else 0)
            + (2 if facet.period in (self.month.period, self.month.year) else 0)
            + (2 if figure.line == "total" and not self.topics else 0)
            + (0.5 if self.said & stems(figure.chapter.replace("_", " ")) else 0)
            + _HEADLINES.get(figure.chapter, 0)
            - (1.5 if is_aside and not self.said & _SHARE and "change" not in self.kinds else 0)
            - (1.5 if facet.base.count(".") > _PARTS and not self.periods else 0)
            - (2 if figure.id.endswith(f".{PRINTED}") != self.is_printed else 0)
            - len(facet.topics - self.topics) * bool(self.topics)
            - len(facet.words - self.said)
            - len(stems(figure.measure.replace("_", " ")) - self.said) / 4
        )


def _without(words: str, patterns: Iterable[str]) -> str:
    for pattern in patterns:
        words = re.sub(pattern, " ", words, flags=re.IGNORECASE)
    return words


def _fits(said: str, asked: frozenset[str], weight: float) -> float:
    """What it counts that a figure has, or has not, what was asked; nothing where nothing was."""
    return (weight if said in asked else -weight) if asked and said else 0


def _stems_of(facet: Facet) -> frozenset[str]:
    return stems(f"{facet.figure.label} {facet.figure.id}".replace("_", " ").replace(".", " "))
