"""Provider contracts: what the ICB expects to pay each NHS provider in the year."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder


def read_provider_contracts(folder: Folder) -> Extract:
    """Annual forecast by provider; `Total` is all NHS block contracts, local or not."""
    return folder.read(
        Contract(
            "provider_contracts.csv",
            (
                Column("provider", "text"),
                Column("annual_forecast", "any_amount"),
                Column("said", "text"),
            ),
            ("provider",),
        )
    )
