"""What the key financial indicators chapter shows: each duty, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from boardpack.document.blocks import (
    Cell,
    Chart,
    Column,
    Narrative,
    NotSupplied,
    Number,
    Row,
    Series,
    Table,
)
from boardpack.document.chapter import ChapterPaper
from boardpack.document.icb_wide import not_supplied
from boardpack.document.schedule_blocks import own_lines
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import count_words
from boardpack.figures.figure import Figure
from boardpack.subjects.duties.figures import CASH, INCOME, LIMIT, MHIS, RUNNING_COSTS

NAMES = {
    INCOME: "Spend within income",
    LIMIT: "Spend within the resource limit",
    RUNNING_COSTS: "Running costs within the allowance",
    CASH: "Month-end cash within its limit",
    MHIS: "Mental Health Investment Standard reached",
}
MISSING = "The key financial indicators"
MET, NOT_MET = "Met", "Not met"
REACH = "reach"
SENSES = {"limit": "A limit", REACH: "To reach"}
PERIODS = {"ytd": "Year to date", "forecast": "Full year"}
ACTUAL = {"Year to date": "Actual", "Full year": "Forecast"}
SAYS_NOT_APPLICABLE = frozenset({"n/a", "na"})


@dataclass(frozen=True)
class Duty:
    """One duty: what a reader calls it, the line of its figures, its sense, whether it applies."""

    name: str
    line: str
    sense: str
    applies: bool = True

    def figure(self, measure: str) -> str:
        """The name of one of its figures."""
        return f"indicators.icb.{self.line}.{measure}"


def duties_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Every duty with target, actual and whether it is met, to date and for the year."""
    duties = tuple(_duties(paper))
    if not duties:
        return not_supplied(paper, MISSING)
    columns = [Column("Duty", "left"), Column("Target is", "left")]
    for group in PERIODS.values():
        columns += [Column("Target", group=group), Column(ACTUAL[group], group=group)]
        columns += [Column("To spare / (missed by)", group=group), Column("Result", "left", group)]
    return Table(
        "indicators-duties",
        f"The ICB's financial duties at {paper.paper.month.name}",
        tuple(columns),
        tuple(_row(paper, duty) for duty in duties),
        "£000s, or % of invoices",
        (
            "To spare is what is left under a limit, or above a target to be reached."
            " Brackets are a duty not met: over its limit, or short of its target.",
        ),
    )


def targets_chart(paper: ChapterPaper) -> Chart | None:
    """Each duty against its own target: to date, or for the year where only that is known."""
    found = [(duty, period) for duty in _duties(paper) if (period := _shown_period(paper, duty))]
    if not found:
        return None
    names = tuple(_target_name(paper, duty, period) for duty, period in found)
    series = tuple(
        Series(label, tuple(_measured(paper, duty, period, label) for duty, period in found))
        for label in ("Actual", "Target")
    )
    missed = [paper.figure(d.figure(f"{p}_variance")).value < 0 for d, p in found]
    return Chart(
        id="indicators-targets",
        shape="bullet",
        title=_targets_title(missed),
        alt=f"{spoken(names, *series, unit='£000s, or % of invoices')}.",
        categories=names,
        series=series,
        unit="Each bar is a share of its own target, in £000s or % of invoices",
        scale="1",
    )


def _shown_period(paper: ChapterPaper, duty: Duty) -> str:
    """The period that a duty is drawn for: the first for which it can be judged.

    A bar is a share of its target, and there is none of a target below nil (a planned deficit).
    """
    judged = (p for p in PERIODS if paper.supplied(duty.figure(f"{p}_variance")))
    drawn = (p for p in judged if paper.figure(duty.figure(f"{p}_target")).value >= 0)
    return next(drawn, "")


def _target_name(paper: ChapterPaper, duty: Duty, period: str) -> str:
    result = _result(paper, duty, period).lower()
    when = "" if period == "ytd" else "full year, "
    return f"{duty.name} ({when}{result})"


