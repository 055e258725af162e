"""Frames made of figures, and columns said in another unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, cast

import pandas as pd

from boardpack.core.errors import BuildFault
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.frames.array import FigureArray
from boardpack.figures.frames.dtype import FigureDtype
from boardpack.figures.frames.traced import Traced
from boardpack.figures.register import Register

DESCRIBED = ("label", "unit", "place", "line", "measure", "period", "basis")
Data = TypeVar("Data", Traced, "pd.Series[Any]", pd.DataFrame)


def frame_of(
    figures: Register | Iterable[Figure], rows: str = "line", columns: str = "measure"
) -> pd.DataFrame:
    """A frame with a row for each `rows` and a column for each `columns` of these figures.

    Both are parts of a figure: `line`, `measure`, `place`, `period`, `label`. Rows and columns
    stand in the order in which they come first. Of a register, every figure stands there as the
    paper shows it, which is the agreed one. What there is no figure of is missing.

    >>> from decimal import Decimal
    >>> made = [
    ...     Figure(f"position.bromley.{line}.{measure}", line, Decimal(value), "GBP", "bromley",
    ...            line, measure, "2023/24 M06", "ledger", False, ())
    ...     for line, measure, value in (("acute", "budget", 900), ("acute", "actual", 950),
    ...                                  ("community", "budget", 120))
    ... ]
    >>> frame = frame_of(made)
    >>> frame["variance"] = frame.budget - frame.actual
    >>> frame
              budget actual variance
    line
    acute        900    950      -50
    community    120   <NA>     <NA>
    >>> frame.variance["acute"].formula
    'position.bromley.acute.budget - position.bromley.acute.actual'
    """
    found: dict[str, dict[str, Figure]] = {}
    index: dict[str, None] = {}
    for figure in _shown(figures):
        column = found.setdefault(getattr(figure, columns), {})
        row = getattr(figure, rows)
        if row in column:
            raise BuildFault(
                f"{column[row].id} and {figure.id} would stand in one cell, row {row!r} and column"
                f" {getattr(figure, columns)!r}. Choose fewer figures, or other rows or columns."
            )
        column[row] = figure
        index[row] = None
    made = {name: column_of(column.get(row) for row in index) for name, column in found.items()}
    return pd.DataFrame(made, index=pd.Index(list(index), name=rows))


def listing_of(figures: Register | Iterable[Figure]) -> pd.DataFrame:
    """A frame with a row for each figure: its id is the index, its `value` a figure.

    >>> from decimal import Decimal
    >>> one = Figure("cash.icb.drawdown.actual", "Cash drawn down", Decimal(7), "GBP", "icb",
    ...              "drawdown", "actual", "2023/24 M06", "cash", False, ())
    >>> listing_of([one])[["label", "value"]]
                                        label value
    id
    cash.icb.drawdown.actual  Cash drawn down     7
    """
    listed = list(_shown(figures))
    parts = {name: [getattr(figure, name) for figure in listed] for name in DESCRIBED}
    index = pd.Index([figure.id for figure in listed], name="id")
    return pd.DataFrame({**parts, "value": column_of(listed)}, index=index)


def column_of(figures: Iterable[Figure | Traced | None]) -> FigureArray:
    """Figures as the array of a column; None, and a figure without a value, is missing."""
    return FigureArray._from_sequence(list(figures))


def in_unit(data: Data, unit: str) -> Data:
    """The same values said to be in another unit, where only their author can know.

    >>> from decimal import Decimal
    >>> from boardpack.figures.frames.traced import constant
    >>> (in_unit(constant(Decimal(1200), "GBP") / 4, "GBP_PER_MONTH")).unit
    'GBP_PER_MONTH'
    """
    return cast("Data", _of_each(data, lambda one: one.in_unit(unit)))


def as_percent(data: Data) -> Data:
    """Ratios as per cents: 0.0954 becomes 9.54, with `* 100` in its formula.

    A `GT.fmt_percent` takes a ratio as it is, and a per cent with `scale_values=False`.
    """
    return cast("Data", _of_each(data, Traced.as_percent))


def formulas_of(data: pd.DataFrame) -> pd.DataFrame:
    """The frame with the formula in the place of each figure, to see how it was computed."""
    said = {
        name: pd.Series(
            [one.formula if isinstance(one, Traced) else pd.NA for one in column],
            index=column.index,
            dtype=object,
        )
        for name, column in data.items()
        if isinstance(column.dtype, FigureDtype)
    }
    return data.assign(**cast("Mapping[str, Any]", said))


def _shown(figures: Register | Iterable[Figure]) -> Iterable[Figure]:
    """The figures that a frame shows; of a register the agreed ones, each once."""
    if not isinstance(figures, Register):
        return figures
    of_computed = (one for one in figures if not _is_printed_beside(one, figures))
    return (figures.agreed(one.id) for one in of_computed)


def _is_printed_beside(figure: Figure, register: Register) -> bool:
    """Whether this is the printed counterpart of a figure that the register has."""
    stem, _, last = figure.id.rpartition(".")
    return last == PRINTED and register.find(stem) is not None


def _of_each(data: Any, change: Callable[[Traced], Traced]) -> Any:
    if isinstance(data, Traced):
        return change(data)
    if isinstance(data, pd.Series):
        return data.map(change, na_action="ignore")
    changed = {
        name: column.map(change, na_action="ignore")
        for name, column in data.items()
        if isinstance(column.dtype, FigureDtype)
    }
    return data.assign(**changed)
