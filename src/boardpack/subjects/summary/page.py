"""The rest of page 1: what it is, what is done next, what could go wrong, duties, money, assurance.

What a month did not bring is left out here; the chapter that would have told of it says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from boardpack.checks.distinct_points import distinct_points
from boardpack.core.structure import ICB
from boardpack.document.abbreviations import is_expanded
from boardpack.document.blocks import Narrative
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import count_words
from boardpack.figures.figure import Figure
from boardpack.figures.labels import slug
from boardpack.subjects.actions.tables import NO_DATE, due_of, first_actions, owner_of
from boardpack.subjects.duties.tables import judged_duties
from boardpack.subjects.forecast.risks_tables import ranked_risks, risk_figure

MOST_DUTIES = 3
"""How many missed duties page 1 names; the others are counted."""
_IN_FULL = {
    "CHC": "continuing healthcare",
    "ICB": "Integrated Care Board",
    "QIPP": "plans for quality, innovation, productivity and prevention",
}
"""What owners and actions shorten, in full: page 1 is read before all else."""


def identity_narrative(paper: ChapterPaper) -> Narrative:
    """Which report this is, for which board and day, in which version, and whom to ask."""
    organisation, told = paper.paper.report.organisation, paper.paper
    return paper.narrate(
        "identity",
        names=_names(organisation.name, organisation.boards[paper.place]),
        day=told.board_day,
        version=f"Version {told.version.number}" if told.version else "First version",
        is_draft=told.run.status == "draft",
        contact=organisation.contacts.get(paper.place)
        or told.run.cover.author_roles.get(paper.place, ""),
    )


def _names(whose: str, board: str) -> tuple[str, ...]:
    """The board and whose paper it is; one name where that of the other stands in it."""
    bare = [name.casefold().removeprefix("nhs ") for name in (board, whose)]
    if bare[0] in bare[1]:
        return (whose,)
    return (board,) if bare[1] in bare[0] else (board, whose)


def next_narrative(paper: ChapterPaper) -> Narrative | None:
    """The three actions that matter most, each with its owner and date; None without any."""
    found = first_actions(paper)
    if not found:
        return None
    told = ((record["question"], owner_of(record)) for record in found)
    dues = (due_of(paper, record) for record in found)
    actions = [(*said, due) for said, due in zip(_in_full(told), dues, strict=True)]
    undated = sum(due == NO_DATE for *_, due in actions)
    others = f"the other {count_words(undated)}" if undated > 1 else "the other"
    which = others if undated < len(actions) else "any of these" if undated > 1 else "this"
    said = f"No date was given for {which}." if undated else ""
    return paper.narrate("next", actions=actions, no_date=NO_DATE, undated_said=said)


def _in_full(told: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Actions and owners in which the first use of what they shorten says it in full."""
    said: set[str] = set()
    for pair in told:
        shown = []
        for text in pair:
            for letters, full in _IN_FULL.items():
                if letters not in said and re.search(rf"\b{letters}\b", text):
                    said.add(letters)
                    if not is_expanded(text, letters):
                        text = _said_in_full(text, letters, full)
            shown.append(text)
        yield shown[0], shown[1]


def _said_in_full(text: str, letters: str, full: str) -> str:
    """A text that says once what letters stand for: before them, or within their brackets."""
    if f"({letters})" in text:
        return text.replace(f"({letters})", f"({letters}: {full})", 1)
    return text.replace(letters, f"{full} ({letters})", 1)


def risk_narrative(paper: ChapterPaper) -> Narrative | None:
    """The risk that is expected to cost the most, else the first of the list; None without any."""
    ranked = ranked_risks(paper, paper.place)
    if not ranked:
        return None
    row = ranked[0]
    figures = {
        name: risk_figure(paper.place, row, name) for name in ("gross", "probability", "net")
    }
    priced = paper.supplied(*figures.values())
    return paper.narrate("top_risk", risk=row, figures=figures, priced=priced, many=len(ranked) > 1)


def standing_narrative(paper: ChapterPaper) -> Narrative | None:
    """Duties met and missed, the allocation, and the position without what happens only once."""
    if paper.has_only_tables:
        return None
    duties = judged_duties(paper)
    missed = sorted((one for one in duties if one[1].value < 0), key=_by_size)
    names = [name for name in _once(paper) if paper.supplied(name)]
    told: dict[str, Any] = {
        "duties": duties,
        "missed": missed[:MOST_DUTIES],
        "many": count_words(len(missed)),
        "all": count_words(len(duties)),
        "allocation": _allocation(paper),
        "once": [paper.figure(name) for name in names if paper.figure(name).value],
    }
    return paper.narrate("standing", **told) if duties or told["allocation"] else None


def _by_size(duty: tuple[Any, Figure]) -> tuple[bool, Any]:
    """Money before shares of invoices, the largest first."""
    return duty[1].unit != "GBP", duty[1].value


def _allocation(paper: ChapterPaper) -> str:
    """The name of the year's budget: the resource limit, else that of the position; empty."""
    names = ("resource_limit.total.budget", "position.total.annual_budget")
    return next((name for name in names if paper.supplied(name)), "")


def _once(paper: ChapterPaper) -> tuple[str, ...]:
    measures = ("unexplained_gain_variance", "non_recurrent_savings", "reserve_release")
    return tuple(f"forecast.total.{measure}" for measure in measures)


def assurance_narrative(paper: ChapterPaper) -> Narrative:
    """How far the numbers can be relied on in a line: the weightiest open point, then how many."""
    points = distinct_points(paper.checks)
    check = points[0].check if points else {"title": "", "id": ""}
    title = str(check["title"]).split(": ")[0]
    is_plain = not any(letter.isdigit() for letter in title)
    sizes = (f"assurance.{scope}.{slug(check['id'])}.difference" for scope in (paper.place, ICB))
    found = [paper.register.find(name) for name in sizes if points]
    return paper.narrate(
        "assurance",
        title=title if is_plain else "",
        size=next(filter(None, found), None),
        error="assurance.noticed.error",
    )
