"""What the corporate costs chapter shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from boardpack.core.structure import ICB
from boardpack.document.blocks import Chart, Narrative, NotSupplied, Series, Table, mark
from boardpack.document.chapter import ChapterPaper, where_supplied
from boardpack.document.glossary import meanings_in
from boardpack.document.icb_wide import not_supplied
from boardpack.document.numbers import short_money
from boardpack.document.schedule_blocks import measures_of, own_lines, rows_only
from boardpack.document.tables import Line, figures_table
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.reading.extract import Row
from boardpack.schedules.load import own_schedule
from boardpack.subjects.corporate.figures import NEGATIVE, WHOLE

MISSING = "Corporate costs by cost centre"
LARGEST = 8
ABBREVIATIONS = frozenset({"MHIS", "IM&T", "PR", "NHS", "ICB"})
GROUPS = {"programme": "Programme", "admin": "Administration (running costs)"}


@where_supplied("What drives corporate costs")
def costs_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Where corporate costs stand to date and are forecast to end, by group."""
    if not paper.supplied(f"corporate.icb.{WHOLE}.ytd_variance"):
        return not_supplied(paper, MISSING)
    found = _variances(paper)
    over = [pair for pair in found if pair[1].value < 0][:3]
    under = [pair for pair in reversed(found) if pair[1].value > 0][:3]
    meanings = meanings_in(name for name, _ in (*over, *under))
    return paper.narrate("costs", over=over, under=under, meanings=meanings)


def allowance_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """The running cost allowance, how it moved, and the reduction that is still to come."""
    if not paper.supplied("corporate.icb.running_cost_allowance.annual_allowance"):
        return not_supplied(paper, "The running cost allowance")
    return paper.narrate("allowance")


def negative_narrative(paper: ChapterPaper) -> Narrative | None:
    """Cost centres with a negative budget, on which the forecast depends; None without any."""
    if not paper.supplied(f"corporate.icb.{NEGATIVE}.forecast_variance"):
        return None
    names = [
        name
        for code, name in _names(paper).items()
        if paper.figure(f"corporate.icb.{code}.annual_budget").value < 0
    ]
    return paper.narrate("negative", names=names)


def costs_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Every cost centre, by group, with its totals; codes are the ledger's."""
    lines = list(_lines(paper))
    if not lines:
        return not_supplied(paper, MISSING)
    return figures_table(
        paper,
        "corporate-costs",
        f"Corporate costs by cost centre at {paper.paper.month.name}",
        "Cost centre",
        lines,
        measures_of(paper, own_schedule("corporate_costs"), ICB),
        notes=("A budget in brackets is negative: it takes money out of the total.",),
    )


@where_supplied("Variances of cost centres")
def variance_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """The largest over- and underspends of cost centres to date, the worst first."""
    found = _variances(paper)
    if not found:
        return not_supplied(paper, MISSING)
    largest = sorted(found, key=lambda pair: -abs(pair[1].value))[:LARGEST]
    shown = [pair for pair in found if pair in largest and pair[1].value]
    names = tuple(name for name, _ in shown)
    numbers = tuple(paper.number(figure.id, "thousands") for _, figure in shown)
    series = Series("Variance to date", numbers)
    return Chart(
        id="corporate-variance",
        shape="bar",
        title=_title(paper),
        alt=spoken(names, series, unit="£000s; a minus is an overspend"),
        categories=names,
        series=(series,),
        unit="£000s, (over) / under budget, largest variances",
        scale="1000",
        better="higher",
    )


def _title(paper: ChapterPaper) -> str:
    total = paper.figure(f"corporate.icb.{WHOLE}.ytd_variance")
    if not total.value:
        return "Corporate costs are on budget to date"
    direction = "overspent" if total.value < 0 else "underspent"
    return f"Corporate costs are {mark(total.id, short_money(total.value))} {direction} to date"


def _centres(paper: ChapterPaper) -> tuple[Row, ...]:
    lines = rows_only(own_lines(paper, "corporate_costs"))
    return tuple(line.row for line in lines if line.row is not None)


def _lines(paper: ChapterPaper) -> Iterator[Line]:
    centres = _centres(paper)
    for group in dict.fromkeys(row["group"] for row in centres):
        name = GROUPS[group]
        yield Line(name, "", "heading")
        for row in centres:
            if row["group"] == group:
                centre = in_sentence_case(row["description"])
                yield Line(f"{centre} ({row['cost_centre']})", row["cost_centre"])
        yield Line(f"{name}, total", f"{group}_total", "subtotal")
    if centres:
        yield Line("Corporate costs, total", WHOLE, "total")


def _names(paper: ChapterPaper) -> dict[str, str]:
    """The name of each cost centre by its code; one that several share has the code after it."""
    named = {row["cost_centre"]: in_sentence_case(row["description"]) for row in _centres(paper)}
    times = Counter(named.values())
    return {code: f"{name} {code}" if times[name] > 1 else name for code, name in named.items()}


def in_sentence_case(description: str) -> str:
    """A ledger description in sentence case, so that a reader is not shouted at.

    >>> in_sentence_case("AGENCY STAFF COSTS"), in_sentence_case("NHS PENSIONS")
    ('Agency staff costs', 'NHS pensions')
    """
    first, *others = (_word(word) for word in description.split())
    return " ".join([first[:1].upper() + first[1:], *others])


def _word(word: str) -> str:
    return word if word in ABBREVIATIONS or len(word) == 1 else word.lower()


def _variances(paper: ChapterPaper) -> list[tuple[str, Figure]]:
    """Each cost centre's variance to date, the largest overspend first."""
    paper.require(*(f"corporate.icb.{code}.ytd_variance" for code in _names(paper)))
    found = [
        (name, paper.figure(f"corporate.icb.{code}.ytd_variance"))
        for code, name in _names(paper).items()
    ]
    return sorted(found, key=lambda pair: pair[1].value)
