"""Frames of figures: pandas whose numbers know where they come from."""

from boardpack.frames.array import FigureArray
from boardpack.frames.dtype import FigureDtype
from boardpack.frames.traced import Traced, constant, traced
from boardpack.frames.units import UnitFault

__all__ = ["FigureArray", "FigureDtype", "Traced", "UnitFault", "constant", "traced"]
