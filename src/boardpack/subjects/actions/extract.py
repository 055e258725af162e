"""Actions: what earlier meetings asked, who owes it, by when, and where it stands."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, earlier_folder

FILE = "actions.csv"
CLOSED = "closed"


def read_actions(folder: Folder) -> Extract:
    """One row per action; an empty due date means that none was given.

    `rank` says which matter most, from 1: page 1 shows three. It may be left out, and left empty.
    """
    return folder.read(
        Contract(
            FILE,
            (
                Column("ref", "word"),
                Column("raised", "text", empty=True),
                Column("question", "text"),
                Column("owner_role", "text", empty=True),
                Column("due", "text", empty=True),
                Column("status", "word", words=("open", "in progress", CLOSED)),
                Column("answer_basis", "text", empty=True),
                Column("rank", "count", empty=True, optional=True),
            ),
            ("ref",),
            may_be_empty=True,
        )
    )


def last_actions(folder: Folder) -> Extract | None:
    """Last month's actions, over the turn of the year too; None where it had none here."""
    last = earlier_folder(folder, folder.paper.month.earlier(1))
    return read_actions(last) if last.has(FILE) else None


def is_closed(row: Row) -> bool:
    """Whether a meeting has taken the answer."""
    return row["status"] == CLOSED
