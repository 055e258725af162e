"""Every formula of a register reckoned a second time, from the values that the register states.

Shares no code with the product (see second_reading). A formula is read letter by letter: figure
ids, numbers, `+ - * /`, brackets, and `abs`, `max`, `min`, `round`; anything else is a fault of it.
A figure may not rest on itself, by whatever way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import Any

PRECISION, DIGITS, SPECK = 60, 28, Decimal("1e-12")
"""It is reckoned with more digits than the product has; so many must agree, or a speck apart."""
_TOKEN = re.compile(
    r"\s*(?:(?P<name>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)|(?P<number>\d+(?:\.\d+)?)|(?P<sign>[-+*/(),]))"
)
MOST_PLACES = 20
FUNCTIONS = {"abs": 1, "max": 0, "min": 0, "round": 2}
"""What may be called, and with how many numbers; 0 for any."""

Figures = Mapping[str, Mapping[str, Any]]
Wrong = tuple[str, str]


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


def wrong_formulas(figures: Figures) -> tuple[int, list[Wrong], int]:
    """How many formulas were reckoned, by figure what is wrong, and how many could not be.

    A formula over a suppressed figure cannot be: the register does not say what that is.
    """
    values = {
        name: Decimal(f["value"]) for name, f in figures.items() if f.get("value") is not None
    }
    hidden = {name for name, figure in figures.items() if figure.get("suppressed") is True}
    wrong, count, left = [], 0, 0
    for name, figure in figures.items():
        formula = figure.get("source", {}).get("formula")
        if formula is None:
            continue
        if name in hidden or hidden.intersection(_operands(formula)):
            left += 1
            continue
        count += 1
        fault = _fault(formula, figure.get("value"), values)
        if fault is not None:
            wrong.append((name, fault))
    wrong += [
        (name, "rests on itself, by its own formula or those below it.")
        for name in _circles(figures)
    ]
    return count, wrong, left


def _operands(formula: str) -> list[str]:
    return [found["name"] for found in _TOKEN.finditer(formula) if "." in (found["name"] or "")]


def _fault(formula: str, stated: str | None, values: Mapping[str, Decimal]) -> str | None:
    """What is wrong with a figure's value by its formula; None when nothing is."""
    with localcontext() as context:
        context.prec = PRECISION
        try:
            found = _Formula(formula, values).value()
        except (DivisionByZero, InvalidOperation, RecursionError):
            return f"its formula {_short(formula)} comes to nothing that is a number."
        except ValueError as error:
            return f"its formula {_short(formula)} cannot be reckoned: {error}."
        if stated is not None and is_same(Decimal(stated), found):
            return None
        shown = format(round(found, 12).normalize(), "f")
    return f"the register says {stated}; its formula {_short(formula)} comes to {shown}."


def is_same(one: Decimal, other: Decimal) -> bool:
    """Whether two values agree in as many digits as count."""
    return abs(one - other) <= max(abs(one).scaleb(-DIGITS), SPECK)


def _short(formula: str) -> str:
    return formula if len(formula) <= 100 else f"{formula[:100]}…"


def _circles(figures: Figures) -> Iterator[str]:
    """The figures at which a way over formulas comes back to one that it began with."""
    rests = {
        name: _operands(figure.get("source", {}).get("formula") or "")
        for name, figure in figures.items()
    }
    done: set[str] = set()
    for first in rests:
        way, begun = [(first, iter(rests[first]))], {first}
        while way:
            name, below = way[-1]
            one = next(below, None)
            if one is None:
                done.add(name)
                begun.discard(name)
                way.pop()
            elif one in begun:
                yield one
            elif one in rests and one not in done:
                begun.add(one)
                way.append((one, iter(rests[one])))
