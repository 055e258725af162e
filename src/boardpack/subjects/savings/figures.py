"""Place savings by directorate: plan, delivery, forecast, what repeats, and how it is phased.

Its table is declared (`place_savings`). Variance = actual - plan, so a shortfall is negative.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.schedule_figures import table_figures
from boardpack.reading.extract import Row
from boardpack.reading.schedule_reading import read_schedule
from boardpack.schedules.load import own_schedule
from boardpack.subjects.savings.from_tracker import plan_that_is
from boardpack.subjects.savings.schemes_figures import BASIS, scheme_figures

SPLIT = "recurrent_and_non_recurrent"
PERMANENCE = {"recurrent": "Recurrent", "non_recurrent": "Non-recurrent"}
ROUNDED = {
    "annual_requirement_rounded": ("annual_requirement", "{0}"),
    "ytd_actual_rounded": ("ytd_actual", "{0}"),
    "ytd_shortfall_rounded": ("ytd_variance", "0 - {0}"),
}


def savings_figures(draft: Draft) -> None:
    """The declared table, what of it recurs, the schemes, and what the reports say in words."""
    schedule = own_schedule("place_savings")
    table_figures(draft, schedule)
    rows = read_schedule(draft.folder, schedule)
    for place in dict.fromkeys(row["place"] for row in rows):
        _recurrent(draft, place, rows.only(place=place, directorate="Total"))
    scheme_figures(draft)
    _rounded(draft)
    draft.enter_stated("savings")


def _recurrent(draft: Draft, place: str, totals: Sequence[Row]) -> None:
    """What repeats every year and what does not, as the report or the tracker says.

    Together they are the year's plan; each is a part of the place's plan in the table.
    """
    measure = "full_year_plan"
    scope = draft.scope("savings", place, SPLIT, basis="stated", period=draft.year)
    for line, label in PERMANENCE.items():
        value = draft.stated("savings", place, line, measure)
        value = value or plan_that_is(draft.folder, place, label.lower())
        scope.at(line=line, line_label=f"{label} savings").read(measure, value)
    parts = [scope.at(line=line).id(measure) for line in PERMANENCE]
    if draft.has(*parts):
        printed = totals[0].amounts.get(measure) if totals else None
        scope.total(measure, parts, printed=printed)
    whole = scope.at(line="total").id(measure)
    for line, label in PERMANENCE.items():
        part = scope.at(line=line, line_label=f"{label} savings", basis=BASIS)
        if draft.has(part.id(measure), whole) and draft.agreed(whole).value:
            part.derive("share_of_full_year_plan", f"{measure} / {whole} * 100", "PCT")


def _rounded(draft: Draft) -> None:
    """What the report says in words of the ICB's total, computed so that the words are checked."""
    for measure, (source, formula) in ROUNDED.items():
        identity = f"efficiency.{ICB}.total.{source}"
        printed = draft.stated("savings", ICB, "total", measure)
        if printed is not None and identity in draft.register:
            period = draft.agreed(identity).period
            scope = draft.scope("savings", ICB, "total", "ICB savings", basis=BASIS, period=period)
            scope.derive(measure, formula.format(identity), printed=printed)
