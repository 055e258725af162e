"""What a picture shows, in words: the text alternative of a chart, from its own numbers."""

from __future__ import annotations

from collections.abc import Iterable

from boardpack.document.blocks import Number, Series


def spoken(categories: Iterable[str], *series: Series, unit: str) -> str:
    """Every value of a chart with its category, series by series, then the unit.

    >>> from boardpack.document.blocks import Number
    >>> actual = Series("Actual", (Number("900", "a.b.c.d", "900000"), None))
    >>> spoken(["April", "May"], actual, unit="£000s")
    'April 900 (£000s)'
    """
    names = tuple(categories)
    parts = [_values(names, one, named=len(series) > 1) for one in series]
    return f"{'. '.join(parts)} ({unit})"


def _values(names: tuple[str, ...], series: Series, *, named: bool) -> str:
    pairs = zip(names, series.values, strict=True)
    said = "; ".join(f"{name} {_words(number)}" for name, number in pairs if number is not None)
    return f"{series.name}: {said}" if named else said


def _words(number: Number) -> str:
    return number.words or number.text
