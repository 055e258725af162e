"""What page 1 shows: where we are, where we will land, why, what is asked; then the cover sheet."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from boardpack.checks.absence import few
from boardpack.core.periods import MONTHS_IN_YEAR, Month
from boardpack.document.blocks import (
    Chart,
    Column,
    KeyFigure,
    KeyFigures,
    Narrative,
    NotSupplied,
    Number,
    Row,
    Series,
    Table,
    Tone,
)
from boardpack.document.chapter import ChapterPaper, where_supplied
from boardpack.document.drivers import (
    driver_lines,
    forecast_overspends,
    last_compared,
    last_compared_name,
    require_variances,
    shows_share,
)
from boardpack.document.numbers import short_money
from boardpack.document.schedule_blocks import tables_narrative
from boardpack.document.text_alternatives import spoken
from boardpack.figures.figure import Figure
from boardpack.figures.run_rate import RELEASE
from boardpack.subjects.assurance.noticed import noticed_words
from boardpack.subjects.forecast.tables import RULE_NAMES, nearest_rule, standing
from boardpack.subjects.summary.moved import since

NOT_SUPPLIED = "Not supplied"
KEY = (
    ("Year to date", "position.total.ytd_variance", "total_to_date", "position"),
    ("Full-year forecast", "position.total.forecast_variance", "total_forecast", "forecast"),
    ("Prescribing", "position.@prescribing.ytd_variance", "line", "prescribing"),
    ("Continuing care", "position.@continuing_care.ytd_variance", "line", "chc"),
    ("Mental health", "position.@mental_health.ytd_variance", "line", "mental_health"),
)
"""Label, figure, the words of its context, and the chapter that tells of it."""
NO_RELEASE = "; so far and lately without reserves released this month"
OF_A_FORECAST = ("total_forecast", "plan_forecast")
OF_A_PLAN = ("savings", "plan_ytd", "plan_forecast")
"""The contexts of what is judged against a plan: short of it, or ahead."""
SAVINGS = ("savings.total", "efficiency.total")
"""Where a place's savings stand: in a tracker of its own, or in its efficiency line."""


def key_figures(paper: ChapterPaper) -> KeyFigures | None:
    """Up to six headline numbers, each with its direction in words and its budget."""
    plans = (("ytd", KEY[0]), ("forecast", KEY[1]))
    against = {key: _of_plan(paper, when, key) for when, key in plans}
    savings = next((one for one in SAVINGS if paper.supplied(f"{one}.ytd_variance")), SAVINGS[0])
    keys: tuple[tuple[str, str, str, str], ...]
    keys = (
        *(against.get(key, key) for key in KEY),
        ("Savings to date", f"{savings}.ytd_variance", "savings", savings.split(".")[0]),
    )
    if paper.paper.month.is_year_end:
        keys = tuple(_of_outturn(key) for key in keys if key[2] not in OF_A_FORECAST)
    items = tuple(_key(paper, *key) for key in keys if paper.supplied(key[1]))
    return KeyFigures("summary-key-figures", items) if items else None


def _of_plan(
    paper: ChapterPaper, when: str, key: tuple[str, str, str, str]
) -> tuple[str, str, str, str]:
    """A key figure against the planned surplus, where one is given."""
    name = f"position.against_plan.{when}_variance"
    return (key[0], name, f"plan_{when}", key[3]) if paper.supplied(name) else key


