"""Cash requirement: the annual cash drawdown requirement and what has used it, in £000s."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, columns


def read_cash_requirement(folder: Folder) -> Extract:
    """The month, the month before and the movement; what has used the limit is negative."""
    return folder.read(
        Contract(
            "cash_requirement.csv",
            (
                Column("line", "text"),
                *columns("thousands", "current_month", "prior_month", "movement"),
            ),
            ("line",),
        )
    )
