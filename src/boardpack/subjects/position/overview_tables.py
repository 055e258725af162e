"""What the budget overview chapter shows: every place by directorate, and the ICB behind them."""

from __future__ import annotations

from decimal import Decimal

from boardpack.core.structure import CENTRAL, ICB
from boardpack.document.blocks import Chart, Narrative, NotSupplied, Number, Series, Table, mark
from boardpack.document.chapter import ChapterPaper, where_supplied
from boardpack.document.icb_wide import not_supplied
from boardpack.document.many_places import MOST_NAMED, most_of
from boardpack.document.months import month_of
from boardpack.document.numbers import thousands
from boardpack.document.tables import crossed_table, directorate_lines, place_lines
from boardpack.document.text_alternatives import spoken
from boardpack.document.wording import count_words, material, plain_text
from boardpack.figures.figure import Figure
from boardpack.figures.labels import capital

MISSING = "The ICB budget overview"
LARGEST = 3
FEWER = ", for the places where these are the largest; the tables have every place"
VARIANCE = "ytd_variance"
EARLIER = "icb_position.icb.total.ytd_variance."
CAPTIONS = {
    "ytd_budget": "Budget to date",
    "ytd_actual": "Actual to date",
    VARIANCE: "Variance to date, (over) / under",
}


@where_supplied(MISSING)
def icb_narrative(paper: ChapterPaper) -> Narrative | NotSupplied:
    """The ICB's position, which places are overspent, and what drives it."""
    paper.require("overview.icb.total.ytd_variance")
    if not paper.supplied("overview.icb.total.ytd_variance"):
        return not_supplied(paper, MISSING)
    places = _totals(paper)
    lines = _directorates(paper, ICB)
    overspent = [pair for pair in places if pair[1].value < 0]
    others = [pair for pair in places if pair[1].value >= 0][-MOST_NAMED:]
    return paper.narrate(
        "icb",
        overspent=overspent[:MOST_NAMED],
        are_more_overspent=len(overspent) > MOST_NAMED,
        others=others,
        are_more_others=len(places) - len(overspent) > MOST_NAMED,
        rests_on=[(name, *found) for name, total in others for found in _rests_on(paper, total)],
        drivers=[pair for pair in lines if pair[1].value < 0 and _is_material(paper, pair[1])],
        offsets=[pair for pair in reversed(lines) if pair[1].value > 0][:LARGEST],
    )


def movement_narrative(paper: ChapterPaper) -> Narrative | None:
    """The change since the last month known, where no register tells it, and without releases.

    What the registers tell stands above it, as in every chapter.
    """
    then = next((f for f in paper.register if f.id.startswith(EARLIER)), None)
    if then is None or not paper.supplied("icb_position.icb.total.variance_movement"):
        return None
    told = paper.supplied("position.icb.total.movement")
    if told and not paper.supplied("icb_position.icb.total.variance_movement_before_release"):
        return None
    return paper.narrate("movement", earlier=then, since=month_of(then.period).name, told=told)


def plan_narrative(paper: ChapterPaper) -> Narrative | None:
    """How far the planned surplus was changed; nothing where the report does not say."""
    if not paper.supplied("icb_position.icb.planned_surplus.reduction"):
        return None
    return paper.narrate("plan")


def budget_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Budget to date, by directorate and place."""
    return _table(paper, "ytd_budget")


def actual_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Actual spend to date, by directorate and place."""
    return _table(paper, "ytd_actual")


def variance_table(paper: ChapterPaper) -> Table | NotSupplied:
    """Over- and underspends to date, by directorate and place."""
    return _table(paper, VARIANCE)


@where_supplied("Variances to date by place")
def variance_chart(paper: ChapterPaper) -> Chart | NotSupplied:
    """Total over- and underspend of each place and of the centre, the largest overspend first."""
    columns = (*paper.paper.report.places, CENTRAL)
    found = [(slug, f"overview.{slug}.total.ytd_variance") for slug in columns]
    paper.require(*(name for _, name in found))
    known = [(slug, paper.figure(name)) for slug, name in found if paper.supplied(name)]
    if not known:
        return not_supplied(paper, MISSING)
    shown = sorted(known, key=lambda pair: pair[1].value)
    names = tuple(paper.paper.report.place_name(slug) for slug, _ in shown)
    series = Series("Variance to date", tuple(thousands(figure) for _, figure in shown))
    unit = "£000s, (over) / under budget"
    return Chart(
        id="overview-variance",
        shape="bar",
        title=_title(paper),
        alt=spoken(names, series, unit="£000s; a minus is an overspend"),
        categories=names,
        series=(series,),
        unit=unit,
        scale="1000",
        better="higher",
    )


@where_supplied("The largest variances by directorate")
def directorates_chart(paper: ChapterPaper) -> Chart | None:
    """The directorates with the largest variances, place by place on one scale."""
    report = paper.paper.report
    paper.require(*(f"overview.{ICB}.{line}.{VARIANCE}" for line in report.directorates))
    names = {
        line: f"overview.{ICB}.{line}.{VARIANCE}"
        for line in report.directorates
        if paper.supplied(f"overview.{ICB}.{line}.{VARIANCE}")
    }
    largest = sorted(names, key=lambda line: -_spread(paper, line))[:LARGEST]
    every = [
        Series(report.place_name(slug), tuple(_variance(paper, slug, line) for line in largest))
        for slug in report.places
    ]
    series = most_of(every, _reach)
    if not largest or not any(n for one in series for n in one.values):
        return None
    categories = tuple(report.directorates[line] for line in largest)
    return Chart(
        id="overview-places",
        shape="multiples",
        title=_panels_title(paper, largest[0]),
        alt=f"{spoken(categories, *series, unit='£000s to date; a minus is an overspend')}.",
        categories=categories,
        series=series,
        unit="£000s to date, (over) / under budget, on one scale"
        + FEWER * (len(series) < len(every)),
        scale="1000",
        better="higher",
    )


