"""The exceptions of the assurance chapter: each distinct point, and beneath it what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from boardpack.paper.blocks import Cell, Column, NotSupplied, Row, Table
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.numbers import default_style
from boardpack.paper.wording import cell_text

SEVERITY = {"error": "Stops a release", "warning": "To be read"}
TWO_STATEMENTS = ("printed.", "agreement.")
Checks = Sequence[Mapping[str, Any]]


def exceptions_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Every check that failed and that nobody has answered for, those that stop a release first.

    A failure that follows from another stands beneath it.
    """
    failed = [check for check in paper.checks if check["status"] == "fail"]
    if not failed:
        return paper.not_supplied("An open exception", "Every check agrees.")
    columns = (
        Column("What does not agree", "left"),
        Column("Expected"),
        Column("Found"),
        Column("Likely cause, or what it means", "left"),
        Column("Standing", "left"),
    )
    rows = tuple(row for check in _points(failed) for row in _point(paper, check, failed))
    notes = (
        "Amounts are in £000s, per cent or counts, as their line is.",
        "A line that begins “follows” is a consequence of the point above it, or the same point at"
        " another place.",
    )
    return Table("assurance-exceptions", "Open exceptions", columns, rows, "", notes)


def _points(failed: Checks) -> list[Mapping[str, Any]]:
    """The failures that open a point: those without a root among the open failures."""
    ids = {check["id"] for check in failed}
    own = [check for check in failed if check.get("root") not in ids]
    return sorted(own, key=lambda check: str(check["severity"]))


def _point(paper: ChapterPaper, check: Mapping[str, Any], failed: Checks) -> list[Row]:
    cause = check.get("cause") or _meaning(check)
    first = _row(paper, check, check["sentence"], cause, SEVERITY[check["severity"]])
    follows = [other for other in failed if other.get("root") == check["id"]]
    return [first, *(_consequence(paper, other) for other in follows)]


def _consequence(paper: ChapterPaper, check: Mapping[str, Any]) -> Row:
    title = f"follows: {check['title']}"
    return _row(paper, check, title, "", SEVERITY[check["severity"]])


def _row(
    paper: ChapterPaper, check: Mapping[str, Any], said: str, cause: str, standing: str
) -> Row:
    return Row((cell_text(said), *_amounts(paper, check), cell_text(cause), standing))


def _meaning(check: Mapping[str, Any]) -> str:
    """What an exception means where arithmetic shows no slip."""
    if check["kind"] == "plausibility":
        return "For the finance team to answer."
    if check["kind"] == "duty":
        return "A duty that is not met at this date."
    return "No slip explains it: ask which is right."


def _amounts(paper: ChapterPaper, check: Mapping[str, Any]) -> tuple[Cell, Cell]:
    """Expected and found as numbers of figures; empty where the amount is of no single figure."""
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
