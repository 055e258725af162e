"""Savings scheme by scheme, from the tracker: delivery, status, risk, and what carries on.

Variance = actual - plan, so a shortfall is negative. Three measures are judgements, and marked as
estimates:

- `risk_adjusted_forecast` = what is saved to date + what is still forecast x the share that is
  counted on at the scheme's risk (`savings_delivery_percent`, a local judgement).
- `annual_rate` of a recurrent scheme = its average month over the last three x 12: what it saves in
  a full year at its present rate.
- `full_year_effect` = `annual_rate` - the forecast of this year: what next year gets beyond this
  one (negative where the scheme now saves less a month than this year's average).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.money import plain
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.labels import slug
from boardpack.figures.run_rate import PER_MONTH
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Row, sum_values
from boardpack.subjects.savings.phasing_figures import phasing_figures
from boardpack.subjects.savings.tracker_extract import (
    RECURRENCES,
    RISKS,
    STATUSES,
    amounts_of,
    month_columns,
    read_savings_tracker,
)

BASIS = "savings tracker"
ALL = "all_schemes"
RECENT_MONTHS = 3
VARIANCES = {
    "in_month_variance": ("in_month_actual", "in_month_plan"),
    "ytd_variance": ("ytd_actual", "ytd_plan"),
    "full_year_variance": ("full_year_forecast", "full_year_plan"),
    "risk_adjusted_variance": ("risk_adjusted_forecast", "full_year_plan"),
}
"""What each variance takes from what; each has the period of its first."""
RECURRENT = "recurrent"


def scheme_figures(draft: Draft) -> None:
    """Enter each scheme of the tracker, and the sums by status, risk and recurrence.

    The ICB's sums add those of its places. Nothing is entered where the month has no tracker.
    """
    rows = tuple(read_savings_tracker(draft.folder))
    places = [p for p in draft.paper.report.places if any(row["place"] == p for row in rows)]
    _refuse_one_line_for_two(draft, rows)
    for row in rows:
        _scheme(draft, row)
    for line, label, belongs in groups():
        for place in places:
            own = [row for row in rows if row["place"] == place and belongs(row)]
            ids = [_scope(draft, place, scheme_line(row["scheme"])) for row in own]
            _group(draft, _scope(draft, place, line, label), ids)
        _group(
            draft, _scope(draft, ICB, line, label), [_scope(draft, p, line, label) for p in places]
        )
    for place in (*places, *([ICB] if places else ())):
        _shares(draft, place)
        phasing_figures(draft, _scope(draft, place, ALL, "All schemes"))


def scheme_line(name: str) -> str:
    """The line of a scheme by its name.

    >>> scheme_line("Medicines optimisation")
    'scheme_medicines_optimisation'
    """
    return f"scheme_{slug(name)}"


def groups() -> list[tuple[str, str, Callable[[Row], bool]]]:
    """Line, label and members of each sum of schemes: by status, risk and recurrence, and all."""
    found: list[tuple[str, str, Callable[[Row], bool]]] = []
    for column, words, label in (
        ("status", STATUSES, "Schemes {}"),
        ("risk", RISKS, "Schemes at {} risk"),
        ("recurrent", RECURRENCES, "{} schemes"),
    ):
        for word in words:
            named = label.format(word).capitalize()
            found.append((group_line(column, word), named, _where(column, word)))
    return [*found, (ALL, "All schemes", lambda row: True)]


def group_line(column: str, word: str) -> str:
    """The line of the schemes that have one word in a column: `risk_high`.

    >>> group_line("risk", "High")
    'risk_high'
    """
    return f"{slug(word)}_schemes" if column == "recurrent" else f"{column}_{slug(word)}"


def _where(column: str, word: str) -> Callable[[Row], bool]:
    return lambda row: row[column] == word


def _refuse_one_line_for_two(draft: Draft, rows: Iterable[Row]) -> None:
    """Two names of one place that differ in signs or capitals alone would be one figure."""
    seen: dict[tuple[str, str], Row] = {}
    faults = []
    for row in rows:
        first = seen.setdefault((row["place"], scheme_line(row["scheme"])), row)
        if first is not row:
            expected = f"a name that differs from row {first.line} in letters or digits"
            file = next(iter(row.cells.values())).file
            remedy = "Give one of the two schemes another name."
            faults.append(Fault(file, expected, remedy, row.line, "scheme", row["scheme"]))
    if faults:
        raise InputFaults(faults)


def _scope(draft: Draft, place: str, line: str, label: str = "") -> Scope:
    named = f"{draft.paper.report.place_name(place)}, {label[:1].lower()}{label[1:]}"
    return draft.scope("savings", place, line, named, basis=BASIS)


def _scheme(draft: Draft, row: Row) -> None:
    scope = _scope(draft, row["place"], scheme_line(row["scheme"]), row["scheme"])
    scope = scope.at(line_label=f"{draft.paper.report.place_name(row['place'])}, {row['scheme']}")
    for measure, columns in _measures(draft).items():
        value = sum_values(amounts_of([row], columns))
        _at(draft, scope, measure).read(measure, value)
    _risk_adjusted(draft, scope, row["risk"])
    _variances(draft, scope)
    if row["recurrent"] == RECURRENT:
        _carried_on(draft, scope)


def _measures(draft: Draft) -> dict[str, Sequence[str]]:
    """The columns that each measure adds; the year's forecast has actuals for months over."""
    month = draft.paper.month.number
    recent = month_columns("actual", max(1, month - RECENT_MONTHS + 1), month)
    to_come = month_columns("forecast", month + 1)
    return {
        "in_month_plan": month_columns("plan", month, month),
        "in_month_actual": month_columns("actual", month, month),
        "ytd_plan": month_columns("plan", 1, month),
        "ytd_actual": month_columns("actual", 1, month),
        "recent_actual": recent,
        "forecast_to_come": to_come,
        "full_year_plan": month_columns("plan"),
        "full_year_forecast": (*month_columns("actual", 1, month), *to_come),
    }


