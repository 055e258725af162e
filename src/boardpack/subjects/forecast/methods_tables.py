"""The tables of the forecast chapter: by directorate, how far out, risks, what happens once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from boardpack.core.periods import Month, parse_month
from boardpack.document.blocks import Cell, Column, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.tables import Measure, directorate_lines, figures_table
from boardpack.document.wording import cell_text
from boardpack.figures.formula import operands
from boardpack.reading.folder import Folder
from boardpack.subjects.forecast.drivers import CARE, DRIVEN
from boardpack.subjects.forecast.figures import METHODS, NHSBSA_SHARE
from boardpack.subjects.forecast.methods import ERROR, MEAN_ERROR, RULES, TEAM, horizon
from boardpack.subjects.forecast.past import HORIZONS
from boardpack.subjects.forecast.risks_extract import GROSS, MITIGATION, PROBABILITY, read_risks
from boardpack.subjects.forecast.risks_figures import NET, ONCE, UNDERLYING, WEIGHTED, risk_line
from boardpack.subjects.forecast.tables import LABELS, is_year_over

COST, GAP = "Cost of the year", "Team less straight line"
RULE_LABELS = {**{rule: LABELS[rule] for rule in RULES}, TEAM: "Team"}
MEANINGS = {
    "straight_line": "Straight line: the cost to date, in proportion for the whole year.",
    "profile": "Profile: the cost to date, by the share of the year that past years had spent by"
    " now. The total has a profile of its own, so its lines need not add up to it.",
    "run_rate": "Run rate: the cost to date, and the pace since the last released paper for the"
    " months left.",
    "driver_based": "Drivers: medicines carried by their profile, or evenly without one, with last"
    " year's item once and the latest prices; packages of care at today's number and price.",
}
OWN_TOTAL = {
    "profile": MEANINGS["profile"],
    "run_rate": "Not every line has a run rate of its own: the lines need not add up to the total.",
}
"""Why the lines of a method do not add up to its total, where they do not."""
OWN_RANGE = (
    "The total has a range of its own, in which the errors of the lines offset each other, so its"
    " lines do not add up to it."
)
MONTHLY = "In the other months the run rate is that of the last month alone."
ONCE_LABELS = {
    "unexplained_gain_variance": "Gains larger than the budget of their line, not explained",
    "non_recurrent_savings": "Savings that do not recur, as planned",
    "reserve_release": "Reserves released this month",
}


def methods_table(paper: ChapterPaper) -> Table | None:
    """The cost of the year by directorate: the team's forecast beside the rules, and the gap."""
    if not paper.supplied("forecast.total.team") or is_year_over(paper):
        return None
    lines = directorate_lines(paper)
    shown = [
        method
        for method in METHODS
        if any(paper.supplied(f"forecast.{line.line}.{method}") for line in lines)
    ]
    measures = [
        Measure("Budget", "position.{line}.annual_budget", group=COST),
        Measure("Team", "forecast.{line}.team", group=COST),
        *(
            Measure(LABELS[m], f"forecast.{{line}}.{m}", None, COST, OWN_TOTAL.get(m, ""))
            for m in shown
        ),
        Measure(GAP, "forecast.{line}.straight_line_gap"),
    ]
    caption = f"{paper.place_name}: the year's cost by each way of forecasting it"
    notes = (
        "The last column is the team's forecast less the straight line; in brackets the team"
        " expects to spend less.",
        *(MEANINGS[method] for method in shown),
        *_published(paper),
        *_undriven(paper),
    )
    return figures_table(
        paper, "forecast-methods", caption, "Directorate", lines, measures, notes=notes
    )


def _published(paper: ChapterPaper) -> Iterator[str]:
    """Which years the profile of prescribing is from, where it is NHSBSA's and no past year's."""
    if not paper.supplied("forecast.@prescribing.profile_share"):
        return
    formula = paper.figure("forecast.@prescribing.profile_share").formula or ""
    years = [paper.register[name].period[:7] for name in operands(formula) if NHSBSA_SHARE in name]
    if years:
        said = " and ".join(years)
        yield (
            "The profile of prescribing is old. The NHS Business Services Authority published"
            f" it for {said}."
        )


def _undriven(paper: ChapterPaper) -> Iterator[str]:
    """What is lacking where continuing care has a forecast and none from its drivers."""
    own = f"forecast.@{CARE}"
    if paper.supplied(f"{own}.{TEAM}") and not paper.supplied(f"{own}.{DRIVEN}"):
        yield "Continuing care has no forecast from its drivers: no packages of care can be shown."


def errors_table(paper: ChapterPaper) -> Table | None:
    """How far each rule and the team were out in past years, and on average by month."""
    if is_year_over(paper):
        return None
    month = paper.paper.month
    tails = {number: horizon(number) for number in HORIZONS} | {month.number: ""}
    averages = {
        number: _average(paper, Month(month.start, number), tails[number])
        for number in sorted(tails)
    }
    if not any(averages[month.number].cells[1:]):
        return None
    others = [row for number, row in averages.items() if number != month.number]
    columns = (Column("Past year", "left"), *(Column(name) for name in RULE_LABELS.values()))
    rows = (*_each_year(paper), *(row for row in averages.values() if any(row.cells[1:])))
    notes = (
        "Error: what would have been forecast in that month of a past year, less the outturn, in"
        " per cent of the outturn. In brackets it was too low.",
        "A profile can be tried only where an earlier year gives it.",
        *([MONTHLY] if any(row.cells[3] for row in others) else []),
    )
    caption = f"{paper.place_name}: how far forecasts of the total were out in past years"
    return Table("forecast-errors", caption, columns, rows, "% of outturn", notes)


