"""The investment standard line by line: growth, headroom, and what would use the margin up.

Every programme of the return has its amounts. For an eligible one:

- `required_spend` = last year's outturn x (1 + uplift); the lines' add up to the target.
- `headroom` = forecast - required spend; the lines' add up to the standard's margin.
- `break_even_slippage` = the standard's margin / what the line is still forecast to spend, in per
  cent: if so much of it were not spent, the standard would only just be met. Over 100% the line
  alone cannot break it. There is none where the standard is already missed.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.growth import growth_figure
from boardpack.figures.labels import slug
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row
from boardpack.subjects.mental_health.return_extract import (
    AMOUNTS,
    ELIGIBLE,
    EXCLUDED,
    read_mhis_return,
)

CHAPTER = "mental_health"
STANDARD = f"{CHAPTER}.{ICB}.mhis"
PREFIX = "programme_"
TOTALS = {ELIGIBLE: "Eligible programmes", EXCLUDED: "Excluded programmes"}


def programme_figures(draft: Draft) -> None:
    """Enter the return's programmes, the sums of eligible and excluded ones, and their headroom.

    Nothing is entered where the month has no return by programme.
    """
    rows = tuple(read_mhis_return(draft.folder))
    _refuse_one_line_for_two(rows)
    for row in rows:
        scope = _scope(draft, programme_line(row["programme"]), row["programme"])
        for measure in AMOUNTS:
            _at(draft, scope, measure).read(measure, row.amounts.get(measure))
        _computed(draft, scope)
    for kind in TOTALS:
        lines = [programme_line(row["programme"]) for row in rows if row["eligible"] == kind]
        if lines:
            _total(draft, kind, lines)
    for row in rows:
        if row["eligible"] == ELIGIBLE:
            _headroom(draft, programme_line(row["programme"]), row["programme"])
    if rows:
        _headroom(draft, total_line(ELIGIBLE), TOTALS[ELIGIBLE])


def programme_line(name: str) -> str:
    """The line of a programme by its name."""
    return f"{PREFIX}{slug(name)}"


def total_line(kind: str) -> str:
    """The line of all eligible, or of all excluded, programmes."""
    return f"{kind}_programmes"


def _refuse_one_line_for_two(rows: Sequence[Row]) -> None:
    seen: dict[str, Row] = {}
    faults = []
    for row in rows:
        first = seen.setdefault(programme_line(row["programme"]), row)
        if first is not row:
            expected = f"a name that differs from row {first.line} in letters or digits"
            file = next(iter(row.cells.values())).file
            remedy = "Give one of the two programmes another name."
            faults.append(Fault(file, expected, remedy, row.line, "programme", row["programme"]))
    if faults:
        raise InputFaults(faults)


def _scope(draft: Draft, line: str, label: str) -> Scope:
    return draft.scope(CHAPTER, ICB, line, label, basis="return", period=draft.year)


def _at(draft: Draft, scope: Scope, measure: str) -> Scope:
    """The scope with the period of a measure: last year, the year to date, or the year."""
    if measure == "prior_year_outturn":
        return scope.at(period=draft.paper.month.earlier(12).year)
    return scope.at(period=draft.month) if measure.startswith("ytd") else scope


def _computed(draft: Draft, scope: Scope) -> None:
    scope.derive("increase", "forecast_outturn - prior_year_outturn")
    now, before = scope.id("forecast_outturn"), scope.id("prior_year_outturn")
    growth_figure(draft, scope, "growth", now, before)
    scope.derive("still_to_spend", "forecast_outturn - ytd_actual")
    # More spent than planned is not adverse here, so this is no variance: it says its direction.
    scope.derive("forecast_above_plan", "forecast_outturn - annual_plan")
    to_date = scope.at(period=draft.month)
    to_date.derive("ytd_above_plan", "ytd_actual - ytd_plan")


def _total(draft: Draft, kind: str, lines: Sequence[str]) -> None:
    scope = _scope(draft, total_line(kind), TOTALS[kind])
    for measure in AMOUNTS:
        _at(draft, scope, measure).total(measure, [scope.at(line=one).id(measure) for one in lines])
    _computed(draft, scope)
    for line in lines:
        whole = scope.id("increase")
        if draft.agreed(whole).value:
            share = f"increase / {whole} * 100"
            scope.at(line=line, line_label=_label(draft, line)).derive(
                "share_of_increase", share, "PCT"
            )


def _label(draft: Draft, line: str) -> str:
    """The programme's name, which its figures have in their labels."""
    return draft.register[f"{CHAPTER}.{ICB}.{line}.annual_plan"].label.rsplit(",", 1)[0]


def _headroom(draft: Draft, line: str, label: str) -> None:
    scope = _scope(draft, line, label)
    uplift, margin = f"{STANDARD}.uplift", f"{STANDARD}.over_delivery"
    if not draft.has(uplift, margin):
        return
    scope.derive("required_spend", f"prior_year_outturn * (1 + {uplift} / 100)")
    scope.derive("headroom", "forecast_outturn - required_spend")
    if draft.agreed(margin).value >= 0 and draft.agreed(scope.id("still_to_spend")).value > 0:
        scope.derive("break_even_slippage", f"{margin} / still_to_spend * 100", "PCT")
