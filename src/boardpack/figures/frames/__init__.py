"""Frames of figures: pandas whose numbers know where they come from.

A column of type `figure` holds `Traced` elements. Whatever pandas computes of it by `+ - * /`,
sums, means, groups, pivots and so on is a column of the same type, and each element says by which
formula over which figures it came about. What is missing makes what is computed of it missing.

`astype(float)`, `std`, `rolling` and `corr` leave the trace. Where pandas makes a column of single
results (`frame.apply(..., axis=1)`), it is one of objects: the elements keep their traces, and
`astype("figure")` makes it a column of figures again, in which what is missing is not passed over.
"""

from boardpack.figures.frames.array import FigureArray
from boardpack.figures.frames.dtype import FigureDtype
from boardpack.figures.frames.frame import (
    as_percent,
    column_of,
    formulas_of,
    frame_of,
    in_unit,
    listing_of,
)
from boardpack.figures.frames.hooks import hook
from boardpack.figures.frames.naming import enter, figures_behind, to_figures
from boardpack.figures.frames.traced import Traced, constant, traced
from boardpack.figures.frames.units import UnitFault

__all__ = [
    "FigureArray",
    "FigureDtype",
    "Traced",
    "UnitFault",
    "as_percent",
    "column_of",
    "constant",
    "enter",
    "figures_behind",
    "formulas_of",
    "frame_of",
    "in_unit",
    "listing_of",
    "to_figures",
    "traced",
]

hook()
