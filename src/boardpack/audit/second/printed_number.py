"""A plain reader of printed numbers, for verification alone: whether a print shows a value.

It knows nothing of how the paper writes a number. It takes what a reader sees: brackets or a minus,
pounds, commas, `k`, `m`, `%`, and words that say which way. The value must round to the print,
halves away from zero.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

THOUSAND = Decimal(1000)
MILLION = THOUSAND * THOUSAND
_NUMBER = re.compile(r"(?P<sign>[-−–(]\s?)?£?(?P<size>\d[\d,]*(?:\.\d+)?)\s?(?P<suffix>[km%]\b|%)?")
_SCALES = {"k": THOUSAND, "m": THOUSAND * THOUSAND}
_NEGATIVE = re.compile(
    r"\b(over\w*|short\w*|behind|fall\w*|fell|below|reduc\w*|decreas\w*|worse\w*|minus|down|fewer)\b"
)
_POSITIVE = re.compile(
    r"\b(under\w*|ahead|ris\w*|rose|above|increas\w*|improv\w*|plus|up|more|surplus)\b"
)
_NIL = re.compile(
    r"[-–—]|nil|none|zero|no (?:change|variance)|not changed|on (?:budget|plan)|level .*"
)

_BELOW = "less than "
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
).split()
"""Small counts that a sentence spells out."""


@dataclass(frozen=True)
class Printed:
    """What a print shows: a size with its last printed place, a sign if it states one, a scale.

    `scale` is 1,000 for `k`, None where the print names no unit and a table's heading must.
    """

    size: Decimal
    step: Decimal
    negative: bool | None
    scale: Decimal | None

    def shows(self, value: Decimal, scale: Decimal) -> bool:
        """Whether the size of the value, in this scale, rounds to what is printed."""
        size, half = abs(value) / scale, self.step / 2
        return self.size - half <= size < self.size + half


def read_print(text: str) -> Printed | None:
    """What a printed number shows; None where no number is printed.

    >>> read_print("(2,213)")
    Printed(size=Decimal('2213'), step=Decimal('1'), negative=True, scale=None)
    >>> print(read_print("n/a"))
    None
    """
    found = _NUMBER.search(text)
    if found is None:
        return None
    places = len(found["size"].partition(".")[2])
    suffix = found["suffix"] or ""
    scale = _SCALES.get(suffix) or (Decimal(1) if suffix or "£" in found[0] else None)
    size = Decimal(found["size"].replace(",", ""))
    return Printed(size, Decimal(1).scaleb(-places), _sign(text, found["sign"] or ""), scale)


def scales_of(text: str, value: Decimal, unit: str, in_table: bool) -> frozenset[Decimal]:
    """The scales in which a print shows a value: none when it shows another or the wrong sign.

    Prose may leave the sign to its sentence; a table's bare number may not. `less than £1k` shows
    what is less, and not nil. A print without a number must say nil of nil, or say the right
    direction.
    """
    printed = read_print(text)
    if printed is None:
        return _worded(text.strip().lower(), value)
    if "%" in text and unit != "PCT":
        return frozenset()
    if printed.negative is None:
        wrong = in_table and value < 0
    else:
        wrong = printed.negative != (value < 0) and value != 0
    if text.strip().lower().startswith(_BELOW):
        limit = printed.size * (printed.scale or 1)
        is_below = 0 < abs(value) < limit and not wrong
        return frozenset({printed.scale or Decimal(1)} if is_below else ())
    money = unit.startswith("GBP")
    tried = [printed.scale] if printed.scale else [Decimal(1)]
    if money and not printed.scale:
        tried += [THOUSAND, MILLION] if "." in text else [THOUSAND]
    return frozenset(scale for scale in tried if not wrong and printed.shows(value, scale))


def _sign(text: str, mark: str) -> bool | None:
    """Whether the print is of a negative; None where it does not say."""
    if mark:
        return True
    said = text.lower()
    if _NEGATIVE.search(said):
        return True
    return False if _POSITIVE.search(said) else None


def _worded(said: str, value: Decimal) -> frozenset[Decimal]:
    if said in _WORDS:
        return frozenset({Decimal(1)} if value == _WORDS.index(said) + 1 else ())
    every = frozenset({Decimal(1), THOUSAND, MILLION})
    if _NIL.fullmatch(said):
        return every if value == 0 else frozenset()
    negative = _sign(said, "")
    return every if negative is not None and negative == (value < 0) else frozenset()
