"""Savings by scheme and the investment standard by programme, recomputed a second time.

Shares no code with the product (see second_reading). Sums are made of the tracker's cells, not of
the schemes' figures. A savings variance is actual less plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from boardpack.audit.second_numbers import NIL, Results, divided, slug, total_if_any
from boardpack.audit.second_reading import Month, Row, rows
from boardpack.audit.second_returns import standard_rows

Amounts = dict[str, Decimal]
VARIANCES = (
    ("in_month_variance", "in_month_actual", "in_month_plan"),
    ("ytd_variance", "ytd_actual", "ytd_plan"),
    ("full_year_variance", "full_year_forecast", "full_year_plan"),
    ("risk_adjusted_variance", "risk_adjusted_forecast", "full_year_plan"),
)
RECENT = 3


def schemes(month: Month) -> Results:
    """Each scheme, and the schemes of a place and of all places by status, risk and recurrence."""
    found: Results = {}
    listed = rows(month, "savings_tracker")
    for row in listed:
        name = f"savings.{row.text('place')}.scheme_{slug(row.text('scheme'))}"
        _line(found, month, name, [row], row.text("recurrent") == "recurrent")
    for place in (*month.places, "icb"):
        own = [row for row in listed if place in (row.text("place"), "icb")]
        for line, belongs in _kinds(own):
            members = [row for row in own if belongs(row)]
            _line(found, month, f"savings.{place}.{line}", members, line == "recurrent_schemes")
    return found


def _kinds(listed: Iterable[Row]) -> Iterator[tuple[str, Callable[[Row], bool]]]:
    """The lines of the sums of schemes, each with what belongs to it."""
    held = list(listed)
    for column in ("status", "risk", "recurrent"):
        for word in dict.fromkeys(row.text(column) for row in held):
            line = f"{slug(word)}_schemes" if column == "recurrent" else f"{column}_{slug(word)}"
            yield line, _says(column, word)
    yield "all_schemes", lambda row: True


def _says(column: str, word: str) -> Callable[[Row], bool]:
    return lambda row: row.text(column) == word


def _line(found: Results, month: Month, name: str, members: list[Row], lasts: bool) -> None:
    made = _amounts(month, members)
    for measure, actual, plan in VARIANCES:
        if actual in made and plan in made:
            made[measure] = made[actual] - made[plan]
    if lasts and "recent_actual" in made and "full_year_forecast" in made:
        year = made["recent_actual"] / min(RECENT, month.number) * 12
        made["annual_rate"] = year
        made["full_year_effect"] = year - made["full_year_forecast"]
    for measure, value in made.items():
        found[f"{name}.{measure}"] = value


def _amounts(month: Month, members: list[Row]) -> Amounts:
    now = month.number
    over, to_come = _months("actual", 1, now), _months("forecast", now + 1, 12)
    columns = {
        "in_month_plan": _months("plan", now, now),
        "in_month_actual": _months("actual", now, now),
        "ytd_plan": _months("plan", 1, now),
        "ytd_actual": over,
        "recent_actual": _months("actual", max(1, now - RECENT + 1), now),
        "forecast_to_come": to_come,
        "full_year_plan": _months("plan", 1, 12),
        "full_year_forecast": [*over, *to_come],
    }
    sums = {measure: _sum(members, wanted) for measure, wanted in columns.items()}
    made = {measure: value for measure, value in sums.items() if value is not None}
    if month.delivery and members:
        made["risk_adjusted_forecast"] = sum(
            (_after_risk(month, row, over, to_come) for row in members), NIL
        )
    return made


def _after_risk(month: Month, row: Row, over: list[str], to_come: list[str]) -> Decimal:
    counted = month.delivery[row.text("risk")] / 100
    return (_sum([row], over) or NIL) + (_sum([row], to_come) or NIL) * counted


def _months(kind: str, first: int, last: int) -> list[str]:
    return [f"{kind}_m{number:02d}" for number in range(first, last + 1)]


def _sum(members: Iterable[Row], columns: Iterable[str]) -> Decimal | None:
    wanted = list(columns)
    added = total_if_any(row.number(column) for row in members for column in wanted)
    return None if added is None else added.value


def programmes(month: Month) -> Results:
    """Headroom of each programme of the return that counts, and what would use the margin up."""
    found: Results = {}
    listed = rows(month, "mhis_return")
    said = {
        row.text("measure"): row.number("value")
        for row in standard_rows(month)
        if row.text("line") == "mhis"
    }
    asked = [said.get(name) for name in ("uplift", "forecast_target", "forecast_outturn")]
    uplift, target, outturn = (None if one is None else one.value for one in asked)
    margin = None if target is None or outturn is None else outturn - target
    counted = [row for row in listed if row.text("eligible") == "eligible"]
    lines = {f"programme_{slug(row.text('programme'))}": [row] for row in listed}
    lines["eligible_programmes"] = counted
    for line, members in lines.items():
        name = f"mental_health.icb.{line}"
        before, actual, forecast = (
            _sum(members, [column]) or NIL
            for column in ("prior_year_outturn", "ytd_actual", "forecast_outturn")
        )
        if not members:
            continue
        if uplift is None or margin is None or members[0] not in counted:
            continue
        found[f"{name}.headroom"] = forecast - before * (100 + uplift) / 100
        slippage = divided(margin * 100, forecast - actual)
        if slippage is not None and margin >= 0 and forecast > actual:
            found[f"{name}.break_even_slippage"] = slippage
    return found
