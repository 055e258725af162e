"""What would be noticed, as the paper shows it: in one sentence, by extract, and what would not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from boardpack.checks.noticed.errors import MATERIAL
from boardpack.checks.noticed.figures import CURRENT, EARLIER, NAMES, least_held, line_of
from boardpack.checks.phrases import and_list
from boardpack.document.blocks import Column, Narrative, Row, RowKind, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.numbers import default_style
from boardpack.document.wording import cell_text
from boardpack.figures.figure import Figure

SHOWN = (
    (MATERIAL, "Material error"),
    ("ten", "Ten times"),
    ("sign", "Other sign"),
    ("last_month", "Last month's"),
)
"""The errors that the table shows, and how it heads them; the record has them all."""
MOST, OF_ONE = 15, 4
"""So many inputs are listed in which an error would go unseen, and so many of one extract."""


def noticed_words(paper: ChapterPaper) -> dict[str, Any]:
    """What the sentence on page 1 and in the chapter names besides figures."""
    return {"least_held": least_held(paper.register, paper.place)}


def noticed_narrative(paper: ChapterPaper) -> Narrative:
    """How it was found out what the checks would notice, and what counts as noticed."""
    return paper.narrate("would_be_noticed")


def noticed_table(paper: ChapterPaper) -> Table | None:
    """By extract: cells, money, the share in which each error would be noticed, and by what.

    Those with most money unseen come first. None where it was not computed.
    """
    if paper.noticed is None:
        return None
    columns = (
        Column("Source report", "left"),
        Column("Cells"),
        Column("Money, £000s"),
        *(Column(head, group="Would be noticed") for _, head in SHOWN),
        Column("Mostly by", "left"),
    )
    rows: list[Row] = []
    for line, part, is_now in ((CURRENT, "current", True), (EARLIER, "earlier", False)):
        found = [one for one in paper.noticed["extracts"] if one["is_current"] is is_now]
        rows += [_row(paper, line_of(one), one["extract"], one) for one in found]
        if found:
            rows.append(_row(paper, line, NAMES[line], paper.noticed[part], "subtotal"))
    notes = (
        "A share is of the money, or of the cells where there is no money; an error that changes"
        " nothing by the material amount is left out. Last month's: the amount stands still at what"
        " was published; blank where nothing was.",
        "Money counts every amount that was read, so that a sum read twice is in it twice.",
    )
    caption = "Where an error would be noticed"
    return Table("assurance-noticed", caption, columns, tuple(rows), "", notes)


def _row(
    paper: ChapterPaper, line: str, name: str, sums: Mapping[str, Any], kind: RowKind = "line"
) -> Row:
    scope = f"assurance.{line}"
    shares = (paper.cell(f"{scope}.{error}") for error, _ in SHOWN)
    by = and_list(sums["by"][:2]) if sums["by"] else "nothing"
    cells = (paper.cell(f"{scope}.cells"), paper.cell(f"{scope}.money"))
    return Row((cell_text(name), *cells, *shares, by), kind)


def unnoticed_table(paper: ChapterPaper) -> Table | None:
    """What no check holds, the largest of each extract, by size; None where all is held."""
    unseen = [one for one in (paper.noticed or {}).get("unheld", ()) if MATERIAL in one["errors"]]
    if not unseen:
        return None
    found: dict[str, tuple[Figure, str]] = {}
    for one in unseen:
        figure = paper.register[one["figures"][0]]
        found.setdefault(figure.id, (figure, one["extract"]))
    columns = (Column("Figure", "left"), Column("Read from", "left"), Column("Amount, £000s"))
    named: Counter[str] = Counter()
    rows: list[Row] = []
    for figure, extract in found.values():
        named[extract] += 1
        if named[extract] <= OF_ONE and len(rows) < MOST:
            number = default_style(figure)(figure)
            rows.append(Row((cell_text(figure.label), cell_text(extract), number)))
    more = len(found) - len(rows)
    notes = (f"Another {more:,} are not listed here.",) if more else ()
    caption = "The largest amounts in which a material error would go unseen"
    return Table("assurance-unnoticed", caption, columns, tuple(rows), "", notes)
