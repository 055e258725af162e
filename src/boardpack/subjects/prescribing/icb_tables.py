"""What the ICB's prescribing appendix shows of spend: parts, bases, bridge, forecast and pace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from boardpack.core.structure import CENTRAL, ICB
from boardpack.document.blocks import Chart, Column, Narrative, NotSupplied, Row, Series, Table
from boardpack.document.chapter import ChapterPaper, where_supplied
from boardpack.document.tables import Line, Measure, crossed_table, figures_table, place_lines
from boardpack.subjects.prescribing.pace import released_month

PARTS = (
    Line("Medicines (PMD), without Category M and NCSO", "pmd_excl_cat_m_ncso.ytd_spend"),
    Line("Category M and NCSO", "cat_m_ncso.ytd_spend"),
    Line("Central drugs charge", "central_drugs.ytd_spend"),
    Line("Flu vaccine income", "flu_income.ytd_spend"),
    Line("Prior-year (benefit) or cost", "prior_year.ytd_spend"),
    Line("Savings held centrally", "qipp_savings.ytd_spend"),
    Line("Difference, PMD and IPP reports", "pmd_ipp_difference.ytd_spend"),
    Line("Spend to date", "ppa.ytd_spend", "subtotal", "taken"),
    Line("Budget to date", "ppa.ytd_budget"),
    Line("(Over) / under to date", "ppa.ytd_variance", "total"),
    Line("Annual budget", "ppa.annual_budget"),
    Line("Forecast for the year", "ppa.forecast_outturn", part="taken"),
    Line("Forecast (over) / under", "ppa.forecast_variance", "total"),
)
# Places together: what stands in the places of `prescribing.<place>.<name>`.
TOGETHER = {
    "ppa.ytd_variance": "prescribing.icb.places_ppa.ytd_variance",
    "ppa.ytd_variance_share": "prescribing.icb.places_ppa.ytd_variance_share",
    "cat_m_ncso.ytd_spend": "prescribing.icb.places_cat_m_ncso.ytd_spend",
    "local_growth.ytd_overspend": "prescribing.icb.places_local_growth.ytd_overspend",
    "non_ppa.ytd_variance": "prescribing.icb.places_non_ppa.ytd_variance",
    "ledger.ytd_variance": "prescribing.icb.places_ledger.ytd_variance",
    "ledger.ytd_variance_share": "prescribing.icb.places_ledger.ytd_variance_share",
}
SHARE = "ledger.ytd_variance_share"
OF_PLACES = "local_growth.ytd_overspend"
GROWTH = (
    "Growth is that of the places. What is held centrally is neither growth nor Category M and"
    " NCSO, so the last row's two parts leave it out."
)
ONCE = "The variance a month is without last year's benefit or cost, which comes only once."
NO_PACE = (
    "The central forecast is the finance team's own and has no pace to follow. The last row"
    " includes its variance a month."
)
Columns = Sequence[tuple[str, str, str | None]]


def place_columns(paper: ChapterPaper, pattern: str) -> list[Measure]:
    """The places across, then the ICB; `pattern` names place and line."""
    report = paper.paper.report
    slugs = (*report.places, ICB)
    names = {slug: report.place_name(slug) for slug in slugs} | {ICB: "ICB total"}
    return [Measure(names[slug], pattern.replace("{place}", slug), "pounds") for slug in slugs]


def parts_table(paper: ChapterPaper) -> Table | NotSupplied:
    """What makes up the PPA spend of each place, against budget and forecast, in pounds."""
    if not paper.supplied("prescribing.icb.ppa.ytd_spend"):
        return paper.not_supplied("The make-up of prescribing spend by place")
    *places, icb = place_lines(paper, central=True)
    return crossed_table(
        paper,
        "prescribing-icb-parts",
        f"PPA prescribing by place at {paper.paper.month.name}",
        ("Part of spend", PARTS),
        (*places, replace(icb, label="ICB total")),
        "prescribing.{place}.{line}",
        "pounds",
        unit="£",
        notes=("PMD: Prescribing Monitoring Document. IPP: Itemised Prescription Payment.",),
    )


def bases_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The variance of each place on both bases, in money and as a share of budget."""
    return _by_place(
        paper,
        "prescribing-icb-bases",
        f"Prescribing (over) / under budget on two bases at {paper.paper.month.name}",
        (
            ("£000s", "ppa.ytd_variance", "PPA basis"),
            ("Share of budget", "ppa.ytd_variance_share", "PPA basis"),
            ("£000s", "ledger.ytd_variance", "Ledger basis"),
            ("Share of budget", "ledger.ytd_variance_share", "Ledger basis"),
        ),
        unit="",
    )


