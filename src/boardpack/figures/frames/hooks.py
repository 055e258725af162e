"""Three places where pandas reckons by itself, without asking the array: they are told of figures.

An array of a type of one's own is asked for sums and means, but `nlargest` wants machine numbers,
`describe` writes floats, and `clip` puts the limit in the place of the element, so that a nil would
stand there without a trace. Here each does for figures what it does for numbers, with the trace
kept, and for all other columns what it did. They are pandas' own inner functions: the tests of
`tests/frames` fail where a new pandas has other ones.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import wraps
from typing import Any

import pandas as pd
from pandas.core.generic import NDFrame
from pandas.core.methods import describe, selectn  # type: ignore[import-not-found]
from pandas.io.formats.format import format_percentiles  # type: ignore[attr-defined]

from boardpack.figures.frames.array import FigureArray
from boardpack.figures.frames.dtype import FigureDtype
from boardpack.figures.frames.traced import constant, is_missing
from boardpack.figures.frames.units import COUNT


def hook() -> None:
    """Tell pandas, once."""
    for owner, name, own in (
        (selectn.SelectNSeries, "compute", _largest),
        (describe, "describe_numeric_1d", _described),
        (NDFrame, "_clip_with_scalar", _clipped),
    ):
        pandas_own = getattr(owner, name)
        if not hasattr(pandas_own, "__wrapped__"):
            setattr(owner, name, _for_figures(own, pandas_own))


def _for_figures(own: Callable[..., Any], pandas_own: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(pandas_own)
    def chosen(one: Any, *args: Any, **kwargs: Any) -> Any:
        data = getattr(one, "obj", one)  # what is selected from, where `nlargest` asks
        return (own if _has_figures(data) else pandas_own)(one, *args, **kwargs)

    return chosen


def _has_figures(data: Any) -> bool:
    if isinstance(data, pd.DataFrame):
        return any(isinstance(dtype, FigureDtype) for dtype in data.dtypes)
    return isinstance(getattr(data, "dtype", None), FigureDtype)


def _largest(selection: Any, method: str) -> Any:
    """The n largest or smallest of a column, by the order of its elements; ties as pandas' `keep`.

    What is missing comes last, and only where there are not enough others.
    """
    column, n, keep = selection.obj, max(selection.n, 0), selection.keep
    places = pd.Series(column.array)
    if keep == "last":
        places = places[::-1]
    ordered = places.sort_values(ascending=method == "nsmallest", kind="stable")
    chosen = ordered.head(n)
    if keep == "all" and 0 < n <= len(chosen) and chosen.iloc[-1] is not pd.NA:
        ties = ordered[ordered.eq(chosen.iloc[-1]).fillna(False)]
        chosen = ordered[ordered.index.isin([*chosen.index, *ties.index])]
    return column.iloc[list(chosen.index)]


def _described(series: Any, percentiles: Sequence[float]) -> pd.Series[Any]:
    """Count, mean, spread and quantiles; all but the spread keep their trace."""
    elements = series.array
    shares = [Decimal(repr(float(share))) for share in percentiles]
    unit = elements.unit_of_column()
    spread = series.std()
    found = [
        constant(Decimal(int(series.count())), COUNT),
        series.mean(),
        pd.NA if is_missing(spread) else constant(Decimal(repr(float(spread))), unit),
        series.min(),
        *elements._quantile(shares, "linear"),
        series.max(),
    ]
    names = ["count", "mean", "std", "min", *format_percentiles(list(percentiles)), "max"]
    return pd.Series(FigureArray._from_sequence(found), index=names, name=series.name)


def _clipped(data: Any, lower: Any, upper: Any, inplace: bool = False) -> Any:
    """Each element held between two limits: `max(..., lower)`, `min(..., upper)` in its formula."""
    if isinstance(data, pd.DataFrame):
        found: Any = data.apply(lambda column: column.clip(lower, upper))
    else:
        found = data.copy()
        found[:] = data.array.held_between(lower, upper)
    if inplace:
        data._update_inplace(found)
        return data
    return found
