"""What many elements come to: totals, means, extremes, middles, running totals.

**A total with a missing part is missing**, as a figure of the register is that lacks a part; so is
a mean, an extreme, a middle. pandas' `skipna` makes no difference, because it is on unless it is
turned off: to add up what is there, say so, with `dropna()` or `fillna(0)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, cast

import pandas as pd

from boardpack.figures.frames import expression as made
from boardpack.figures.frames.traced import Traced
from boardpack.figures.frames.units import unit_of_sum

HALF = Decimal("0.5")


def total(elements: Sequence[Any]) -> Any:
    """The sum; missing where a part is missing, or there is none.

    >>> from boardpack.figures.frames.traced import element
    >>> total([element(900), element(-50)])
    <850 RATE: 900 + (-50)>
    """
    if not _all_there(elements):
        return pd.NA
    expression, value = made.summed([one.expression for one in elements], _values(elements))
    return Traced(value, _one_unit(elements), expression)


def mean(elements: Sequence[Any]) -> Any:
    """The sum over how many there are.

    >>> from boardpack.figures.frames.traced import element
    >>> mean([element(900), element(100)])
    <500 RATE: (900 + 100) / 2>
    """
    found = total(elements)
    return found if found is pd.NA or len(elements) == 1 else found / len(elements)


def smallest(elements: Sequence[Any]) -> Any:
    """The smallest; its formula is `min` of them all.

    >>> from boardpack.figures.frames.traced import element
    >>> smallest([element(900), element(-50)])
    <-50 RATE: min(900, -50)>
    """
    return _extreme("min", elements)


def largest(elements: Sequence[Any]) -> Any:
    """The largest; its formula is `max` of them all.

    >>> from boardpack.figures.frames.traced import element
    >>> largest([element(900), element(100)])
    <900 RATE: max(900, 100)>
    """
    return _extreme("max", elements)


def median(elements: Sequence[Any]) -> Any:
    """The middle one, or half of what the two middle ones come to.

    >>> from boardpack.figures.frames.traced import element
    >>> median([element(900), element(100), element(120)]), median([element(900), element(100)])
    (<120 RATE: 120>, <500 RATE: (100 + 900) / 2>)
    """
    return quantile(elements, HALF)


def quantile(elements: Sequence[Any], share: Decimal, interpolation: str = "linear") -> Any:
    """The element below which a share of them lies; between two, in proportion unless said.

    >>> from boardpack.figures.frames.traced import element
    >>> quantile([element(number) for number in (0, 10, 20)], Decimal("0.25"))
    <5 RATE: (0 + 10) / 2>
    """
    if not _all_there(elements):
        return pd.NA
    _one_unit(elements)
    ordered = sorted(elements)
    whole, part = divmod(share * (len(ordered) - 1), 1)
    below, above = ordered[int(whole)], ordered[min(int(whole) + 1, len(ordered) - 1)]
    match interpolation:
        case "lower":
            return below
        case "higher":
            return above if part else below
        case "nearest":
            is_nearer_above = part > HALF or (part == HALF and int(whole) % 2)
            return above if is_nearer_above else below
    if not part:
        return below
    if interpolation == "midpoint" or part == HALF:
        return (below + above) / 2
    return below + (above - below) * part


def running(
    elements: Sequence[Any], step: Callable[[Any, Any], Any], share: int = made.LONGEST_SUM
) -> list[Any]:
    """Each element joined with all before it; missing from the first missing one on.

    What is finished of a long one is put in brackets by hundreds, as in a long sum.
    """
    found: list[Any] = []
    done: Any = None
    current: Any = None
    for place, one in enumerate(elements):
        if place % share == 0 and place:
            done, current = found[-1], None
        current = one if current is None else step(current, one)
        found.append(current if done is None else step(done, current))
    return found


def larger(one: Any, other: Any) -> Any:
    """The larger of two.

    >>> from boardpack.figures.frames.traced import element
    >>> larger(element(-50), element(0))
    <0 RATE: max(-50, 0)>
    """
    return largest([one, other])


def smaller(one: Any, other: Any) -> Any:
    """The smaller of two.

    >>> from boardpack.figures.frames.traced import element
    >>> smaller(element(-50), element(0))
    <-50 RATE: min(-50, 0)>
    """
    return smallest([one, other])


def _extreme(name: str, elements: Sequence[Any]) -> Any:
    if not _all_there(elements):
        return pd.NA
    unit = _one_unit(elements)
    found, value = made.extreme(name, [one.expression for one in elements], _values(elements))
    return Traced(value, unit, found)


def _all_there(elements: Sequence[Any]) -> bool:
    return bool(len(elements)) and not any(one is pd.NA for one in elements)


def _values(elements: Sequence[Any]) -> list[Decimal]:
    return [Decimal(one) for one in elements]


def _one_unit(elements: Sequence[Any]) -> str:
    """The unit of them all; refused where they have several."""
    first = cast("str", elements[0].unit)
    for one in elements:
        unit_of_sum(first, one.unit)
    return first
