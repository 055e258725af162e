"""The months for which there are clients, and what a table says of counts that are not shown."""

from __future__ import annotations

from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.months import month_of

WITHHELD = (
    "An empty cell was not supplied, or is a count too small to show; totals that need it are left"
    " out."
)


def client_months(paper: ChapterPaper, line: str) -> dict[str, str]:
    """Names of the months that any place has clients for, in order, by the suffix of their ids."""
    periods = {
        figure.period: figure.id.split(f".{line}.clients")[1]
        for figure in paper.register
        if (figure.chapter, figure.line, figure.measure) == ("chc", line, "clients")
    }
    return {periods[period]: month_of(period).name for period in sorted(periods)}


def first_month(paper: ChapterPaper, *places: str) -> str | None:
    """The name of the month that growth is measured from, for the paper's place unless given.

    None where there is no growth yet, as in the first month of a year.
    """
    names = [f"chc.{place}.total.cost_growth" for place in places or (paper.place,)]
    if not any(paper.supplied(name) for name in names):
        return None
    return next(iter(client_months(paper, "all_clients").values()))


def opening_month(paper: ChapterPaper) -> str:
    """The name of the first month for which high-cost packages are counted."""
    return next(iter(client_months(paper, "high_cost").values()))


def withheld_note(paper: ChapterPaper) -> tuple[str, ...]:
    """A note where a place lacks a count that others have, as small numbers do."""
    for line in ("all_clients", "high_cost"):
        for suffix in client_months(paper, line):
            names = [f"chc.{place}.{line}.clients{suffix}" for place in paper.paper.report.papers]
            if not paper.supplied(*names):
                return (WITHHELD,)
    return ()
