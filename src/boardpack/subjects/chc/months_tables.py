"""The months for which there are clients, and what a table says of counts that are not shown."""

from __future__ import annotations

from boardpack.document.blocks import NotSupplied
from boardpack.document.chapter import ChapterPaper
from boardpack.document.months import month_of
from boardpack.document.wording import listed

MISSING = "An empty cell was not supplied; totals that need it are left out."
SUPPRESSED = "* is a count of people too small to show, or a number that would give one away."
ADDED = "Clients times price to date is the sum of the months."
LIKE_AVERAGE = (
    "not in the data and taken to be like the average of the months that are: an estimate."
)
TOO_SMALL = "It needs a number of people that is too small to show."


def not_shown(paper: ChapterPaper, what: str) -> NotSupplied:
    """What the chapter says where the counts did not come, or may not be shown."""
    hidden = any(figure.chapter == "chc" for figure in paper.register.suppressed)
    return paper.not_supplied(what, TOO_SMALL if hidden else "")


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


def to_date_note(paper: ChapterPaper, *places: str) -> tuple[str, ...]:
    """How clients times price to date comes about: nothing where it is not shown.

    Months that any of these places does not have are named: they are taken to be like its average.
    """
    month = paper.paper.month
    codes = [f"{month.year} M{number:02d}" for number in range(1, month.number + 1)]
    shown = [one for one in places if paper.supplied(f"chc.{one}.packages.ytd_actual")]
    if not shown:
        return ()
    known = {
        place: {
            figure.period
            for figure in paper.register
            if (figure.chapter, figure.place, figure.line) == ("chc", place, "all_clients")
            and figure.measure == "cost_in_month"
        }
        for place in shown
    }
    missing = [code for code in codes if any(code not in own for own in known.values())]
    if not missing:
        return (ADDED,)
    names = listed([month_of(code).name for code in missing])
    return (f"{ADDED} {names} {'is' if len(missing) == 1 else 'are'} {LIKE_AVERAGE}",)


def opening_month(paper: ChapterPaper) -> str:
    """The name of the first month for which high-cost packages are counted."""
    return next(iter(client_months(paper, "high_cost").values()))


def withheld_note(paper: ChapterPaper) -> tuple[str, ...]:
    """A note where a place lacks a count that others have, and one where a count is suppressed."""
    names = [
        f"chc.{place}.{line}.clients{suffix}"
        for line in ("all_clients", "high_cost")
        for suffix in client_months(paper, line)
        for place in paper.paper.report.papers
    ]
    missing = [n for n in names if not paper.supplied(n) and not paper.suppressed(n)]
    notes = ((SUPPRESSED, paper.suppressed(*names)), (MISSING, bool(missing)))
    return tuple(note for note, is_needed in notes if is_needed)
