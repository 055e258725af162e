"""Prescribing savings position: annual plan and year to date by kind of saving, in pounds."""

from __future__ import annotations

from boardpack.reading.contract import Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns, place_column

ANNUAL = (
    "annual_july",
    "annual_september",
    "core_target",
    "generic_prescribing",
    "non_core_target",
)
YTD = (
    "core_otc",
    "core_others",
    "branded_generic",
    "generic_from_july",
    "optimise_rx",
    "smr",
    "rebate",
    "budget_review",
    "rag_drugs",
)


def read_prescribing_savings_position(folder: Folder) -> Extract:
    """One row per place as the medicines team reports it; NA where a kind is not in its plan."""
    cells = columns("pounds", *ANNUAL, *YTD, "ytd_savings", empty=True)
    place = place_column(folder, "icb")
    return folder.read(Contract("prescribing_savings_position.csv", (place, *cells), ("place",)))
