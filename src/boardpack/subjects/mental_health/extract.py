"""MHIS: target, forecast and the spend beside it, printed, or made from the return by programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from boardpack.reading.cells import Cell
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.mental_health.rates import rate_on

UPLIFT = "mhis_uplift"
TARGET = "prior-year outturn of the eligible programmes, uplifted"


def read_mhis(folder: Folder) -> Extract:
    """One quantity a row, each in its own unit (`£439,075k`, `9.22%`)."""
    contract = Contract(
        "mhis.csv",
        (
            Column("line", "word"),
            Column("measure", "word"),
            Column("period", "word"),
            Column("value", "any_amount"),
            Column("said", "text"),
        ),
        ("line", "measure", "period"),
    )
    return folder.read_or_make(contract, make_mhis)


def make_mhis(folder: Folder) -> Extract:
    """The standard's uplift, target and forecast, and prescribing spend; excluded ones stay out."""
    schedule = own_schedule("mhis_return")
    extract = read_schedule(folder, schedule)
    eligible = extract.only(eligible="eligible")
    year, before = folder.paper.month.year, folder.paper.month.earlier(12).year
    uplift = rate_on(folder, UPLIFT, dt.date(folder.paper.month.start, 4, 1)).amounts["value"]
    outturn = _sum(eligible, "prior_year_outturn")
    one = ("programme", "eligible")
    prescribing = [row for row in eligible if row["programme"].casefold() == "prescribing"]
    found = {
        ("mhis", "uplift", year): uplift,
        ("mhis", "prior_year_outturn", before): outturn,
        ("mhis", "forecast_target", year): _target(eligible, outturn, uplift.amount),
        ("mhis", "forecast_outturn", year): _sum(eligible, "forecast_outturn"),
        ("prescribing", "spend", before): _sum(prescribing, "prior_year_outturn", one),
        ("prescribing", "spend", year): _sum(prescribing, "forecast_outturn", one),
    }
    names = ("line", "measure", "period", "said")
    rows = [
        Row(0, dict(zip(names, (*key, schedule.file), strict=True)), {"value": value})
        for key, value in found.items()
        if value is not None
    ]
    return Extract(extract.file, extract.sha256, tuple(rows))


def _sum(rows: Sequence[Row], column: str, by: Sequence[str] = ("eligible",)) -> Value | None:
    return total_of(rows, (column,), by)


def _target(rows: Sequence[Row], outturn: Value | None, uplift: Decimal) -> Value | None:
    if outturn is None:
        return None
    lines = tuple(row.line for row in rows)
    cell = Cell(outturn.cell.file, outturn.cell.sheet, lines[0], "prior_year_outturn", "")
    amount = outturn.amount * (100 + uplift) / 100
    return Value(cell, amount, amount, "GBP", Decimal(0), lines=lines, method=TARGET)
