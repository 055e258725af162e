"""Month labels: a printed label that names another month than its row stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from boardpack.checks.check import Check, not_applicable
from boardpack.checks.plausibility import KIND
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.figures.register import Register
from boardpack.figures.schedule_lines import Line, lines_of
from boardpack.reading.folder import Folder
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.funding.cash_figures import contradicted_labels, label

Wrong = tuple[str, Month]
TITLE = "Month labels name months of the paper's year"
DRAWDOWN = "cash.icb.drawdown."


def check_month_labels(register: Register, paper: Paper) -> Iterator[Check]:
    """One check for the extract that keeps the labels of its months as printed."""
    figures = tuple(f.id for f in register if f.id.startswith(DRAWDOWN))[:1]
    schedule = own_schedule("cash_drawdown")
    extract = read_schedule(Folder(paper), schedule) if figures else None
    months = [one for one in lines_of(schedule, extract, paper) if one.month] if extract else []
    if months:
        yield _check(schedule.file, months, figures)
    else:
        why = "no extract with printed month labels was supplied."
        yield not_applicable("labels.none", TITLE, KIND, why)


def _check(file: str, months: Sequence[Line], figures: tuple[str, ...]) -> Check:
    total = len(months)
    wrong = contradicted_labels(months)
    return Check(
        id=f"labels.{file.removesuffix('.csv')}",
        title=f"{TITLE} ({file})",
        kind=KIND,
        severity="warning",
        status="fail" if wrong else "pass",
        expected=Decimal(total),
        actual=Decimal(total - len(wrong)),
        tolerance=Decimal(0),
        figures=figures,
        sentence=_sentence(file, months, wrong[0], len(wrong)) if wrong else "",
        cause=_cause(wrong),
    )


def _sentence(file: str, months: Sequence[Line], first: Wrong, count: int) -> str:
    said, meant = first
    rows = (one.row for one in months)
    row = next(row.line for row in rows if row and row["printed_month"] == said)
    return (
        f"{count} of the month labels name another month than their row: the first is printed"
        f" {said} for {meant.name} ({file} row {row}, printed_month)."
    )


def _cause(wrong: tuple[Wrong, ...]) -> str:
    """Labels that have the right month and the year before were not moved on."""
    kept = [said == label(meant.earlier(12)) for said, meant in wrong]
    return "This would be explained by labels kept from last year." if kept and all(kept) else ""
