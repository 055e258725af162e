"""What the actions chapter shows: what earlier meetings asked for, and what is still to be done.

Actions raised in the ICB's report belong to every place; those raised by the board, or in the
place's own sections, belong to the default place alone.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from boardpack.document.blocks import Column, Narrative, NotSupplied, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import cell_text
from boardpack.reading.extract import Row as Record
from boardpack.reading.folder import Folder
from boardpack.subjects.actions.extract import read_actions

ICB_REPORT = "ICB report"
OF_THE_BOARD = re.compile(r"Month \d+ minutes|Section \d+")
CLOSED = "closed"
NO_DATE, NO_OWNER = "None given", "None named"
WHAT = "Actions from earlier meetings"
FIRST = 3
"""How many actions page 1 shows."""


def actions_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How many actions are open, how many have no date, and what is past its date."""
    mine = actions_of(paper)
    if not mine:
        return paper.not_supplied(WHAT)
    shown = [record for record in mine if _is_board(record) and _is_open(record)]
    others = [record for record in mine if not _is_board(record) and _is_open(record)]
    return paper.narrate(
        "actions",
        open=shown,
        closed=[record for record in mine if _is_board(record) and not _is_open(record)],
        others=others,
        undated=[record for record in shown if not record["due"]],
        late=[record for record in (*shown, *others) if _is_late(paper, record)],
    )


def actions_table(paper: ChapterPaper) -> Table | NotSupplied | None:
    """The open actions of this place's board, with owner, due date and status.

    None where actions were supplied and none of them is open for this board: the narrative says so.
    """
    mine = actions_of(paper)
    if not mine:
        return paper.not_supplied("Open actions of this board")
    shown = [record for record in mine if _is_board(record) and _is_open(record)]
    if not shown:
        return None
    rows = tuple(Row(_cells(paper, record)) for record in shown)
    return Table("actions-open", f"Open actions for {paper.place_name}", _columns(), rows)


def all_actions_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Every action that concerns this paper, under where it was raised."""
    mine = actions_of(paper)
    if not mine:
        return paper.not_supplied("The list of all actions")
    rows: list[Row] = []
    for raised in dict.fromkeys(record["raised"] for record in mine):
        rows.append(Row((cell_text(raised),), "heading"))
        rows += (Row(_cells(paper, r)) for r in mine if r["raised"] == raised)
    return Table("actions-all", "Actions by where they were raised", _columns(), tuple(rows))


def first_actions(paper: ChapterPaper) -> list[Record]:
    """The open actions that matter most: as the extract ranks them, then what is late, then dated.

    Those of this board; where it has none, those raised in the reports behind its paper.
    """
    found = [record for record in actions_of(paper) if _is_open(record)]
    found = [record for record in found if _is_board(record)] or found
    return sorted(found, key=lambda record: _weight(paper, record))[:FIRST]


def _weight(paper: ChapterPaper, record: Record) -> tuple[bool, Decimal, bool, bool]:
    rank = record.amounts.get("rank")
    of_rank = rank.amount if rank else Decimal(0)
    return rank is None, of_rank, not _is_late(paper, record), not record["due"]


def owner_of(record: Record) -> str:
    """Whose an action is, in print."""
    return cell_text(record["owner_role"]) or NO_OWNER


def due_of(paper: ChapterPaper, record: Record) -> str:
    """By when it is due, in print, and whether that is past when the board meets."""
    return f"{_due(record)}{' (past)' if _is_late(paper, record) else ''}"


def _columns() -> tuple[Column, ...]:
    heads = ("Action", "Owner", "Due", "Status")
    return (Column("Ref", "left"), *(Column(head, "left") for head in heads))


def _cells(paper: ChapterPaper, record: Record) -> tuple[str, ...]:
    question = cell_text(record["question"])
    told = (record["ref"], question, owner_of(record), due_of(paper, record))
    return (*told, record["status"].capitalize())


def actions_of(paper: ChapterPaper) -> list[Record]:
    """The actions that concern this paper, in the order of the extract."""
    is_home = paper.place == paper.paper.report.default_place
    rows = read_actions(Folder(paper.paper))
    return [row for row in rows if is_home or row["raised"].startswith(ICB_REPORT)]


def _is_board(record: Record) -> bool:
    """Whether a board's minutes or the place's own sections raised it, not the reports behind."""
    return OF_THE_BOARD.fullmatch(record["raised"]) is not None


def _is_open(record: Record) -> bool:
    return record["status"] != CLOSED


def _date(record: Record) -> dt.date | None:
    try:
        return dt.date.fromisoformat(record["due"])
    except ValueError:
        return None


def _due(record: Record) -> str:
    date = _date(record)
    if date is not None:
        return f"{date.day} {date:%B %Y}"
    return cell_text(record["due"]) or NO_DATE


def _is_late(paper: ChapterPaper, record: Record) -> bool:
    """Whether an open action's date will have passed when the board meets."""
    date = _date(record)
    return date is not None and _is_open(record) and date < paper.paper.run.board_date
