"""What earlier papers of the year published, entered beside this month's figures.

A figure of Month 4 keeps its id and adds the month: `position.bromley.total.ytd_variance.m04`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from boardpack.errors import UsageFault
from boardpack.figures.draft import Draft
from boardpack.figures.figure import PRINTED, UNITS, Figure, SourceCell
from boardpack.figures.register import differs_by_rounding
from boardpack.money import plain, round_half_up
from boardpack.params import Paper
from boardpack.periods import Month, parse_month
from boardpack.sources.cells import Cell
from boardpack.sources.released import ReleasedFigure, read_released

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
    return SaidAgain(step, round_half_up(now.value, step), round_half_up(then.value, step), allowed)


def prior_months(draft: Draft) -> tuple[Month, ...]:
    """The earlier months that the parameters compare with, latest first."""
    return compared_months(draft.paper)


def compared_months(paper: Paper) -> tuple[Month, ...]:
    """The earlier months that a paper compares with, latest first; UsageFault for a later one."""
    month = paper.month
    months = tuple(parse_month(month.year_folder, code) for code in paper.run.compare_with)
    if any(earlier >= month for earlier in months):
        raise UsageFault(f"compare_with must name months before {month.code}.")
    return months


def prior_figures(draft: Draft, chapter: str) -> None:
    """Enter the released figures of a chapter, for every month the parameters compare with."""
    for month in prior_months(draft):
        for released in published(draft, month, chapter):
            draft.register.add(prior_figure(released, month))


def published(draft: Draft, month: Month, chapter: str = "") -> Iterator[ReleasedFigure]:
    """What the papers of `month` showed: each released figure with its agreed value.

    A register may hold a computed figure and its printed counterpart; the paper showed the printed
    one where the two differ by rounding only (decision 1), and that value is compared with.
    """
    known = {released.id: released for released in read_released(draft.paper, month, chapter)}
    for released in known.values():
        if not released.id.endswith(f".{PRINTED}"):
            printed = known.get(f"{released.id}.{PRINTED}")
            yield released if printed is None else _agreed(released, printed, month)


def _agreed(released: ReleasedFigure, printed: ReleasedFigure, month: Month) -> ReleasedFigure:
    if not released.is_computed or released.margin < printed.margin:
        return released
    if differs_by_rounding(prior_figure(released, month), prior_figure(printed, month)):
        return replace(released, value=printed.value, row=printed.row, margin=printed.margin)
    return released


def prior_figure(released: ReleasedFigure, month: Month) -> Figure:
    """A released figure as it stands beside this month's, its cell a line of the register."""
    cell = Cell(released.file, None, released.row, released.id, plain(released.value))
    return Figure(
        id=f"{released.id}.{month.code.lower()}",
        label=f"{released.label}, as published for {month.name}",
        value=released.value,
        unit=released.unit,
        place=released.place,
        line=released.line,
        measure=released.measure,
        period=released.period,
        basis=released.basis,
        is_estimate=False,
        source=(SourceCell(cell, released.sha256),),
        margin=released.margin,
        step=released.step,
    )
