"""MHIS return: target, forecast and the spend beside it, with where each was said."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.subjects.mental_health.return_extract import make_mhis


def read_mhis(folder: Folder) -> Extract:
    """One quantity a row, each in its own unit (`£439,075k`, `9.22%`)."""
    contract = Contract(
        "mhis.csv",
        (
            Column("line", "word"),
            Column("measure", "word"),
            Column("period", "word"),
            Column("value", "any_amount"),
            Column("said", "text"),
        ),
        ("line", "measure", "period"),
    )
    return folder.read_or_make(contract, make_mhis)
