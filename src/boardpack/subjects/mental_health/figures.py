"""Mental health: the investment standard, what lies beside it, and section 117 clients.

Growth is in per cent of the earlier period. The month's report gives the standard's target and its
uplift but not the outturn it grows from: that is implied, and marked as an estimate.
"""

from __future__ import annotations

from itertools import pairwise

from boardpack.core.structure import CENTRAL, ICB
from boardpack.figures.draft import Draft
from boardpack.figures.growth import growth_figure
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Value
from boardpack.reading.stated_extract import read_stated
from boardpack.subjects.mental_health.extract import read_mhis
from boardpack.subjects.mental_health.programmes_figures import programme_figures

CHAPTER = "mental_health"
ROLE = "mental_health"
LABELS = {
    "mhis": "Mental Health Investment Standard",
    "lda_chc": "Learning disability and autism placements in continuing healthcare",
    "adhd": "ADHD, independent sector",
    "prescribing": "Mental health prescribing",
    "sertraline": "Sertraline",
    "section_117_cpc": "Section 117 cost-per-case",
    "cost_per_case": "Mental health cost-per-case",
    "directorate": "Mental Health Services",
}
COMPUTED = (("mhis", "over_delivery"), ("prescribing", "growth"))


def mental_health_figures(draft: Draft) -> None:
    """Inputs are the return and what the reports state; margins and changes are computed."""
    for row in read_mhis(draft.folder):
        if (row["line"], row["measure"]) not in COMPUTED:
            scope = _scope(draft, ICB, row["line"], row["period"])
            scope.read(row["measure"], row.amounts.get("value"))
    _standard(draft)
    programme_figures(draft)
    _prescribing(draft)
    _adhd(draft)
    _stated(draft)
    for place in draft.paper.report.places:
        _section_117(draft, place)
    _directorate(draft)


def _scope(draft: Draft, place: str, line: str, period: str) -> Scope:
    return draft.scope(
        CHAPTER,
        place,
        line,
        LABELS.get(line, ""),
        basis="stated",
        period=period,
        suffix=draft.period_suffix(period),
    )


def _printed(draft: Draft, line: str, measure: str, period: str) -> Value | None:
    rows = read_mhis(draft.folder).only(line=line, measure=measure, period=period)
    return rows[0].amounts.get("value") if rows else None


def _standard(draft: Draft) -> None:
    """The margin over the target, in pounds and as a share, and the outturn the target implies."""
    scope = _scope(draft, ICB, "mhis", draft.year)
    printed = _printed(draft, "mhis", "over_delivery", draft.year)
    if draft.has(scope.id("forecast_target"), scope.id("forecast_outturn")):
        scope.derive("over_delivery", "forecast_outturn - forecast_target", printed=printed)
        scope.share("over_delivery_share", "over_delivery", "forecast_target")
    if draft.has(scope.id("forecast_target"), scope.id("uplift")):
        before = scope.at(period=draft.paper.month.earlier(12).year, is_estimate=True)
        before.derive("implied_prior_year_outturn", "forecast_target / (1 + uplift / 100)")
        implied = scope.at(is_estimate=True)
        implied.derive("implied_increase", "forecast_target - implied_prior_year_outturn")
        outturn, base = scope.id("forecast_outturn"), scope.id("implied_prior_year_outturn")
        growth_figure(draft, implied, "implied_growth", outturn, base)


def _prescribing(draft: Draft) -> None:
    """Change and growth of prescribing spend, from each year of the return to the next."""
    rows = read_mhis(draft.folder).only(line="prescribing", measure="spend")
    for before, now in pairwise(sorted(row["period"] for row in rows)):
        then, scope = (_scope(draft, ICB, "prescribing", year) for year in (before, now))
        spend, past = scope.id("spend"), then.id("spend")
        scope.derive("change", f"{spend} - {past}")
        printed = _printed(draft, "prescribing", "growth", now)
        growth_figure(draft, scope, "growth", spend, past, printed)


def _adhd(draft: Draft) -> None:
    scope = _scope(draft, ICB, "adhd", draft.year)
    before = _scope(draft, ICB, "adhd", draft.paper.month.earlier(12).year).id("prior_year")
    if draft.has(scope.id("forecast"), before):
        scope.derive("change", f"forecast - {before}")
    growth_figure(draft, scope, "growth", scope.id("forecast"), before)


def _stated(draft: Draft) -> None:
    """What the reports state of this chapter."""
    for row in read_stated(draft.folder).only(chapter=CHAPTER):
        scope = _scope(draft, row["place"], row["line"], row["period"])
        scope.read(row["measure"], row.amounts.get("value"))


def _section_117(draft: Draft, place: str) -> None:
    """The change between the first and the last quarter that the reports state for a place."""
    rows = read_stated(draft.folder).only(chapter=CHAPTER, place=place, line="section_117_cpc")
    periods = sorted(row["period"] for row in rows if row["measure"] == "average_clients")
    if len(periods) < 2:
        return
    first, last = (_scope(draft, place, "section_117_cpc", p) for p in (periods[0], periods[-1]))
    then, now = first.id("average_clients"), last.id("average_clients")
    if draft.has(then, now):
        scope = last.at(suffix="")
        scope.derive("change", f"{now} - {then}", "COUNT")
        growth_figure(draft, scope, "growth", now, then)


def _directorate(draft: Draft) -> None:
    """The over- and underspends behind the directorate's net variance, and the stated pressure.

    A cost-per-case pressure that equals the net variance of the whole directorate is shown as such:
    `difference_from_directorate` is then nil.
    """
    columns = (*draft.paper.report.places, CENTRAL)
    parts = [f"overview.{place}.{draft.line(ROLE)}.ytd_variance" for place in columns]
    scope = draft.scope(CHAPTER, ICB, "directorate", LABELS["directorate"])
    if draft.has(*parts):
        scope.derive("overspent_variance", " + ".join(f"min(0, {part})" for part in parts))
        scope.derive("underspent_variance", " + ".join(f"max(0, {part})" for part in parts))
    stated = _scope(draft, ICB, "cost_per_case", draft.month)
    whole = f"overview.{ICB}.{draft.line(ROLE)}.ytd_variance"
    if draft.has(stated.id("ytd_overspend"), whole):
        stated.derive("difference_from_directorate", f"ytd_overspend + {whole}")
