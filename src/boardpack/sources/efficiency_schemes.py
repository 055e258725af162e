"""Efficiency schemes: requirement, identified and delivered savings by place, in £000s."""

from __future__ import annotations

from boardpack.sources.contract import Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, columns, place_column
from boardpack.sources.from_tracker import make_efficiency_schemes

MEASURES = (
    "annual_requirement",
    "identified",
    "unidentified",
    "unidentified_prior_month",
    "ytd_plan",
    "ytd_actual",
    "ytd_variance",
    "ytd_variance_prior_month",
)


def read_efficiency_schemes(folder: Folder) -> Extract:
    """One row per place and the ICB; a gap in identified savings and a shortfall are negative."""
    cells = columns("thousands", *MEASURES)
    place = place_column(folder, "icb")
    contract = Contract("efficiency_schemes.csv", (place, *cells), ("place",))
    return folder.read_or_make(contract, make_efficiency_schemes)
