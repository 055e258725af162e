"""Sentences made false on purpose: one number, direction word, month or place changed at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from boardpack.core.report import Report
from boardpack.prose.passages import Sentence
from boardpack.prose.quantities import find_quantities

LARGE = (Decimal("0.1"), Decimal("0.5"), Decimal(2), Decimal(10))
SMALL = tuple(Decimal(percent) / 100 for percent in (88, 92, 95, 105, 108, 113))
_TURNED = {
    "overspend": "underspend",
    "overspends": "underspends",
    "overspent": "underspent",
    "underspend": "overspend",
    "underspends": "overspends",
    "underspent": "overspent",
    "underspending": "overspending",
    "shortfall": "over-delivery",
    "behind": "ahead of",
    "increase": "decrease",
    "increased": "decreased",
    "increases": "decreases",
    "increasing": "decreasing",
    "decrease": "increase",
    "reduction": "increase",
    "reduced": "increased",
    "improved": "worsened",
    "improvement": "worsening",
    "higher": "lower",
    "highest": "lowest",
    "largest": "smallest",
    "lowest": "highest",
}
_WORD = re.compile(rf"\b(?:{'|'.join(_TURNED)})\b", re.IGNORECASE)
_MONTH = re.compile(r"\b(month |m)(0?)([456])\b", re.IGNORECASE)
_NEXT = {"4": "6", "5": "4", "6": "4"}


@dataclass(frozen=True)
class Mutation:
    """A sentence with one thing changed; `start` is where, `was` and `now` are the words."""

    sentence: Sentence
    start: int
    was: str
    now: str


def _changed(sentence: Sentence, start: int, was: str, now: str) -> Mutation:
    text = sentence.text[:start] + now + sentence.text[start + len(was) :]
    return Mutation(replace(sentence, text=text), start, was, now)


def sizes(sentence: Sentence, random: Random, factors: tuple[Decimal, ...]) -> Iterator[Mutation]:
    """Each number in digits, times a factor, to its printed precision; two units apart at least."""
    for quantity in find_quantities(sentence.text):
        if quantity.is_word or quantity.reference:
            continue
        digits = re.search(r"\d[\d,]*(?:\.\d+)?", quantity.text)
        assert digits is not None
        number = Decimal(digits[0].rstrip(",").replace(",", ""))
        now = _written(number, random.choice(factors))
        if now:
            was = digits[0].rstrip(",")
            start = sentence.text.index(was, quantity.start)
            yield _changed(sentence, start, was, now)


def _written(number: Decimal, factor: Decimal) -> str:
    unit = Decimal(1).scaleb(int(number.as_tuple().exponent))
    changed = (number * factor).quantize(unit)
    if abs(changed - number) < 2 * unit:
        changed = number + (2 * unit if factor > 1 else -2 * unit)
    return f"{changed:,}" if changed > 0 else ""


def turned(sentence: Sentence) -> Iterator[Mutation]:
    """Each direction word, turned round."""
    for found in _WORD.finditer(sentence.text):
        now = _TURNED[found[0].lower()]
        cased = now.capitalize() if found[0][0].isupper() else now
        yield _changed(sentence, found.start(), found[0], cased)


def months(sentence: Sentence) -> Iterator[Mutation]:
    """Each month by number, as another month that was reported."""
    for found in _MONTH.finditer(sentence.text):
        now = f"{found[1]}{found[2]}{_NEXT[found[3]]}"
        yield _changed(sentence, found.start(), found[0], now)


def places(sentence: Sentence, report: Report, random: Random) -> Iterator[Mutation]:
    """Each name of a place, as another place's."""
    names = tuple(report.places.values())
    for found in re.finditer(rf"\b(?:{'|'.join(names)})\b", sentence.text):
        other = random.choice([name for name in names if name not in sentence.text])
        yield _changed(sentence, found.start(), found[0], other)
