"""What a version of a paper says of the one that it replaces: on page 1, and in a table."""

from __future__ import annotations

from typing import Any

from boardpack.document.blocks import Column, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.numbers import default_style
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.figures.labels import capital, measure_label
from boardpack.figures.versions import CHANGE, CHAPTER

WHOLE = {
    "savings": "Saving",
    "efficiency": "Saving",
    "adjustments": "All with top-side entries",
}
"""Chapters of which a version tells the total only, by their names in print."""
IN_WORDS = 3
"""How many of the changes page 1 says in words; the table has all."""


def version_notice(paper: ChapterPaper) -> dict[str, Any] | None:
    """What page 1 says of a later version, with its largest changes; None for the first."""
    version = paper.paper.version
    if version is None:
        return None
    changes = [_pair(paper, change) for change in _changes(paper)]
    return {"told": version, "changes": changes[:IN_WORDS]}


def version_table(paper: ChapterPaper) -> Table | None:
    """Every headline amount that changed, the largest change first; None where none has."""
    version, changes = paper.paper.version, _changes(paper)
    if version is None or not changes:
        return None
    heads = (f"Version {version.replaces}", f"Version {version.number}", "Change")
    columns = (Column("Line", "left"), Column("Amount", "left"), *map(Column, heads))
    rows = tuple(_row(paper, change) for change in changes)
    caption = f"Headline amounts that changed from version {version.replaces}, largest first"
    return Table(f"{paper.name}-version", caption, columns, rows, "£000s")


def _changes(paper: ChapterPaper) -> list[Figure]:
    found = (f for f in paper.register if f.chapter == CHAPTER and f.measure == CHANGE)
    return sorted(found, key=lambda change: (-abs(change.value), change.line != "total"))


def _pair(paper: ChapterPaper, change: Figure) -> dict[str, Any]:
    now, then = (paper.register[identity] for identity in operands(change.formula or ""))
    is_saved = now.chapter in ("savings", "efficiency")
    told = {"line": _line(paper, now), "now": now, "then": then, "is_saved": is_saved}
    return {**told, "is_to_date": now.measure.endswith("ytd_variance")}


def _row(paper: ChapterPaper, change: Figure) -> Row:
    now, then = (paper.register[identity] for identity in operands(change.formula or ""))
    style = default_style(change)
    words = (_line(paper, now), capital(measure_label(now.measure)))
    return Row((*words, style(then), style(now), style(change)))


def _line(paper: ChapterPaper, figure: Figure) -> str:
    if figure.chapter in WHOLE:
        return WHOLE[figure.chapter]
    if figure.line == "total":
        return f"{paper.place_name} in all"
    return paper.paper.report.directorates.get(figure.line, figure.label.rsplit(", ", 1)[0])
