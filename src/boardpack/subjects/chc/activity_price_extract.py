"""CHC activity and price: clients and average monthly price by place and month, without FNC."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, place_column
from boardpack.subjects.chc.from_packages import make_activity_price


def read_chc_activity_price(folder: Folder) -> Extract:
    """Clients (a count) and pounds per client per month; `Budget` rows are the basis of budgets."""
    periods = ("Budget", *(f"M{number:02d}" for number in range(1, 13)))
    contract = Contract(
        "chc_activity_price.csv",
        (
            Column("period", "word", words=periods),
            place_column(folder),
            Column("clients", "count"),
            Column("average_price", "pounds"),
        ),
        ("period", "place"),
    )
    return folder.read_or_make(contract, make_activity_price)
