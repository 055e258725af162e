"""The trial balance: every account of the ledger, balance sheet included, which nets to zero."""

from __future__ import annotations

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder

FILE = "trial_balance.csv"
AMOUNTS = ("in_month", "ytd")


def read_trial_balance(folder: Folder) -> Extract:
    """In-month and year-to-date balances in pounds and pence, a debit positive; empty if not there.

    Earlier months may stand beside this one, each in any form in which systems print it. A trial
    balance without a row of this month, or with one of a month to come, is refused: it was run for
    another period.
    """
    month = folder.paper.month
    periods = tuple(f"M{number:02d}" for number in range(1, month.number + 1))
    extract = folder.read_if_there(
        Contract(
            FILE,
            (
                Column("entity", "word"),
                Column("cost_centre", "word", empty=True),
                Column("subjective", "word"),
                Column("subjective_description", "text", empty=True, optional=True),
                Column("analysis_1", "word", empty=True),
                Column("analysis_2", "word", empty=True),
                Column("period", "word", words=periods, so_far=month),
                *(Column(name, "pounds", empty=True, step="0") for name in AMOUNTS),
            ),
            ("entity", "cost_centre", "subjective", "analysis_1", "analysis_2", "period"),
        )
    )
    if extract.rows and not extract.only(period=month.code):
        last = extract.rows[-1]
        remedy = f"Run the trial balance for {month.code} and replace the file."
        expected = f"rows of this month, {month.code}"
        raise InputFaults(
            [Fault(extract.file, expected, remedy, last.line, "period", last["period"])]
        )
    return extract
