"""Likely causes: what slip of the pen would explain a difference, where arithmetic shows one.

Each finder is told the difference and gives a sentence, or nothing when its arithmetic does not fit
within rounding. The most telling one that fits is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from boardpack.checks.phrases import and_list, said
from boardpack.core.money import plain

SLIP = Decimal(1000)
TOLD = 4
EXPLAINED = "This would be explained by"
_WANTED = [True]


@contextmanager
def without_causes() -> Iterator[None]:
    """Within the block checks say no causes: finding one takes ten times what judging does.

    >>> with without_causes():
    ...     likely_cause(Difference(Decimal(-50), Decimal(50), "GBP", Decimal(1)))
    ''
    """
    _WANTED.append(False)
    try:
        yield
    finally:
        _WANTED.pop()


def are_wanted() -> bool:
    """Whether a failing check is to say what would explain it."""
    return _WANTED[-1]


@dataclass(frozen=True)
class Part:
    """One number that goes into a sum, with the sign it has there: its name, and its value."""

    name: str
    value: Decimal


@dataclass(frozen=True)
class Difference:
    """A printed number that is not what it should be.

    `step` is the printed unit and `allowed` what rounding may explain, both in the figure's unit.
    `parts` are what it should add up to, `beside` other numbers of its row or column.

    >>> found = Difference(Decimal(900), Decimal(850), "GBP", Decimal(1))
    >>> found.gap, found.fits(found.gap, Decimal(-50))
    (Decimal('-50'), True)
    """

    expected: Decimal
    actual: Decimal
    unit: str
    step: Decimal
    allowed: Decimal = Decimal(0)
    parts: tuple[Part, ...] = ()
    beside: tuple[Part, ...] = field(default=())

    @property
    def gap(self) -> Decimal:
        """The printed number less what it should be."""
        return self.actual - self.expected

    def fits(self, one: Decimal, other: Decimal) -> bool:
        """Whether two numbers are one within rounding."""
        return abs(one - other) <= self.allowed

    def said(self, value: Decimal) -> str:
        """An amount in words."""
        return said(value, self.unit)


def likely_cause(found: Difference) -> str:
    """The likeliest cause as a sentence; nothing where none fits.

    >>> likely_cause(Difference(Decimal(-50), Decimal(50), "GBP", Decimal(1)))
    'This would be explained by a lost minus sign.'
    >>> likely_cause(Difference(Decimal(4567), Decimal(1298), "GBP", Decimal(1)))
    ''
    """
    for finder in FINDERS if are_wanted() else ():
        cause = finder(found)
        if cause:
            return cause
    return ""


def sign_lost(found: Difference) -> str:
    """The whole number has the other sign.

    >>> sign_lost(Difference(Decimal(-50), Decimal(50), "GBP", Decimal(1)))
    'This would be explained by a lost minus sign.'
    """
    if found.expected and found.fits(found.actual, -found.expected):
        return f"{EXPLAINED} a lost minus sign."
    return ""


def unit_slip(found: Difference) -> str:
    """The number, or one of its parts, is a thousand times too large or too small.

    >>> unit_slip(Difference(Decimal(900_000), Decimal(900), "GBP", Decimal(1)))
    'This would be explained by a unit slip: one is 1,000 times the other.'
    """
    step = found.step
    for one, other in ((found.expected, found.actual), (found.actual, found.expected)):
        if other and abs(one - other * SLIP) <= max(found.allowed, step):
            return f"{EXPLAINED} a unit slip: one is 1,000 times the other."
    for part in found.parts:
        for value in (part.value * SLIP, part.value / SLIP):
            if part.value and found.fits(found.gap, value - part.value):
                return (
                    f"{EXPLAINED} a unit slip of 1,000 in {part.name} ({found.said(part.value)})."
                )
    return ""


def part_missing(found: Difference) -> str:
    """One part, or several that stand together, are not in the sum.

    >>> parts = (Part("acute", Decimal(900)), Part("community", Decimal(120)))
    >>> part_missing(Difference(Decimal(1020), Decimal(900), "GBP", Decimal(1), parts=parts))
    'This would be explained by community (£120) missing from the sum.'
    """
    for part in _telling(found):
        if found.fits(found.gap, -part.value):
            return f"{EXPLAINED} {part.name} ({found.said(part.value)}) missing from the sum."
    return ""


def part_twice(found: Difference) -> str:
    """One part is in the sum twice.

    >>> parts = (Part("acute", Decimal(900)), Part("community", Decimal(120)))
    >>> part_twice(Difference(Decimal(1020), Decimal(1140), "GBP", Decimal(1), parts=parts))
    'This would be explained by community (£120) counted twice.'
    """
    for part in _telling(found):
        if found.fits(found.gap, part.value):
            return f"{EXPLAINED} {part.name} ({found.said(part.value)}) counted twice."
    return ""


def part_turned(found: Difference) -> str:
    """One part is in the sum with the other sign.

    >>> parts = (Part("acute", Decimal(900)), Part("income", Decimal(-120)))
    >>> part_turned(Difference(Decimal(780), Decimal(1020), "GBP", Decimal(1), parts=parts))
    'This would be explained by a lost sign of income (minus £120).'
    """
    for part in _telling(found):
        if found.fits(found.gap, -2 * part.value):
            return f"{EXPLAINED} a lost sign of {part.name} ({found.said(part.value)})."
    return ""


def subtotal_of_others(found: Difference) -> str:
    """The printed number is the sum of other numbers of its row or column.

    >>> beside = (Part("acute", Decimal(900)), Part("community", Decimal(120)))
    >>> subtotal_of_others(
    ...     Difference(Decimal(500), Decimal(1020), "GBP", Decimal(1), beside=beside)
    ... )
    'This would be explained by a subtotal in the wrong cell: it is the sum of acute (£900) and
    community (£120).'
    """
    for group in _groups(found.beside):
        whole = sum((part.value for part in group), Decimal(0))
        if found.actual and found.fits(whole, found.actual):
            names = and_list([f"{part.name} ({found.said(part.value)})" for part in group])
            return f"{EXPLAINED} a subtotal in the wrong cell: it is the sum of {names}."
    return ""


def digits_swapped(found: Difference) -> str:
    """Two neighbouring digits have changed places; such a difference is a multiple of nine.

    >>> digits_swapped(Difference(Decimal(1234), Decimal(1324), "GBP", Decimal(1)))
    'This would be explained by two digits that have changed places.'
    """
    one, other = _digits(found)
    apart = [
        place for place in range(len(one)) if len(one) == len(other) and one[place] != other[place]
    ]
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        first, second = apart
        if one[first] == other[second] and one[second] == other[first]:
            return f"{EXPLAINED} two digits that have changed places."
    return ""


def one_digit(found: Difference) -> str:
    """One digit that is not the last differs, in a number that is a sum.

    >>> parts = (Part("acute", Decimal(900)), Part("community", Decimal(334)))
    >>> one_digit(Difference(Decimal(1234), Decimal(1734), "GBP", Decimal(1), parts=parts))
    'This would be explained by one digit mistyped (7 for 2).'
    """
    one, other = _digits(found)
    apart = [
        place for place in range(len(one)) if len(one) == len(other) and one[place] != other[place]
    ]
    if found.parts and len(one) > 2 and len(apart) == 1 and apart[0] < len(one) - 1:
        return f"{EXPLAINED} one digit mistyped ({other[apart[0]]} for {one[apart[0]]})."
    return ""


def cut_off(found: Difference) -> str:
    """The number is cut off at the printed unit where it should be rounded.

    >>> cut_off(Difference(Decimal(1_234_900), Decimal(1_234_000), "GBP", Decimal(1000)))
    'This would be explained by a number cut off where it should be rounded up.'
    """
    cut = abs(found.expected) // found.step * found.step
    if abs(found.expected) % found.step and abs(found.actual) == cut:
        return f"{EXPLAINED} a number cut off where it should be rounded up."
    return ""


def copied_neighbour(found: Difference) -> str:
    """Two parts of a sum are equal to the last digit: one may be a copy of its neighbour.

    >>> parts = (Part("May", Decimal(4321)), Part("June", Decimal(4321)))
    >>> copied_neighbour(Difference(Decimal(8642), Decimal(9000), "GBP", Decimal(1), parts=parts))
    'This would be explained by one of May and June (both £4,321) having been copied from the other,
    if it should be £4,679.'
    """
    for one, other in combinations(_telling(found), 2):
        implied = one.value + found.gap
        if one.value == other.value and len(_shown(one.value, found.step)) > 2 and implied > 0:
            pair = f"{one.name} and {other.name} (both {found.said(one.value)})"
            return (
                f"{EXPLAINED} one of {pair} having been copied from the other,"
                f" if it should be {found.said(implied)}."
            )
    return ""


def round_amount(found: Difference) -> str:
    """The difference is a round amount, as of one entry that only one of the two has.

    >>> round_amount(Difference(Decimal(1_234_567), Decimal(1_284_567), "GBP", Decimal(1)))
    'This would be explained by one entry of £50k that only one of the two has.'
    """
    if found.parts or abs(found.gap) < found.step * SLIP or found.gap % (found.step * SLIP):
        return ""
    return f"{EXPLAINED} one entry of {found.said(abs(found.gap))} that only one of the two has."


FINDERS: tuple[Callable[[Difference], str], ...] = (
    sign_lost,
    unit_slip,
    subtotal_of_others,
    part_missing,
    part_twice,
    part_turned,
    digits_swapped,
    one_digit,
    cut_off,
    copied_neighbour,
    round_amount,
)


def _telling(found: Difference) -> tuple[Part, ...]:
    """The parts large enough that a fit is no accident of rounding."""
    least = max(found.allowed, found.step) * 2
    return tuple(part for part in found.parts if abs(part.value) > least)


def _groups(beside: Sequence[Part]) -> Iterable[Sequence[Part]]:
    """Runs of neighbours, as a subtotal would add them, then any pair."""
    for length in range(2, min(len(beside), TOLD) + 1):
        for start in range(len(beside) - length + 1):
            group = beside[start : start + length]
            if all(part.value for part in group):
                yield group
    yield from (pair for pair in combinations(beside, 2) if all(part.value for part in pair))


def _digits(found: Difference) -> tuple[str, str]:
    return _shown(found.expected, found.step), _shown(found.actual, found.step)


def _shown(value: Decimal, step: Decimal) -> str:
    return plain((abs(value) / step).quantize(Decimal(1)))
