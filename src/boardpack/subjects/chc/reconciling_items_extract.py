"""What the ledger has for continuing care that the packages have not, as the team names it.

An amount is what the ledger's actual to date has beyond the packages: an accrual for care that is
not entered yet is positive, a credit is negative.
"""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns, place_column

FILE = "chc_reconciling_items.csv"
KINDS = ("accrual", "adjustment", "other")


def read_chc_reconciling_items(folder: Folder) -> Extract:
    """One named item a row, in pounds to date; empty where the month has none."""
    contract = Contract(
        FILE,
        (
            place_column(folder),
            Column("kind", "word", words=KINDS),
            *columns("text", "item"),
            Column("ytd_actual", "pounds", step="0"),
        ),
        ("place", "item"),
    )
    return folder.read_if_there(contract)
