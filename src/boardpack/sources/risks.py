"""Risks: what could move the position, who owns it, and what is being done."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, place_column


def read_risks(folder: Folder) -> Extract:
    """One row per risk, for a place or the ICB."""
    return folder.read(
        Contract(
            "risks.csv",
            (
                Column("ref", "word"),
                place_column(folder, "icb"),
                Column("risk", "text"),
                Column("line", "word"),
                Column("owner_role", "text", empty=True),
                Column("mitigation", "text", empty=True),
                Column("status", "text", empty=True),
            ),
            ("ref",),
        )
    )
