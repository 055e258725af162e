"""Resource limit, cash, the mental health standard and efficiency, recomputed a second time.

Shares no code with the product (see second_reading). Money is in pounds.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from boardpack.audit.second_reading import (
    THOUSAND,
    Month,
    Number,
    Results,
    Row,
    divided,
    kept,
    number,
    rows,
    settled,
    share,
    slug,
    total,
)


def resource_limit(month: Month) -> Results:
    """The limit rolled forward month by month, by column and for the ICB."""
    found: Results = {}
    listed = rows(month, "resource_limit")
    start: dict[str, Number] = {}
    held: dict[str, Number] = {}
    for code in dict.fromkeys(row["month"] for row in listed):
        own = [row for row in listed if row["month"] == code]
        suffix = "" if code == f"M{month.number:02d}" else f".{code.lower()}"
        held = _rolled(found, month.columns, held, own, suffix)
        start = start or held
        if not suffix:
            for column, now in held.items():
                name = f"resource_limit.{column}.total.movement_since_start"
                found[name] = now.less(start[column]).value
    return found


def _rolled(
    found: Results,
    columns: tuple[str, ...],
    before: dict[str, Number],
    own: list[Row],
    suffix: str,
) -> dict[str, Number]:
    """One month: what stood before with its movements, settled with the budget that is printed."""
    said = next(row for row in own if row["movement"] == "budget")
    moves = [row for row in own if row["movement"] != "budget"]
    held: dict[str, Number] = {}
    for column in columns:
        printed = number(said[column], THOUSAND)
        steps = [number(row[column], THOUSAND) for row in moves]
        computed = total([before[column], *steps]) if before else total([printed])
        found[f"resource_limit.{column}.total.budget{suffix}"] = computed.value
        held[column] = settled(computed, printed)
    printed = number(said["icb"], THOUSAND)
    computed = total(held.values())
    found[f"resource_limit.icb.total.budget{suffix}"] = computed.value
    if before:
        rolled = total([before["icb"], *(_whole(columns, row) for row in moves)])
        found[f"resource_limit.icb.total.roll_forward{suffix}"] = rolled.value
    return {**held, "icb": settled(computed, printed)}


def _whole(columns: tuple[str, ...], row: Row) -> Number:
    """A movement of all columns together, settled with the total that is printed."""
    computed = total(number(row[column], THOUSAND) for column in columns)
    return settled(computed, number(row["icb"], THOUSAND))


def cash(month: Month) -> Results:
    """What is left of the cash limit, how it moved, and the share of it that is used."""
    found: Results = {}
    listed = rows(month, "cash_requirement")
    if not listed:
        return found
    *parts, last = listed
    name = f"cash.icb.{slug(last['line'])}.requirement"
    before = f".m{month.number - 1:02d}"
    ends = []
    for column, suffix in (("current_month", ""), ("prior_month", before)):
        computed = total(number(row[column], THOUSAND) for row in parts)
        found[f"{name}{suffix}"] = computed.value
        ends.append(settled(computed, number(last[column], THOUSAND)))
        limit = total([number(parts[0][column], THOUSAND)]).value
        used = share(limit - ends[-1].value, limit)
        kept(found, f"cash.icb.drawdown.proportion_of_acdr{suffix}", used)
        if not suffix:
            kept(found, "cash.icb.available_cash.drawn_down_share", used)
    found[f"cash.icb.{slug(last['line'])}.movement"] = ends[0].less(ends[1]).value
    for row in parts:
        now, then = (total([number(row[c], THOUSAND)]) for c in ("current_month", "prior_month"))
        found[f"cash.icb.{slug(row['line'])}.movement"] = now.less(then).value
    return found


def mental_health_standard(month: Month) -> Results:
    """What the target implies for last year, and how far the forecast lies above it."""
    said = {row["measure"]: row for row in rows(month, "mhis") if row["line"] == "mhis"}
    cells = {name: number(row["value"]) for name, row in said.items()}
    uplift, target, outturn = (
        cells.get(name) for name in ("uplift", "forecast_target", "forecast_outturn")
    )
    if uplift is None or target is None or outturn is None:
        return {}
    name = "mental_health.icb.mhis"
    found = {f"{name}.over_delivery": outturn.value - target.value}
    over = share(found[f"{name}.over_delivery"], target.value)
    kept(found, f"{name}.over_delivery_share", over)
    implied = divided(target.value * 100, 100 + uplift.value)
    if implied:
        kept(found, f"{name}.implied_prior_year_outturn", implied)
        kept(found, f"{name}.implied_increase", target.value - implied)
        kept(found, f"{name}.implied_growth", share(outturn.value - implied, implied))
    return found


def efficiency(month: Month) -> Results:
    """Schemes identified and delivered, by place and for the ICB."""
    found: Results = {}
    listed = {row["place"]: row for row in rows(month, "efficiency_schemes")}
    places = [place for place in month.places if place in listed]
    for place in (*places, *(["icb"] if "icb" in listed else [])):
        over = [listed[p] for p in places] if place == "icb" else [listed[place]]
        _schemes(found, month, place, listed[place], over)
    return found


def _schemes(found: Results, month: Month, place: str, row: Row, over: Iterable[Row]) -> None:
    name, adding = f"efficiency.{place}.total", list(over)
    line: dict[str, Decimal] = {}
    for measure in ("annual_requirement", "identified", "ytd_plan", "ytd_actual"):
        computed = total(number(one[measure], THOUSAND) for one in adding)
        found[f"{name}.{measure}"] = computed.value
        line[measure] = settled(computed, number(row[measure], THOUSAND)).value
    actual, plan, needed = line["ytd_actual"], line["ytd_plan"], line["annual_requirement"]
    found[f"{name}.unidentified"] = line["identified"] - needed
    found[f"{name}.ytd_variance"] = actual - plan
    kept(found, f"{name}.identified_share", share(line["identified"], needed))
    kept(found, f"{name}.ytd_delivery_share", share(actual, plan))
    kept(found, f"{name}.ytd_plan_share", share(plan, needed))
    kept(found, f"{name}.monthly_rate_to_date", divided(actual, Decimal(month.number)))
    kept(found, f"{name}.monthly_rate_needed", divided(needed - actual, Decimal(month.left)))
