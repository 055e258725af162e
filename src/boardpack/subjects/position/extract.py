"""Place position: one row per directorate of a place, in £000s, from the ledger."""

from __future__ import annotations

from boardpack.reading.contract import Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns, directorate_column, place_column
from boardpack.subjects.ledger.from_ledger import make_position

MEASURES = (
    "ytd_budget",
    "ytd_actual",
    "ytd_variance",
    "annual_budget",
    "forecast_outturn",
    "forecast_variance",
)


def read_position(folder: Folder) -> Extract:
    """Budget, actual and variance, year to date and forecast; variance = budget - actual.

    Made from the ledger, to the penny, where the month's folder holds that instead.
    """
    head = (place_column(folder), directorate_column(folder, "Total"))
    cells = columns("thousands", *MEASURES, empty=True)
    contract = Contract("position.csv", (*head, *cells), ("place", "directorate"))
    return folder.read_or_make(contract, make_position)
