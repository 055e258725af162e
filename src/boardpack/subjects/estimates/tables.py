"""What the estimates chapter shows: what is estimated, how far it may be out, and how it came out.

A paper shows the estimates of its place; the ICB's shows those that are computed for all of it and
every one that the team keys.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from boardpack.core.structure import ICB
from boardpack.document.blocks import Column, Narrative, NotSupplied, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.wording import cell_text, listed
from boardpack.reading.extract import Row as Record
from boardpack.reading.folder import Folder
from boardpack.subjects.estimates.extract import is_settled, read_estimates
from boardpack.subjects.estimates.scope import CARE, CHAPTER, MONTHS, TOTAL, keyed_line
from boardpack.subjects.prescribing.pace import known_to, unknown_months

AMOUNTS = ("amount", "low", "high")
THEN = ("amount_then", "actual", "difference", "difference_share")
PACKAGES = "chc.accrual.ytd_actual"
NO_RANGE, WITHIN = "No range given", "Within"
NO_DATA = "The ledger's own estimate, as no data has come"
COST = "Amounts are cost within the year to date, so more is adverse."
RANGE = (
    "The prescribing range is about how spend falls over the months. It does not cover a change in"
    " prices or items since the last data."
)


@dataclass(frozen=True)
class Estimate:
    """One estimate in print: the beginning of its figures' ids, and what is said of it."""

    id: str
    what: str
    method: str = ""
    known_from: str = ""

    def name(self, measure: str) -> str:
        """The id of one of its figures."""
        return f"{self.id}.{measure}"


