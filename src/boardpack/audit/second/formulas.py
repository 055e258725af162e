"""The formulas of a register, read and worked out a second time.

A formula is read letter by letter: figure ids, numbers, `+ - * /`, brackets, and `abs`, `max`,
`min`, `round`; anything else is a fault of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

PRECISION = 60
"""It is worked out with more digits than the product has."""
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/(),]))"
)
MOST_PLACES = 20
FUNCTIONS = {"abs": 1, "max": 0, "min": 0, "round": 2}
"""What may be called, and with how many numbers; 0 for any."""


def worked_out(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """What a formula comes to over the values of figures; ValueError says why it comes to none.

    >>> worked_out("a.b.c.one - a.b.c.two", {"a.b.c.one": Decimal(900), "a.b.c.two": Decimal(950)})
    Decimal('-50')
    >>> worked_out("1 / 0", {})
    Traceback (most recent call last):
        ...
    ValueError: it comes to nothing that is a number
    """
    with localcontext() as context:
        context.prec = PRECISION
        try:
            return _Formula(formula, values).value()
        except (DivisionByZero, InvalidOperation, RecursionError):
            raise ValueError("it comes to nothing that is a number") from None


def operands(formula: str) -> list[str]:
    """The figure ids in a formula.

    >>> operands("a.b.c.budget - a.b.c.actual")
    ['a.b.c.budget', 'a.b.c.actual']
    """
    return [found["name"] for found in _TOKEN.finditer(formula) if "." in (found["name"] or "")]


class _Formula:
    """A formula that is read from its first sign to its last, once."""

    def __init__(self, text: str, values: Mapping[str, Decimal]) -> None:
        self._values, self._at = values, 0
        self._signs = list(_signs(text))

    def value(self) -> Decimal:
        """What the whole of it comes to; ValueError where it is no formula."""
        found = self._sum()
        if self._at < len(self._signs):
            raise ValueError(f"{self._signs[self._at]!r} may not stand where it stands in it")
        return found

    def _next(self, wanted: str) -> str | None:
        """The next sign, where it is one of those wanted; it is then done with."""
        if self._at < len(self._signs) and self._signs[self._at] in wanted:
            self._at += 1
            return self._signs[self._at - 1]
        return None

    def _sum(self) -> Decimal:
        found = self._product()
        while sign := self._next("+-"):
            part = self._product()
            found = found + part if sign == "+" else found - part
        return found

    def _product(self) -> Decimal:
        found = self._part()
        while sign := self._next("*/"):
            part = self._part()
            found = found * part if sign == "*" else found / part
        return found

    def _part(self) -> Decimal:
        if self._next("-"):
            return -self._part()
        if self._next("("):
            found = self._sum()
            self._close()
            return found
        if self._at >= len(self._signs):
            raise ValueError("it ends too early")
        self._at += 1
        return self._word(self._signs[self._at - 1])

    def _word(self, word: str) -> Decimal:
        if word[0].isdigit():
            return Decimal(word)
        if word in FUNCTIONS:
            return self._called(word)
        if word not in self._values:
            raise ValueError(f"{word} is no figure with a value")
        return self._values[word]

    def _called(self, name: str) -> Decimal:
        if not self._next("("):
            raise ValueError(f"{name} is given nothing")
        given = [self._sum()]
        while self._next(","):
            given.append(self._sum())
        self._close()
        if FUNCTIONS[name] not in (0, len(given)):
            raise ValueError(f"{name} is given {len(given)} numbers")
        if name == "abs":
            return given[0].copy_abs()
        if name == "round":
            return _rounded(*given)
        return sorted(given)[0 if name == "min" else -1]

    def _close(self) -> None:
        if not self._next(")"):
            raise ValueError("a bracket is not closed")


def _rounded(number: Decimal, places: Decimal) -> Decimal:
    """The nearest number of so many places, of tens where below 0; a half goes away from nil."""
    if places != places.to_integral_value() or abs(places) > MOST_PLACES:
        raise ValueError(f"{places} is no number of places")
    step = Decimal(10) ** -int(places)
    whole, part = divmod(number.copy_abs(), step)
    return ((whole + (2 * part >= step)) * step).copy_sign(number)


def _signs(text: str) -> Iterator[str]:
    at, end = 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"{text[at : at + 12].strip()!r} may not stand in it")
        yield found["name"] or found["number"] or found["sign"]
        at = found.end()
