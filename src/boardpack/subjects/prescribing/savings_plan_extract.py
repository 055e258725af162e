"""Prescribing savings plan: the year's schemes and what each may save, in pounds."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns

GROUPS = (
    "core",
    "generic",
    "non_core_branded",
    "non_core_local",
    "non_core",
    "cost_avoidance",
    "all",
)


def read_prescribing_savings_plan(folder: Folder) -> Extract:
    """Schemes by group with the spend they address; `Total` rows close each group."""
    return folder.read(
        Contract(
            "prescribing_savings_plan.csv",
            (
                Column("group", "word", words=GROUPS),
                Column("scheme", "text"),
                *columns("pounds", "spend_jan_dec_2022", "identified_opportunity", empty=True),
            ),
            ("group", "scheme"),
        )
    )
