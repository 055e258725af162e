"""Prescribing summary (PMD / IPP): what makes up the PPA spend of each place, in pounds."""

from __future__ import annotations

from boardpack.reading.contract import Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns, place_column

PARTS = (
    "pmd_excl_cat_m_ncso",
    "cat_m_ncso",
    "central_drugs",
    "flu_income",
    "prior_year",
    "qipp_savings",
    "pmd_ipp_difference",
)
TOTALS = (
    "ytd_spend",
    "ytd_budget",
    "ytd_variance",
    "annual_budget",
    "forecast_outturn",
    "forecast_variance",
)


def read_prescribing_summary(folder: Folder) -> Extract:
    """The seven parts add up to the PPA spend; flu income and a prior-year benefit are negative."""
    cells = columns("pounds", *PARTS, *TOTALS, empty=True)
    place = place_column(folder, "central", "icb")
    return folder.read(Contract("prescribing_summary.csv", (place, *cells), ("place",)))