def _measured(paper: ChapterPaper, duty: Duty, period: str, label: str) -> Number:
    number = paper.number(duty.figure(f"{period}_{label.lower()}"))
    is_missed = paper.figure(duty.figure(f"{period}_variance")).value < 0
    return replace(number, adverse=is_missed and label == "Actual")


def _targets_title(missed: list[bool]) -> str:
    if not any(missed):
        return "Every duty that can be judged is met"
    if all(missed):
        return "No duty that can be judged is met"
    return f"{count_words(sum(missed)).capitalize()} of {count_words(len(missed))} duties missed"


def duties_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Which duties are met and which are not, to date and by the forecast."""
    duties = tuple(_duties(paper))
    if not duties:
        return not_supplied(paper, MISSING)
    to_date, year = (_judged(paper, duties, period) for period in PERIODS)
    return paper.narrate(
        "duties",
        missed=[duty for duty in to_date if duty[1].value < 0],
        judged=bool(to_date),
        missed_year=[duty for duty in year if duty[1].value < 0],
        judged_year=bool(year),
    )


def payments_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """How many invoices are paid on time, against the Better Payment Practice Code."""
    lines = own_lines(paper, "bppc")
    duties = [Duty(one.row["creditor"], one.line, REACH) for one in lines if one.row]
    shown = [duty for duty in duties if paper.supplied(duty.figure("ytd_variance"))]
    if not shown:
        return not_supplied(paper, "Invoices paid on time")
    short = [d for d in shown if paper.figure(d.figure("ytd_variance")).value < 0]
    return paper.narrate("payments", shown=shown, short=short)


def surplus_narrative(paper: ChapterPaper) -> Narrative | None:
    """The planned surplus that the targets hold, and the limit that does not tie to it."""
    if not paper.supplied("indicators.icb.planned_surplus.forecast_target"):
        return None
    return paper.narrate("surplus")


def judged_duties(paper: ChapterPaper) -> list[tuple[Duty, Figure]]:
    """Each duty that can be judged, with what is to spare: to date, else for the year."""
    duties = tuple(_duties(paper))
    to_date, year = (_judged(paper, duties, period) for period in PERIODS)
    done = {duty.line for duty, _ in to_date}
    return [*to_date, *(pair for pair in year if pair[0].line not in done)]


def _duties(paper: ChapterPaper) -> Iterator[Duty]:
    for one in own_lines(paper, "key_indicators"):
        said = {cell.text.lower() for cell in one.row.cells.values()} if one.row else set()
        name, applies = NAMES.get(one.line, one.label), not said & SAYS_NOT_APPLICABLE
        yield Duty(name, one.line, one.sense, applies)
    for paid in own_lines(paper, "bppc"):
        yield Duty(paid.label, paid.line, REACH)


def _row(paper: ChapterPaper, duty: Duty) -> Row:
    cells: list[Cell] = [duty.name, SENSES[duty.sense]]
    for period in PERIODS:
        names = [duty.figure(f"{period}_{m}") for m in ("target", "actual", "variance")]
        cells += [*(paper.cell(name) for name in names), _result(paper, duty, period)]
    return Row(tuple(cells))


def _result(paper: ChapterPaper, duty: Duty, period: str) -> str:
    """Met or not, in words; said plainly where there is nothing to judge."""
    variance = duty.figure(f"{period}_variance")
    if paper.supplied(variance):
        return NOT_MET if paper.figure(variance).value < 0 else MET
    if paper.supplied(duty.figure(f"{period}_target")):
        return f"No {ACTUAL[PERIODS[period]].lower()}"
    return "" if duty.applies else "Does not apply"


def _judged(
    paper: ChapterPaper, duties: tuple[Duty, ...], period: str
) -> list[tuple[Duty, Figure]]:
    """Each duty that has a target and an actual, with what is to spare of its target."""
    names = [(duty, duty.figure(f"{period}_variance")) for duty in duties]
    return [(duty, paper.figure(figure)) for duty, figure in names if paper.supplied(figure)]