def _of_outturn(key: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    """The label of a key figure of a finished year: what was to date is the year's."""
    labels = {"Year to date": "Year outturn", "Savings to date": "Savings of the year"}
    return (labels.get(key[0], key[0]), *key[1:])


def _key(paper: ChapterPaper, label: str, name: str, context: str, chapter: str) -> KeyFigure:
    figure = paper.figure(name)
    number = replace(paper.number(name), text=_headline(figure, context), words=None)
    source, line = name.rsplit(".", 1)[0], figure.line
    with_share = shows_share(paper, f"position.{line}.ytd_variance_share")
    context, when = ("plan", context.removeprefix("plan_")) if "plan_" in context else (context, "")
    said = paper.narrate(
        f"key_{context}",
        line=line,
        source=source,
        with_share=with_share,
        made=f"position.total.{when}_variance",
        planned=f"{source}.{when}_plan",
    ).markdown
    return KeyFigure(label, number, said, _tone(number), _movement(paper, name), chapter)


def _movement(paper: ChapterPaper, name: str) -> str:
    """How the variance has moved since the last released paper; empty where there is none."""
    found = since(paper, name)
    if found is None:
        return ""
    month = found.month.split()[0]
    return paper.narrate("key_movement", movement=found.movement, since=month).markdown


def _headline(figure: Figure, context: str) -> str:
    if figure.value == 0:
        return "On plan" if context in OF_A_PLAN else "On budget"
    over, under = ("short", "ahead") if context in OF_A_PLAN else ("over", "under")
    return f"{short_money(figure.value)} {over if figure.value < 0 else under}"


def _tone(number: Number) -> Tone:
    if Decimal(number.value) == 0:
        return "neutral"
    return number.grade or ("bad" if number.adverse else "good")


def answer_narrative(paper: ChapterPaper) -> Narrative:
    """Where we are and where we will land, in a few sentences that can be said back.

    Where the month brought a body's own tables and no more, it is what those say.
    """
    if paper.has_only_tables:
        return Narrative("summary-answer", tables_narrative(paper))
    to_date, forecast = (f"position.total.{m}" for m in ("ytd_variance", "forecast_variance"))
    return paper.narrate(
        "answer",
        since=last_compared_name(paper),
        must_improve=_must_improve(paper),
        lacking=few(paper.lacking(to_date)),
        forecast_lacks=few(paper.lacking(forecast)),
        released=_has_release(paper),
    )


def _has_release(paper: ChapterPaper) -> bool:
    """Whether reserves were released into the position this month: they are no pace."""
    return not paper.paper.is_place and paper.supplied(RELEASE)


def _must_improve(paper: ChapterPaper) -> bool:
    """Whether the months left must be better than the months so far, by what is material."""
    needed, *before = (
        f"position.total.{rate}_run_rate" for rate in ("required", "average", "latest")
    )
    if not paper.supplied(needed):
        return False
    rates = [paper.figure(name).value for name in before if paper.supplied(name)]
    better = (paper.figure(needed).value - max(rates)) * paper.paper.month.months_left
    return better >= paper.paper.report.materiality.amount


@where_supplied("What drives the position")
def why_narrative(paper: ChapterPaper) -> Narrative | None:
    """The drivers: what is overspent materially, to date or by the forecast, and the offsets."""
    if paper.has_only_tables:
        return None
    require_variances(paper)
    growth = "prescribing.local_growth.ytd_overspend"
    with_growth = paper.paper.is_place and paper.supplied(growth) and paper.figure(growth).value > 0
    places = len(paper.paper.report.places)
    return paper.narrate(
        "why",
        **driver_lines(paper),
        later=forecast_overspends(paper),
        with_growth=with_growth,
        with_places=_places_differ(paper),
        places=places,
    )


def _places_differ(paper: ChapterPaper) -> bool:
    """Whether all places together stand otherwise against their budgets than this paper does."""
    ours = "position.@prescribing.ytd_variance_share"
    theirs = "prescribing.icb.places_ledger.ytd_variance_share"
    return paper.supplied(theirs) and not (
        paper.supplied(ours) and paper.figure(ours).value == paper.figure(theirs).value
    )


def run_rate_chart(paper: ChapterPaper) -> Chart | NotSupplied | None:
    """The average monthly variance so far, lately, and as the forecast needs it from here.

    A finished year needs none, and one month has no pace.
    """
    if paper.paper.month.is_year_end or paper.paper.month.number == 1 or paper.has_only_tables:
        return None
    if not paper.supplied("position.total.required_run_rate"):
        missing = paper.lacking("position.total.ytd_variance", "position.total.forecast_variance")
        why = f"This is not there: {few(missing)}." if missing else ""
        return paper.not_supplied("The monthly run rate that the forecast needs", why)
    month, last = paper.paper.month.number, last_compared(paper)
    names = {
        f"So far: {_months(1, month)}": "position.total.average_run_rate",
        f"Lately: {_months(last + 1, month)}": "position.total.latest_run_rate",
        f"Needed: {_months(month + 1, MONTHS_IN_YEAR)}": "position.total.required_run_rate",
    }
    found = {label: name for label, name in names.items() if paper.supplied(name)}
    numbers = tuple(paper.number(name, "thousands") for name in found.values())
    series = Series("Average variance a month", numbers)
    needed = paper.figure("position.total.required_run_rate")
    average = paper.figure("position.total.average_run_rate")
    return Chart(
        id="summary-run-rate",
        shape="bar",
        title=_run_rate_title(needed, average),
        alt=f"{spoken(found, series, unit='£000s a month, a minus is an overspend')}.",
        categories=tuple(found),
        series=(series,),
        unit=f"£000s a month, (over) / under budget{NO_RELEASE if _has_release(paper) else ''}",
        scale="1000",
        better="higher",
    )


def _months(first: int, last: int) -> str:
    names = [Month(2000, number).name.split()[0] for number in dict.fromkeys((first, last))]
    return (" and " if last == first + 1 else " to ").join(names)


def _run_rate_title(needed: Figure, average: Figure) -> str:
    size = short_money(needed.value)
    if needed.value == 0:
        return "The months left must break even to land on forecast"
    if needed.value > 0:
        return f"The forecast needs an underspend of {size} a month from here"
    if needed.value > average.value:
        return f"The overspend must slow to {size} a month to land on forecast"
    return f"The forecast allows an overspend of {size} a month from here"


def confidence_narrative(paper: ChapterPaper) -> Narrative:
    """How far the forecast can be relied on: its range, its gap to the rules, what it rests on."""
    data, month = paper.paper.run.prescribing_months_of_data, paper.paper.month.number
    known = "forecast.total.stretches_known"
    has_range = paper.supplied("forecast.total.low_variance", "forecast.total.high_variance")
    rule = nearest_rule(paper) or "" if has_range else ""
    return paper.narrate(
        "confidence",
        is_over=paper.paper.month.is_year_end,
        rule=RULE_NAMES.get(rule, ""),
        rule_line=rule,
        standing=standing(paper) if rule else "",
        has_stretches=paper.supplied(known) and paper.figure(known).value > 1,
        has_prescribing=paper.supplied("prescribing.ppa.ytd_spend"),
        months_of_data=data,
        months_estimated=max(month - data, 0),
        **noticed_words(paper),
    )


def asked_narrative(paper: ChapterPaper) -> Narrative:
    """What the board is asked to do."""
    cover = paper.paper.run.cover
    asked = cover.recommendation
    return paper.narrate("asked", cover=cover, recommendation=f"{asked[:1].lower()}{asked[1:]}")


def icb_narrative(paper: ChapterPaper) -> Narrative | None:
    """The ICB behind the place: position, forecast, releases; None in the ICB's own paper."""
    return paper.narrate("icb") if paper.paper.is_place and not paper.has_only_tables else None


def cover_table(paper: ChapterPaper) -> Table:
    """The cover sheet as boards use it."""
    run, report = paper.paper.run, paper.paper.report
    cover = run.cover
    entries = (
        ("Board", report.organisation.boards[paper.place]),
        ("Date", paper.paper.board_day),
        ("Title", f"Month {paper.paper.month.number} {paper.paper.month.year} finance report"),
        ("Purpose", f"For {cover.purpose}"),
        ("Recommended action", cover.recommendation),
        ("Conflicts of interest", cover.conflicts_of_interest),
        ("Risks and mitigations", cover.risks),
        ("Equality impact", cover.equality),
        ("Financial impact", cover.financial),
        ("Public engagement", cover.public_engagement),
        ("Other engagement", cover.other_engagement),
        ("Author", cover.author_roles.get(paper.place, NOT_SUPPLIED)),
        ("Clinical lead", cover.clinical_lead_role),
        ("Executive sponsor", cover.executive_sponsor_role),
    )
    columns = (Column("Item", "left"), Column("Entry", "left"))
    return Table(
        "summary-cover",
        "What this paper is, and what it asks",
        columns,
        tuple(Row(entry) for entry in entries),
    )
