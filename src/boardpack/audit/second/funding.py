"""Resource limit and the mental health standard, recomputed a second time.

Shares no code with the product (see second_reading). Money is in pounds.
"""

from __future__ import annotations

from boardpack.audit.second.numbers import (
    ABSENT,
    NIL,
    THOUSAND,
    Number,
    Results,
    divided,
    is_whole,
    kept,
    settled,
    share,
    sparse_total,
    total,
    total_if_any,
)
from boardpack.audit.second.reading import Month, Row
from boardpack.audit.second.returns import limit_rows, standard_rows

MOVEMENTS = {"internal_adjustment": "internal_adjustments", "allocation": "allocations"}
COMPUTED = (("mhis", "over_delivery"), ("prescribing", "growth"))
"""What the standard's table prints and is computed from the rest of it."""


def resource_limit(month: Month) -> Results:
    """The limit rolled forward month by month, by column and for the ICB."""
    found: Results = {}
    listed = limit_rows(month)
    start: dict[str, Number] = {}
    held: dict[str, Number] = {}
    for code in dict.fromkeys(row.text("month") for row in listed):
        own = [row for row in listed if row.text("month") == code]
        suffix = "" if code == f"M{month.number:02d}" else f".{code.lower()}"
        held = _rolled(found, month.columns, held, own, suffix)
        _movements(found, month.columns, own, code.lower())
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


def _movements(found: Results, columns: tuple[str, ...], own: list[Row], code: str) -> None:
    """What a month's adjustments and allocations come to, each and both together."""
    moves = [row for row in own if row.text("movement") in MOVEMENTS]
    for kind, line in MOVEMENTS.items():
        held = [row for row in moves if row.text("movement") == kind]
        for column in columns:
            steps = _steps(columns, column, held)
            if steps:
                found[f"resource_limit.{column}.{line}.{kind}.{code}"] = total(steps).value
        if len(held) > 1:
            whole = total(_whole(columns, row) for row in held)
            found[f"resource_limit.icb.{line}.{kind}.{code}"] = whole.value
    for column in columns if moves else ():
        both = total([Number(NIL), *_steps(columns, column, moves)])
        found[f"resource_limit.{column}.total.movement.{code}"] = both.value
    if moves:
        both = total(_whole(columns, row) for row in moves)
        found[f"resource_limit.icb.total.movement.{code}"] = both.value


def _steps(columns: tuple[str, ...], column: str, moves: list[Row]) -> list[Number | None]:
    """What a column moved by in each row; nothing where it moved in none.

    A blank is nil where the printed total is the sum of the other columns, and where rows are made
    of movements, which name no column that did not move.
    """
    cells = [(row, row.number(column, THOUSAND)) for row in moves]
    if not any(cell for _, cell in cells):
        return []
    return [cell or (Number(NIL) if _is_sparse(columns, row) else None) for row, cell in cells]


def _is_sparse(columns: tuple[str, ...], row: Row) -> bool:
    cells = [row.number(column, THOUSAND) for column in columns]
    return bool(row.made) or is_whole(cells, row.number("icb", THOUSAND))


def _whole(columns: tuple[str, ...], row: Row) -> Number:
    """A movement of all columns together, settled with the total that is printed."""
    cells, printed = [row.number(c, THOUSAND) for c in columns], row.number("icb", THOUSAND)
    computed = (total_if_any(cells) if row.made else sparse_total(cells, printed)) or ABSENT
    return settled(computed, printed)


def mental_health_standard(month: Month) -> Results:
    """What the target implies for last year, and how far the forecast lies above it."""
    found: Results = {}
    listed = standard_rows(month)
    for row in listed:
        where = (row.text("line"), row.text("measure"))
        value = row.number("value")
        if value is not None and where not in COMPUTED:
            suffix = month.suffix(row.text("period"))
            found[f"mental_health.icb.{'.'.join(where)}{suffix}"] = value.value
    own = [row for row in listed if row.text("line") == "mhis"]
    cells = {row.text("measure"): row.number("value") for row in own}
    uplift, target, outturn = (
        cells.get(name) for name in ("uplift", "forecast_target", "forecast_outturn")
    )
    if uplift is None or target is None or outturn is None:
        return found
    name = "mental_health.icb.mhis"
    found[f"{name}.over_delivery"] = outturn.value - target.value
    over = share(found[f"{name}.over_delivery"], target.value)
    kept(found, f"{name}.over_delivery_share", over)
    implied = divided(target.value * 100, 100 + uplift.value)
    if implied:
        kept(found, f"{name}.implied_prior_year_outturn", implied)
        kept(found, f"{name}.implied_increase", target.value - implied)
        kept(found, f"{name}.implied_growth", share(outturn.value - implied, implied))
    return found
