"""What the items of the latest month of data show of concessions and Category M prices.

Shown only where the month's folder holds items: a paper made from schedules has no such blocks.
"""

from __future__ import annotations

from boardpack.figures.labels import measure_label
from boardpack.paper.blocks import Narrative, NotSupplied, Table
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.prescribing_pace import known_to
from boardpack.paper.tables import Line, Measure, figures_table, place_lines
from boardpack.params import ICB
from boardpack.periods import Month, parse_month
from boardpack.sources.calendar import read_month
from boardpack.sources.drug_tariff_baseline import read_drug_tariff_baseline
from boardpack.sources.epd import FILE
from boardpack.sources.folder import Folder

NCSO = "prescribing_items.icb.ncso.latest_month_cost"
DRUG = "prescribing_items.icb.vmp_"
EFFECT = "latest_month_effect"
PRICES_LACK = (
    "The items have come. Their prices have not: the Drug Tariff and the price concessions of the"
    " same month are needed."
)


def items_narrative(paper: ChapterPaper) -> Narrative | NotSupplied | None:
    """What such prices cost in the latest month, beside the published line; what is left out."""
    if not paper.supplied(NCSO):
        return _lacking(paper)
    return paper.narrate("items", data=items_month(paper), baseline=_baseline(paper))


def _lacking(paper: ChapterPaper) -> NotSupplied | None:
    """Said where items have come and prices of their month have not."""
    if not Folder(paper.paper).has(FILE):
        return None
    what = f"The cost of concessions and Category M prices in {known_to(paper).name}"
    return paper.not_supplied(what, PRICES_LACK)


def place_items_narrative(paper: ChapterPaper) -> Narrative | None:
    """The same for the paper's place in a sentence or two."""
    if not paper.supplied("prescribing_items.ncso.latest_month_cost"):
        return None
    return paper.narrate("items", data=items_month(paper), baseline=_baseline(paper))


def items_month(paper: ChapterPaper) -> Month:
    """The latest month of data at item level."""
    return parse_month(*paper.figure(NCSO).period.split(" "))


def _baseline(paper: ChapterPaper) -> Month | None:
    """The month whose prices the items' prices are compared with."""
    tariff = read_drug_tariff_baseline(Folder(paper.paper))
    return read_month(tariff.rows[0]["month"]) if tariff.rows else None


def places_table(paper: ChapterPaper) -> Table | None:
    """Each place's effects, the published line's average month, and what is unmatched."""
    if not paper.supplied(NCSO):
        return None
    both, named = "Together", "prescribing_items.{line}."
    return figures_table(
        paper,
        "prescribing-icb-items",
        f"Category M and price concessions in {items_month(paper).name}, from the items",
        "Place",
        place_lines(paper),
        [
            Measure("Cost of items", f"{named}items.latest_month_cost"),
            Measure("Concessions", f"{named}ncso.latest_month_cost", group="Of which"),
            Measure("Category M", f"{named}category_m.{EFFECT}", group="Of which"),
            Measure("Items", f"{named}cat_m_ncso.{EFFECT}", group=both),
            Measure("Published, average", f"{named}cat_m_ncso.published_average_month", group=both),
            Measure("Difference", f"{named}cat_m_ncso.latest_month_difference", group=both),
            Measure("Not in the tariff", f"{named}unmatched.latest_month_cost_share"),
        ],
    )


def drugs_table(paper: ChapterPaper) -> Table | None:
    """The drugs whose concession or Category M price costs most, the greatest first."""
    drugs = [f for f in paper.register if f.id.startswith(DRUG) and f.measure == EFFECT]
    if not drugs:
        return None
    ending = f", {measure_label(EFFECT)}"
    return figures_table(
        paper,
        "prescribing-icb-items-drugs",
        f"Medicines whose prices cost {paper.paper.report.icb_name} most in"
        f" {items_month(paper).name}",
        "Medicine",
        [Line(figure.label.removesuffix(ending), figure.line) for figure in drugs],
        [
            Measure("Concession", f"prescribing_items.{ICB}.{{line}}.latest_month_ncso_cost"),
            Measure(
                "Category M", f"prescribing_items.{ICB}.{{line}}.latest_month_category_m_effect"
            ),
            Measure("Together", f"prescribing_items.{ICB}.{{line}}.{EFFECT}"),
        ],
    )
