"""CHC high-cost packages: clients above the weekly rate at the end of each month, by place."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, place_column
from boardpack.subjects.chc.from_packages import make_high_cost


def read_chc_high_cost(folder: Folder) -> Extract:
    """Counts of clients, with the last month of the prior year as the opening."""
    contract = Contract(
        "chc_high_cost.csv",
        (
            Column("financial_year", "word"),
            Column("period", "word", words=tuple(f"M{number:02d}" for number in range(1, 13))),
            place_column(folder),
            Column("clients", "count"),
        ),
        ("financial_year", "period", "place"),
    )
    return folder.read_or_make(contract, make_high_cost)
