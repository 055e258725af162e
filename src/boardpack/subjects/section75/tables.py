"""What the Section 75 chapter shows: who funds what, what changed, and the whole schedule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from boardpack.document.blocks import (
    Cell,
    Chart,
    Column,
    Narrative,
    NotSupplied,
    Row,
    Series,
    Table,
)
from boardpack.document.chapter import ChapterPaper
from boardpack.document.schedule_blocks import own_lines
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import cell_text
from boardpack.figures.figure import Figure

MEASURES = ("icb_prior_year", "council_prior_year", "total_prior_year", "icb", "council", "total")
SHOWN = 8
WHAT = "The Section 75 agreement"
MEANINGS = {"BCF": "the Better Care Fund", "D2A": "discharge to assess"}


@dataclass(frozen=True)
class Service:
    """One service: the line of its figures, its label, provider, function and lead commissioner."""

    line: str
    label: str
    provider: str
    function: str
    lead: str

    def name(self, measure: str) -> str:
        """The short name of one of its figures."""
        return f"section75.{self.line}.{measure}"


def services(paper: ChapterPaper) -> tuple[Service, ...]:
    """The services of the schedule, in print order; none where the agreement is another place's."""
    if not paper.supplied("section75.total.total"):
        return ()
    return tuple(
        Service(
            one.line,
            cell_text(one.label),
            *(
                cell_text(one.row.words.get(told, ""))
                for told in ("provider", "description", "lead")
            ),
        )
        for one in own_lines(paper, "section75")
        if one.row is not None
    )


def summary_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """What both partners put in, and how that has changed."""
    if not paper.supplied("section75.total.total", "section75.total.total_change"):
        return paper.not_supplied(WHAT)
    return paper.narrate("summary")


def changes_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """Which services are new, which have ended, and which others changed most."""
    found = services(paper)
    if not found:
        return paper.not_supplied("What changed in the Section 75 agreement")
    new = _chosen(paper, found, lambda now, before: now > 0 and before == 0)
    ended = _chosen(paper, found, lambda now, before: now == 0 and before > 0)
    rest = _chosen(paper, found, lambda now, before: now > 0 and before > 0 and now != before)
    changed = _largest(paper, rest)[: SHOWN // 2]
    named = " ".join([*(one.label for one in (*new, *ended)), *(label for label, _ in changed)])
    return paper.narrate(
        "changes",
        new=[(one.label, paper.figure(one.name("total"))) for one in new],
        ended=[(one.label, paper.figure(one.name("total_prior_year"))) for one in ended],
        changed=changed,
        meanings=[pair for pair in MEANINGS.items() if pair[0] in named],
    )


def _chosen(
    paper: ChapterPaper, found: Sequence[Service], keep: Callable[[Decimal, Decimal], bool]
) -> list[Service]:
    return [
        one
        for one in found
        if paper.supplied(one.name("total"), one.name("total_prior_year"))
        and keep(
            paper.figure(one.name("total")).value,
            paper.figure(one.name("total_prior_year")).value,
        )
    ]


def _largest(paper: ChapterPaper, found: Sequence[Service]) -> list[tuple[str, Figure]]:
    """The changes in total funding, the largest first whatever their sign."""
    pairs = [
        (one.label, paper.figure(one.name("total_change")))
        for one in found
        if paper.supplied(one.name("total_change"))
    ]
    moved = [pair for pair in pairs if pair[1].value]
    return sorted(moved, key=lambda pair: -abs(pair[1].value))


def changes_chart(paper: ChapterPaper) -> Chart | None:
    """The largest changes in funding since last year, up and down; None where there are none."""
    pairs = _largest(paper, services(paper))[:SHOWN]
    if not pairs:
        return None
    labels = tuple(label for label, _ in pairs)
    change = Series("Change", tuple(paper.number(f.id, "thousands") for _, f in pairs))
    verb = "fell" if pairs[0][1].value < 0 else "rose"
    unit = "£000s, change on last year"
    return Chart(
        id="section75-changes-chart",
        shape="bar",
        title=f"{labels[0]} {verb} most",
        alt=spoken(labels, change, unit=unit),
        categories=labels,
        series=(change,),
        unit=unit,
        scale="1000",
    )


def schedule_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Every service of the agreement, what each partner pays, last year and this."""
    found = services(paper)
    if not found:
        return paper.not_supplied("The Section 75 schedule")
    rows = [Row((one.label, one.provider, *_amounts(paper, one.line))) for one in found]
    rows.append(Row(("All services", "", *_amounts(paper, "total")), "total"))
    years = [paper.figure(f"section75.total.{m}").period for m in ("total_prior_year", "total")]
    heads = [(part, year) for year in years for part in ("ICB", "Council", "Total")]
    columns = (
        Column("Service", "left"),
        Column("Provider", "left"),
        *(Column(part, "right", year) for part, year in heads),
    )
    caption = f"Section 75 agreement for {paper.place_name}: funding by service"
    notes = ("A blank cell is blank in the schedule. The totals are computed: it prints none.",)
    return Table("section75-schedule", caption, columns, tuple(rows), "£000s", notes)


def functions_table(paper: ChapterPaper) -> Table | None:
    """What each service is for and which partner leads on it; None where the schedule says neither.

    A service that ended has no function any more and is left out.
    """
    found = [
        one
        for one in services(paper)
        if (one.function or one.lead)
        and paper.supplied(one.name("total"))
        and paper.figure(one.name("total")).value
    ]
    if not found:
        return None
    columns = tuple(
        Column(head, "left")
        for head in ("Service", "What it is for", "Lead commissioner", "Provider")
    )
    rows = tuple(Row((one.label, one.function, one.lead, one.provider)) for one in found)
    caption = f"Section 75 agreement for {paper.place_name}: functions and lead commissioners"
    notes = ("As the schedule words them; a blank cell is blank there. Leads are named by role.",)
    return Table("section75-functions", caption, columns, rows, "", notes)


def _amounts(paper: ChapterPaper, line: str) -> tuple[Cell, ...]:
    return tuple(paper.cell(f"section75.{line}.{measure}", "thousands") for measure in MEASURES)
