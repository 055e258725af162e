"""The ledger's position: one line per cost centre and subjective (account), pounds and pence."""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder

FILE = "ledger.csv"
AMOUNTS = ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn")
VARIANCES = ("ytd_variance", "forecast_variance")


def read_ledger(folder: Folder) -> Extract:
    """Budget, actual and forecast of every line, unrounded; spending is positive, income negative.

    Empty where the month has schedules instead. The ledger's own variances, budget less actual,
    may stand in it too: they are held against its amounts. A blank amount is nil beside others of
    its directorate at a place; where a directorate has none at all, it is absent.
    """
    exact = (Column(name, "pounds", empty=True, step="0") for name in AMOUNTS)
    own = (Column(name, "pounds", empty=True, step="0", optional=True) for name in VARIANCES)
    return folder.read_if_there(
        Contract(
            FILE,
            (
                Column("cost_centre", "word"),
                Column("cost_centre_description", "text", empty=True),
                Column("subjective", "word"),
                Column("subjective_description", "text", empty=True),
                *exact,
                *own,
            ),
            ("cost_centre", "subjective"),
        )
    )
