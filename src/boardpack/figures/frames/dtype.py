"""The pandas type of a column of figures; its name is `figure`."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api.extensions import ExtensionDtype, register_extension_dtype

from boardpack.figures.frames.traced import Traced

if TYPE_CHECKING:
    from boardpack.figures.frames.array import FigureArray


@register_extension_dtype
class FigureDtype(ExtensionDtype):
    """A column of figures: each element has its own unit and formula, missing is `pd.NA`.

    >>> import pandas as pd
    >>> pd.Series([1, None], dtype="figure").dtype
    figure
    """

    name = "figure"
    type = Traced
    kind = "f"  # by which Plotly Express tells what it may draw along an axis
    na_value = pd.NA

    @property
    def _is_numeric(self) -> bool:
        """So that totals by group, pivots and pictures take the column for numbers."""
        return True

    def construct_array_type(self) -> builtins.type[FigureArray]:
        """The array that holds such a column."""
        from boardpack.figures.frames.array import FigureArray

        return FigureArray

    def __repr__(self) -> str:
        return self.name

    def _get_common_dtype(self, dtypes: list[Any]) -> Any:
        """Figures beside plain numbers are figures; beside words they are objects."""
        is_number = all(
            isinstance(one, FigureDtype) or getattr(one, "kind", "O") in "iuf" for one in dtypes
        )
        return self if is_number else None
