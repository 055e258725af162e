"""Month labels: a printed label that names another month than its row stands for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.checks.check import Check, not_applicable
from boardpack.checks.plausibility import KIND
from boardpack.figures.cash import contradicted_labels, months_of
from boardpack.figures.register import Register
from boardpack.params import Paper
from boardpack.periods import Month
from boardpack.sources.cash_drawdown import read_cash_drawdown
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder

Wrong = tuple[str, Month]
TITLE = "Month labels name months of the paper's year"
DRAWDOWN = "cash.icb.drawdown."


def check_month_labels(register: Register, paper: Paper) -> Iterator[Check]:
    """One check for each extract that keeps the labels of its months as printed."""
    figures = tuple(f.id for f in register if f.id.startswith(DRAWDOWN))[:1]
    extract = read_cash_drawdown(Folder(paper)) if figures else None
    if extract is not None and months_of(extract, paper.month):
        yield _check(extract, paper, figures)
    else:
        why = "no extract with printed month labels was supplied."
        yield not_applicable("labels.none", TITLE, KIND, why)


def _check(extract: Extract, paper: Paper, figures: tuple[str, ...]) -> Check:
    total = len(months_of(extract, paper.month))
    wrong = contradicted_labels(extract, paper.month)
    file = extract.file.rsplit("/", 1)[-1]
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
        sentence=_sentence(file, extract, wrong[0], len(wrong)) if wrong else "",
        cause=_cause(wrong),
    )


def _sentence(file: str, extract: Extract, first: Wrong, count: int) -> str:
    label, meant = first
    row = next(row.line for row in extract if row["printed_month"] == label)
    return (
        f"{count} of the month labels name another month than their row: the first is printed"
        f" {label} for {meant.name} ({file} row {row}, printed_month)."
    )


def _cause(wrong: tuple[Wrong, ...]) -> str:
    """Labels that have the right month and the year before were not moved on."""
    kept = [label == _label(meant.earlier(12)) for label, meant in wrong]
    return "This would be explained by labels kept from last year." if kept and all(kept) else ""


def _label(month: Month) -> str:
    name, year = month.name.split()
    return f"{name[:3]}-{year[-2:]}"
