"""What the programmes chapter shows: the borough's budget, and one programme's activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from boardpack.document.blocks import Narrative, NotSupplied, RowKind, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Line, Measure, figures_table
from boardpack.document.wording import count_words
from boardpack.figures.figure import Figure
from boardpack.figures.labels import slug
from boardpack.reading.extract import Row
from boardpack.reading.folder import Folder
from boardpack.subjects.activity.borough_budget_extract import read_borough_budget
from boardpack.subjects.activity.figures import ALL
from boardpack.subjects.activity.programmes_figures import (
    ALL_TOTAL,
    CENTRAL_TOTAL,
    LOCAL_TOTAL,
    budget_lines,
)
from boardpack.subjects.activity.tables import (
    SHORT,
    Setting,
    months_covered,
    programme_name,
    settings,
    site_name,
    specialty_name,
)

MEASURES = (
    Measure("Annual budget", "programmes.{line}.annual_budget"),
    Measure("Share", "programmes.{line}.share_of_total", "percent"),
)
NAMES = {
    "GSTT": "Guy's and St Thomas' (GSTT)",
    "KCH": "King's College Hospital (KCH)",
    "LGT": "Lewisham and Greenwich (LGT)",
    "DGT": "Dartford and Gravesham (DGT)",
    "Non Local Contract": "Other contracts outside the area",
    "ISPs and NCAs": "Independent providers and care without a contract",
    "SLAM": "South London and Maudsley (SLaM)",
    "Sub Total - Local Contracts": "Local contracts",
    "Sub Total - Non Local Contracts": "Contracts outside the area",
    "Total Acute": "Hospital (acute) services",
    "Total Community": "Community services",
    "Total Mental Health": "Mental health services",
    "Totally centrally managed": "Managed centrally",
    "Totally locally managed": "Managed by the place",
    "Total - central & place": "Total",
}
HEADS = {"central": "Managed centrally", "local": "Managed by the place"}
LARGEST = 3
Pair = tuple[str, Figure]


def budget_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How much the NHS budgets for the borough, who manages it, and where most of it goes."""
    if not paper.supplied(f"programmes.{ALL_TOTAL}.annual_budget"):
        return paper.not_supplied("The borough's whole health budget")
    return paper.narrate(
        "budget",
        largest=_largest_contract(paper),
        has_largest_budget=_has_largest_budget(paper),
        central=f"programmes.{CENTRAL_TOTAL}",
        local=f"programmes.{LOCAL_TOTAL}",
        whole=f"programmes.{ALL_TOTAL}",
    )


def budget_table(paper: ChapterPaper) -> Table | None:
    """The borough's budget in brief: what each part comes to, then its largest services.

    None without a budget, which the narrative says.
    """
    rows = _rows(paper)
    if not rows:
        return None
    lines = budget_lines(rows)
    totals = [row for row in rows if row["managed"] == "central" and _is_total(row)]
    local = [row for row in rows if row["managed"] == "local" and _kind(row) == "line"]
    parts = {"central": totals, "local": _by_size(paper, rows, local)[:LARGEST]}
    largest = _largest_row(paper, rows)
    kept: list[Line] = []
    for row in (r for r in rows if r["group"] == "all"):
        kept.append(_line(row, lines, is_sum=row["managed"] == "all"))
        for part in parts.get(row["managed"], ()):
            kept.append(Line(_label(part), lines[part.line], part="apart"))
            if largest and part in totals and part["group"] == largest["group"]:
                of_which = f"of which {_label(largest)}"
                kept.append(Line(of_which, lines[largest.line], part="apart"))
    note = f"Of what the place manages, the {count_words(LARGEST)} largest budgets are shown."
    return _table(paper, "programmes-budget-table", "in brief", kept, note)


def full_budget_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Every line of the borough's budget, with its subtotals and totals."""
    rows = _rows(paper)
    if not rows:
        return paper.not_supplied("The borough's budget line by line")
    lines = budget_lines(rows)
    kept: list[Line] = []
    for i, row in enumerate(rows):
        if row["managed"] in HEADS and (i == 0 or rows[i - 1]["managed"] != row["managed"]):
            kept.append(Line(HEADS[row["managed"]], "", "heading"))
        groups = [one["group"] for one in rows if one["managed"] == row["managed"]]
        kept.append(
            _line(row, lines, is_sum=groups.count(row["group"]) > 1 or row["group"] == "all")
        )
    return _table(paper, "activity-budget", "line by line", kept)


