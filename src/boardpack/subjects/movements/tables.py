"""What the chapter on movements shows: what has changed and what earlier months have restated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from boardpack.checks.released_files import held_for
from boardpack.core.periods import month_of_suffix
from boardpack.core.structure import ICB
from boardpack.document.blocks import Cell, Column, Narrative, NotSupplied, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.numbers import default_style
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.figures.labels import capital, chapter_label, measure_label
from boardpack.figures.movements import (
    BUDGETS,
    CHAPTER,
    LIMITED,
    MOVEMENT,
    PACE,
    RE_ESTIMATE,
    RELEASES,
    REST,
    RESTATEMENT,
)
from boardpack.figures.prior import said_again
from boardpack.reading.release_records import RELEASED
from boardpack.schedules.load import home_schedules

SHOWN = 30
# What a chapter is about, where that is not all figures of its own name: beginnings of ids.
ABOUT = {
    "position": ("position.{place}.",),
    "prescribing": ("prescribing.{place}.", "position.{place}.@prescribing."),
    "chc": ("chc.{place}.", "position.{place}.@continuing_care."),
    "mental_health": ("mental_health.", "position.{place}.@mental_health."),
    "savings": ("savings.", "efficiency.{place}."),
    "activity": ("programmes.",),
    "overview": ("overview.", "position.icb."),
    "cash": ("cash.icb.remaining_cash_limit.",),
    "prescribing_icb": ("prescribing.icb.", "prescribing_savings.", "position.icb.@prescribing."),
    "chc_icb": ("chc.icb.", "position.icb.@continuing_care."),
}
TOLD_APART = (
    "position", "prescribing", "chc", "mental_health", "savings", "programmes", "resource_limit",
    "indicators", "overview", "providers", "efficiency", "corporate", "cash", "section75",
)  # fmt: skip
"""The chapters of figures that the book has a chapter on, of which each may have no predecessor."""
COUNTED = f"{CHAPTER}.prior_months.compared"
VARIANCE_PARTS = {"At the earlier pace": PACE, "Reserves released": RELEASES, "Rest": REST}
BUDGET_PARTS = {"Allocations": "allocations", "Internal adjustments": "adjustments", "Rest": REST}
HEAD = (Column("Line", "left"), Column("Released for", "left"))
VALUES = ("Then", "Now", "Movement")
LARGEST = "Only the largest movements are shown; the workings below have all of them."
ALTERED = "The figures published for {} were changed since: what is shown of them is not relied on."
NONE_RELEASED = "No earlier paper that is compared with has these figures."


@dataclass(frozen=True)
class Moved:
    """A movement with the two figures that it lies between, and the month released last."""

    movement: Figure
    now: Figure
    then: Figure
    month: str

    @property
    def chapter(self) -> str:
        """The chapter whose figure has moved, in words."""
        return capital(chapter_label(self.now.chapter))


def movements_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Which papers are compared with, and how the place's variance has moved since."""
    if not moved(paper):
        return paper.not_supplied("A comparison with an earlier paper", NONE_RELEASED)
    months = [month.name for month in reversed(paper.paper.compared)]
    alone = _without_earlier(paper)
    return paper.narrate("moved", months=months, last_year=_last_year(paper), alone=alone)


def about(paper: ChapterPaper, chapter: str) -> tuple[str, ...]:
    """How the ids of the figures begin that a chapter of the book is about."""
    found = ABOUT.get(chapter, (f"{chapter}.",))
    return tuple(
        paper.paper.report.with_lines(prefix.format(place=paper.place)) for prefix in found
    )


def compared(paper: ChapterPaper) -> set[str]:
    """The figures of this month that an earlier paper has too, by id."""
    found = (f for f in paper.register if f.chapter == CHAPTER and f.measure == MOVEMENT)
    return {operands(f.formula or "")[0] for f in found}


def _without_earlier(paper: ChapterPaper) -> list[str]:
    """The chapters of the book with money of which no earlier paper has a figure, in words."""
    told = {f.chapter for f in paper.register if f.unit == "GBP" and f.place in (paper.place, ICB)}
    earlier = compared(paper)
    own = dict.fromkeys(schedule.chapter for schedule in home_schedules(paper.paper.home).values())
    return [
        chapter_label(name)
        for name in dict.fromkeys((*TOLD_APART, *own))
        if name in told and not any(one.startswith(about(paper, name)) for one in earlier)
    ]


