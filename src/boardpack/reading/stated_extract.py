"""Stated quantities: what the month's reports say in words and no table holds."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, place_column
from boardpack.schedules.load import home_schedules

CHAPTERS = (
    "cash",
    "chc",
    "corporate",
    "efficiency",
    "indicators",
    "mental_health",
    "overview",
    "position",
    "prescribing",
    "programmes",
    "providers",
    "resource_limit",
    "savings",
    "section75",
)
"""The chapters that take up what is stated of them: of any other, nobody would read it."""


def read_stated(folder: Folder) -> Extract:
    """One quantity a row with its chapter, line and period, each in its own unit."""
    declared = {one.chapter: None for one in home_schedules(folder.paper.home).values()}
    return folder.read(
        Contract(
            "stated.csv",
            (
                place_column(folder, "central", "icb"),
                Column("chapter", "word", words=(*CHAPTERS, *declared)),
                Column("line", "word"),
                Column("measure", "word"),
                Column("period", "word"),
                Column("value", "any_amount"),
                Column("said", "text"),
            ),
            ("place", "chapter", "line", "measure", "period"),
            may_be_empty=True,
        )
    )