def bridge_table(paper: ChapterPaper) -> Table | NotSupplied:
    """From the PPA variance to the ledger's, and what of the overspend is price or growth."""
    return _by_place(
        paper,
        "prescribing-icb-bridge",
        f"Price, growth, and the step from PPA to ledger at {paper.paper.month.name}",
        (
            ("Category M and NCSO", "cat_m_ncso.ytd_spend", "What lies behind it"),
            ("Growth", "local_growth.ytd_overspend", "What lies behind it"),
            ("PPA", "ppa.ytd_variance", "(Over) / under budget"),
            ("Other prescribing", "non_ppa.ytd_variance", "(Over) / under budget"),
            ("Ledger", "ledger.ytd_variance", "(Over) / under budget"),
        ),
        unit="£000s",
    )


def forecast_table(paper: ChapterPaper) -> Table | NotSupplied:
    """The forecast of each place, and what a month has been and may be."""
    if not paper.supplied("prescribing.icb.ppa.forecast_variance"):
        return paper.not_supplied("The prescribing forecast by place")
    month, forecast = "Variance a month", "Full year"
    no_pace = NO_PACE if _is_held(paper) else ""
    prior_year = f"prescribing.{ICB}.prior_year.ytd_spend"
    has_prior_year = paper.supplied(prior_year) and paper.figure(prior_year).value != 0
    so_far = "prescribing.{line}.ppa.average_run_rate"
    return figures_table(
        paper,
        "prescribing-icb-forecast",
        "PPA prescribing forecast by place",
        "Place",
        place_lines(paper, central=True),
        [
            Measure("Budget", "prescribing.{line}.ppa.annual_budget", group=forecast),
            Measure("Forecast", "prescribing.{line}.ppa.forecast_outturn", group=forecast),
            Measure("(Over) / under", "prescribing.{line}.ppa.forecast_variance", group=forecast),
            Measure("Share", "prescribing.{line}.ppa.forecast_variance_share", group=forecast),
            Measure("So far", so_far, "thousands", month, no_pace),
            *([] if paper.paper.month.is_year_end else [_still_allowed(month, no_pace)]),
        ],
        notes=(ONCE,) if has_prior_year else (),
    )


def _still_allowed(group: str, no_pace: str) -> Measure:
    name = "prescribing.{line}.ppa.required_run_rate"
    return Measure("Still allowed", name, "thousands", group, no_pace)


def _is_held(paper: ChapterPaper) -> bool:
    """Whether anything of the prescribing variance is held centrally, and not by a place."""
    name = f"prescribing.{CENTRAL}.ppa.ytd_variance"
    return paper.supplied(name) and paper.figure(name).value != 0


