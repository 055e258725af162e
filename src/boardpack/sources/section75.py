"""Section 75 schedule: each service, who funds it and how much, two years, in £000s."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, columns

MEASURES = ("icb_prior_year", "council_prior_year", "total_prior_year", "icb", "council", "total")


def read_section75(folder: Folder) -> Extract:
    """One row per service of the place's agreement with its council."""
    return folder.read(
        Contract(
            "section75.csv",
            (
                Column("ref", "word"),
                Column("service", "text"),
                Column("description", "text", empty=True),
                Column("provider", "text", empty=True),
                *columns("thousands", *MEASURES, empty=True),
            ),
            ("ref",),
        )
    )
