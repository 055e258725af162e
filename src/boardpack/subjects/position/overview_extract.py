"""Budget overview: all places by directorate, budget, actual and variance, in £000s."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns, directorate_column
from boardpack.subjects.ledger.from_ledger import make_budget_overview

MEASURES = ("ytd_budget", "ytd_actual", "ytd_variance")


def read_budget_overview(folder: Folder) -> Extract:
    """One row per measure and directorate, one column per place, central, and two ICB totals.

    Made from the ledger, to the penny, where the month's folder holds that instead.
    """
    places = (*folder.report.places, "central", "icb_non_covid", "icb")
    contract = Contract(
        "budget_overview.csv",
        (
            Column("measure", "word", words=MEASURES),
            directorate_column(folder, "Total"),
            *columns("thousands", *places, empty=True),
        ),
        ("measure", "directorate"),
    )
    return folder.read_or_make(contract, make_budget_overview)
