"""Registers of one month: where the papers of two places published one figure, they must agree.

A paper compares with its own place's register first. Where another place's register of the same
month says something else, one of the two boards was told a number that does not stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from boardpack.checks.check import Check, not_applicable
from boardpack.checks.patterns import Patterns
from boardpack.checks.phrases import name, said
from boardpack.checks.released import KIND
from boardpack.core.periods import Month
from boardpack.figures.figure import Figure
from boardpack.figures.movements import released_id
from boardpack.figures.prior import said_again
from boardpack.reading.release_records import RELEASED
from boardpack.reading.released import ReleasedFigure, read_registers

TITLE = "Figures in more than one register published for {}"


def check_registers(patterns: Patterns) -> Iterator[Check]:
    """Each figure that this paper compares with, in every register of its month that has it."""
    for month in patterns.paper.compared:
        pairs = list(_pairs(patterns, month))
        differing = [pair for pair in pairs if _differ(*pair)]
        yield from (_differing(patterns, month, *pair) for pair in differing)
        if not pairs:
            why = f"no two registers for {month.name} share a figure that this paper compares with."
            yield not_applicable(f"registers.{_suffix(patterns, month)}", _title(month), KIND, why)
        elif not differing:
            yield _agreeing(patterns, month)


def _suffix(patterns: Patterns, month: Month) -> str:
    return month.suffix_in(patterns.paper.month)


def _differ(figure: Figure, first: ReleasedFigure, other: ReleasedFigure) -> bool:
    """Whether two boards were told two things, at the precision in which they were told."""
    one = replace(figure, value=first.value, step=first.step, margin=Decimal(0))
    return said_again(one, other).is_restated


def _title(month: Month) -> str:
    return TITLE.format(month.name)


def _pairs(
    patterns: Patterns, month: Month
) -> Iterator[tuple[Figure, ReleasedFigure, ReleasedFigure]]:
    """The figure compared with, as the first register has it, and as another one has it."""
    first: dict[str, ReleasedFigure] = {}
    for figures in read_registers(patterns.paper, month).values():
        for released in figures:
            earlier = first.setdefault(released.id, released)
            if earlier is not released:
                compared = _compared(patterns, released, month)
                if compared is not None:
                    yield compared, earlier, released


def _compared(patterns: Patterns, released: ReleasedFigure, month: Month) -> Figure | None:
    """The released figure as it stands in this paper's register, if it does."""
    suffix = _suffix(patterns, month)
    for identity in (f"{released.id}.{suffix}", released_id(released, suffix)):
        figure = patterns.register.find(identity)
        cells = figure.cells if figure else ()
        if any(Path(item.cell.file).is_relative_to(RELEASED) for item in cells):
            return figure
    return None


def _agreeing(patterns: Patterns, month: Month) -> Check:
    nil = Decimal(0)
    id = f"registers.{_suffix(patterns, month)}"
    return Check(id, _title(month), KIND, "error", "pass", nil, nil, nil, ())


def _differing(
    patterns: Patterns,
    month: Month,
    figure: Figure,
    first: ReleasedFigure,
    other: ReleasedFigure,
) -> Check:
    place = Path(other.file).relative_to(RELEASED).parts[2]
    return Check(
        id=f"registers.{first.id}.{_suffix(patterns, month)}.{place}",
        title=f"{name(figure)}, in two registers",
        kind=KIND,
        severity="error",
        status="fail",
        expected=other.value,
        actual=figure.value,
        tolerance=Decimal(0),
        figures=(figure.id,),
        sentence=f"{name(figure)}, is {said(first.value, first.unit)} ({first.file} row"
        f" {first.row}), but {said(other.value, other.unit)} in another register of that month"
        f" ({other.file} row {other.row}).",
        cause="One of the two papers was corrected and the other was not, or their extracts"
        " differed. Movements are shown from the first.",
    )