def _name(month: Month) -> str:
    return f"in {month.name.split()[0]}"


def _average(paper: ChapterPaper, month: Month, tail: str) -> Row:
    head = f"Average size, {_name(month)}"
    names = (f"forecast.total.{rule}_{MEAN_ERROR}{tail}" for rule in RULE_LABELS)
    return Row((head, *(paper.cell(name, "percent_2") for name in names)), "subtotal")


def _each_year(paper: ChapterPaper) -> Iterator[Row]:
    month = paper.paper.month
    found = {
        figure.period[:7]
        for figure in paper.register
        if figure.id.startswith(f"forecast.{paper.place}.total.straight_line_{ERROR}.")
    }
    for year in sorted(found):
        past = parse_month(year.replace("/", "-"), month.code)
        suffix = past.suffix_in(month)
        names = (f"forecast.total.{rule}_{ERROR}.{suffix}" for rule in RULE_LABELS)
        cells = (_neither_good_nor_bad(paper.cell(name, "percent_2")) for name in names)
        yield Row((f"{year}, {_name(month)}", *cells))


def _neither_good_nor_bad(cell: Cell) -> Cell:
    """An error is no variance: too low is not worse than too high."""
    return cell if isinstance(cell, str) else replace(cell, adverse=False)


def line_errors_table(paper: ChapterPaper) -> Table | None:
    """By directorate: the average error of each rule in this month, and the range of the year."""
    if is_year_over(paper) or not paper.supplied("forecast.total.low"):
        return None
    errors = [
        Measure(label, f"forecast.{{line}}.{rule}_{MEAN_ERROR}", "percent", "Average error")
        for rule, label in RULE_LABELS.items()
        if paper.supplied(f"forecast.total.{rule}_{MEAN_ERROR}")
    ]
    ends = [
        Measure(label, f"forecast.{{line}}.{end}", "thousands", "Range, £000s", OWN_RANGE)
        for end, label in (("low", "Least cost"), ("high", "Greatest cost"))
    ]
    notes = (
        "The range is that of the rule with the least error of those tried on three years or more,"
        " or on fewer where none was. It is that forecast, moved by the errors that it made.",
        "Few past years make a narrow range: what none of them had is not in it.",
    )
    return figures_table(
        paper,
        "forecast-line-errors",
        f"{paper.place_name}: error in past years and range, by directorate",
        "Directorate",
        directorate_lines(paper),
        [*errors, *ends],
        unit="% of outturn; £000s",
        notes=notes,
    )


def risks_table(paper: ChapterPaper) -> Table | None:
    """Each risk that has an amount: gross, likelihood, weighted, mitigation, net."""
    rows = read_risks(Folder(paper.paper)).only(place=paper.place)
    priced = [row for row in rows if GROSS in row.amounts]
    if not priced:
        return None
    measures = (GROSS, PROBABILITY, WEIGHTED, MITIGATION, NET)
    labels = ("Gross", "Likelihood", "Weighted", "Mitigation", "Net")
    columns = (Column("Risk", "left"), *(Column(label) for label in labels))
    shown = (
        *(_risk(paper, cell_text(row["risk"]), risk_line(row), measures) for row in priced),
        _risk(paper, "Total", "risks", measures, is_total=True),
    )
    notes = (
        "A cost is positive. Net is the weighted amount less the mitigation, never below nil.",
    )
    caption = f"{paper.place_name}: risks that have amounts"
    return Table("forecast-risks", caption, columns, shown, "£000s", notes)


def _risk(
    paper: ChapterPaper, label: str, line: str, measures: Sequence[str], *, is_total: bool = False
) -> Row:
    styles = ("percent" if measure == PROBABILITY else "thousands" for measure in measures)
    cells: list[Cell] = [
        paper.cell(f"forecast.{line}.{measure}", style)
        for measure, style in zip(measures, styles, strict=True)
    ]
    return Row((label, *cells), "total" if is_total else "line")


def underlying_table(paper: ChapterPaper) -> Table | None:
    """From the team's forecast to the position without what happens only once."""
    if not paper.supplied(f"forecast.total.{UNDERLYING}"):
        return None
    steps = [
        Row(
            (f"Less: {ONCE_LABELS[m][0].lower()}{ONCE_LABELS[m][1:]}", paper.cell(name)),
            part="taken",
        )
        for m in ONCE
        if paper.supplied(name := f"forecast.total.{m}")
    ]
    rows = (
        Row(
            (
                "The team's forecast, (over) / under budget",
                paper.cell("forecast.total.team_variance"),
            )
        ),
        *steps,
        Row(("Underlying position", paper.cell(f"forecast.total.{UNDERLYING}")), "total"),
    )
    columns = (Column("Step", "left"), Column("Amount"))
    notes = (
        "Only what the source reports tell is taken out. They do not tell which other items,"
        " entries beside the ledger among them, happen only once.",
    )
    caption = f"{paper.place_name}: from the forecast to the underlying position"
    return Table("forecast-underlying", caption, columns, rows, "£000s", notes)