def _reach(series: Series) -> Decimal:
    """How far a place's variances reach, over and under together."""
    return sum((abs(Decimal(number.value)) for number in series.values if number), Decimal(0))


def _spread(paper: ChapterPaper, line: str) -> Decimal:
    """How far the places' variances of a directorate reach, over and under together."""
    names = (f"overview.{slug}.{line}.{VARIANCE}" for slug in paper.paper.report.places)
    found = (paper.figure(name).value for name in names if paper.supplied(name))
    return sum((abs(value) for value in found), Decimal(0))


def _variance(paper: ChapterPaper, slug: str, line: str) -> Number | None:
    name = f"overview.{slug}.{line}.{VARIANCE}"
    return paper.number(name, "thousands") if paper.supplied(name) else None


def _panels_title(paper: ChapterPaper, line: str) -> str:
    numbers = [_variance(paper, slug, line) for slug in paper.paper.report.places]
    known = [number for number in numbers if number is not None]
    label = paper.paper.report.directorates[line]
    if known and all(number.adverse for number in known):
        return f"{label} is overspent in every place"
    return f"{label} has the largest variances by place"


def _title(paper: ChapterPaper) -> str:
    if not paper.supplied("icb_position.icb.boroughs.boroughs"):
        return "The variance to date of what the centre manages"
    over, both = (
        paper.figure(f"icb_position.icb.boroughs.{m}") for m in ("boroughs_overspent", "boroughs")
    )
    if not over.value:
        return "No place is overspent to date"
    some, every = (count_words(int(figure.value)) for figure in (over, both))
    return f"{mark(over.id, capital(some))} of {mark(both.id, every)} places are overspent to date"


def _table(paper: ChapterPaper, measure: str) -> Table | NotSupplied:
    if not paper.cell(f"overview.icb.total.{measure}"):
        return not_supplied(paper, MISSING)
    notes = (*_corrections(paper, measure), *_other_table(paper, measure))
    caption = f"{CAPTIONS[measure]}, by directorate and place, at {paper.paper.month.name}"
    lines, places = directorate_lines(paper), place_lines(paper, central=True)
    id = f"overview-{measure.replace('_', '-')}"
    name = f"overview.{{place}}.{{line}}.{measure}"
    return crossed_table(
        paper, id, caption, ("Directorate", lines), places, name, "thousands", notes=notes
    )


def _corrections(paper: ChapterPaper, measure: str) -> tuple[str, ...]:
    """A note for each cell of the table that is not used as printed, with the reason."""
    found = [
        (figure, cell)
        for figure in paper.register
        if figure.chapter == "overview" and figure.measure == measure
        for cell in figure.cells
        if cell.used is not None
    ]
    return tuple(
        f"{plain_text(figure.label)}: printed {plain_text(cell.cell.text)}, used"
        f" {mark(figure.id, cell.used or '')}. {plain_text(cell.why or '')}"
        for figure, cell in found
    )


def _other_table(paper: ChapterPaper, measure: str) -> tuple[str, ...]:
    """A note where the place's own table prints another total than this one."""
    own, here = (f"{chapter}.{paper.place}.total.{measure}" for chapter in ("position", "overview"))
    if not paper.supplied(own, here) or paper.figure(own).value == paper.figure(here).value:
        return ()
    first, second = (paper.number(name, "thousands") for name in (own, here))
    return (
        f"The place position chapter shows {mark(first.figure, first.text)} for"
        f" {paper.place_name}, this table {mark(second.figure, second.text)}: the two reports"
        " differ.",
    )


def _totals(paper: ChapterPaper) -> list[tuple[str, Figure]]:
    """Each place's total variance, the largest overspend first."""
    names = {n: f"overview.{s}.total.ytd_variance" for s, n in paper.paper.report.places.items()}
    found = [(label, paper.figure(name)) for label, name in names.items() if paper.supplied(name)]
    return sorted(found, key=lambda pair: pair[1].value)


def _directorates(paper: ChapterPaper, place: str) -> list[tuple[str, Figure]]:
    """A place's variance by directorate, the largest overspend first."""
    found = [
        (label, paper.figure(f"overview.{place}.{line}.ytd_variance"))
        for line, label in paper.paper.report.directorates.items()
        if paper.supplied(f"overview.{place}.{line}.ytd_variance")
    ]
    return sorted(found, key=lambda pair: pair[1].value)


def _rests_on(paper: ChapterPaper, total: Figure) -> list[tuple[str, Figure]]:
    """The one underspend without which a place would be overspent; empty where there is none."""
    return [pair for pair in _directorates(paper, total.place)[-1:] if pair[1].value > total.value]


def _is_material(paper: ChapterPaper, variance: Figure) -> bool:
    rule = paper.paper.report.materiality
    budget = paper.figure(f"overview.icb.{variance.line}.ytd_budget").value
    return material(variance, budget, rule.amount, rule.percent)
