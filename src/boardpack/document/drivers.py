"""Which variances a narrative must explain, by the materiality rule."""

from __future__ import annotations

from decimal import Decimal
from typing import TypedDict

from boardpack.core.periods import Month
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import material
from boardpack.figures.figure import Figure

LEAST_SHARE = Decimal("0.05")
"""The smallest share, in per cent, that does not print as nothing."""


class Drivers(TypedDict):
    """Material variances with their labels: overspends and offsets, the largest first."""

    drivers: list[tuple[str, Figure]]
    offsets: list[tuple[str, Figure]]


def variances(paper: ChapterPaper) -> list[tuple[str, Figure]]:
    """Year-to-date variances by directorate, the largest overspend first."""
    found = [
        (label, paper.figure(f"position.{line}.ytd_variance"))
        for line, label in paper.paper.report.directorates.items()
        if paper.supplied(f"position.{line}.ytd_variance")
    ]
    return sorted(found, key=lambda pair: pair[1].value)


def require_variances(paper: ChapterPaper) -> None:
    """Refuse to go on where the variance of a directorate lacks a part: it may be the largest."""
    paper.require(*(f"position.{line}.ytd_variance" for line in paper.paper.report.directorates))


def driver_lines(paper: ChapterPaper) -> Drivers:
    """The variances that need a word: the greater of an amount and a share of budget."""
    lines = [(label, figure) for label, figure in variances(paper) if _is_material(paper, figure)]
    return {
        "drivers": [pair for pair in lines if pair[1].value < 0],
        "offsets": [pair for pair in reversed(lines) if pair[1].value > 0],
    }


def forecast_overspends(paper: ChapterPaper) -> list[tuple[str, Figure, Figure]]:
    """Overspends that are material by the forecast and not to date, the largest first.

    Each with its label, its variance to date and its forecast variance. None once the year is over.
    """
    if paper.paper.month.is_year_end:
        return []
    found = []
    for label, now in variances(paper):
        name = f"position.{now.line}.forecast_variance"
        if paper.supplied(name) and paper.figure(name).value < 0:
            told = now.value < 0 and _is_material(paper, now)
            if not told and _is_material(paper, paper.figure(name), "annual_budget"):
                found.append((label, now, paper.figure(name)))
    return sorted(found, key=lambda one: one[2].value)


def _is_material(paper: ChapterPaper, variance: Figure, of: str = "ytd_budget") -> bool:
    rule = paper.paper.report.materiality
    budget = paper.figure(f"position.{variance.line}.{of}").value
    return material(variance, budget, rule.amount, rule.percent)


def shows_share(paper: ChapterPaper, share: str) -> bool:
    """Whether a share is there and is not printed as nothing."""
    return paper.supplied(share) and abs(paper.figure(share).value) >= LEAST_SHARE


def last_compared_name(paper: ChapterPaper) -> str:
    """The name of the month that the place's total is compared with; empty if none."""
    number = last_compared(paper)
    return Month(paper.paper.month.start, number).name if number else ""


def last_compared(paper: ChapterPaper, line: str = "total") -> int:
    """The month of the last released paper with which a line is compared; 0 if none."""
    name = f"position.{line}.movement"
    if not paper.supplied(name):
        return 0
    return int((paper.figure(name).formula or "").rsplit(".m", 1)[1])
