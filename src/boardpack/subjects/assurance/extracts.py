"""What a reader is told of the month's extracts: what is absent, and what has been answered for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from boardpack.checks.extracts import RENEWED, extract_check
from boardpack.document.blocks import Column, Narrative, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import cell_text, plain_text
from boardpack.figures.labels import measure_label
from boardpack.reading.month_files import absent, brought_last_month
from boardpack.schedules.load import home_schedules

LABELS = {"epd": "prescribing items", "mhis_return": "mental health return"}
STANDING = {"not_supplied": "Not supplied this month", "unchanged": "Came again as last month"}


def extract_notices(paper: ChapterPaper) -> dict[str, Any]:
    """For page 1: extracts that are absent without a reason, or with one, or are last month's.

    A failure that somebody has waived is told all the same: what it rests on is still not there.
    """
    said = paper.paper.run.not_supplied
    lacking = absent(paper.paper)
    return {
        "absent": [_label(name) for name in lacking if f"{name}.csv" not in said],
        "not_supplied": [
            (_label(name), _sentence(said[f"{name}.csv"]))
            for name in lacking
            if f"{name}.csv" in said
        ],
        "unchanged": [_label(name) for name in _last_month_s(paper)],
    }


def _last_month_s(paper: ChapterPaper) -> Iterator[str]:
    """The extracts whose content is last month's, of which nobody has said that it may be."""
    failed = {check["id"] for check in paper.checks if check["status"] in ("fail", "waived")}
    for name in brought_last_month(paper.paper.home, paper.paper.month):
        if extract_check(name, RENEWED) in failed:
            yield name


def _label(extract: str) -> str:
    return LABELS.get(extract, measure_label(extract))


def _sentence(reason: str) -> str:
    return plain_text(reason.rstrip("."))


def answered_table(paper: ChapterPaper) -> Table | Narrative:
    """The extracts that do not come this month or came as they were, each with its reason.

    Of a body with tables of its own and no more, those alone are told: it has no other.
    """
    run, own = paper.paper.run, home_schedules(paper.paper.home)
    of_all = not paper.has_only_tables
    rows = tuple(
        Row((cell_text(file), STANDING[name], cell_text(reason)))
        for name, said in (("not_supplied", run.not_supplied), ("unchanged", run.unchanged))
        for file, reason in said.items()
        if of_all or file.removesuffix(".csv") in own
    )
    if not rows:
        return paper.narrate("no_answer" if of_all else "no_own_answer")
    columns = tuple(Column(head, "left") for head in ("Source report", "Standing", "Reason"))
    return Table("assurance-answered", "Source reports that were answered for", columns, rows)
