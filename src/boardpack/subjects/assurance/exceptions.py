"""The exceptions of the assurance chapter: each distinct point, and beneath it what follows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from boardpack.checks.distinct_points import Point, distinct_points
from boardpack.document.blocks import Cell, Column, Narrative, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.numbers import default_style
from boardpack.document.wording import cell_text

SEVERITY = {"error": "To be settled before publication", "warning": "To be read"}
_CELL = re.compile(r" \([^()]* row \d+[^()]*\)")
TWO_STATEMENTS = ("printed.", "agreement.")


def exceptions_table(paper: ChapterPaper) -> Table | Narrative:
    """Every check that failed and that nobody has answered for, those that stop a release first.

    Within each kind the largest difference comes first; a failure that follows from another stands
    beneath it. Cells of source files are left to the workbook, where they help who looks them up.
    """
    points = distinct_points(paper.checks)
    if not points:
        return paper.narrate("no_exception")
    columns = (
        Column("What does not agree", "left"),
        Column("Expected"),
        Column("Found"),
        Column("Likely cause, or what it means", "left"),
        Column("Standing", "left"),
    )
    rows = tuple(row for point in points for row in _point(paper, point))
    notes = (
        "The largest differences come first. Amounts are in £000s, per cent or counts, as their"
        " line is. The cells that were read stand in the workbook, beside every check.",
        "A line that begins “follows” is a consequence of the point above it, or the same point at"
        " another place.",
    )
    return Table("assurance-exceptions", "Open exceptions", columns, rows, "", notes)


def in_words(sentence: str) -> str:
    """A sentence of a check without the cells that its amounts were read from.

    >>> in_words("Acute (position.csv row 5, ytd_actual) is £900k.")
    'Acute is £900k.'
    """
    return _CELL.sub("", sentence)


def _point(paper: ChapterPaper, point: Point) -> list[Row]:
    check = point.check
    standing = SEVERITY[check["severity"]]
    said, cause = in_words(check["sentence"]), in_words(point.explanation)
    first = _row(paper, check, said, cause, standing)
    return [first, *(_consequence(paper, other) for other in point.follows)]


def _consequence(paper: ChapterPaper, check: Mapping[str, Any]) -> Row:
    title = f"follows: {check['title']}"
    return _row(paper, check, title, "", SEVERITY[check["severity"]])


def _row(
    paper: ChapterPaper, check: Mapping[str, Any], said: str, cause: str, standing: str
) -> Row:
    return Row((cell_text(said), *amounts(paper, check), cell_text(cause), standing))


def amounts(paper: ChapterPaper, check: Mapping[str, Any]) -> tuple[Cell, Cell]:
    """What a check expected and found, as numbers; empty where it is of no single figure."""
    figures = check["figures"]
    if check["id"].startswith(TWO_STATEMENTS):
        return _number(paper, figures[0]), _number(paper, figures[1])
    expected, found = (_same(paper, check[name], figures) for name in ("expected", "actual"))
    return expected, found


def _same(paper: ChapterPaper, amount: str | None, figures: Sequence[str]) -> Cell:
    for identity in figures:
        if amount is not None and paper.register[identity].value == Decimal(amount):
            return _number(paper, identity)
    return ""


def _number(paper: ChapterPaper, identity: str) -> Cell:
    figure = paper.register[identity]
    return replace(default_style(figure)(figure), adverse=False)
