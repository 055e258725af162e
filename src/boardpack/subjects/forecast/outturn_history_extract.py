"""Past years month by month: what was spent, what was forecast, and how each year ended.

`data/reference/outturn_history.csv` has one row for each financial year, month, place and
directorate, in pounds. Month 12 is the outturn. Earlier years are what forecasts are tried on, so
a year without its Month 12 is refused: it would try nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import CENTRAL
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, column_of_all_months, on_this_structure

FILE = "outturn_history.csv"
MONTHS = tuple(f"M{number:02d}" for number in range(1, MONTHS_IN_YEAR + 1))
OUTTURN = MONTHS[-1]
AMOUNTS = ("annual_budget", "ytd_budget", "ytd_actual", "forecast_outturn")
_YEAR = re.compile(r"20(\d\d)/(\d\d)")


def read_outturn_history(folder: Folder) -> Extract:
    """The months of every year in the file; empty where the home has none.

    A year of the paper or later is no history for it: whoever reads leaves such years out. Places
    and directorates are given as they are now, whatever they were called then. Raises InputFaults
    for a year that is not written as 2023/24, and for a line whose year has no Month 12 or whose
    forecast in Month 12 is not its actual.
    """
    extract = folder.read_reference(_contract(folder))
    settled = on_this_structure(folder, extract)
    faults = [*_years(extract), *_ends(settled)]
    if faults:
        raise InputFaults(faults)
    return settled


def _contract(folder: Folder) -> Contract:
    return Contract(
        FILE,
        (
            Column("financial_year", "word"),
            Column("month", "word", words=MONTHS),
            column_of_all_months(folder, "place", CENTRAL),
            column_of_all_months(folder, "directorate"),
            *(Column(name, "pounds", step="0") for name in AMOUNTS),
        ),
        ("financial_year", "month", "place", "directorate"),
        extra_columns=False,
    )


def _years(extract: Extract) -> Iterator[Fault]:
    for row in extract:
        found = _YEAR.fullmatch(row["financial_year"])
        if found is None or (int(found[1]) + 1) % 100 != int(found[2]):
            expected, remedy = "a financial year such as 2023/24", "Write the year in full."
            said = row["financial_year"]
            yield Fault(extract.file, expected, remedy, row.line, "financial_year", said)


def _ends(extract: Extract) -> Iterator[Fault]:
    """Every line of a year must end, and end where it says."""
    lines: dict[tuple[str, str, str], list[Row]] = {}
    for row in extract:
        key = (row["financial_year"], row["place"], row["directorate"])
        lines.setdefault(key, []).append(row)
    for (year, place, directorate), rows in lines.items():
        ends = [row for row in rows if row["month"] == OUTTURN]
        if not ends:
            expected = f"Month 12 of {year} for {place}, {directorate}"
            remedy = "Add the outturn, or take the year out until it is over."
            yield Fault(extract.file, expected, remedy, rows[0].line, "month", rows[0]["month"])
        for last in ends:
            forecast, actual = (last.amounts[name] for name in ("forecast_outturn", "ytd_actual"))
            if forecast.amount != actual.amount:
                expected = f"in Month 12 what was spent, {actual.cell.text}"
                remedy = "Put the outturn in both columns."
                text = forecast.cell.text
                yield Fault(extract.file, expected, remedy, last.line, "forecast_outturn", text)
