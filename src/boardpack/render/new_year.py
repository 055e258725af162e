"""What a new year needs that cannot be carried over from the last, each with the row to add."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import suppress

from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.calendar import read_day
from boardpack.reading.cost_centres_extract import in_force, read_cost_centres
from boardpack.reading.extract import Row
from boardpack.reading.folder import REFERENCE, Folder
from boardpack.reading.yearly import YEARLY
from boardpack.subjects.chc.from_packages import month_days
from boardpack.subjects.mental_health.rates import read_dated_rates, row_to_add

REPORT = "params/report.yml"
OF_A_YEAR = {
    "savings_quarter_percent": "the profile that the year's savings plans follow",
    "chc_funded_inflation_percent": "the rise of care prices that the year's budgets fund",
}
"""Parameters of the report that hold for one year."""
ANEW = {
    "allocations.csv": "opens with the year's budgets (M00)",
    "borough_budget.csv": "is the budget drawn up for the year",
    "drug_tariff_baseline.csv": "has the prices on which the year's budget was set",
    "mhis.csv": "sets the year against how the last one ended",
    "mhis_return.csv": "sets the year against how the last one ended",
    "prescribing_savings_plan.csv": "is the plan of the year",
    "resource_limit.csv": "opens with the year's budgets (M00)",
    "savings_tracker.csv": "has the year's schemes and plans",
    "section75.csv": "sets the year against the last one",
}
"""Extracts that do not go on from Month 12: what each does in Month 1."""
WAITS = "prescribing_summary.csv"


def needs_of_year(paper: Paper, month: Month, brought: Container[str]) -> Iterator[str]:
    """Each file and parameter that a year begins anew, a line each; `paper` is of last year.

    `brought` are the extracts that the last month brought.
    """
    new = paper.model_copy(update={"month": month})
    folder = Folder(new, corrections=())
    yield from _files(folder, month)
    with suppress(InputFaults):
        yield from _rates(folder, month)
    with suppress(InputFaults):
        yield from _cost_centres(folder, paper.month, month)
    yield from _parameters(paper, month)
    yield from (f"{file} {how}." for file, how in ANEW.items() if file in brought)
    if WAITS in brought:
        yield (
            f"{WAITS} has no month of {month.year} before Month 3: until then name it under"
            " not_supplied."
        )


def _files(folder: Folder, month: Month) -> Iterator[str]:
    for one in YEARLY:
        like = one.lacks(folder, month)
        if like is not None:
            row = one.row_to_add(like, month)
            file = (REFERENCE / one.file).as_posix()
            yield f"{file}: {one.what}, for {one.year(month)}: add rows such as {row}"


def _rates(folder: Folder, month: Month) -> Iterator[str]:
    """Rates that were given last and end before the month."""
    last: dict[str, Row] = {}
    for row in read_dated_rates(folder):
        last[row["rate"]] = max(last.get(row["rate"], row), row, key=lambda one: one["from"])
    first = month_days(month)[0]
    for name, row in last.items():
        if row["to"] and read_day(row["to"]) < first:
            like = row_to_add(name, first, [row])
            yield f"{(REFERENCE / 'rates.csv').as_posix()}: {name} ends {row['to']}: add {like}"


def _cost_centres(folder: Folder, before: Month, month: Month) -> Iterator[str]:
    mapping = read_cost_centres(folder)
    stays, ends = in_force(mapping, month), in_force(mapping, before)
    gone = [code for code in ends if code not in stays]
    file = (REFERENCE / "cost_centres.csv").as_posix()
    if gone:
        yield f"{file}: {', '.join(gone)} end before {month.period}: add where they belong now."
    if stays:
        yield f"{file}: {len(stays)} cost centres stay where they are; change those that moved."


def _parameters(paper: Paper, month: Month) -> Iterator[str]:
    counted = paper.report.savings_delivery_percent
    if counted is not None and counted.agreed < month_days(month)[0]:
        yield (
            f"{REPORT}: savings_delivery_percent was agreed on {counted.agreed}: put in what is"
            f" agreed for {month.year}, with its date."
        )
    for name, what in OF_A_YEAR.items():
        if getattr(paper.report, name) is not None:
            yield f"{REPORT}: {name} is {what}: put in that of {month.year}."
    yield f"{REPORT} and params/programmes/ go on as they are: change what is new in {month.year}."
