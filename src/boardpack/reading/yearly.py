"""Reference files that are kept by financial year: what a new year needs of each, row by row.

A file that last year had its rows in and this year has none in would leave what rests on it out of
the paper without a word. So it is a fault, until its rows are there or the month's parameters name
the file under `not_supplied`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import REFERENCE, Folder

YEAR = "financial_year"


@dataclass(frozen=True)
class Yearly:
    """A reference file kept by year: what it says, and its columns after the financial year.

    `keys` name a row, `values` are what has to be found out. `is_past` says that a paper needs the
    year before its own, which is over. `is_told` says that its own reader refuses a year it lacks.
    """

    file: str
    what: str
    keys: tuple[str, ...]
    values: tuple[str, ...]
    is_past: bool = False
    is_told: bool = False

    def year(self, month: Month) -> str:
        """The financial year whose rows a paper of a month needs."""
        return Month(month.start - self.is_past, MONTHS_IN_YEAR).year

    def rows(self, folder: Folder) -> Extract:
        """The file's rows of all years; empty where there is no file, or its reader refuses it."""
        names = (YEAR, *self.keys)
        columns = tuple(Column(name, "text", empty=True) for name in names)
        contract = Contract(self.file, columns, (), extra_columns=True)
        try:
            return folder.read_reference(contract)
        except InputFaults:
            return Extract(self.file, "", ())

    def lacks(self, folder: Folder, month: Month) -> Mapping[str, str] | None:
        """A row of last year that this year lacks, by its keys; None where the year is there.

        None too where last year had no row: then the file is not kept from year to year.
        """
        wanted = self.year(month)
        before = Month(int(wanted[:4]) - 1, MONTHS_IN_YEAR).year
        rows = self.rows(folder)
        if rows.only(financial_year=wanted):
            return None
        earlier = rows.only(financial_year=before)
        return {key: earlier[-self.is_past][key] for key in self.keys} if earlier else None

    def row_to_add(self, like: Mapping[str, str], month: Month) -> str:
        """A row of the year as it is to be written, with what has to be found out in brackets."""
        found = (f"<{name}>" for name in self.values)
        return ",".join((self.year(month), *(like[key] for key in self.keys), *found))


YEARLY = (
    Yearly(
        "savings_requirements.csv",
        "what each place must save",
        ("place",),
        ("annual_requirement",),
        is_told=True,
    ),
    Yearly(
        "chc_budgets.csv",
        "the clients and prices that the care budgets are built on",
        ("place",),
        ("clients", "average_price"),
    ),
    Yearly(
        "chc_budget_activity.csv",
        "the year's care budget by kind of care",
        ("place", "care_type", "client_group"),
        ("client_weeks", "weekly_price"),
    ),
    Yearly(
        "prescribing_profiles.csv",
        "the share of the year's prescribing in each month, M01 to M12",
        ("month",),
        ("monthly", "cumulative", "source"),
    ),
    Yearly(
        "indicative_prices.csv",
        "the year's indicative prices of hospital activity",
        ("setting", "specialty"),
        ("unit_price", "source"),
    ),
    Yearly(
        "outturn_history.csv",
        "how last year ended, at least its Month 12",
        ("month", "place", "directorate"),
        ("annual_budget", "ytd_budget", "ytd_actual", "forecast_outturn"),
        is_past=True,
    ),
)


def yearly_faults(folder: Folder) -> Iterator[Fault]:
    """Each file that is kept from year to year and lacks the year of the paper."""
    for one in YEARLY:
        if not one.is_told and one.file not in folder.paper.run.not_supplied:
            like = one.lacks(folder, folder.paper.month)
            if like is not None:
                year, row = one.year(folder.paper.month), one.row_to_add(like, folder.paper.month)
                yield Fault(
                    (REFERENCE / one.file).as_posix(),
                    f"rows of {year}: {one.what}",
                    f"Add them, such as {row}, or name {one.file} under not_supplied in the"
                    " month's parameters.",
                )
