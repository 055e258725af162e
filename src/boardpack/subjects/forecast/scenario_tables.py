"""What the what-ifs show: each scenario beside the team's forecast, never in place of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from boardpack.core.run import Scenario
from boardpack.document.blocks import Chart, Column, Narrative, NotSupplied, Row, Series, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import cell_text
from boardpack.figures.chapters import WHAT_IF as CHAPTER
from boardpack.figures.figure import Figure
from boardpack.subjects.forecast.scenario_figures import DRIVERS, FORECAST

HEADS = {
    "prescribing_price": ("Prescribing", "Prices"),
    "prescribing_activity": ("Prescribing", "Activity"),
    "chc_price": ("Continuing care", "Prices"),
    "chc_activity": ("Continuing care", "Activity"),
    "savings_slip": ("Savings", "Slip"),
}
BASE = "The team's forecast"
WHAT = "What-ifs on the forecast"


@dataclass(frozen=True)
class WhatIf:
    """A scenario in print: its label, what it changes, and the year that it would give."""

    label: str
    changes: tuple[tuple[str, Figure, Figure], ...]
    change: Figure
    result: Figure


def what_ifs(paper: ChapterPaper) -> tuple[WhatIf, ...]:
    """The scenarios that the paper's place has figures for, as the parameters order them."""
    return tuple(
        _what_if(paper, scenario)
        for scenario in paper.paper.run.scenarios
        if paper.supplied(_id(paper, scenario.name, "total", "what_if_variance"))
    )


def _id(paper: ChapterPaper, name: str, driver: str, measure: str) -> str:
    return f"{CHAPTER}.{paper.place}.{name}.{driver}.{measure}"


def _what_if(paper: ChapterPaper, scenario: Scenario) -> WhatIf:
    def figure(driver: str, measure: str) -> Figure:
        return paper.figure(_id(paper, scenario.name, driver, measure))

    changes = tuple(
        (driver, figure(driver, "percent"), figure(driver, "change"))
        for driver in DRIVERS
        if paper.supplied(_id(paper, scenario.name, driver, "change"))
    )
    total = (figure("total", measure) for measure in ("change", "what_if_variance"))
    return WhatIf(cell_text(scenario.label), changes, *total)


def scenario_narrative(paper: ChapterPaper) -> Narrative | NotSupplied | None:
    """What each scenario supposes and where it would end; nothing where none was asked for."""
    found = what_ifs(paper)
    if not found:
        return _missing(paper)
    said = [
        (
            one.label,
            [(DRIVERS[driver][1], driver == "savings_slip", p) for driver, p, _ in one.changes],
            one.change,
            one.result,
        )
        for one in found
    ]
    base = paper.figure(FORECAST.format(paper.place))
    return paper.narrate("scenario", base=base, scenarios=said)


def _missing(paper: ChapterPaper) -> NotSupplied | None:
    if not paper.paper.run.scenarios:
        return None
    if paper.paper.month.is_year_end:
        return None
    return paper.not_supplied(
        WHAT, f"No forecast by directorate was supplied for {paper.place_name} for this month."
    )


def scenario_table(paper: ChapterPaper) -> Table | None:
    """The team's forecast, what each scenario changes by driver, and where it would end."""
    found = what_ifs(paper)
    if not found:
        return None
    used = [d for d in DRIVERS if any(d == driver for one in found for driver, *_ in one.changes)]
    base = paper.number(FORECAST.format(paper.place), "thousands")
    rows = [Row((BASE, *("" for _ in used), "", base), "subtotal", is_sum=False)]
    rows += [_row(paper, one, used) for one in found]
    columns = (
        Column("Scenario", "left"),
        *(Column(HEADS[driver][1], "right", HEADS[driver][0]) for driver in used),
        Column("All changes"),
        Column("Year-end variance"),
    )
    notes = (
        "What if, not a forecast. (Over) / under budget; a change in brackets is for the worse.",
        "Each change is to the months still to come. Changes are added together; what one has on"
        " another is left out.",
    )
    caption = f"{paper.place_name}: what if, beside the team's forecast for the year"
    return Table("estimates-scenarios", caption, columns, tuple(rows), "£000s", notes)


def _row(paper: ChapterPaper, one: WhatIf, used: Sequence[str]) -> Row:
    changes = {driver: change for driver, _, change in one.changes}
    cells = (paper.number(changes[d].id, "thousands") if d in changes else "" for d in used)
    ends = (paper.number(figure.id, "thousands") for figure in (one.change, one.result))
    return Row((f"What if: {one.label}", *cells, *ends))


def scenario_chart(paper: ChapterPaper) -> Chart | None:
    """The team's year-end variance, and that of each scenario."""
    found = what_ifs(paper)
    if not found:
        return None
    labels = (BASE, *(f"What if: {one.label}" for one in found))
    ids = (FORECAST.format(paper.place), *(one.result.id for one in found))
    unit = "£000s for the year, (over) / under budget"
    series = Series("Year-end variance", tuple(paper.number(i, "thousands") for i in ids))
    return Chart(
        id="estimates-scenarios-chart",
        shape="bar",
        title=_title(found),
        alt=spoken(labels, series, unit=unit),
        categories=labels,
        series=(series,),
        unit=unit,
        scale="1000",
        better="higher",
    )


def _title(found: Sequence[WhatIf]) -> str:
    if all(one.change.value < 0 for one in found):
        return "What if: the year would end worse than the team forecasts"
    if all(one.change.value > 0 for one in found):
        return "What if: the year would end better than the team forecasts"
    return "What if: where the year would end, beside the team's forecast"
