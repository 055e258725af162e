"""What a notebook computes, held to the figures that the paper has of the same.

Computed from the very figures that the paper's own formula names, it must be the same to the digit;
computed from others, it may be apart by what their rounding explains. What either side lacks is
said and stops nothing: an extract that did not come is told where its figures are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from boardpack.core.errors import BuildFault
from boardpack.figures.formula import operands
from boardpack.figures.frames import Traced, column_of
from boardpack.figures.frames.traced import element, is_missing

if TYPE_CHECKING:
    from boardpack.notebook.paper import NotebookPaper

NEAR = Decimal("1e-20")
"""How far apart, of their size, two ways to one amount may end: by the last of their digits."""
AGREES, ROUNDED = "agrees", "agrees within rounding"
LACKING = "not supplied"
NOT_HERE = "not computed here: a part of it is not there"
NOT_THERE = "the paper does not have it"
COLUMNS = ("computed here", "in the paper", "apart")


class DoesNotAgree(Exception):
    """Figures of the paper that are not what its notebook computes; a render tells the cell."""

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows below a cell that raised it: the words alone (an IPython protocol)."""
        return str(self).splitlines()


@dataclass(frozen=True)
class Pair:
    """An amount as it is computed here, and as the paper has it; either may be missing."""

    name: str
    computed: Any
    figure: Any

    @property
    def apart(self) -> Any:
        """How much more is computed here; missing where either is."""
        return pd.NA if self.verdict not in (AGREES, ROUNDED, "") else self.computed - self.figure

    @property
    def allowed(self) -> Decimal:
        """How far apart the two may be."""
        computed, figure = cast("Traced", self.computed), cast("Traced", self.figure)
        least = max(abs(computed.value), abs(figure.value), Decimal(1)) * NEAR
        if figure.figure is not None and self._rests_on_the_same:
            return least
        return max(least, computed.margin + figure.margin)

    @property
    def _rests_on_the_same(self) -> bool:
        own = operands(self.figure.figure.formula or "")
        return bool(own) and set(own) == set(self.computed.figures)

    @property
    def verdict(self) -> str:
        """What there is to say of the two; nothing where they do not agree."""
        if is_missing(self.figure):
            return LACKING if is_missing(self.computed) else NOT_THERE
        if is_missing(self.computed):
            return NOT_HERE
        apart = abs(self.computed.value - self.figure.value)
        if apart > self.allowed:
            return ""
        return AGREES if apart <= max(abs(self.figure.value), Decimal(1)) * NEAR else ROUNDED

    @property
    def row(self) -> tuple[Any, ...]:
        """What a frame shows of it: an amount that the paper may not show is not shown here."""
        computed = pd.NA if is_missing(self.figure) else self.computed
        return computed, self.figure, self.apart

    def __str__(self) -> str:
        return (
            f"{self.name} is {self.figure.shown()} in the paper and {self.computed.shown()} here,"
            f" {abs(self.apart).shown()} apart, where rounding explains {self.allowed:,.0f}."
        )


def agreement(paper: NotebookPaper, computed: Any, figures: Any) -> pd.DataFrame:
    """A row for each figure: as computed here, as the paper has it, how far they are apart.

    DoesNotAgree names each that is further apart than its sources explain.
    """
    pairs = [_in_one_unit(name, *both) for name, *both in _pairs(paper, computed, figures)]
    pairs = pairs or [Pair("all of these", pd.NA, pd.NA)]
    wrong = [pair for pair in pairs if not pair.verdict]
    if wrong:
        raise DoesNotAgree(
            " ".join(map(str, wrong))
            + f" See how the paper has come to it: boardpack explain {wrong[0].name}"
        )
    columns = zip(*(pair.row for pair in pairs), strict=True)
    shown = {name: column_of(c) for name, c in zip(COLUMNS, columns, strict=True)}
    index = pd.Index([pair.name for pair in pairs], name="figure")
    return pd.DataFrame({**shown, "so": [pair.verdict for pair in pairs]}, index=index)


def _pairs(paper: NotebookPaper, computed: Any, figures: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(computed, Mapping):
        for name, one in computed.items():
            yield paper.wording.id(name), one, paper.value(name)
    elif isinstance(figures, pd.DataFrame):
        _refuse_other_names(computed, figures, "columns")
        for name in figures.columns:
            yield from _pairs(paper, computed[name], figures[name])
    elif isinstance(figures, pd.Series):
        _refuse_other_names(computed, figures, "index")
        for key, one, other in zip(figures.index, computed, figures, strict=True):
            label = ", ".join(map(str, key if isinstance(key, tuple) else (key,)))
            yield f"{label}, {figures.name}" if figures.name else label, one, other
    else:
        raise BuildFault(
            "paper.agrees takes amounts by the names of their figures, or a frame or column beside"
            f" the paper's own; not a {type(figures).__name__}."
        )


def _refuse_other_names(computed: Any, figures: Any, axis: str) -> None:
    """BuildFault where the two are not of the same rows or columns: then nothing is compared."""
    if not getattr(computed, axis, pd.Index([])).equals(getattr(figures, axis)):
        what = "columns" if axis == "columns" else "rows"
        raise BuildFault(
            f"paper.agrees compares one with one, and these have not the same {what}:"
            " give both for the same lines, in the same order."
        )


def _in_one_unit(name: str, computed: Any, figure: Any) -> Pair:
    """The two in one unit: a ratio is held as a per cent to what the paper has as one."""
    computed, figure = element(computed), element(figure)
    if is_missing(computed) or is_missing(figure):
        return Pair(_id(figure, name), computed, figure)
    if figure.unit == "PCT" and computed.unit == "RATE":
        computed = computed.as_percent()
    if computed.unit.startswith("GBP") != figure.unit.startswith("GBP"):
        raise BuildFault(f"{_id(figure, name)} is in {figure.unit}, and here in {computed.unit}.")
    return Pair(_id(figure, name), computed.in_unit(figure.unit), figure)


def _id(figure: Traced | Any, name: str) -> str:
    return name if is_missing(figure) or figure.id is None else figure.id
