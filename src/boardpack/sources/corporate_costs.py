"""Corporate costs: budget, actual and forecast by cost centre, in £000s, from the ledger."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, columns
from boardpack.sources.from_ledger import make_corporate_costs
from boardpack.sources.position import MEASURES


def read_corporate_costs(folder: Folder) -> Extract:
    """Programme and admin cost centres; admin is the running costs. `Total` closes each group.

    Made from the ledger, to the penny, where the month's folder holds that instead.
    """
    contract = Contract(
        "corporate_costs.csv",
        (
            Column("group", "word", words=("programme", "admin", "corporate")),
            Column("cost_centre", "word"),
            Column("description", "text"),
            *columns("thousands", *MEASURES),
        ),
        ("group", "cost_centre"),
    )
    return folder.read_or_make(contract, make_corporate_costs)
