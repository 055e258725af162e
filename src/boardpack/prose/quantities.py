"""Quantities in a sentence: money, per cent and counts, each with its printed precision.

Dates, years, months, ordinals, list and section numbers, codes, doses and ratios are not
quantities; they are blanked before the search, at the same length, so that offsets hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_NOT_QUANTITIES = re.compile(
    "|".join(
        (
            r"\{source:[^{}]*\}",
            r"https?://\S+|\S+@\S+",
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{_MONTHS})\b(?:\s+\d{{4}})?",
            rf"\b(?:{_MONTHS})\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?\d{{4}}\b",
            r"\b\d{1,2}/\d{1,2}/\d{2,4}\b",
            r"\b(?:20)?\d\d/(?:20)?\d\d\b|\b20\d\d\s?-\s?(?:20)?\d\d\b|(?<![\d,£.])(?:19|20)\d\d(?![\d%]|,\d)",
            r"\bmonths?\s+0?\d{1,2}\b(?!\s*(?:months|per cent|%))|\b(?:m|ap)\d{1,2}\b",
            r"\b(?:quarters?\s+|q)[1-4]\b",
            r"\b(?:section|s|slide|page|chapter|appendix|table|figure|note|paragraph|part|line|row"
            r"|item|version|phase|tier|band|level|type|act|room|bullet|schedule|annex)s?\.?\s?"
            r"\d+(?:\.\d+)*\b(?!%)",
            r"[<>≥≤]\s?\d+\b|\b\d+\s?(?:mg|ml|mcg|g|kg|am|pm)\b|\b\d+\s?[:/]\s?\d+\b",
            r"\b\d+(?:st|nd|rd|th)\b",
            r"\(\d{1,2}\)(?=\s)|\b\d+\.\d+ (?:above|below)\b",
            r"\b[a-z]+-?\d[\w-]*|\b\d+(?!(?:k|m|bn)\b)[a-z]\w*",
            r"\b0\d{2,4}\s?\d{3,4}\s?\d{3,4}\b|\b\d{5,6}\b(?=\s+[A-Z])",
            r"\b\d+(?:\.\d+){2,}\b|(?<![\d,.£])0\d+\b",
        )
    ),
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"\[\[([a-z0-9_.]+)\]\]")
_MONEY = re.compile(
    r"(?P<minus>[-−]|minus )?£\s?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"\s?(?P<scale>bn|billion|million|thousand|k|m)?(?![a-z])",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(?P<minus>(?<!\d)[-−]|minus )?(?P<number>\d[\d,]*(?:\.\d+)?)\s?(?:%|per\s?cent\b)", re.I
)
_COUNT = re.compile(r"(?<![\w.£,-])(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![\w%])(?![.,]\d)")
_WORDS = {
    name: value
    for value, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), 1
    )
}
_WORD = re.compile(r"\b(" + "|".join(_WORDS) + r")\b", re.IGNORECASE)
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9}


@dataclass(frozen=True)
class Quantity:
    """A number in words: where it stands, its size in its unit, and the last unit printed.

    `unit` is GBP, PCT or COUNT; `reference` is the figure id where the number is a `[[figure.id]]`.
    """

    start: int
    end: int
    text: str
    value: Decimal
    step: Decimal
    unit: str
    is_word: bool = False
    reference: str = ""


def find_quantities(sentence: str) -> list[Quantity]:
    """Every quantity of a sentence, in order, references among them.

    >>> [(one.text, one.value, one.unit) for one in find_quantities("£2.21m over, 9.5% of budget")]
    [('£2.21m', Decimal('2210000.00'), 'GBP'), ('9.5%', Decimal('9.5'), 'PCT')]
    >>> [(one.text, one.step) for one in find_quantities("In 2023/24 three boroughs spent £404k")]
    [('three', Decimal('1')), ('£404k', Decimal('1000'))]
    """
    text = _NOT_QUANTITIES.sub(lambda found: _blank(found[0]), _kept_references(sentence))
    found: list[Quantity] = list(_references(sentence))
    for pattern, unit in ((_MONEY, "GBP"), (_PERCENT, "PCT"), (_COUNT, "COUNT")):
        for match in pattern.finditer(text):
            found.append(_quantity(match, unit))
            text = text[: match.start()] + _blank(match[0]) + text[match.end() :]
    found.extend(_number_words(text))
    return sorted(found, key=lambda quantity: quantity.start)


def without_dates(sentence: str) -> str:
    """The sentence with everything blanked that looks like a number and is not a quantity.

    >>> without_dates("At month 6 of 2023/24 it is £2m")
    'At         of         it is £2m'
    """
    return _NOT_QUANTITIES.sub(lambda found: _blank(found[0]), sentence)


def number_of(word: str) -> int | None:
    """The whole number that a word or digits name; None for anything else.

    >>> number_of("three"), number_of("46"), number_of("several")
    (3, 46, None)
    """
    return int(word) if word.isdigit() else _WORDS.get(word.lower())


def _quantity(match: re.Match[str], unit: str) -> Quantity:
    number = Decimal(match["number"].rstrip(",").replace(",", ""))
    groups = match.groupdict()
    scale = Decimal(10) ** _SCALES.get((groups.get("scale") or "").lower(), 0)
    step = Decimal(1).scaleb(int(number.as_tuple().exponent)) * scale
    value = number * scale * (-1 if groups.get("minus") else 1)
    return Quantity(match.start(), match.end(), match[0].strip(), value, step, unit)


def _number_words(text: str) -> Iterator[Quantity]:
    for match in _WORD.finditer(text):
        value = Decimal(_WORDS[match[0].lower()])
        yield Quantity(match.start(), match.end(), match[0], value, Decimal(1), "COUNT", True)


def _references(sentence: str) -> Iterator[Quantity]:
    for match in _REFERENCE.finditer(sentence):
        none = Decimal(0)
        yield Quantity(match.start(), match.end(), match[0], none, none, "", reference=match[1])


def _kept_references(sentence: str) -> str:
    return _REFERENCE.sub(lambda found: _blank(found[0]), sentence)


def _blank(text: str) -> str:
    return " " * len(text)
