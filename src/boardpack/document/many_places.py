"""What is shown of places where there are more than a reader compares or a sentence names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from boardpack.document.blocks import MOST_PANELS, Series

MOST_NAMED = 6
"""How many places one sentence names."""


def most_of(series: Sequence[Series], size: Callable[[Series], Decimal]) -> tuple[Series, ...]:
    """All of them; of more than a page compares, the largest by `size`, in the order they have.

    >>> from boardpack.document.blocks import Number
    >>> few = [Series(name, (Number("9", "a.b.c.d", "9"),)) for name in ("Bexley", "Bromley")]
    >>> len(most_of(few, lambda one: Decimal(9))), len(most_of(few * 20, lambda one: Decimal(9)))
    (2, 8)
    """
    if len(series) <= MOST_PANELS:
        return tuple(series)
    largest = sorted(range(len(series)), key=lambda place: -size(series[place]))[:MOST_PANELS]
    return tuple(series[place] for place in sorted(largest))
