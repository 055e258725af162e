"""Planned surplus: what a place or the ICB is to have left of its budgets, in £000s.

Also called a control total. A planned deficit is below nil. The file is for bodies whose budgets
hold the surplus, so that budget less actual is the surplus that is made: it is then judged against
the plan. Where budgets leave the surplus out, a variance is against the plan already, and no file
comes.
"""

from __future__ import annotations

from boardpack.core.structure import ICB
from boardpack.reading.contract import Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder, columns, place_column


def read_planned_surplus(folder: Folder) -> Extract:
    """The plan to date and for the year, a place or the ICB a row; or none."""
    amounts = columns("thousands", "ytd_plan", "forecast_plan")
    contract = Contract("planned_surplus.csv", (place_column(folder, ICB), *amounts), ("place",))
    return folder.read_if_there(contract)
