"""Actions: what earlier meetings asked, who owes it, by when, and where it stands."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder


def read_actions(folder: Folder) -> Extract:
    """One row per action; an empty due date means that none was given."""
    return folder.read(
        Contract(
            "actions.csv",
            (
                Column("ref", "word"),
                Column("raised", "text", empty=True),
                Column("question", "text"),
                Column("owner_role", "text", empty=True),
                Column("due", "text", empty=True),
                Column("status", "word", words=("open", "in progress", "closed")),
                Column("answer_basis", "text", empty=True),
            ),
            ("ref",),
            may_be_empty=True,
        )
    )
