"""Efficiency schemes and place savings as schedules, made from the savings tracker.

The plan is every scheme's, the unidentified ones included, so that it adds up to the requirement;
what is identified is the plan of the others. The requirement of each place and year stands in
`data/reference/savings_requirements.csv`, in pounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value, sum_values
from boardpack.reading.folder import (
    REFERENCE,
    Folder,
    column_of_all_months,
    earlier_folder,
    on_this_structure,
)
from boardpack.subjects.savings.tracker_extract import (
    FILE,
    UNIDENTIFIED,
    amounts_of,
    month_columns,
    read_savings_tracker,
)

REQUIREMENTS = "savings_requirements.csv"
BEFORE = "of the tracker of the month before"


def make_efficiency_schemes(folder: Folder) -> Extract:
    """Each place's requirement, identified and unidentified schemes, and delivery to date.

    `unidentified` is what the tracker itself says is still to be found, as a negative: a check
    holds it against identified less requirement, so that the tracker adds up to the requirement.
    """
    tracker = read_savings_tracker(folder)
    required, before = _requirements(folder), _month_before(folder)
    _refuse_unrequired(folder, tracker, required)
    rows = [
        _place(folder, place, tracker.only(place=place), required.get(place), before.get(place))
        for place in folder.report.places
        if tracker.only(place=place) or place in required
    ]
    return Extract(tracker.file, tracker.sha256, tuple(rows))


def _refuse_unrequired(folder: Folder, tracker: Extract, required: Mapping[str, Value]) -> None:
    """A place with schemes must save something, or nothing could be said of its gap."""
    lacking = [p for p in folder.report.places if tracker.only(place=p) and p not in required]
    if lacking:
        year = folder.paper.month.year
        rows = "; ".join(f"{year},{place},<annual_requirement>" for place in lacking)
        file = (REFERENCE / REQUIREMENTS).as_posix()
        expected = (
            f"what each place of the tracker must save in {year}; not so {', '.join(lacking)}"
        )
        raise InputFaults([Fault(file, expected, f"Add a row for each, in pounds: {rows}.")])


def make_place_savings(folder: Folder) -> Extract:
    """Plan, actual and forecast by directorate; the year's forecast has actuals for months over."""
    tracker, month = read_savings_tracker(folder), folder.paper.month.number
    rows = []
    for key in dict.fromkeys((row["place"], row["directorate"]) for row in tracker):
        words = dict(zip(("place", "directorate"), key, strict=True))
        schemes = tracker.only(**words)
        expected = (*month_columns("actual", 1, month), *month_columns("forecast", month + 1))
        sums = {
            "ytd_plan": month_columns("plan", 1, month),
            "ytd_actual": month_columns("actual", 1, month),
            "full_year_plan": month_columns("plan"),
            "full_year_forecast": expected,
        }
        rows.append(Row(0, words, _sums(schemes, sums, tuple(words))))
    return Extract(tracker.file, tracker.sha256, tuple(rows))


def plan_that_is(folder: Folder, place: str, recurrent: str) -> Value | None:
    """The year's plan of a place, `recurrent` or `non-recurrent`; None without a tracker."""
    schemes = read_savings_tracker(folder).only(place=place, recurrent=recurrent)
    return total_of(schemes, month_columns("plan"), ("place", "recurrent"))


def _sums(
    schemes: Sequence[Row], sums: Mapping[str, Sequence[str]], by: Sequence[str]
) -> dict[str, Value]:
    found = {name: total_of(schemes, columns, by) for name, columns in sums.items()}
    return {name: value for name, value in found.items() if value is not None}


def _place(
    folder: Folder, place: str, schemes: Sequence[Row], required: Value | None, before: Row | None
) -> Row:
    month = folder.paper.month.number
    found = [row for row in schemes if row["status"] != UNIDENTIFIED]
    year = month_columns("plan")
    amounts = _sums(found, {"identified": year}, ("place", "status"))
    amounts |= _sums(
        schemes,
        {
            "ytd_plan": month_columns("plan", 1, month),
            "ytd_actual": month_columns("actual", 1, month),
        },
        ("place",),
    )
    if required is not None:
        amounts["annual_requirement"] = required
    if schemes and "identified" not in amounts:
        amounts["identified"] = _made(folder, schemes, Decimal(0), "no scheme is found yet")
    still = [row for row in schemes if row["status"] == UNIDENTIFIED]
    if still:
        amounts["unidentified"] = _made(folder, still, -_total(still, year), "still to be found")
    return Row(0, {"place": place}, amounts | (before.amounts if before else {}))


def _month_before(folder: Folder) -> dict[str, Row]:
    """What the tracker in last month's folder says of each place; nothing where there is none."""
    if folder.paper.month.number == 1:
        return {}
    then = earlier_folder(folder, folder.paper.month.earlier(1), FILE)
    tracker = on_this_structure(folder, read_savings_tracker(then))
    folder.hashes.update(then.hashes)
    required = _requirements(folder)
    rows = {place: tracker.only(place=place) for place in folder.report.places}
    return {p: _before(then, p, own, required.get(p)) for p, own in rows.items() if own}


def _before(folder: Folder, place: str, schemes: Sequence[Row], required: Value | None) -> Row:
    month = folder.paper.month.number
    found = [row for row in schemes if row["status"] != UNIDENTIFIED]
    plan, actual = (month_columns(kind, 1, month) for kind in ("plan", "actual"))
    behind = _total(schemes, actual) - _total(schemes, plan)
    told = f"actual less plan {BEFORE}"
    amounts = {"ytd_variance_prior_month": _made(folder, schemes, behind, told)}
    if required is not None:
        gap = _total(found, month_columns("plan")) - required.amount
        told = f"identified less required {BEFORE}"
        amounts["unidentified_prior_month"] = _made(folder, schemes, gap, told)
    return Row(0, {"place": place}, amounts)


def _total(schemes: Iterable[Row], names: Iterable[str]) -> Decimal:
    return sum((value.amount for value in amounts_of(schemes, names)), Decimal(0))


def _made(folder: Folder, schemes: Sequence[Row], amount: Decimal, method: str) -> Value:
    """A value made from rows in a way that is no sum of cells: it names the rows."""
    lines = tuple(row.line for row in schemes)
    cell = next(iter(schemes[0].cells.values()))
    named = type(cell)(cell.file, cell.sheet, lines[0], "scheme", "")
    return Value(named, amount, amount, "GBP", Decimal(0), lines=lines, method=method)


def _requirements(folder: Folder) -> dict[str, Value]:
    """What each place must save in the year, in pounds."""
    extract = on_this_structure(
        folder, folder.read_reference(requirements_contract(folder), needed=True)
    )
    found: dict[str, list[Value]] = {}
    for row in extract.only(financial_year=folder.paper.month.year):
        found.setdefault(row["place"], []).append(row.amounts["annual_requirement"])
    summed = ((place, sum_values(values)) for place, values in found.items())
    return {place: value for place, value in summed if value is not None}


def requirements_contract(folder: Folder) -> Contract:
    """The shape of the reference file of what each place must save."""
    return Contract(
        REQUIREMENTS,
        (
            Column("financial_year", "word"),
            column_of_all_months(folder, "place"),
            Column("annual_requirement", "pounds", step="0"),
        ),
        ("financial_year", "place"),
    )
