"""Care against its budget: the steps from budget to actual, by kind of care and by place.

A month that came as schedules, or without a budget by kind of care, shows nothing here: its clients
and prices against the budget stand in `chc` and `icb_tables`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from boardpack.core.structure import ICB
from boardpack.document.blocks import Chart, Column, Narrative, Number, Row, Series, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Measure, figures_table, place_lines
from boardpack.document.text_alternatives import spoken

TEMPLATE = "chc_budget"
STEPS = {
    "More or less care": "volume_over_budget",
    "The mix of kinds of care": "mix_over_budget",
    "Price": "price_over_budget",
}
DEARER = "What adds to the cost is positive; what takes off it is in brackets."
BY_DAYS = "The budget to date is the year's budget by days."
KINDS = (
    "A kind of care is told apart only where no place has few people in it. More or less care"
    " includes the change between kinds."
)
SUMMED = "The last row is the sum of the places."


def _name(place: str) -> str:
    return f"chc.{place}.against_budget."


def budget_narrative(paper: ChapterPaper, place: str = "") -> Narrative | None:
    """What care costs against its budget to date, and the three parts of the difference."""
    where = place or paper.place
    if not paper.supplied(f"{_name(where)}over_budget"):
        return None
    measures = ("ytd_actual", "over_budget", *STEPS.values())
    figures = {measure: paper.figure(f"{_name(where)}{measure}") for measure in measures}
    budget = paper.figure(f"chc.{where}.planned.ytd_budget")
    words = {"where": paper.paper.report.place_name(where), "ytd_budget": budget}
    return paper.narrate("against_budget", TEMPLATE, **figures, **words)


def budget_chart(paper: ChapterPaper, place: str = "") -> Chart | None:
    """From the budget to date to the actual, in three steps."""
    where = place or paper.place
    name = _name(where)
    if not paper.supplied(f"{name}over_budget"):
        return None
    ids = {
        "Budget to date": f"chc.{where}.planned.ytd_budget",
        **{label: f"{name}{measure}" for label, measure in STEPS.items()},
        "Actual to date": f"{name}ytd_actual",
    }
    first, *steps, end = (paper.number(identity, "thousands") for identity in ids.values())
    series = Series("Packages of care", (first, *map(_step, steps), end))
    return Chart(
        id=f"chc-{where}-budget-steps",
        shape="waterfall",
        title=_title(paper, where),
        alt="From the budget to date to the actual: " + spoken(ids, series, unit="£000s"),
        categories=tuple(ids),
        series=(series,),
        unit="£000s to date",
        scale="1000",
        better="lower",
    )


def _step(number: Number) -> Number:
    """A step that adds to the cost is bad news."""
    return replace(number, adverse=Decimal(number.value) > 0)


def _title(paper: ChapterPaper, place: str) -> str:
    """Names the largest part of the difference in the direction of the whole."""
    over = paper.figure(f"{_name(place)}over_budget").value
    if not over:
        return "Packages of care cost what was budgeted"
    sign = 1 if over > 0 else -1
    sizes = {
        label: paper.figure(f"{_name(place)}{measure}").value * sign
        for label, measure in STEPS.items()
    }
    largest = max(sizes, key=lambda label: sizes[label])
    side = "above" if over > 0 else "below"
    return f"{largest} is the largest part of what packages cost {side} their budget"


def budget_places_table(paper: ChapterPaper) -> Table | None:
    """The steps from budget to actual of every place."""
    if not any(paper.supplied(f"{_name(p)}over_budget") for p in paper.paper.report.papers):
        return None
    measures = [Measure("Budget", "chc.{line}.planned.ytd_budget", "thousands")]
    measures += [
        Measure(label, f"chc.{{line}}.against_budget.{measure}", "thousands")
        for label, measure in {**STEPS, "Actual": "ytd_actual"}.items()
    ]
    told = [line for line in place_lines(paper) if paper.supplied(f"{_name(line.line)}over_budget")]
    caption = "Packages of care from budget to actual, by place"
    notes = (DEARER, BY_DAYS, *((SUMMED,) if told[-1].line == ICB else ()))
    return figures_table(
        paper, "chc-icb-budget-places", caption, "Place", told, measures, notes=notes
    )


def budget_kinds_table(paper: ChapterPaper) -> Table | None:
    """Weekly prices and costs of each kind of care of all places, against their budget."""
    kinds = _kinds(paper)
    if not kinds:
        return None
    prices = {"budget_weekly_price": "Budget", "ytd_weekly_price": "To date"}
    costs = {"ytd_budget": "Budget", "ytd_actual": "Actual"}
    effects = {"quantity_over_budget": "More or less care", "price_over_budget": "Price"}
    columns = [(Column(c, "right", "Average price a week, £"), m) for m, c in prices.items()]
    columns += [(Column(c, "right", "Cost to date, £000s"), m) for m, c in costs.items()]
    columns += [(Column(c, "right", "Over budget, £000s"), m) for m, c in effects.items()]
    rows = [
        Row((label, *(paper.cell(f"chc.{ICB}.{line}.{name}") for _, name in columns)))
        for line, label in kinds.items()
    ]
    total = ("", "", f"chc.{ICB}.planned.ytd_budget", f"{_name(ICB)}ytd_actual")
    last = [paper.cell(name) if name else "" for name in total]
    price = paper.cell(f"{_name(ICB)}price_over_budget")
    return Table(
        id="chc-icb-budget-kinds",
        caption="Care against its budget by kind of care, all places",
        columns=(Column("Kind of care", "left"), *(column for column, _ in columns)),
        rows=(*rows, Row(("All kinds of care", *last, _quantity(paper), price), "total")),
        notes=(KINDS, DEARER, BY_DAYS),
    )


def _quantity(paper: ChapterPaper) -> Number | str:
    name = f"{_name(ICB)}quantity_over_budget"
    return paper.number(name) if paper.supplied(name) else ""


def _kinds(paper: ChapterPaper) -> dict[str, str]:
    """Names of the kinds of care that are shown for all places, by the line of their figures."""
    start = f"{paper.paper.report.place_name(ICB)}, "
    return {
        figure.line: figure.label.removeprefix(start).rpartition(", ")[0]
        for figure in paper.register
        if (figure.chapter, figure.place) == ("chc", ICB) and figure.line.startswith("kind_")
    }
