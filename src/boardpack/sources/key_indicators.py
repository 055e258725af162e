"""Key financial indicators: target and actual, year to date and forecast, in £000s."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, columns

MEASURES = ("ytd_target", "ytd_actual", "forecast_target", "forecast_actual")


def read_key_indicators(folder: Folder) -> Extract:
    """The ICB's financial duties; a duty that does not apply says n/a."""
    return folder.read(
        Contract(
            "key_indicators.csv",
            (Column("indicator", "text"), *columns("thousands", *MEASURES, empty=True)),
            ("indicator",),
        )
    )
