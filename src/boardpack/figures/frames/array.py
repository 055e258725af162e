"""The array behind a column of figures: what pandas asks of it, element by element.

Numbers that are put into a column (`fillna(0)`, `loc[...] = 5`) take the one unit that the column
has; they have no figures behind them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, Self, cast

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, no_default, take
from pandas.api.indexers import check_array_indexer
from pandas.api.types import is_list_like, is_scalar, pandas_dtype
from pandas.core.arraylike import OpsMixin
from pandas.core.indexers import getitem_returns_view  # type: ignore[attr-defined]

from boardpack.figures.frames import reductions
from boardpack.figures.frames.dtype import FigureDtype
from boardpack.figures.frames.traced import Traced, element, is_missing
from boardpack.figures.frames.units import RATE

_TRACED: dict[str, Callable[[Sequence[Any]], Any]] = {
    "sum": reductions.total,
    "mean": reductions.mean,
    "min": reductions.smallest,
    "max": reductions.largest,
    "median": reductions.median,
}
_UNTRACED = ("std", "var", "sem", "skew", "kurt")
"""What needs roots and powers, which no formula holds: floats, as `astype(float)` gives."""
_RUNNING: dict[str, Callable[[Any, Any], Any]] = {
    "cumsum": lambda one, other: one + other,
    "cummax": reductions.larger,
    "cummin": reductions.smaller,
}


class FigureArray(OpsMixin, ExtensionArray):
    """Elements that are Traced or `pd.NA`."""

    __array_priority__ = 1000
    _readonly: bool

    def __init__(self, elements: np.ndarray[Any, Any]) -> None:
        """An array over elements as they are; `_from_sequence` makes them of anything else."""
        self._elements = elements
        self._dtype = FigureDtype()

    @classmethod
    def _from_sequence(
        cls, scalars: Iterable[Any], *, dtype: Any = None, copy: bool = False
    ) -> Self:
        if isinstance(scalars, FigureArray):
            return cast("Self", scalars.copy() if copy else scalars)
        return cls(_objects([element(one) for one in scalars]))

    @classmethod
    def _from_sequence_of_strings(
        cls, strings: Iterable[Any], *, dtype: Any = None, copy: bool = False
    ) -> Self:
        return cls(_objects([_read(text) for text in strings]))

    @classmethod
    def _from_scalars(cls, scalars: Iterable[Any], *, dtype: Any) -> Self:
        """A column of what a function gave for each element, where that is elements still."""
        found = list(scalars)
        if not all(isinstance(one, Traced) or one is pd.NA for one in found):
            raise TypeError("these are not figures any more")
        return cls(_objects(found))

    @classmethod
    def _from_factorized(cls, values: Any, original: Any) -> Self:
        return cls(_objects(list(values)))

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Any]) -> Self:
        return cls(np.concatenate([one._elements for one in to_concat]))

    # ---- what is in it

    @property
    def dtype(self) -> FigureDtype:
        """The type of the column."""
        return self._dtype

    @property
    def nbytes(self) -> int:
        """About as many bytes as the elements take, without the figures behind them."""
        return int(self._elements.nbytes) + sum(
            sys.getsizeof(one) for one in self._elements[:1]
        ) * len(self)

    def __len__(self) -> int:
        return len(self._elements)

    def __getitem__(self, item: Any) -> Any:
        item = check_array_indexer(self, item)
        found = self._elements[item]
        if not isinstance(found, np.ndarray):
            return found
        result = type(self)(found)
        if getitem_returns_view(self, item):
            result._readonly = self._readonly
        return result

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        key = check_array_indexer(self, key)
        if is_list_like(value):
            if is_scalar(key):
                raise ValueError("setting an array element with a sequence.")
            self._elements[key] = _objects(self._put_in(value))
        else:
            (self._elements[key],) = self._put_in([value])

    def _put_in(self, values: Iterable[Any]) -> list[Any]:
        """Values as elements of this column: a plain number takes its unit."""
        found = [_plain(one) for one in values]
        is_plain = any(one is not pd.NA and not isinstance(one, Traced) for one in found)
        unit = self.unit_of_column() if is_plain else RATE
        return [element(one, unit) for one in found]

    def unit_of_column(self) -> str:
        """The one unit of the elements that are there; a ratio where there is none, or several."""
        units = {one.unit for one in self._elements if one is not pd.NA}
        return units.pop() if len(units) == 1 else RATE

    def isna(self) -> np.ndarray[Any, Any]:
        """Which elements are missing."""
        return np.fromiter((one is pd.NA for one in self._elements), dtype=bool, count=len(self))

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        """The elements at these places."""
        filled = self._put_in([fill_value])[0] if allow_fill else None
        found = take(self._elements, indices, fill_value=filled, allow_fill=allow_fill)
        return type(self)(cast("np.ndarray[Any, Any]", found))

    def copy(self) -> Self:
        """The same elements in an array of their own."""
        return type(self)(self._elements.copy())

    # ---- as something else

    def astype(self, dtype: Any, copy: bool = True) -> Any:
        """Another type; anything but `figure`, `object` and `category` leaves the trace."""
        wanted = pandas_dtype(dtype)
        if isinstance(wanted, FigureDtype):
            return self.copy() if copy else self
        return super().astype(wanted, copy=copy)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        if dtype is None or np.dtype(dtype).kind == "O":
            return (
                self._elements.copy() if copy or copy is None or self._readonly else self._elements
            )
        return self.to_numpy(dtype)

    def to_numpy(
        self, dtype: Any = None, copy: bool = False, na_value: Any = no_default
    ) -> np.ndarray[Any, Any]:
        """The elements in a NumPy array; as floats, what is missing is NaN."""
        wanted = np.dtype(object if dtype is None else dtype)
        missing = self.isna()
        if na_value is no_default:
            na_value = np.nan if wanted.kind in "fc" else pd.NA
        values = self._elements.copy()
        values[missing] = na_value
        return values if wanted.kind == "O" else values.astype(wanted)

    def _formatter(self, boxed: bool = False) -> Callable[[Any], str | None]:
        return lambda one: one.shown() if isinstance(one, Traced) else str(one)

    # ---- arithmetic and comparison

    def _arith_method(self, other: Any, op: Callable[[Any, Any], Any]) -> Any:
        others = self._beside(other)
        return type(self)(
            _objects([op(one, also) for one, also in zip(self._elements, others, strict=True)])
        )

    def _cmp_method(self, other: Any, op: Callable[[Any, Any], Any]) -> Any:
        others = self._beside(other)
        found = [op(one, also) for one, also in zip(self._elements, others, strict=True)]
        return pd.array(found, dtype="boolean")

    def _beside(self, other: Any) -> Sequence[Any]:
        """What stands beside each element: an element or a plain Python number, or missing."""
        if is_list_like(other):
            if len(other) != len(self):
                raise ValueError(f"Lengths must match: {len(self)} and {len(other)}")
            return [_plain(one) for one in other]
        return [_plain(other)] * len(self)

    def __neg__(self) -> Self:
        return self._each(lambda one: -one)

    def __pos__(self) -> Self:
        return self.copy()

    def __abs__(self) -> Self:
        return self._each(abs)

    def round(self, decimals: int = 0, *args: Any, **kwargs: Any) -> Self:
        """Each half up to so many decimals."""
        return self._each(lambda one: round(one, decimals))

    def held_between(self, lower: Any, upper: Any) -> Self:
        """Each element held between two limits, None for no limit; a plain limit is in its unit."""
        found = self
        for limit, held in ((lower, reductions.larger), (upper, reductions.smaller)):
            if limit is not None:
                found = found._each(lambda one: held(one, element(limit, one.unit)))  # noqa: B023
        return found

    def _each(self, change: Callable[[Any], Any]) -> Self:
        return type(self)(
            _objects([one if one is pd.NA else change(one) for one in self._elements])
        )

    # ---- what they come to

    def _reduce(
        self, name: str, *, skipna: bool = True, keepdims: bool = False, **kwargs: Any
    ) -> Any:
        found = self._come_to(name, **kwargs)
        if not keepdims:
            return found
        is_traced = name in _TRACED
        return self._from_scalars([found], dtype=self.dtype) if is_traced else pd.array([found])

    def _come_to(self, name: str, **kwargs: Any) -> Any:
        if name in _TRACED:
            is_enough = len(self) >= kwargs.get("min_count", 0)
            return _TRACED[name](self.tolist()) if is_enough else pd.NA
        if name == "count":
            return int((~self.isna()).sum())
        if name in _UNTRACED:
            floats = pd.Series(self.to_numpy(float))
            return getattr(floats, name)(skipna=False, **kwargs)
        raise TypeError(
            f"'{type(self).__name__}' with dtype figure does not support operation {name!r}"
        )

    def _accumulate(self, name: str, *, skipna: bool = True, **kwargs: Any) -> Self:
        if name not in _RUNNING:
            raise NotImplementedError(f"cannot perform {name} with type figure")
        return type(self)(_objects(reductions.running(self.tolist(), _RUNNING[name])))

    def _quantile(self, qs: Any, interpolation: str) -> Self:
        there = [one for one in self._elements if one is not pd.NA]
        elements = there if len(there) == len(self) else []
        found = [reductions.quantile(elements, Decimal(repr(float(q))), interpolation) for q in qs]
        return type(self)(_objects(found))

    def _groupby_op(
        self,
        *,
        how: str,
        has_dropped_na: bool,
        min_count: int,
        ngroups: int,
        ids: Any,
        **kwargs: Any,
    ) -> Any:
        """Totals and the like by group, or running totals within each."""
        if how in ("first", "last"):
            return cast("Any", super())._groupby_op(
                how=how,
                has_dropped_na=has_dropped_na,
                min_count=min_count,
                ngroups=ngroups,
                ids=ids,
                **kwargs,
            )
        places: list[list[int]] = [[] for _ in range(ngroups)]
        for place, group in enumerate(ids):
            if group >= 0:
                places[group].append(place)
        members = [type(self)(self._elements[group]) for group in places]
        if how in _RUNNING:
            steps = np.full(len(self), pd.NA, dtype=object)
            for group, member in zip(places, members, strict=True):
                steps[group] = member._accumulate(how)._elements
            return type(self)(steps)
        if how in _TRACED:
            found = [member._come_to(how, min_count=min_count) for member in members]
            return type(self)(_objects(found))
        if how in _UNTRACED:
            known = {name: kwargs[name] for name in ("ddof",) if name in kwargs}
            return np.array([float(member._come_to(how, **known)) for member in members])
        raise NotImplementedError(
            f"function is not implemented for this dtype: [how->{how},dtype->figure]"
        )

    # ---- in a file

    def _values_for_json(self) -> np.ndarray[Any, Any]:
        return self.to_numpy(float)

    # ---- order and sameness

    def value_counts(self, dropna: bool = True) -> Any:
        """How often each stands there, by value and unit; a count that can be missing."""
        return cast("Any", super()).value_counts(dropna).astype("Int64")

    def _values_for_argsort(self) -> np.ndarray[Any, Any]:
        return self._elements

    def _values_for_factorize(self) -> tuple[np.ndarray[Any, Any], Any]:
        return self._elements, pd.NA

    def __contains__(self, item: object) -> bool:
        if is_missing(item):
            return item is pd.NA and bool(self.isna().any())
        return any(one is not pd.NA and one == item for one in self._elements)


def _objects(elements: Sequence[Any]) -> np.ndarray[Any, Any]:
    """Elements in an array, each by itself; NumPy would take some for sequences or floats."""
    found = np.empty(len(elements), dtype=object)
    found[:] = elements
    return found


def _plain(value: Any) -> Any:
    """A NumPy number as a Python one, so that it lets the element reckon; missing as `pd.NA`."""
    if is_missing(value):
        return pd.NA
    return value.item() if isinstance(value, np.generic) else value


def _read(text: Any) -> Any:
    """An element from the digits that a CSV file has of it; it has no figure behind it."""
    if not isinstance(text, str):
        return element(text)
    try:
        return element(Decimal(text))
    except ArithmeticError:
        raise ValueError(f"{text!r} is not a number") from None