def pace_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Monthly pace before and since the last released paper, and where each pace would land."""
    released = released_month(paper, ICB)
    if released is None:
        return paper.not_supplied(
            "The pace of prescribing spend", "No earlier paper with this line was supplied."
        )
    month, year = "Ledger variance a month", "Ledger variance at the year end"
    places = dict.fromkeys((paper.place, ICB))
    since = f"Since, to {paper.paper.month.name}"
    return figures_table(
        paper,
        "prescribing-icb-pace",
        "How fast the prescribing variance grows, and where each pace would land",
        "Place",
        [Line(paper.paper.report.place_name(place), place) for place in places],
        [
            Measure(f"To {released.name}", _position("earlier_run_rate"), "thousands", month),
            Measure(since, _position("latest_run_rate"), "thousands", month),
            Measure("At the earlier pace", _year_end("earlier_pace_variance"), group=year),
            Measure("At the latest pace", _year_end("latest_pace_variance"), group=year),
        ],
    )


@where_supplied("Prescribing variance by place")
def share_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Over- or underspend of each place as a share of its PPA budget, the largest first."""
    average = "prescribing.icb.places_ppa.ytd_variance_share"
    paper.require("prescribing.icb.places_ppa.ytd_variance")
    places = {
        name: f"prescribing.{slug}.ppa.ytd_variance_share"
        for slug, name in paper.paper.report.places.items()
        if paper.supplied(f"prescribing.{slug}.ppa.ytd_variance_share")
    }
    if not places or not paper.supplied(average):
        return paper.not_supplied("Prescribing variance by place")
    names = sorted(places, key=lambda name: paper.figure(places[name]).value)
    numbers = tuple(paper.number(places[name], "percent") for name in names)
    said = "; ".join(f"{n} {x.words or x.text}" for n, x in zip(names, numbers, strict=True))
    is_over = paper.figure(places[names[0]]).value < 0
    most = f"{names[0]} is furthest over its prescribing budget"
    return Chart(
        id="prescribing-icb-shares",
        shape="bar",
        title=most if is_over else "No place is over its prescribing budget",
        alt=f"Variance to date as a share of the PPA budget; a minus is an overspend. {said}.",
        categories=tuple(names),
        series=(Series("Share of budget", numbers),),
        unit="per cent of the PPA budget to date, (over) / under",
        places=1,
        better="higher",
        target=paper.number(average, "percent"),
        target_label="Places together",
    )


def narrative(block: str, *needs: str) -> Callable[[ChapterPaper], Narrative | NotSupplied]:
    """A narrative of the appendix that stands when its figures were supplied."""

    def narrated(paper: ChapterPaper) -> Narrative | NotSupplied:
        if not paper.supplied(*needs):
            return paper.not_supplied(f"Prescribing by place: {block}")
        return paper.narrate(block, released=released_month(paper, ICB))

    return narrated


parts_narrative = narrative("parts", "prescribing.icb.ppa.ytd_variance")
bases_narrative = narrative("bases", "prescribing.icb.places_local_growth.ytd_overspend")
forecast_narrative = narrative("forecast", "prescribing.icb.ppa.forecast_variance")
pace_narrative = narrative("pace", "position.icb.@prescribing.latest_run_rate")


def _position(measure: str) -> str:
    return f"position.{{line}}.@prescribing.{measure}"


def _year_end(measure: str) -> str:
    return f"prescribing.{{line}}.year_end.{measure}"


def _by_place(
    paper: ChapterPaper, id: str, caption: str, columns: Columns, unit: str
) -> Table | NotSupplied:
    """Places down, then the places together, the central row and the ICB."""
    if not paper.supplied("prescribing.icb.ppa.ytd_variance"):
        return paper.not_supplied("Prescribing variance by place")
    report = paper.paper.report
    rows = [_row(paper, name, slug, columns) for slug, name in report.places.items()]
    together = tuple(paper.cell(TOGETHER[name]) for _, name, _ in columns)
    rows.append(Row(("Places together", *together), "subtotal"))
    rows.append(_row(paper, report.central_name, CENTRAL, columns))
    names = [TOGETHER[name] if name == OF_PLACES else _name(ICB, name) for _, name, _ in columns]
    total = Row((report.icb_name, *map(paper.cell, names)), "total")
    heads = (Column(label, "right", group) for label, _, group in columns)
    has_growth = any(name == OF_PLACES for _, name, _ in columns) and _is_held(paper)
    notes = (GROWTH,) if has_growth else ()
    return Table(id, caption, (Column("Place", "left"), *heads), (*rows, total), unit, notes)


def _row(paper: ChapterPaper, label: str, place: str, columns: Columns) -> Row:
    """A row of the table; what is held centrally is no share of a budget."""
    names = (None if (place, name) == (CENTRAL, SHARE) else name for _, name, _ in columns)
    return Row((label, *("" if name is None else paper.cell(_name(place, name)) for name in names)))


def _name(place: str, name: str) -> str:
    """The ledger's figures stand in the position chapter, the central row's in the overview."""
    if name.startswith("ledger."):
        chapter = "overview" if place == CENTRAL else "position"
        return f"{chapter}.{place}.prescribing.{name.removeprefix('ledger.')}"
    return f"prescribing.{place}.{name}"
