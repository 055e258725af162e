"""Directions said without a number: `is underspent`, `a shortfall on savings`, `break-even`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.core.params import Paper
from boardpack.prose.claim import Claim, Status
from boardpack.prose.context import Context, context_of
from boardpack.prose.figure_words import Facet
from boardpack.prose.matching import Matcher, Verdict
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import Quantity
from boardpack.prose.reasons import naming
from boardpack.prose.values import says
from boardpack.prose.vocabulary import LEVEL, NOBODY, OVER, topics_of

_NOUNS = r"over-?\s?spends?|under-?\s?spends?|shortfall|over[- ]delivery|under[- ]delivery"
_SAID = re.compile(
    r"\b(?:is|are|was|were|be|remains?|stays?)\s+(?:still\s+|also\s+|now\s+|currently\s+)?"
    r"(?P<state>(?:over|under)-?\s?spent|(?:over|under) budget|behind plan|ahead of plan)\b"
    rf"|\b(?:report|show|forecast|see|highlight|record|face)(?:s|ed|ing|n)?\s+(?:an?\s+)?"
    rf"(?:(?:small|large|significant|net|overall|year[- ]to[- ]date|YTD|forecast)\s+)*"
    rf"(?P<shown>{_NOUNS})\b"
    rf"|\b(?P<on>{_NOUNS})\s+(?=(?:on|in|for|against)\s)",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:would|could|should|may|might|if|not|no|never|to|any|avoid|reduc\w*|mitigat\w*"
    r"|rate of)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"[,;.:(]|\band\b|\bwhich\b|\bthat\b|\b(?:over|under)-?\s?sp", re.IGNORECASE)


@dataclass(frozen=True)
class Spoken:
    """A claim of a sentence, with the place at which it starts."""

    start: int
    claim: Claim


class Directions:
    """Holds directions without a number against the sign of the quantity that they are said of."""

    def __init__(self, matcher: Matcher, paper: Paper) -> None:
        self.matcher = matcher
        self.paper = paper

    def levels(self, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Spoken]:
        """`break-even`: a claim that the variance is nil."""
        for match in LEVEL.finditer(sentence.text):
            nil = nil_at(match)
            verdict = _level(nil, self._balances(sentence, nil, quantities))
            claim = Claim(
                sentence.line_at(match.start()),
                match[0],
                Decimal(0),
                "GBP",
                verdict.status,
                verdict.figures,
                verdict.reason,
                match[0],
            )
            yield Spoken(match.start(), claim)

    def _balances(
        self, sentence: Sentence, nil: Quantity, quantities: list[Quantity]
    ) -> list[Facet]:
        context = context_of(sentence, nil, quantities, self.paper)
        context = replace(context, kinds=frozenset({"variance"}))
        return [
            facet
            for facet in self.matcher.facets
            if facet.kind == "variance"
            and not self.matcher.conflicts(facet, context)
            and facet.topics == context.topics
            and facet.place == context.place
            and facet.figure.unit in ("GBP", "COUNT")
            and not facet.words - context.words
        ]

    def states(self, sentence: Sentence, quantities: list[Quantity]) -> Iterator[Spoken]:
        """`Corporate budgets are underspent`: a direction without a number, where it is clear."""
        for match in _SAID.finditer(sentence.text):
            group = next(name for name, words in match.groupdict().items() if words)
            near = [q for q in quantities if -60 < q.start - match.end() < 25]
            before = sentence.text[: match.start()]
            if near or _HYPOTHETICAL.search(before) or NOBODY.search(before):
                continue
            said = nil_at(match, group)
            context = context_of(sentence, said, quantities, self.paper)
            direction = -1 if OVER.search(match[group]) else 1
            if group == "on":
                context = _said_of(context, sentence.text[match.end() :])
            context = replace(context, kinds=frozenset({"variance"}), direction=direction)
            subject = self.matcher.subject(self.matcher.by_unit["GBP"], context)
            if subject and subject[0].signed:
                line = sentence.line_at(match.start())
                yield Spoken(match.start(), _stated(line, match[0], subject[0], direction))


def _said_of(context: Context, following: str) -> Context:
    """The subject of `an overspend on`: what follows, before anything that was named earlier."""
    topics = topics_of(_OBJECT.split(following)[0])
    return replace(context, topics=topics, topic_reach="words") if topics else context


def nil_at(match: re.Match[str], group: int | str = 0) -> Quantity:
    """A place in the sentence that stands for nil pounds, so that its subject can be looked for.

    >>> found = re.search("break-even", "It will break-even.")
    >>> nil_at(found).value
    Decimal('0')
    """
    return Quantity(
        match.start(group), match.end(group), match[group], Decimal(0), Decimal(1000), "GBP"
    )


def _stated(line: int, text: str, facet: Facet, direction: int) -> Claim:
    agrees = (facet.signed > 0) == (direction > 0)
    status: Status = "supported" if agrees else "contradicted"
    reason = f"The figures give {naming(facet.figure)}."
    return Claim(line, text, None, "direction", status, (facet.figure.id,), reason, text)


def _level(nil: Quantity, fits: list[Facet]) -> Verdict:
    if not fits:
        return Verdict("unsupported", (), "No figure answers this break-even.")
    if any(says(nil, facet.figure) for facet in fits):
        ids = tuple(f.figure.id for f in fits if says(nil, f.figure))
        return Verdict("supported", ids[:3], "The variance is nil.")
    return Verdict(
        "contradicted", (fits[0].figure.id,), f"The figures give {naming(fits[0].figure)}."
    )