def variances_table(paper: ChapterPaper) -> Table | Narrative | NotSupplied:
    """Year-to-date variances: the earlier pace carried on, reserves released, and the rest."""
    shown = [item for item in moved(paper) if item.now.measure == "ytd_variance"]
    if not shown and moved(paper) and _last_year(paper):
        return paper.narrate("begins_anew")
    return _table(paper, "variances", "Movements of variances to date", shown, VARIANCE_PARTS)


def _last_year(paper: ChapterPaper) -> bool:
    """Whether months of an earlier year are compared with."""
    return any(month.start < paper.paper.month.start for month in paper.paper.compared)


def budgets_table(paper: ChapterPaper) -> Table | Narrative | NotSupplied:
    """Annual budgets: allocations, internal adjustments, and the rest."""
    shown = [item for item in moved(paper) if item.now.measure in BUDGETS]
    return _table(paper, "budgets", "Movements of annual budgets", shown, BUDGET_PARTS)


def others_table(paper: ChapterPaper) -> Table | Narrative | NotSupplied:
    """Every other amount; what no record explains has no parts."""
    taken = ("ytd_variance", *BUDGETS)
    shown = [item for item in moved(paper) if item.now.measure not in taken]
    return _table(paper, "others", "Other movements", shown, {})


def restatement_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How many prior-month figures were compared, and whether any has been restated."""
    if not paper.supplied(COUNTED):
        return paper.not_supplied("A figure of an earlier month in this month's reports")
    return paper.narrate("restated")


def restated_table(paper: ChapterPaper, *prefixes: str) -> Table | None:
    """The restated figures whose ids begin so, or all of them; None where there is none."""
    caption = "Prior-month figures that have been restated"
    heads = ("Released", "Stated now")
    return _stated_again_table(paper, "restated", RESTATEMENT, caption, heads, prefixes)


def re_estimated_table(paper: ChapterPaper) -> Table | None:
    """What was an estimate when it was released, beside what it is now; None where nothing is."""
    caption = "Estimates of earlier papers, and what they are now"
    return _stated_again_table(paper, "re-estimated", RE_ESTIMATE, caption, ("Estimate", "Now"))


def _stated_again_table(
    paper: ChapterPaper,
    name: str,
    measure: str,
    caption: str,
    heads: tuple[str, str],
    prefixes: tuple[str, ...] = (),
) -> Table | None:
    """Differences from what was released that a reader of both papers would see."""
    shown = []
    for figure in paper.register:
        if figure.chapter == CHAPTER and figure.measure == measure:
            again, then = (paper.register[identity] for identity in operands(figure.formula or ""))
            is_about = not prefixes or again.id.startswith(prefixes)
            if is_about and said_again(again, then).is_restated:
                shown.append(figure)
    if not shown:
        return None
    largest = sorted(shown, key=lambda figure: -abs(figure.value))[:SHOWN]
    rows = tuple(Row(_restated(paper, figure)) for figure in shown if figure in largest)
    columns = (*HEAD, *(Column(head) for head in (*heads, "Difference")))
    unit = "£000s unless a count or per cent"
    notes = (LARGEST,) if len(largest) < len(shown) else ()
    return Table(f"{paper.name}-{name}", caption, columns, rows, unit, notes)


def moved_table(paper: ChapterPaper, caption: str, shown: Iterable[Moved]) -> Table:
    """Some movements, with this month and the month released last, in the order given."""
    now = Column(paper.paper.month.name)
    columns = (*HEAD, Column("Then"), now, Column("Movement"))
    rows = tuple(_row(paper, item, {}) for item in shown)
    return Table(f"{paper.name}-changed", caption, columns, rows, "£000s")


def moved(paper: ChapterPaper) -> tuple[Moved, ...]:
    """The place's and the ICB's money that has moved, in the order of the register.

    What only grows as the year goes on has no movement; nor have such columns of the home's tables.
    """
    found = (_moved(paper, figure) for figure in paper.register if _is_shown(paper, figure))
    growing = _growing_columns(paper)
    return tuple(item for item in found if (item.now.chapter, item.now.measure) not in growing)


def _growing_columns(paper: ChapterPaper) -> set[tuple[str, str]]:
    """The columns to date of the home's own tables that are no variance, with their chapters."""
    return {
        (schedule.chapter, name)
        for schedule in home_schedules(paper.paper.home).values()
        for name, column in schedule.amounts.items()
        if schedule.period_of(column) == "to date"
        and column.against is None
        and "variance" not in name
    }


