"""What the forecast chapter says: the team's forecast beside the rules, its range, risks, rates."""

from __future__ import annotations

from boardpack.document.blocks import Chart, Narrative, NotSupplied, Number, Series
from boardpack.document.chapter import ChapterPaper, where_supplied
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.reading.folder import Folder
from boardpack.subjects.forecast.methods import MEAN_ERROR, RULES
from boardpack.subjects.forecast.risks_extract import GROSS, read_risks

TEMPLATE = "forecast"
TEAM, GAP = "forecast.total.team", "forecast.total.straight_line_gap"
RULE_NAMES = {
    "straight_line": "the straight line",
    "profile": "the profile of past years",
    "run_rate": "the run rate",
}
LABELS = {
    "team": "The team's forecast",
    "straight_line": "Straight line",
    "profile": "Profile",
    "run_rate": "Run rate",
    "driver_based": "Drivers",
}
ENDS = {"low": "Range: least cost", "high": "Range: greatest cost"}
LARGEST = 3


def forecast_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """The team's forecast beside the rules, and in which lines they part the most."""
    if not paper.supplied(TEAM):
        return not_forecast(paper)
    gap = paper.figure(GAP)
    gaps = _material_gaps(paper, "straight_line")
    driven = _material_gaps(paper, "driver_based")
    same = [pair for pair in gaps if (pair[1].value < 0) == (gap.value < 0)]
    is_even = not _is_material(paper, gap)
    return paper.narrate(
        "opening",
        TEMPLATE,
        is_even=is_even,
        parts=[] if is_even else same[:LARGEST],
        against=[] if is_even else [pair for pair in gaps if pair not in same][:LARGEST],
        driven_above=[pair for pair in driven if pair[1].value < 0],
        driven_below=[pair for pair in driven if pair[1].value > 0],
    )


def not_forecast(paper: ChapterPaper) -> NotSupplied:
    """Said where no forecast by directorate was supplied."""
    why = f"This month's reports give no full-year forecast by directorate for {paper.place_name}."
    return paper.not_supplied("The forecast by directorate", why)


def confidence_narrative(paper: ChapterPaper) -> Narrative | None:
    """How far the forecast may be out, in two or three sentences; page one may say them too."""
    if not paper.supplied(TEAM):
        return None
    rule, is_over = nearest_rule(paper), is_year_over(paper)
    if rule is None or is_over:
        return paper.narrate("confidence", TEMPLATE, rule="", is_over=is_over)
    return paper.narrate(
        "confidence",
        TEMPLATE,
        rule=RULE_NAMES[rule],
        years=int(paper.figure(f"forecast.total.{rule}_cases").value),
        error=paper.figure(f"forecast.total.{rule}_{MEAN_ERROR}"),
        standing=standing(paper),
        is_over=False,
    )


def is_year_over(paper: ChapterPaper) -> bool:
    """Whether nothing is left to forecast: the paper is of Month 12."""
    return paper.paper.month.is_year_end


def nearest_rule(paper: ChapterPaper) -> str | None:
    """The rule that the total's range is made of: the one its formula names; None without one."""
    if not paper.supplied("forecast.total.low"):
        return None
    first = operands(paper.figure("forecast.total.low").formula or "")[0]
    return first.split(".")[3]


def standing(paper: ChapterPaper) -> str:
    """Whether the team's cost is in the range; it is outside by what is material or not at all."""
    team, low, high = (paper.figure(f"forecast.total.{m}").value for m in ("team", "low", "high"))
    least = paper.paper.report.materiality.amount
    if low - team >= least:
        return "is better than all of this range"
    return "is worse than all of this range" if team - high >= least else "lies within it"


@where_supplied("Forecasts of the total side by side")
def total_chart(paper: ChapterPaper) -> Chart | None:
    """The variance at the year's end by each forecast of the total, and the ends of the range."""
    if not paper.supplied(TEAM) or is_year_over(paper):
        return None
    paper.require("forecast.total.team_variance")
    named = {**LABELS, **ENDS}
    found = {m: f"forecast.total.{m}_variance" for m in named}
    shown = {
        m: paper.number(name, "thousands") for m, name in found.items() if paper.supplied(name)
    }
    names = tuple(named[measure] for measure in shown)
    series = Series("Variance at the year's end", tuple(shown.values()))
    return Chart(
        id="forecast-total",
        shape="bar",
        title=_title(paper, shown),
        alt=f"{spoken(names, series, unit='£000s, a minus is an overspend')}.",
        categories=names,
        series=(series,),
        unit="£000s, (over) / under budget at the year's end",
        scale="1000",
        better="higher",
    )


def _title(paper: ChapterPaper, shown: dict[str, Number]) -> str:
    values = {m: paper.figure(f"forecast.total.{m}_variance").value for m in shown}
    rules = [values[rule] for rule in RULES if rule in values]
    team, least = values["team"], paper.paper.report.materiality.amount
    if team - max(rules) >= least:
        return "The team's forecast is better than every rule's"
    if min(rules) - team >= least:
        return "The team's forecast is worse than every rule's"
    return "The team's forecast lies among those of the rules"


def rates_narrative(paper: ChapterPaper) -> Narrative | None:
    """What the months left must bring, and how often months have been as good."""
    if not paper.supplied(TEAM) or is_year_over(paper):
        return None
    known = "forecast.total.stretches_known"
    has_stretches = paper.supplied(known) and paper.figure(known).value > 1
    return paper.narrate("rates", TEMPLATE, has_stretches=has_stretches)


def risks_narrative(paper: ChapterPaper) -> Narrative | None:
    """The risks that have amounts, and where the year would end with them.

    None where there is neither a forecast nor a risk.
    """
    rows = read_risks(Folder(paper.paper)).only(place=paper.place)
    if not rows and not paper.supplied(TEAM):
        return None
    priced = sum(GROSS in row.amounts for row in rows)
    return paper.narrate("risks", TEMPLATE, priced=priced, unpriced=len(rows) - priced)


def underlying_narrative(paper: ChapterPaper) -> Narrative | None:
    """The forecast without what happens only once."""
    return paper.narrate("underlying", TEMPLATE) if paper.supplied(TEAM) else None


def _material_gaps(paper: ChapterPaper, rule: str) -> list[tuple[str, Figure]]:
    """Lines where the team and a rule part by what is material, the largest first."""
    names = {
        label: f"forecast.{line}.{rule}_gap"
        for line, label in paper.paper.report.directorates.items()
    }
    found = [(label, paper.figure(name)) for label, name in names.items() if paper.supplied(name)]
    kept = [pair for pair in found if _is_material(paper, pair[1])]
    return sorted(kept, key=lambda pair: -abs(pair[1].value))


def _is_material(paper: ChapterPaper, gap: Figure) -> bool:
    """Whether a gap is worth a word: by the amount alone, as a share of a total hides its lines."""
    return abs(gap.value) >= paper.paper.report.materiality.amount
