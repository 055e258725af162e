"""MHIS return: one programme a row, eligible for the investment standard or excluded, in pounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.cells import Cell
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value, sum_values
from boardpack.reading.folder import Folder, columns
from boardpack.subjects.mental_health.rates import rate_on

FILE = "mhis_return.csv"
UPLIFT = "mhis_uplift"
ELIGIBLE, EXCLUDED = "eligible", "excluded"
NEVER = ("learning disab", "autis", "dementia", "adhd", "service development fund", "sdf")
"""What national guidance keeps out of the standard, whatever a row says of itself."""
TARGET = "prior-year outturn of the eligible programmes, uplifted"
AMOUNTS = ("prior_year_outturn", "annual_plan", "ytd_plan", "ytd_actual", "forecast_outturn")


def read_mhis_return(folder: Folder) -> Extract:
    """The programmes; empty where the month has no return.

    Raises InputFaults where a programme that can never count says that it is eligible.
    """
    contract = Contract(
        FILE,
        (
            *columns("word", "programme"),
            Column("eligible", "word", words=(ELIGIBLE, EXCLUDED)),
            Column("reason", "text", empty=True, optional=True),
            *(Column(name, "pounds", step="0") for name in AMOUNTS),
        ),
        ("programme",),
    )
    extract = folder.read_if_there(contract)
    faults = list(_faults(extract))
    if faults:
        raise InputFaults(faults)
    return extract


def _faults(extract: Extract) -> Iterator[Fault]:
    for row in extract.only(eligible=ELIGIBLE):
        if any(word in row["programme"].casefold() for word in NEVER):
            expected = "excluded: the standard leaves this programme out"
            remedy = "Mark it excluded and give the reason."
            yield Fault(extract.file, expected, remedy, row.line, "eligible", row["eligible"])


def make_mhis(folder: Folder) -> Extract:
    """The standard's uplift, target and forecast, and prescribing spend; excluded ones stay out."""
    extract = read_mhis_return(folder)
    eligible = extract.only(eligible=ELIGIBLE)
    year, before = folder.paper.month.year, folder.paper.month.earlier(12).year
    uplift = rate_on(folder, UPLIFT, dt.date(folder.paper.month.start, 4, 1)).amounts["value"]
    outturn = _sum(eligible, "prior_year_outturn")
    prescribing = [row for row in eligible if row["programme"].casefold() == "prescribing"]
    found = {
        ("mhis", "uplift", year): uplift,
        ("mhis", "prior_year_outturn", before): outturn,
        ("mhis", "forecast_target", year): _target(eligible, outturn, uplift.amount),
        ("mhis", "forecast_outturn", year): _sum(eligible, "forecast_outturn"),
        ("prescribing", "spend", before): _sum(prescribing, "prior_year_outturn"),
        ("prescribing", "spend", year): _sum(prescribing, "forecast_outturn"),
    }
    rows = [
        Row(
            0,
            dict(zip(("line", "measure", "period", "said"), (*key, FILE), strict=True)),
            {"value": v},
        )
        for key, v in found.items()
        if v is not None
    ]
    return Extract(extract.file, extract.sha256, tuple(rows))


def _sum(rows: Sequence[Row], column: str) -> Value | None:
    return sum_values([row.amounts[column] for row in rows])


def _target(rows: Sequence[Row], outturn: Value | None, uplift: Decimal) -> Value | None:
    if outturn is None:
        return None
    lines = tuple(row.line for row in rows)
    cell = Cell(outturn.cell.file, outturn.cell.sheet, lines[0], "prior_year_outturn", "")
    amount = outturn.amount * (100 + uplift) / 100
    return Value(cell, amount, amount, "GBP", Decimal(0), lines=lines, method=TARGET)