def _is_shown(paper: ChapterPaper, figure: Figure) -> bool:
    is_movement = figure.chapter == CHAPTER and figure.measure == MOVEMENT
    is_ours = figure.place in (paper.place, ICB)
    return is_movement and is_ours and figure.unit == "GBP" and figure.value != 0


def _moved(paper: ChapterPaper, movement: Figure) -> Moved:
    now, then = (paper.register[identity] for identity in operands(movement.formula or ""))
    return Moved(movement, now, then, name_of_suffix(paper, then.id))


def name_of_suffix(paper: ChapterPaper, identity: str) -> str:
    """The name of the month that the last part of a figure's id means."""
    month = month_of_suffix(identity.rsplit(".", 1)[1], paper.paper.month)
    assert month is not None  # the figure was entered with the month as its last part
    return month.name


def _table(
    paper: ChapterPaper, name: str, caption: str, shown: Sequence[Moved], parts: dict[str, str]
) -> Table | Narrative | NotSupplied:
    if not moved(paper):
        return paper.not_supplied(caption, NONE_RELEASED)
    if not shown:
        return paper.narrate("unmoved")
    largest = sorted(shown, key=lambda item: -abs(item.movement.value))[:SHOWN]
    kept = [item for item in shown if item in largest]
    rows = tuple(_rows(paper, kept, parts))
    columns = (*HEAD, *(Column(label) for label in (*VALUES, *parts)))
    notes = ("Lines that have not moved are left out.", *((LARGEST,) if kept != shown else ()))
    notes = (*notes, *_altered(paper))
    return Table(f"movements-{name}", caption, columns, rows, "£000s", notes)


def _altered(paper: ChapterPaper) -> Iterable[str]:
    """That a month's released registers are not what was published, where that is so."""
    broken = held_for(paper.paper).broken
    for month in paper.paper.compared:
        folder = f"{RELEASED.as_posix()}/{month.year_folder}/{month.code}/"
        if any(one.folder.startswith(folder) for one in broken):
            yield ALTERED.format(month.name)


def _rows(paper: ChapterPaper, shown: Iterable[Moved], parts: dict[str, str]) -> Iterable[Row]:
    by_chapter = sorted(shown, key=lambda item: item.chapter)
    for chapter, items in groupby(by_chapter, key=lambda item: item.chapter):
        yield Row((chapter,), "heading")
        for item in items:
            yield _row(paper, item, parts)


def _row(paper: ChapterPaper, item: Moved, parts: dict[str, str]) -> Row:
    style = default_style(item.movement)
    values = (style(figure) for figure in (item.then, item.now, item.movement))
    scope = item.movement.id.rsplit(".", 1)[0]
    known = (paper.cell(f"{scope}.{part}") for part in parts.values())
    return Row((_label(paper, item.now, not parts), item.month, *values, *known))


def _label(paper: ChapterPaper, figure: Figure, with_measure: bool) -> str:
    """The place and the line; the measure where a table has several.

    A line that is called after its place is told of it once: `Bromley: all clients`.
    """
    place, line = paper.paper.report.place_name(figure.place), _line(figure)
    line = "total" if figure.line == "total" else line.removeprefix(f"{place}, ")
    return ", ".join(
        [f"{place}: {line}", *([measure_label(figure.measure)] if with_measure else [])]
    )


def line_label(paper: ChapterPaper, figure: Figure) -> str:
    """The line as a sentence names it: a place's total by the place, another's line with both."""
    place, line = paper.paper.report.place_name(figure.place), _line(figure)
    if line == "Total" or (figure.line == "total" and figure.chapter in LIMITED):
        return place
    return line if place in line or figure.place == paper.place else f"{line} in {place}"


def _line(figure: Figure) -> str:
    label = re.sub(", as printed$", "", figure.label)
    return label.removesuffix(f", {measure_label(figure.measure)}")


def _restated(paper: ChapterPaper, figure: Figure) -> tuple[Cell, ...]:
    again, then = (paper.register[identity] for identity in operands(figure.formula or ""))
    style = default_style(figure)
    month = name_of_suffix(paper, figure.id)
    return (_label(paper, again, True), month, style(then), style(again), style(figure))
