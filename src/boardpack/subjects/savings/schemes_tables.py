"""What the savings chapters show of the tracker, scheme by scheme; nothing where there is none."""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.structure import ICB
from boardpack.document.blocks import Cell, Column, Narrative, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Measure
from boardpack.document.wording import cell_text, count_words
from boardpack.figures.figure import Figure
from boardpack.reading.extract import Row as Record
from boardpack.reading.folder import Folder
from boardpack.subjects.savings.schemes_figures import ALL, group_line, scheme_line
from boardpack.subjects.savings.tracker_extract import (
    STATUSES,
    read_savings_tracker,
)

MOST_SHOWN = 10
IN_MONTH, YTD, YEAR = "This month", "Year to date", "Full year"
SHORT = "(Short) / ahead"
FEW = (
    Measure(SHORT, "in_month_variance", group=IN_MONTH),
    Measure("Plan", "ytd_plan", group=YTD),
    Measure("Actual", "ytd_actual", group=YTD),
    Measure(SHORT, "ytd_variance", group=YTD),
    Measure("Plan", "full_year_plan", group=YEAR),
    Measure("Forecast", "full_year_forecast", group=YEAR),
    Measure("After risk", "risk_adjusted_forecast", group=YEAR),
)
ALL_MEASURES = (
    Measure("Actual", "in_month_actual", group=IN_MONTH),
    *FEW,
    Measure("Full-year effect", "full_year_effect"),
)
AFTER_RISK = (
    "*After risk* is what is saved to date, and of what is still forecast the share that is counted"
    " on at the scheme's risk."
)
EFFECT = (
    "*Full-year effect* is what a recurrent scheme saves in twelve months at the average rate of"
    " its latest months, less its forecast for this year."
)


def has_tracker(paper: ChapterPaper) -> bool:
    """Whether the month has a tracker with schemes for this paper."""
    return paper.supplied(f"savings.{ALL}.full_year_plan")


def schemes_narrative(paper: ChapterPaper) -> Narrative | None:
    """How sure the plan is, what is likely after risk, and what carries into next year."""
    if not has_tracker(paper):
        return None
    delivery = paper.paper.report.savings_delivery_percent
    agreed = delivery.agreed if delivery else None
    return paper.narrate(
        "schemes",
        "savings",
        number=count_words(len(_records(paper))),
        statuses=_statuses(paper),
        agreed=f"{agreed.day} {agreed:%B %Y}" if agreed else "",
    )


def schemes_table(paper: ChapterPaper) -> Table | None:
    """The largest schemes by plan for the year, at most ten."""
    records = _largest(paper)
    if not records:
        return None
    is_all = len(records) <= MOST_SHOWN
    caption = "Savings schemes" if is_all else f"The {count_words(MOST_SHOWN)} largest schemes"
    return _table(
        paper, "savings-schemes", f"{caption} of {paper.place_name}", records[:MOST_SHOWN], FEW
    )


def all_schemes_table(paper: ChapterPaper) -> Table | None:
    """Every scheme of the paper's place, or of all places, the largest first."""
    records = _largest(paper)
    if not records:
        return None
    caption = f"Every savings scheme of {paper.place_name}"
    return _table(paper, "savings-all-schemes", caption, records, ALL_MEASURES)


def _statuses(paper: ChapterPaper) -> list[tuple[str, Figure, Figure]]:
    """Each status with its plan and share of the plan, where any scheme has it."""
    found = []
    for status in STATUSES:
        line = f"savings.{group_line('status', status)}"
        if paper.supplied(f"{line}.full_year_plan", f"{line}.share_of_plan"):
            plan, share = (paper.figure(f"{line}.{m}") for m in ("full_year_plan", "share_of_plan"))
            found.append((status, plan, share))
    return found


def _records(paper: ChapterPaper) -> list[Record]:
    """The schemes of the paper's place; of every place in the ICB's paper."""
    rows = read_savings_tracker(Folder(paper.paper))
    return [row for row in rows if paper.place in (row["place"], ICB)]


def _largest(paper: ChapterPaper) -> list[Record]:
    known = [r for r in _records(paper) if paper.supplied(f"{_line(r)}.full_year_plan")]
    return sorted(known, key=lambda r: -paper.figure(f"{_line(r)}.full_year_plan").value)


def _line(record: Record) -> str:
    return f"savings.{record['place']}.{scheme_line(record['scheme'])}"


def _table(
    paper: ChapterPaper,
    id: str,
    caption: str,
    records: Sequence[Record],
    measures: Sequence[Measure],
) -> Table:
    kept = [m for m in measures if any(paper.supplied(f"{_line(r)}.{m.name}") for r in records)]
    rows = [Row((_label(paper, r), _state(r), *_cells(paper, _line(r), kept))) for r in records]
    if len(records) == len(_records(paper)):
        rows.append(Row(("All schemes", "", *_cells(paper, f"savings.{ALL}", kept)), "total"))
    columns = [Column("Scheme", "left"), Column("State", "left")]
    columns += [Column(m.label, "right", m.group) for m in kept]
    notes = [
        text
        for text, measure in ((AFTER_RISK, "risk_adjusted_forecast"), (EFFECT, "full_year_effect"))
        if any(m.name == measure for m in kept)
    ]
    return Table(id, caption, tuple(columns), tuple(rows), "£000s", tuple(notes))


def _cells(paper: ChapterPaper, line: str, measures: Sequence[Measure]) -> list[Cell]:
    return [paper.cell(f"{line}.{measure.name}", measure.style) for measure in measures]


def _label(paper: ChapterPaper, record: Record) -> str:
    name = cell_text(record["scheme"])
    if paper.place == ICB:
        return f"{paper.paper.report.place_name(record['place'])}: {name}"
    return name


def _state(record: Record) -> str:
    """Status, risk and recurrence in few words."""
    repeats = "" if record["recurrent"] == "recurrent" else ", this year only"
    return f"{record['status'].capitalize()}, {record['risk']} risk{repeats}"
