"""What earlier papers of the year published, entered beside this month's figures.

A figure of Month 4 keeps its id and adds the month: `position.bromley.total.ytd_variance.m04`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from boardpack.errors import UsageFault
from boardpack.figures.draft import Draft
from boardpack.figures.figure import PRINTED, Figure, SourceCell
from boardpack.figures.register import differs_by_rounding
from boardpack.money import plain
from boardpack.params import Paper
from boardpack.periods import Month, parse_month
from boardpack.sources.cells import Cell
from boardpack.sources.released import ReleasedFigure, read_released


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
    yield from agreed_values(read_released(draft.paper, month, chapter), month)


def agreed_values(register: Iterable[ReleasedFigure], month: Month) -> Iterator[ReleasedFigure]:
    """The figures of a register released for `month`, each with the value that its paper showed."""
    known = {released.id: released for released in register}
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
