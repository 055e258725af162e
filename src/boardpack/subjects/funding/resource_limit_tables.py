"""What the revenue resource limit chapter shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.document.blocks import Chart, Narrative, NotSupplied, RowKind, Series, Table, mark
from boardpack.document.chapter import ChapterPaper
from boardpack.document.glossary import meanings_in
from boardpack.document.icb_wide import not_supplied
from boardpack.document.numbers import short_money
from boardpack.document.tables import Line, Measure, figures_table
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.reading.folder import Folder
from boardpack.subjects.funding.resource_limit_extract import read_resource_limit
from boardpack.subjects.funding.resource_limit_figures import TOTALS, WHOLE_ROW, Step, steps_of

MISSING = "The revenue resource limit"
KINDS = {"internal_adjustment": "Internal adjustments", "allocation": "Allocations"}
NOTES = (
    "An internal adjustment moves budget between places and the centre, so it is nil for the ICB.",
    "An allocation changes what the ICB as a whole may spend; a reduction is in brackets.",
)


def limit_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What the ICB may spend, what was added this month, and how far the year has moved it."""
    if not paper.supplied("resource_limit.icb.total.budget"):
        return not_supplied(paper, MISSING)
    items = list(_items(paper, ICB, "allocation"))
    added = [pair for pair in items if pair[1].value > 0]
    returned = [pair for pair in reversed(items) if pair[1].value < 0]
    return paper.narrate(
        "limit",
        added=added,
        returned=returned,
        in_month=_in_month(paper, ICB),
        meanings=meanings_in(name for name, _ in (*added[:3], *returned)),
    )


def place_narrative(paper: ChapterPaper) -> Narrative | None:
    """What moved the place's own budget this month; nothing in the ICB's own paper."""
    if paper.place == ICB or not paper.supplied("resource_limit.total.budget"):
        return None
    items = [pair for kind in TOTALS for pair in _items(paper, paper.place, kind)]
    return paper.narrate("place", items=items, in_month=_in_month(paper, paper.place))


def limit_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Every movement of the year by column, from the start budget to this month's."""
    names = {slug: paper.paper.report.place_name(slug) for slug in _columns(paper)}
    measures = [
        Measure(name, f"resource_limit.{slug}.{{line}}", "thousands")
        for slug, name in names.items()
    ]
    lines = [line for step in _steps(paper) for line in _lines(paper, step)]
    if not lines:
        return not_supplied(paper, MISSING)
    caption = f"Revenue resource limit from the start of the year to {paper.paper.month.name}"
    return figures_table(
        paper, "resource-limit-table", caption, "Budget or movement", lines, measures, notes=NOTES
    )


def walk_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """The walk of the paper's own budget from the start of the year to now, month by month."""
    now, start = "resource_limit.total.budget", "resource_limit.total.budget.m00"
    if not paper.supplied(now, start):
        return not_supplied(paper, "The movement of the annual budget through the year")
    names = {"Start of the year": start}
    names |= {_month(paper, step).name: _movement(step) for step in _steps(paper) if step.number}
    shown = {label: name for label, name in names.items() if paper.supplied(name)}
    shown[f"Budget at {paper.paper.month.name}"] = now
    series = Series(
        "Annual budget", tuple(paper.number(name, "thousands") for name in shown.values())
    )
    return Chart(
        id="resource-limit-walk",
        shape="waterfall",
        title=_title(paper),
        alt=spoken(shown, series, unit="£000s of annual budget; months are movements"),
        categories=tuple(shown),
        series=(series,),
        unit="£000s of annual budget",
        scale="1000",
        better="none",
    )


def _title(paper: ChapterPaper) -> str:
    since = paper.figure("resource_limit.total.movement_since_start")
    budget = f"{paper.place_name}: the annual budget"
    if not since.value:
        return f"{budget} is what it was at the start of the year"
    direction = "grown" if since.value > 0 else "fallen"
    size = mark(since.id, short_money(since.value))
    return f"{budget} has {direction} by {size} since the start of the year"


def _columns(paper: ChapterPaper) -> tuple[str, ...]:
    return (*paper.paper.report.places, "central", ICB)


def _steps(paper: ChapterPaper) -> tuple[Step, ...]:
    return steps_of(read_resource_limit(Folder(paper.paper)))


def _month(paper: ChapterPaper, step: Step) -> Month:
    return Month(paper.paper.month.start, step.number)


def _movement(step: Step) -> str:
    return f"resource_limit.total.movement.{step.code}"


def _lines(paper: ChapterPaper, step: Step) -> Iterator[Line]:
    """A month's movements, then its budget; several movements of one kind stand under a heading."""
    name = _month(paper, step).name if step.number else ""
    for kind, heading in KINDS.items():
        rows = [row for row in step.movements if row["movement"] == kind]
        if [row["item"] for row in rows] == [WHOLE_ROW]:
            yield Line(f"{heading}, {name}", f"{TOTALS[kind]}.{kind}.{step.code}")
        elif rows:
            yield Line(f"{heading}, {name}", "", "heading")
            for row in rows:
                yield Line(row["item"], f"{step.line(row)}.{kind}.{step.code}")
    suffix = step.budget_suffix(paper.paper.month)
    label = f"Budget at {name}" if step.number else "Budget at the start of the year"
    end = f".{suffix}" if suffix else ""
    balance: RowKind = "subtotal" if suffix else "total"
    yield Line(label, f"total.budget{end}", balance, is_sum=bool(step.number))


def _items(paper: ChapterPaper, place: str, kind: str) -> Iterable[tuple[str, Figure]]:
    """The month's movements of one kind for a place, by name, the largest addition first."""
    step = next((s for s in _steps(paper) if s.number == paper.paper.month.number), None)
    found = []
    for row in step.movements if step else ():
        name = f"resource_limit.{place}.{step.line(row)}.{kind}.{step.code}" if step else ""
        if row["movement"] == kind and paper.supplied(name) and paper.figure(name).value:
            label = KINDS[kind].lower() if row["item"] == WHOLE_ROW else row["item"]
            found.append((label, paper.figure(name)))
    return sorted(found, key=lambda pair: -pair[1].value)


def _in_month(paper: ChapterPaper, place: str) -> str | None:
    """The name of the figure of all of this month's movements; None where there were none."""
    name = f"resource_limit.{place}.total.movement.{paper.paper.month.code.lower()}"
    return name if paper.supplied(name) else None
