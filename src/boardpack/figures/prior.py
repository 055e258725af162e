"""What earlier papers published, entered beside this month's figures.

A figure of Month 4 keeps its id and adds the month: `position.bromley.total.ytd_variance.m04`; one
of last year's Month 12 adds the year too: `position.bromley.total.annual_budget.2022_23_m12`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.core.money import plain, round_half_up
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.figures.draft import Draft
from boardpack.figures.figure import PRINTED, UNITS, Figure, SourceCell
from boardpack.figures.one_structure import read_comparable
from boardpack.figures.register import differs_by_rounding
from boardpack.reading.cells import Cell, ranges
from boardpack.reading.released import ReleasedFigure

FINEST = {unit: Decimal(1) for unit in UNITS} | {"PCT": Decimal("0.01"), "RATE": Decimal("0.0001")}
"""The finest step in which a paper shows a figure of a unit that no source printed rounded."""


@dataclass(frozen=True)
class SaidAgain:
    """A number that was published and stands in this month's paper again, both as they are shown.

    A register keeps exact values; a paper shows them in steps of `step`, whole pounds at the
    finest. `allowed` is how far the sources' own rounding may part the two.
    """

    step: Decimal
    now: Decimal
    then: Decimal
    allowed: Decimal

    @property
    def apart(self) -> Decimal:
        """How far the two lie apart in print; never negative."""
        return abs(self.now - self.then)

    @property
    def is_restated(self) -> bool:
        """Whether a reader of both papers is told two different things."""
        return self.apart > self.allowed


def said_again(now: Figure, then: Figure | ReleasedFigure) -> SaidAgain:
    """A figure beside the one released earlier, at the precision in which both were shown."""
    step = max(then.step or FINEST[then.unit], now.step or FINEST[now.unit])
    allowed = Decimal(0) if now.step else now.margin
    if len(then.parts if isinstance(then, ReleasedFigure) else then.cells) > 1:
        allowed = now.margin + then.margin  # a sum of rounded numbers beside one number, rounded
    return SaidAgain(step, round_half_up(now.value, step), round_half_up(then.value, step), allowed)


def prior_months(draft: Draft) -> tuple[Month, ...]:
    """The months of this year that the parameters compare with, latest first.

    What adds up over a year, a variance to date or its pace, is compared with these alone: it
    begins anew in April.
    """
    month = draft.paper.month
    return tuple(earlier for earlier in draft.paper.compared if earlier.start == month.start)


def prior_figures(draft: Draft, chapter: str) -> None:
    """Enter the released figures of a chapter, for every month the parameters compare with.

    Those that are there already stay: several tables of a chapter may ask for them.
    """
    for month in draft.paper.compared:
        for released in published(draft, month, chapter):
            figure = prior_figure(draft.paper, released, month)
            if draft.register.find(figure.id) is None:
                draft.register.add(figure)


def published(draft: Draft, month: Month, chapter: str = "") -> Iterator[ReleasedFigure]:
    """What the papers of `month` showed: each released figure with its agreed value.

    All of them stand on the structure of the paper's month (see `figures.one_structure`).
    A register may hold a computed figure and its printed counterpart; the paper showed the printed
    one where the two differ by rounding only (decision 1), and that value is compared with.
    """
    found = read_comparable(draft.paper, month, chapter)
    yield from agreed_values(draft.paper, found, month)


def agreed_values(
    paper: Paper, register: Iterable[ReleasedFigure], month: Month
) -> Iterator[ReleasedFigure]:
    """The figures of a register released for `month`, each with the value that its paper showed."""
    known = {released.id: released for released in register}
    for released in known.values():
        if not released.id.endswith(f".{PRINTED}"):
            printed = known.get(f"{released.id}.{PRINTED}")
            yield released if printed is None else _agreed(paper, released, printed, month)


def _agreed(
    paper: Paper, released: ReleasedFigure, printed: ReleasedFigure, month: Month
) -> ReleasedFigure:
    if not released.is_computed or released.margin < printed.margin:
        return released
    both = (prior_figure(paper, one, month) for one in (released, printed))
    if differs_by_rounding(*both):
        return replace(
            released,
            value=printed.value,
            row=printed.row,
            margin=printed.margin,
            parts=printed.parts,
        )
    return released


def prior_figure(paper: Paper, released: ReleasedFigure, month: Month) -> Figure:
    """A released figure as it stands beside this month's, its cell a line of the register.

    One that was brought to this month's structure has a cell for each of its parts.
    """
    brought = ", brought to the present structure" if released.parts or released.moved else ""
    return Figure(
        id=f"{released.id}.{month.suffix_in(paper.month)}",
        label=f"{released.label}, as published for {month.name}{brought}",
        value=released.value,
        unit=released.unit,
        place=released.place,
        line=released.line,
        measure=released.measure,
        period=released.period,
        basis=released.basis,
        is_estimate=False,
        source=tuple(_cells(released)),
        margin=released.margin,
        step=released.step,
    )


def _cells(released: ReleasedFigure) -> Iterator[SourceCell]:
    for part in released.parts or (released,):
        value = part.value
        for moved, _ in part.moved:
            value -= moved.amount
        cell = Cell(part.file, None, part.row, part.id, plain(value))
        yield SourceCell(cell, part.sha256)
    for moved, seal in released.moved:
        yield SourceCell(moved.cell, seal, rows=ranges(moved.lines), method=moved.method)
