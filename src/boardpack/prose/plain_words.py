"""Words of the paper that no figure filled in, held to the figures as commentary is.

A sentence of a template has its numbers from figures, each in a marker. A number beside them that
somebody wrote is typed, whatever the sentence says; so is a direction word, which must agree with
the sign of the figure that it is said of. A number that came with a name out of an extract, as the
code of a cost centre does, is nobody's claim. Of a sentence that was typed as a whole, all is held.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from boardpack.figures.figure import Figure
from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim
from boardpack.prose.directorate_names import speaking
from boardpack.prose.passages import Sentence, read_passages
from boardpack.prose.quantities import find_quantities
from boardpack.prose.reasons import naming
from boardpack.prose.vocabulary import LEVEL, NOBODY, OVER, UNDER

_MARKER = re.compile("⟦([a-z0-9_.]+)\\|([^⟧]*)⟧")
_SPENT = r"(?P<word>(?:over|under)-?\s?spen(?:t|d|ds|ding))"
_BESIDE = (
    re.compile(rf"\b{_SPENT}\s+(?:by|of)\s+⟦(?P<figure>[a-z0-9_.]+)\|[^⟧]*⟧", re.IGNORECASE),
    re.compile(rf"⟦(?P<figure>[a-z0-9_.]+)\|[^⟧]*⟧\s+{_SPENT}\b", re.IGNORECASE),
)
_NOT_SO = re.compile(
    r"\b(?:would|could|should|may|might|if|not|no|never|to|without|unless)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)


def may_be_typed(text: str) -> bool:
    """Whether a text has a number or a direction word beside its markers.

    >>> may_be_typed("An overspend of ⟦a.b.c.d|£2m⟧"), may_be_typed("It is ⟦a.b.c.d|£2m⟧")
    (True, False)
    """
    bare = _MARKER.sub(" ", text)
    return bool(typed_numbers([bare])) or any(
        pattern.search(bare) for pattern in (OVER, UNDER, LEVEL)
    )


def typed_numbers(texts: Iterable[str]) -> frozenset[str]:
    """The numbers that stand in texts as somebody wrote them.

    >>> sorted(typed_numbers(["£2.21m over, in three places", "9.5% of budget"]))
    ['9.5%', '£2.21m']
    """
    lines = (line for text in texts for line in text.split("\n"))
    return frozenset(q.text for line in lines for q in find_quantities(line) if not q.is_word)


def typed_claims(
    text: str,
    title: str,
    checker: ProseChecker,
    written: Collection[str] | None = None,
    shown: Collection[str] = (),
) -> list[Claim]:
    """What of a template's text was typed beside its figures, held against the figures.

    `written` are the numbers that its authors wrote; None where any may be theirs, and so may each
    comparison, movement and size in words. `shown` are numbers that stand where the text is of.
    """
    filled, bare = _MARKER.sub(lambda found: found[2], text), _MARKER.sub(" ", text)
    typed = typed_numbers([bare]).difference(shown)
    if written is not None:
        typed = typed.intersection(written)
    claims = checker.check(filled, title) if typed or written is None else []
    found = [claim for claim in claims if claim.value is not None and typed & _words(claim)]
    plain = " ".join(bare.split())
    if written is None:
        found += [one for one in claims if one.value is None and _is_typed(one, plain)]
    with speaking(checker.paper.report):
        for passage in read_passages(filled, title):
            if isinstance(passage, Sentence):
                said = _directions(passage, checker)
                found += [one for one in said if _is_typed(one, plain)]
    beside = _beside(text, {figure.id: figure for figure in checker.register})
    return list(dict.fromkeys((*found, *beside)))


def _is_typed(claim: Claim, plain: str) -> bool:
    """Whether a claim's words stand outside the markers."""
    return any(words in plain for words in _words(claim))


def _words(claim: Claim) -> set[str]:
    return {" ".join(words.split()) for words in (claim.mark, claim.text) if words}


def _directions(sentence: Sentence, checker: ProseChecker) -> Iterator[Claim]:
    """What a sentence says of the sign of an amount without naming it."""
    quantities, whole = find_quantities(sentence.text), " ".join(sentence.text.split())
    yield from (
        replace(one.claim, sentence=whole)
        for spoken in (checker.directions.levels, checker.directions.states)
        for one in spoken(sentence, quantities)
    )


def _beside(text: str, figures: Mapping[str, Figure]) -> Iterator[Claim]:
    """Direction words right beside a marker, against the sign of its own figure."""
    for pattern in _BESIDE:
        for found in pattern.finditer(text):
            figure = figures.get(found["figure"])
            before = _MARKER.sub(lambda one: one[2], text[: found.start()])
            if figure is None or "variance" not in figure.measure:
                continue
            if _NOT_SO.search(before) or NOBODY.search(before):
                continue
            is_over = OVER.search(found["word"]) is not None
            if figure.value and (figure.value < 0) != is_over:
                line = text.count("\n", 0, found.start()) + 1
                said = _MARKER.sub(lambda one: one[2], found[0])
                why = f"The figures give {naming(figure)}."
                word = found["word"]
                yield Claim(
                    line, said, None, "direction", "contradicted", (figure.id,), why, word, said
                )
