"""What changed in one chapter since its figures were last released: the same for every chapter.

The largest movements are said in words, with what moved them where that is known; where there are
more, a small table has them. The chapter on movements has all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from boardpack.core.periods import month_of_suffix
from boardpack.document.blocks import Narrative, Table
from boardpack.document.chapter import SCHEDULES, ChapterPaper
from boardpack.document.numbers import as_said, is_adverse_below_nil
from boardpack.figures.figure import Figure
from boardpack.figures.labels import measure_label
from boardpack.figures.movements import (
    BUDGETS,
    PACE,
    RELEASES,
    REST,
)
from boardpack.subjects.movements.tables import (
    Moved,
    about,
    compared,
    line_label,
    moved,
    moved_table,
    restated_table,
)

SAID, SHOWN = 2, 5
TEMPLATE = "changes"
SAVED = ("savings", "efficiency")
"""The chapters whose variance is what was saved against the plan, not spent against a budget."""
DUTIES = "indicators"
"""The chapter whose variances are room under a limit or above a target: no spending of a line."""
SIDES = {True: ("overspend", "underspend"), False: ("shortfall", "lead over the plan")}
"""What a variance to date is called on either side of nil: of spending, and of savings."""
PHRASES = {
    "unidentified": "balance of schemes against the requirement for {}",
    "requirement": "{}",
    "over_budget": "cost above budget of {}",
    "still_to_spend": "amount still to be spent on {}",
    "spend_without_savings": "cost before savings of {}",
    "in_month_allocations": "allocations of this month to {}",
}


@dataclass(frozen=True)
class Change:
    """One movement in words: what moved, between which months, and by what known parts.

    `name` is the line, and `subject` what of it moved. Of a variance to date it follows the word
    of its side, of which `sides` has both: `on prescribing`; `is_spending` tells which pair.
    `parts` are figures, each by its name in `figures.movements`; empty where nothing is recorded.
    `is_rounded` says that they do not come to the movement as they print.
    `is_new_month` says that the change before it was not since the same month, `is_last_year` that
    it is from another year to this one.
    """

    name: str
    subject: str
    item: Moved
    is_spending: bool
    sides: tuple[str, ...]
    is_better_above: bool
    parts: dict[str, Figure]
    is_rounded: bool
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
    """The same, and a sentence where nothing has moved.

    None where no earlier paper has the figures: the chapter on movements says that of all at once.
    """
    found = changes_narrative(paper)
    if found is not None or not _is_compared(paper):
        return found
    return paper.narrate("unmoved", TEMPLATE)


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
    return tuple(prefix for chapter in own for prefix in about(paper, chapter))


def _items(paper: ChapterPaper) -> list[Moved]:
    return [item for item in moved(paper) if item.now.id.startswith(_about(paper))]


def _said(paper: ChapterPaper) -> list[Moved]:
    """Totals whose movement is explained come first, then the largest."""
    items = sorted(_items(paper), key=lambda item: -abs(item.movement.value))
    explained = [item for item in items if item.now.line == "total" and _parts(paper, item)]
    explained.sort(key=lambda item: item.now.measure in BUDGETS)
    return [*explained, *(item for item in items if item not in explained)][:SAID]


def _is_compared(paper: ChapterPaper) -> bool:
    return any(identity.startswith(_about(paper)) for identity in compared(paper))


def _change(paper: ChapterPaper, item: Moved, before: str) -> Change:
    place = paper.paper.report.place_name(item.now.place)
    measure, name = item.now.measure, line_label(paper, item.now)
    name = name.removesuffix(" total") if name == f"{place} total" else name
    is_spending = item.now.chapter not in SAVED
    is_variance = measure == "ytd_variance" and item.now.chapter != DUTIES
    sides = SIDES[is_spending] if is_variance else ()
    of_all = name == place
    of = "on" if is_spending and not of_all else "of"
    phrase = f"{of} {{}}" if sides else PHRASES.get(measure, f"{measure_label(measure)} of {{}}")
    is_new = item.month != before
    suffix = item.then.id.rsplit(".", 1)[1]
    then, now = month_of_suffix(suffix, paper.paper.month), paper.paper.month
    is_last_year = then is not None and then.start < now.start
    better, parts = is_adverse_below_nil(item.now), _parts(paper, item)
    apart = as_said(item.movement.value) - sum(as_said(part.value) for part in parts.values())
    subject = phrase.format(name)
    kind = (is_spending, sides, better, parts, apart != 0)
    return Change(name, _in_sentence(paper, subject), item, *kind, is_new, is_last_year)


def _in_sentence(paper: ChapterPaper, subject: str) -> str:
    """A subject inside a sentence: directorates begin small there, names of their own do not."""
    for label in sorted(paper.paper.report.directorates.values(), key=len, reverse=True):
        subject = subject.replace(f"on {label}", f"on {label.lower()}")
    return subject


def _parts(paper: ChapterPaper, item: Moved) -> dict[str, Figure]:
    scope = item.movement.id.rsplit(".", 1)[0]
    names = {
        part: f"{scope}.{part}" for part in (PACE, RELEASES, "allocations", "adjustments", REST)
    }
    return {part: paper.figure(name) for part, name in names.items() if paper.supplied(name)}
