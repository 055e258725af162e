"""The resource limit and the mental health investment standard, a second time; in pounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boardpack.audit.second.days import day_of_text
from boardpack.audit.second.numbers import (
    ABSENT,
    NIL,
    THOUSAND,
    Number,
    Results,
    is_whole,
    kept,
    settled,
    share,
    sparse_total,
    total,
    total_if_any,
)
from boardpack.audit.second.records import Month, Row, rows, stands_for


def resource_limit(month: Month) -> Results:
    """The limit of each column and of the ICB, rolled forward month by month."""
    found: Results = {}
    listed = _limit_rows(month)
    held: dict[str, Number] = {}
    for code in dict.fromkeys(row.text("month") for row in listed):
        own = [row for row in listed if row.text("month") == code]
        held = _rolled(found, month.columns, held, own, month.suffix(code))
    return found


def _rolled(
    found: Results,
    columns: tuple[str, ...],
    before: dict[str, Number],
    own: list[Row],
    suffix: str,
) -> dict[str, Number]:
    """One month: what stood before with its movements, agreed with the budget that is printed."""
    said = next((row for row in own if row.text("movement") == "budget"), Row({}))
    moves = [row for row in own if row.text("movement") != "budget"]
    held: dict[str, Number] = {}
    for column in columns:
        printed = said.number(column, THOUSAND)
        steps = _steps(columns, column, moves)
        computed = total([before[column], *steps]) if before else total([printed])
        found[f"resource_limit.{column}.total.budget{suffix}"] = computed.value
        held[column] = settled(computed, printed)
    printed = said.number("icb", THOUSAND)
    computed = total(held.values())
    found[f"resource_limit.icb.total.budget{suffix}"] = computed.value
    if before:
        rolled = total([before["icb"], *(_whole(columns, row) for row in moves)])
        found[f"resource_limit.icb.total.roll_forward{suffix}"] = rolled.value
    return {**held, "icb": settled(computed, printed)}


def _steps(columns: tuple[str, ...], column: str, moves: list[Row]) -> list[Number | None]:
    """What a column moved by in each row; nothing where it moved in none.

    A blank is nil where the printed total is the sum of the other columns, and where rows are made
    of movements, which name no column that did not move.
    """
    found: list[Number | None] = []
    for row in moves:
        cell = row.number(column, THOUSAND)
        cells = [row.number(one, THOUSAND) for one in columns]
        is_nil = bool(row.made) or is_whole(cells, row.number("icb", THOUSAND))
        found.append(cell or (Number(NIL) if is_nil else None))
    return found if any(row.number(column, THOUSAND) for row in moves) else []


def _whole(columns: tuple[str, ...], row: Row) -> Number:
    """A movement of all columns together, agreed with the total that is printed."""
    cells, printed = [row.number(c, THOUSAND) for c in columns], row.number("icb", THOUSAND)
    computed = (total_if_any(cells) if row.made else sparse_total(cells, printed)) or ABSENT
    return settled(computed, printed)


def _limit_rows(month: Month) -> list[Row]:
    """The resource limit: printed, or each movement with its columns and budgets to compute."""
    if not stands_for(month, "allocations", "resource_limit"):
        return rows(month, "resource_limit")
    return list(_made_of(month, rows(month, "allocations")))


def _made_of(month: Month, moves: list[Row]) -> Iterator[Row]:
    yield _moved(month, "M00", "budget", [r for r in moves if r.text("movement") == "budget"])
    for number in range(1, month.number + 1):
        code = f"M{number:02d}"
        own = [row for row in moves if row.text("month") == code]
        for item in dict.fromkeys((row.text("movement"), row.text("item")) for row in own):
            held = [row for row in own if (row.text("movement"), row.text("item")) == item]
            yield _moved(month, code, item[0], held)
        yield Row({"month": code, "movement": "budget"})


def _moved(month: Month, code: str, kind: str, moves: list[Row]) -> Row:
    own: dict[str, list[Number | None]] = {}
    for row in moves:
        own.setdefault(row.text("place"), []).append(row.number("amount"))
    made = {place: Number(total(own[place]).value) for place in month.columns if place in own}
    return Row({"month": code, "movement": kind}, made)


def mental_health_standard(month: Month) -> Results:
    """What was spent last year, the target and the forecast, and how far it lies above."""
    name, now = "mental_health.icb.mhis", month.financial_year
    cells = _standard(month)
    found = {
        f"{name}.{measure}{month.suffix(period)}": one.value
        for (measure, period), one in cells.items()
        if measure != "over_delivery"
    }
    target, outturn = (cells.get((m, now)) for m in ("forecast_target", "forecast_outturn"))
    if target is not None and outturn is not None:
        over = found[f"{name}.over_delivery"] = outturn.value - target.value
        kept(found, f"{name}.over_delivery_share", share(over, target.value))
    return found


def _standard(month: Month) -> dict[tuple[str, str], Number]:
    """The standard by measure and period: printed, or made of the return and the year's uplift."""
    if not stands_for(month, "mhis_return", "mhis"):
        own = [row for row in rows(month, "mhis") if row.text("line") == "mhis"]
        said = {(row.text("measure"), row.text("period")): row.number("value") for row in own}
        return {key: one for key, one in said.items() if one is not None}
    listed = [row for row in rows(month, "mhis_return") if row.text("eligible") == "eligible"]
    start, now = int(month.year[:4]), month.financial_year
    before, forecast = (
        total_if_any(row.number(column) for row in listed)
        for column in ("prior_year_outturn", "forecast_outturn")
    )
    uplift = _uplift(rows(month, "rates"), f"{start}-04-01")
    found = {("uplift", now): uplift}
    if before is not None:
        found["prior_year_outturn", f"{start - 1}/{start % 100:02d}"] = Number(before.value)
        found["forecast_target", now] = Number(before.value * (100 + uplift.value) / 100)
    return found if forecast is None else {**found, ("forecast_outturn", now): forecast}


def _uplift(rates: Iterable[Row], april: str) -> Number:
    """The uplift on 1 April; LookupError where no rate holds on that day."""
    for row in rates:
        ends = row.text("to") and day_of_text(row.text("to"), row.layout)
        begins = day_of_text(row.text("from"), row.layout)
        if row.text("rate") == "mhis_uplift" and begins <= april <= (ends or april):
            return row.number("value") or Number(NIL)
    raise LookupError(f"no mhis_uplift on {april}")