def _at(draft: Draft, scope: Scope, measure: str) -> Scope:
    """The scope with the period of a measure: the year, or the year to date."""
    of_year = ("full_year", "forecast", "risk", "annual")
    return scope.at(period=draft.year) if measure.startswith(of_year) else scope


def _risk_adjusted(draft: Draft, scope: Scope, risk: str) -> None:
    delivery = draft.paper.report.savings_delivery_percent
    if delivery is None or delivery.agreed > draft.paper.run.data_cut.date():
        return
    share = plain(getattr(delivery, risk))
    saved = [scope.id("ytd_actual")] if draft.has(scope.id("ytd_actual")) else []
    if draft.has(scope.id("forecast_to_come")):
        saved.append(f"forecast_to_come * {share} / 100")
    measure = "risk_adjusted_forecast"
    _at(draft, scope, measure).at(is_estimate=True).derive(measure, " + ".join(saved) or "0")


def _variances(draft: Draft, scope: Scope) -> None:
    for measure, (found, planned) in VARIANCES.items():
        if draft.has(scope.id(found), scope.id(planned)):
            is_estimate = draft.agreed(scope.id(found)).is_estimate
            entered = _at(draft, scope, measure).at(is_estimate=is_estimate)
            entered.derive(measure, f"{found} - {planned}")


def _carried_on(draft: Draft, scope: Scope) -> None:
    """What the latest months come to in a full year, and how much more that is than this one."""
    if not draft.has(scope.id("recent_actual"), scope.id("full_year_forecast")):
        return
    months = min(RECENT_MONTHS, draft.paper.month.number)
    scope = scope.at(is_estimate=True)
    scope.derive("recent_monthly_rate", f"recent_actual / {months}", PER_MONTH)
    year = scope.at(period=draft.year)
    year.derive("annual_rate", f"recent_monthly_rate * {MONTHS_IN_YEAR}")
    year.derive("full_year_effect", "annual_rate - full_year_forecast")


def _group(draft: Draft, scope: Scope, parts: Sequence[Scope]) -> None:
    """Each measure added over its parts; what is computed of a scheme is computed of the sum."""
    estimated = "risk_adjusted_forecast"
    for measure in (*_measures(draft), estimated):
        addends = [part.id(measure) for part in parts if draft.has(part.id(measure))]
        if addends:
            entered = _at(draft, scope, measure).at(is_estimate=measure == estimated)
            entered.total(measure, addends)
    _variances(draft, scope)
    if scope.line == group_line(RECURRENT, RECURRENT):
        _carried_on(draft, scope)


def _shares(draft: Draft, place: str) -> None:
    """Each sum's part of the year's plan, and how much of what was due has come."""
    for line, label, _ in groups():
        scope = _scope(draft, place, line, label)
        year = scope.at(period=draft.year)
        whole = scope.at(line=ALL).id("full_year_plan")
        if line != ALL and draft.has(scope.id("full_year_plan"), whole):
            scope.share("ytd_delivery_share", "ytd_actual", "ytd_plan")
            if draft.agreed(whole).value:
                year.derive("share_of_plan", f"full_year_plan / {whole} * 100", "PCT")
    total = _scope(draft, place, ALL, "All schemes")
    total.share("in_month_delivery_share", "in_month_actual", "in_month_plan")
    total.share("ytd_delivery_share", "ytd_actual", "ytd_plan")
    adjusted = total.at(period=draft.year, is_estimate=True)
    adjusted.share("risk_adjusted_share", "risk_adjusted_forecast", "full_year_plan")
