"""What changed in one chapter since its figures were last released: the same for every chapter.

The largest movements are said in words, with what moved them where that is known; where there are
more, a small table has them. The chapter on movements has all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.core.periods import month_of_suffix
from boardpack.document.blocks import Narrative, Table
from boardpack.document.chapter import SCHEDULES, ChapterPaper
from boardpack.document.numbers import is_adverse_below_nil
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.figures.labels import measure_label
from boardpack.figures.movements import (
    BUDGETS,
    CHAPTER,
    MOVEMENT,
    PACE,
    RELEASES,
    REST,
)
from boardpack.subjects.movements.tables import (
    Moved,
    line_label,
    moved,
    moved_table,
    restated_table,
)

SAID, SHOWN = 2, 5
TEMPLATE = "changes"
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
PHRASES = {
    "ytd_variance": "variance to date of {}",
    "unidentified": "balance of schemes against the requirement for {}",
    "requirement": "{}",
}


@dataclass(frozen=True)
class Change:
    """One movement in words: what moved, between which months, and by what known parts.

    `parts` are figures, each by its name in `figures.movements`; empty where nothing is recorded.
    `is_new_month` says that the change before it was not since the same month, `is_last_year` that
    it is from another year to this one.
    """

    subject: str
    item: Moved
    is_better_above: bool
    parts: dict[str, Figure]
    is_new_month: bool
    is_last_year: bool


def changes_narrative(paper: ChapterPaper) -> Narrative | None:
    """The largest changes and what made them; None where no earlier register has the figures."""
    said = _said(paper)
    if not said:
        return None
    before = ["", *(item.month for item in said)]
    told = [_change(paper, *pair) for pair in zip(said, before, strict=False)]
    return paper.narrate("changed", TEMPLATE, changes=told)


def appendix_changes_narrative(paper: ChapterPaper) -> Narrative | None:
    """The same, and a sentence where there is nothing to compare or nothing has moved.

    None where the chapter has no figure: there is nothing that an earlier paper could be held to.
    """
    found = changes_narrative(paper)
    if found is not None or not any(f.id.startswith(_about(paper)) for f in paper.register):
        return found
    return paper.narrate("unmoved" if _is_compared(paper) else "not_released", TEMPLATE)


def changes_table(paper: ChapterPaper) -> Table | None:
    """The chapter's largest movements; None where the words have told them all."""
    items = sorted(_items(paper), key=lambda item: -abs(item.movement.value))[:SHOWN]
    if len(items) <= len(_said(paper)):
        return None
    months = list(dict.fromkeys(item.month for item in items))
    since = months[0] if len(months) == 1 else "the last papers"
    return moved_table(paper, f"Largest movements since {since}", items)


def restatements(paper: ChapterPaper) -> Table | None:
    """The chapter's prior-month figures that have been restated; None where there is none."""
    return restated_table(paper, *_about(paper))


def _about(paper: ChapterPaper) -> tuple[str, ...]:
    own = paper.owns if paper.name == SCHEDULES else (paper.name,)
    about = ABOUT.get(paper.name, tuple(f"{chapter}." for chapter in own))
    return tuple(
        paper.paper.report.with_lines(prefix.format(place=paper.place)) for prefix in about
    )


def _items(paper: ChapterPaper) -> list[Moved]:
    return [item for item in moved(paper) if item.now.id.startswith(_about(paper))]


def _said(paper: ChapterPaper) -> list[Moved]:
    """Totals whose movement is explained come first, then the largest."""
    items = sorted(_items(paper), key=lambda item: -abs(item.movement.value))
    explained = [item for item in items if item.now.line == "total" and _parts(paper, item)]
    explained.sort(key=lambda item: item.now.measure in BUDGETS)
    return [*explained, *(item for item in items if item not in explained)][:SAID]


def _is_compared(paper: ChapterPaper) -> bool:
    found = (f for f in paper.register if f.chapter == CHAPTER and f.measure == MOVEMENT)
    return any(operands(f.formula or "")[0].startswith(_about(paper)) for f in found)


def _change(paper: ChapterPaper, item: Moved, before: str) -> Change:
    measure = item.now.measure
    phrase = PHRASES.get(measure, f"{measure_label(measure)} of {{}}")
    subject = phrase.format(line_label(paper, item.now))
    is_new = item.month != before
    suffix = item.then.id.rsplit(".", 1)[1]
    then, now = month_of_suffix(suffix, paper.paper.month), paper.paper.month
    is_last_year = then is not None and then.start < now.start
    better, parts = is_adverse_below_nil(item.now), _parts(paper, item)
    return Change(subject, item, better, parts, is_new, is_last_year)


def _parts(paper: ChapterPaper, item: Moved) -> dict[str, Figure]:
    scope = item.movement.id.rsplit(".", 1)[0]
    names = {
        part: f"{scope}.{part}" for part in (PACE, RELEASES, "allocations", "adjustments", REST)
    }
    return {part: paper.figure(name) for part, name in names.items() if paper.supplied(name)}
