"""Place savings: plan, actual and forecast by directorate, in £000s, from the savings tracker."""

from __future__ import annotations

from boardpack.reading.contract import Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns, directorate_column, place_column
from boardpack.subjects.savings.from_tracker import make_place_savings
from boardpack.subjects.savings.tracker_extract import TARIFF

MEASURES = (
    "ytd_plan",
    "ytd_actual",
    "ytd_variance",
    "full_year_plan",
    "full_year_forecast",
    "full_year_variance",
)


def read_place_savings(folder: Folder) -> Extract:
    """Savings by directorate; variance = actual - plan, so a shortfall is negative."""
    head = (place_column(folder), directorate_column(folder, "Total", TARIFF))
    cells = columns("thousands", *MEASURES)
    contract = Contract("place_savings.csv", (*head, *cells), ("place", "directorate"))
    return folder.read_or_make(contract, make_place_savings)