def _line(row: Row, lines: Mapping[int, str], *, is_sum: bool) -> Line:
    """A row of the extract; a total of a group that has no other row is the group's only amount."""
    return Line(_label(row), lines[row.line], _kind(row), is_sum=is_sum)


def _table(paper: ChapterPaper, id: str, extent: str, lines: list[Line], *notes: str) -> Table:
    year = paper.paper.month.year
    caption = f"Health budget for {paper.place_name} in {year}, {extent}"
    return figures_table(paper, id, caption, "Service", lines, MEASURES, notes=notes)


def _rows(paper: ChapterPaper) -> Sequence[Row]:
    return read_borough_budget(Folder(paper.paper)).only(place=paper.place)


def _is_total(row: Row) -> bool:
    return row["line"].lower().startswith("total") and row["group"] != "all"


def _kind(row: Row) -> RowKind:
    if row["managed"] == "all":
        return "total"
    is_sum = row["line"].lower().startswith(("total", "sub total"))
    return "subtotal" if is_sum else "line"


def _label(row: Row) -> str:
    return NAMES.get(row["line"], row["line"])


def _by_size(paper: ChapterPaper, rows: Sequence[Row], some: list[Row]) -> list[Row]:
    """Some of the rows, the largest budget first; a row without a budget is left out."""
    lines = budget_lines(rows)
    names = {row.line: f"programmes.{lines[row.line]}.annual_budget" for row in some}
    found = [row for row in some if paper.supplied(names[row.line])]
    return sorted(found, key=lambda row: -paper.figure(names[row.line]).value)


def _largest_row(paper: ChapterPaper, rows: Sequence[Row]) -> Row | None:
    """The largest single budget that is managed centrally."""
    plain = [row for row in rows if row["managed"] == "central" and _kind(row) == "line"]
    return next(iter(_by_size(paper, rows, plain)), None)


def _largest_contract(paper: ChapterPaper) -> Pair | None:
    rows = _rows(paper)
    row = _largest_row(paper, rows)
    if row is None:
        return None
    return _label(row), paper.figure(f"programmes.{budget_lines(rows)[row.line]}.annual_budget")


def _has_largest_budget(paper: ChapterPaper) -> bool:
    """Whether no other place of the ICB has a larger budget of its own to date."""
    names = [f"overview.{place}.total.ytd_budget" for place in paper.paper.report.places]
    if paper.place not in paper.paper.report.places or not paper.supplied(*names):
        return False
    own = paper.figure("overview.total.ytd_budget").value
    return own == max(paper.figure(name).value for name in names)


def activity_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How activity compares with the same months a year ago, and what the data cannot say."""
    found = settings(paper)
    covered = months_covered(paper, found)
    if not covered:
        return paper.not_supplied("Activity of a programme")
    year = slug(paper.paper.month.year)
    return paper.narrate(
        "activity",
        programme=programme_name(paper),
        site=site_name(found),
        covered=covered,
        changes=_changes(paper, found, year),
        within=[pair for setting in found for pair in _within(paper, setting, year)],
    )


def _changes(paper: ChapterPaper, found: tuple[Setting, ...], year: str) -> list[Pair]:
    names = [(SHORT[one.name].lower(), one.figure(ALL, "_change_share", year)) for one in found]
    return [(label, paper.figure(name)) for label, name in names if paper.supplied(name)]


def _within(paper: ChapterPaper, setting: Setting, year: str) -> list[Pair]:
    """The specialties of a setting, where they moved in opposite directions."""
    pairs = [
        (specialty_name(specialty), paper.figure(name))
        for specialty in setting.specialties
        if paper.supplied(name := setting.figure(specialty, "_change_share", year))
    ]
    signs = {figure.value > 0 for _, figure in pairs if figure.value}
    return pairs if len(signs) > 1 else []
