"""Cash requirement: the ICB's annual cash drawdown requirement and its uses, in £000s."""

from __future__ import annotations

import re

from boardpack.errors import Fault, InputFaults
from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, columns

LIMIT, REMAINING = "ICB ACDR", "Remaining Cash limit"
"""The lines that the others lie between: what may be used in the year, and what is left of it."""


def read_cash_requirement(folder: Folder) -> Extract:
    """The month, the month before and the movement; what has used the limit is negative.

    InputFaults where the limit or what is left of it has no line of that name: what is used of a
    limit that nobody names could not be computed, and would be missed by nobody.
    """
    extract = folder.read(
        Contract(
            "cash_requirement.csv",
            (
                Column("line", "text"),
                *columns("thousands", "current_month", "prior_month", "movement"),
            ),
            ("line",),
        )
    )
    named = {_plain(row["line"]) for row in extract}
    lacking = [line for line in (LIMIT, REMAINING) if _plain(line) not in named]
    if extract.rows and lacking:
        expected = f"a line {' and a line '.join(lacking)}"
        remedy = "Add it, or give it that name: what is used of the limit is computed from both."
        raise InputFaults([Fault(extract.file, expected, remedy)])
    return extract


def _plain(line: str) -> str:
    return " ".join(re.split(r"[\W_]+", line.lower())).strip()
