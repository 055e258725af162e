"""What earlier papers of the year published, entered beside this month's figures.

A figure of Month 4 keeps its id and adds the month: `position.bromley.total.ytd_variance.m04`.
"""

from __future__ import annotations

from boardpack.errors import UsageFault
from boardpack.figures.draft import Draft
from boardpack.figures.figure import Figure, SourceCell
from boardpack.money import plain
from boardpack.periods import Month, parse_month
from boardpack.sources.cells import Cell
from boardpack.sources.released import ReleasedFigure, read_released


def prior_months(draft: Draft) -> tuple[Month, ...]:
    """The earlier months that the parameters compare with, latest first."""
    month = draft.paper.month
    months = tuple(parse_month(month.year_folder, code) for code in draft.paper.run.compare_with)
    if any(earlier >= month for earlier in months):
        raise UsageFault(f"compare_with must name months before {month.code}.")
    return months


def prior_figures(draft: Draft, chapter: str) -> None:
    """Enter the released figures of a chapter, for every month the parameters compare with."""
    for month in prior_months(draft):
        for released in read_released(draft.paper, month):
            if released.id.startswith(f"{chapter}."):
                draft.register.add(_figure(released, month))


def _figure(released: ReleasedFigure, month: Month) -> Figure:
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
    )
