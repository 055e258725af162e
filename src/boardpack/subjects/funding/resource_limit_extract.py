"""Revenue resource limit: budgets and movements by place, month by month, in £000s."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns
from boardpack.subjects.funding.allocations_extract import MOVEMENTS, make_resource_limit


def read_resource_limit(folder: Folder) -> Extract:
    """Opening budget, internal adjustments (nil across the row), allocations, month budgets."""
    contract = Contract(
        "resource_limit.csv",
        (
            Column("month", "word", words=tuple(f"M{n:02d}" for n in range(13))),
            Column("movement", "word", words=MOVEMENTS),
            Column("item", "text"),
            *columns("thousands", *folder.columns, empty=True),
        ),
        ("month", "movement", "item"),
    )
    return folder.read_or_make(contract, make_resource_limit)
