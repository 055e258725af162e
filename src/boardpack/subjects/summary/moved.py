"""What has moved since the last released paper: one figure, and the place's variances drawn."""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.document.blocks import Chart, Series
from boardpack.document.chapter import ChapterPaper
from boardpack.document.numbers import thousands
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.subjects.movements.tables import name_of_suffix

SLOPES = 3
"""Lines beside the total in a chart of movement: a reader tells four apart."""


@dataclass(frozen=True)
class Since:
    """A figure then and now, what lies between, and the month of the paper that gave `then`."""

    now: Figure
    then: Figure
    movement: Figure
    month: str


def since(paper: ChapterPaper, name: str) -> Since | None:
    """How the figure of this name has moved; None where no earlier paper has it."""
    now = paper.figure(name)
    movement = f"movements.{now.place}.{now.chapter}_{now.line}_{now.measure}.movement"
    if not paper.supplied(movement):
        return None
    found = paper.figure(movement)
    then = paper.register[operands(found.formula or "")[-1]]
    return Since(now, then, found, name_of_suffix(paper, then.id))


def movement_slope(paper: ChapterPaper) -> Chart | None:
    """The variances that have moved the most, then and now, beside the place's total."""
    directorates = {label: line for line, label in paper.paper.report.directorates.items()}
    lines = {f"{paper.place_name} in all": "total", **directorates}
    found = {label: _since_line(paper, line) for label, line in lines.items()}
    total = found.pop(next(iter(found)))
    parts = [(k, v) for k, v in found.items() if v and total and v.month == total.month]
    if total is None or not parts:
        return None
    parts = sorted(parts, key=lambda pair: -abs(pair[1].movement.value))[:SLOPES]
    shown = {next(iter(lines)): total, **dict(parts)}
    categories = (total.month, paper.paper.month.name)
    series = tuple(Series(k, (thousands(v.then), thousands(v.now))) for k, v in shown.items())
    return Chart(
        id="movements-slope",
        shape="slope",
        title=_slope_title(*parts[0]),
        alt=f"{spoken(categories, *series, unit='£000s to date, a minus is an overspend')}.",
        categories=categories,
        series=series,
        unit="£000s to date, (over) / under budget",
        scale="1000",
        better="higher",
    )


def _since_line(paper: ChapterPaper, line: str) -> Since | None:
    name = f"position.{line}.ytd_variance"
    return since(paper, name) if paper.supplied(name) else None


def _slope_title(label: str, moved: Since) -> str:
    if not moved.movement.value:
        return f"No directorate has moved since {moved.month}"
    direction = "worsened" if moved.movement.value < 0 else "improved"
    return f"{label} has {direction} the most since {moved.month}"
