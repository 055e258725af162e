"""What the items of the latest month of data show of concessions and tariff prices.

Shown only where the month's folder holds items: a paper made from schedules has no such blocks.
"""

from __future__ import annotations

from boardpack.core.periods import Month, parse_month
from boardpack.document.blocks import Narrative, NotSupplied, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Measure, figures_table, place_lines, without_empty_columns
from boardpack.reading.calendar import read_month
from boardpack.reading.folder import Folder
from boardpack.subjects.items.drug_tariff_baseline_extract import read_drug_tariff_baseline
from boardpack.subjects.items.epd_files import has_epd
from boardpack.subjects.prescribing.pace import known_to

NCSO = "prescribing_items.icb.ncso.latest_month_cost"
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
    if not has_epd(Folder(paper.paper)):
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
    both, named = "Category M and concessions", "prescribing_items.{line}."
    table = figures_table(
        paper,
        "prescribing-icb-items",
        f"Price concessions and tariff prices in {items_month(paper).name}, from the items",
        "Place",
        place_lines(paper),
        [
            Measure("Cost of items", f"{named}items.latest_month_cost"),
            Measure("Concessions", f"{named}ncso.latest_month_cost", group="Of which"),
            Measure("Category M", f"{named}category_m.{EFFECT}", group="Of which"),
            Measure("Category A", f"{named}category_a.{EFFECT}", group="Of which"),
            Measure("Category C", f"{named}category_c.{EFFECT}", group="Of which"),
            Measure("From items", f"{named}cat_m_ncso.{EFFECT}", group=both),
            Measure("Published, average", f"{named}cat_m_ncso.published_average_month", group=both),
            Measure("Difference", f"{named}cat_m_ncso.latest_month_difference", group=both),
            Measure("Not in the tariff", f"{named}unmatched.latest_month_cost_share"),
        ],
    )
    return without_empty_columns(table)
