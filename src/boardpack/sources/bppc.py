"""Better Payment Practice Code: the share of creditors paid within 30 days."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, columns
from boardpack.sources.invoices import make_bppc


def read_bppc(folder: Folder) -> Extract:
    """Target and actual share, in per cent, for NHS and other creditors."""
    contract = Contract(
        "bppc.csv",
        (
            Column("creditor", "word", words=("NHS", "Non-NHS")),
            *columns("percent", "ytd_target", "ytd_actual"),
        ),
        ("creditor",),
    )
    return folder.read_or_make(contract, make_bppc)