def estimates_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How much of the year to date is estimated, and what the paper cannot tell of it."""
    found = open_estimates(paper)
    if not found:
        return paper.not_supplied("The register of estimates")
    months = unknown_months(paper)
    return paper.narrate(
        "estimates",
        has_range=paper.supplied(_total(paper, "low")),
        several=len(found) > 1,
        has_months=paper.supplied(f"{CHAPTER}.{MONTHS}.amount"),
        has_packages=paper.supplied(PACKAGES) or paper.suppressed(PACKAGES),
        has_keyed=any(".ref_" in one.id for one in found),
        unknown=months,
        known_to=known_to(paper).name if paper.paper.run.prescribing_months_of_data else "",
    )


def estimates_table(paper: ChapterPaper) -> Table | None:
    """Each estimate: amount, range, share of its line, method, and when it will be known."""
    found = open_estimates(paper)
    if not found:
        return None
    rows = [_open_row(paper, one) for one in found]
    if len(found) > 1:
        rows.append(_open_row(paper, _all(paper), "total"))
    columns = (
        Column("What is estimated", "left"),
        *(Column(label) for label in ("Estimate", "Low", "High", "Share of line")),
        Column("Method", "left"),
        Column("When known", "left"),
    )
    ranged = any(paper.supplied(one.name("low")) for one in found if one.id.endswith(MONTHS))
    notes = (
        f"{COST} The share is of the ledger's actual to date of the line.",
        *((RANGE,) if ranged else ()),
    )
    caption = f"{paper.place_name}: what is estimated in the year to date"
    return Table("estimates-register", caption, columns, tuple(rows), "£000s", notes)


def look_back_narrative(paper: ChapterPaper) -> Narrative | None:
    """How earlier estimates came out; or that none can be looked back on yet.

    None where nothing is estimated: there is nothing to come out.
    """
    found = settled_estimates(paper)
    if not found and not open_estimates(paper):
        return None
    beyond = [one for one in found if _is_beyond(paper, one)]
    ranged = [one for one in found if paper.supplied(one.name("beyond_range"))]
    return paper.narrate(
        "look_back",
        found=len(found),
        ranged=len(ranged),
        beyond=[one.what for one in beyond],
    )


def look_back_table(paper: ChapterPaper) -> Table | None:
    """Each estimate whose actual is known: then, now, the difference, whether its range held."""
    found = settled_estimates(paper)
    if not found:
        return None
    rows = [_settled_row(paper, one) for one in found]
    if len(found) > 1:
        rows.append(_settled_row(paper, _all(paper), "total"))
    labels = ("Estimated", "Actual", "Difference", "Difference, %")
    columns = (
        Column("What was estimated", "left"),
        *(Column(label) for label in labels),
        Column("Against its range", "left"),
    )
    notes = ("A positive difference is an actual above the estimate.",)
    caption = f"{paper.place_name}: earlier estimates that are now known"
    return Table("estimates-look-back", caption, columns, tuple(rows), "£000s", notes)


def open_estimates(paper: ChapterPaper) -> tuple[Estimate, ...]:
    """The estimates that still stand, computed ones first."""
    found = (*_computed(paper), *(_keyed(paper, row) for row in _rows(paper)))
    return tuple(one for one in found if paper.supplied(one.name("amount")))


def settled_estimates(paper: ChapterPaper) -> tuple[Estimate, ...]:
    """The estimates whose actual is known, computed ones first."""
    found = (*_computed(paper, settled=True), *(_keyed(paper, row) for row in _rows(paper)))
    return tuple(one for one in found if paper.supplied(one.name("actual")))


def _computed(paper: ChapterPaper, *, settled: bool = False) -> Iterator[Estimate]:
    month = paper.paper.month
    unknown = unknown_months(paper)
    for line in (MONTHS, CARE):
        start = f"{CHAPTER}.{paper.place}.{line}"
        if settled:
            if paper.supplied(f"{start}.actual"):
                of = paper.figure(f"{start}.actual").period.rsplit(" ", 1)[-1]
                yield Estimate(start, f"{_WHAT[line]}, {of} paper")
        elif line == MONTHS and unknown:
            data = paper.paper.run.prescribing_months_of_data
            method = f"Data to {known_to(paper).name}, carried on evenly" if data else NO_DATA
            when = f"{month.earlier(-len(unknown)).name} paper" if data else ""
            yield Estimate(start, f"{_WHAT[line]}: {listed(unknown)}", method, when)
        elif line == CARE:
            method = "The month's clients at their average price"
            what = f"{_WHAT[line]}: {month.name}"
            yield Estimate(start, what, method, f"{month.earlier(-1).name} paper")


_WHAT = {MONTHS: "Prescribing without data", CARE: "Continuing care not yet billed"}


def _rows(paper: ChapterPaper) -> Iterable[Record]:
    rows = read_estimates(Folder(paper.paper))
    return [row for row in rows if paper.place in (ICB, row["place"])]


def _keyed(paper: ChapterPaper, row: Record) -> Estimate:
    where = f"{paper.paper.report.place_name(row['place'])}, " if paper.place == ICB else ""
    what = f"{where}{row['directorate']}: {row['what']} ({row['months']})"
    known = "" if is_settled(row) or not row["expected"] else _day(row["expected"])
    start = f"{CHAPTER}.{row['place']}.{keyed_line(row)}"
    return Estimate(start, cell_text(what), cell_text(row["method"]), known)


def _day(text: str) -> str:
    day = dt.date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _total(paper: ChapterPaper, measure: str) -> str:
    return f"{CHAPTER}.{paper.place}.{TOTAL}.{measure}"


def _all(paper: ChapterPaper) -> Estimate:
    return Estimate(f"{CHAPTER}.{paper.place}.{TOTAL}", "All of these")


def _open_row(paper: ChapterPaper, one: Estimate, kind: str = "line") -> Row:
    amounts = (paper.cell(one.name(measure), "thousands") for measure in AMOUNTS)
    cells = (one.what, *amounts, paper.cell(one.name("share_of_line")), one.method, one.known_from)
    return Row(cells, "total" if kind == "total" else "line")


def _settled_row(paper: ChapterPaper, one: Estimate, kind: str = "line") -> Row:
    told = (paper.cell(one.name(m), "percent" if "share" in m else "thousands") for m in THEN)
    is_total = kind == "total"
    held = "" if is_total else _against_range(paper, one)
    return Row((one.what, *told, held), "total" if is_total else "line")


def _against_range(paper: ChapterPaper, one: Estimate) -> str:
    if not paper.supplied(one.name("beyond_range")):
        return NO_RANGE
    if not _is_beyond(paper, one):
        return WITHIN
    return "Above it" if paper.figure(one.name("difference")).value > 0 else "Below it"


def _is_beyond(paper: ChapterPaper, one: Estimate) -> bool:
    name = one.name("beyond_range")
    return paper.supplied(name) and paper.figure(name).value > 0
