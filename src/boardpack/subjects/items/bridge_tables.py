"""From the cost of a baseline month's items to that of the latest month, for a place or for all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from boardpack.core.periods import Month, parse_month
from boardpack.document.blocks import Chart, Narrative, NotSupplied, Number, Series, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Measure, figures_table, place_lines
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.subjects.items.tables import NCSO, items_month

TEMPLATE = "prescribing_items"
CHANGE = "prescribing_items.{}.bridge.cost_change"
LATEST = "prescribing_items.{}.items.latest_month_cost"
STEPS = {
    "Number of items": "volume_change",
    "Mix of medicines": "mix_change",
    "Tariff prices": "tariff_change",
    "Concessions": "concessions_change",
    "Other prices": "other_price_change",
}
DEARER = "A step that adds to the cost is positive; one that takes off it is in brackets."
PARTS_LACK = (
    "The items, the Drug Tariff and the price concessions of one earlier month are needed: that of"
    " the baseline tariff, or the month before."
)


def bridge_narrative(paper: ChapterPaper, place: str = "") -> Narrative | NotSupplied | None:
    """What changed the cost of items since the baseline month, in words."""
    where = place or paper.place
    if not paper.supplied(NCSO):
        return None
    if not paper.supplied(CHANGE.format(where)):
        return paper.not_supplied("What changed the cost of items", PARTS_LACK)
    figures = {
        measure.removesuffix("_change"): _figure(paper, f"{where}.bridge.{measure}")
        for measure in (*STEPS.values(), "category_a_change", "cost_change")
    }
    words = {
        "where": paper.paper.report.place_name(where),
        "data": items_month(paper),
        "baseline": baseline_month(paper),
        "latest_cost": paper.figure(LATEST.format(where)),
        "baseline_cost": _baseline(paper, where),
    }
    return paper.narrate("items_bridge", TEMPLATE, **figures, **words)


def baseline_month(paper: ChapterPaper) -> Month:
    """The month that the latest month of items is compared with."""
    return parse_month(*_baseline(paper, next(iter(paper.paper.report.places))).period.split(" "))


def _baseline(paper: ChapterPaper, where: str) -> Figure:
    """The cost of the baseline month: the one that a place's change of cost is computed from."""
    place = next(iter(paper.paper.report.places))
    formula = paper.figure(CHANGE.format(place)).formula or ""
    found = next(one for one in operands(formula) if ".month_cost" in one)
    return paper.figure(found.replace(f".{place}.", f".{where}.", 1))


def _figure(paper: ChapterPaper, name: str) -> Figure | None:
    named = f"prescribing_items.{name}"
    return paper.figure(named) if paper.supplied(named) else None


def bridge_chart(paper: ChapterPaper, place: str = "") -> Chart | None:
    """The steps from the baseline month's cost to the latest month's, as a picture."""
    where = place or paper.place
    ids = _steps(paper, where)
    if not ids:
        return None
    first, *steps, last = (paper.number(identity, "thousands") for identity in ids.values())
    series = Series("Cost of items", (first, *map(_step, steps), last))
    name = paper.paper.report.place_name(where)
    return Chart(
        id=f"{paper.name.replace('_', '-')}-items-bridge",
        shape="waterfall",
        title=_title(paper, where),
        alt=f"From the cost of items in {baseline_month(paper).name} to that in"
        f" {items_month(paper).name}, {name}: " + spoken(ids, series, unit="£000s"),
        categories=tuple(ids),
        series=(series,),
        unit="£000s in the month",
        scale="1000",
        better="lower",
    )


def _steps(paper: ChapterPaper, where: str) -> dict[str, str]:
    """The ids of the bridge by their labels, ends included; none where there is no bridge."""
    if not paper.supplied(CHANGE.format(where)):
        return {}
    found = {label: f"prescribing_items.{where}.bridge.{name}" for label, name in STEPS.items()}
    return {
        baseline_month(paper).name: _baseline(paper, where).id,
        **{label: identity for label, identity in found.items() if paper.supplied(identity)},
        items_month(paper).name: LATEST.format(where),
    }


def _step(number: Number) -> Number:
    """A step that adds to the cost is bad news."""
    return replace(number, adverse=Decimal(number.value) > 0)


def _title(paper: ChapterPaper, where: str) -> str:
    sizes = {
        label: abs(found.value)
        for label, measure in STEPS.items()
        if (found := _figure(paper, f"{where}.bridge.{measure}")) is not None
    }
    largest = max(sizes, key=lambda label: sizes[label])
    return f"{largest}: the largest change of cost since {baseline_month(paper).name}"


def bridge_table(paper: ChapterPaper) -> Table | None:
    """The same steps of each place, which add up across and down."""
    if not paper.supplied(CHANGE.format("icb")):
        return None
    named = "prescribing_items.{line}."
    baseline = _baseline(paper, "icb").id.replace(".icb.", ".{line}.", 1)
    steps = (
        Measure(label, f"{named}bridge.{measure}", group="Change")
        for label, measure in STEPS.items()
        if paper.supplied(f"prescribing_items.icb.bridge.{measure}")
    )
    return figures_table(
        paper,
        "prescribing-icb-items-bridge-places",
        f"From the cost of items in {baseline_month(paper).name} to {items_month(paper).name}",
        "Place",
        place_lines(paper),
        [
            Measure(baseline_month(paper).name, baseline),
            *steps,
            Measure(items_month(paper).name, f"{named}items.latest_month_cost"),
        ],
        notes=(DEARER,),
    )
