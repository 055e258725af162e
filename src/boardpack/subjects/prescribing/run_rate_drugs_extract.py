"""Run-rate drugs: the cost growth, year to date, of drugs that savings address, in pounds."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder


def read_prescribing_run_rate_drugs(folder: Folder) -> Extract:
    """Cost growth by drug; a fall in cost is negative."""
    return folder.read(
        Contract(
            "prescribing_run_rate_drugs.csv",
            (
                Column("therapeutic_area", "text"),
                Column("drug", "text"),
                Column("ytd_cost_growth", "pounds"),
            ),
            ("therapeutic_area", "drug"),
        )
    )
