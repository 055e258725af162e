"""Prescribing on the PPA basis and on the ledger's, a second time.

An overspend is negative, except where a measure is called an overspend.
"""

from __future__ import annotations

from decimal import Decimal

from boardpack.audit.second.numbers import (
    ABSENT,
    NIL,
    Number,
    Results,
    is_whole,
    kept,
    settled,
    share,
    sparse_total,
    total,
)
from boardpack.audit.second.position import Line, overview
from boardpack.audit.second.records import PRESCRIBING as PARTS
from boardpack.audit.second.records import Month, Row, rows

SUMMED = ("ytd_spend", "ytd_budget", "annual_budget", "forecast_outturn")
VARIANCES = (
    ("ytd_variance", "ytd_budget", "ytd_spend"),
    ("forecast_variance", "annual_budget", "forecast_outturn"),
)


def prescribing(month: Month) -> Results:
    """Spend, forecast and per cent overspent of each place, of all, and of the places together."""
    found: Results = {}
    listed = {row.text("place"): row for row in rows(month, "prescribing_summary")}
    lines = {
        place: _line(found, month, place, row) for place, row in listed.items() if place != "icb"
    }
    if "icb" in listed:
        lines["icb"] = _whole(found, month, listed["icb"], lines)
    for place, line in lines.items():
        _variances(found, place, listed[place], line)
    if set(month.places) <= set(lines):
        _places(found, month, lines)
    return found


def _line(found: Results, month: Month, place: str, row: Row) -> Line:
    name = f"prescribing.{place}"
    cells, printed = {part: row.number(part) for part in PARTS}, row.number("ytd_spend")
    parts = {part: cell for part, cell in cells.items() if cell is not None}
    for part, cell in parts.items():
        found[f"{name}.{part}.ytd_spend"] = cell.value
    if is_whole(cells.values(), printed):  # what is blank is nil, for all places together too
        parts = {part: cell or Number(NIL) for part, cell in cells.items()}
    computed = total(parts.get(part) for part in PARTS)
    found[f"{name}.ppa.ytd_spend"] = computed.value
    line = {**parts, "ytd_spend": settled(computed, printed)}
    for measure in ("ytd_budget", "annual_budget"):
        line[measure] = row.number(measure) or ABSENT
        found[f"{name}.ppa.{measure}"] = line[measure].value
    forecast = keyed = row.number("forecast_outturn") or ABSENT
    if place in month.places:
        forecast = _run_rate(month, line)
        keyed = settled(forecast, row.number("forecast_outturn"))
    found[f"{name}.ppa.forecast_outturn"] = forecast.value
    return {**line, "forecast_outturn": keyed}


def _run_rate(month: Month, line: Line) -> Number:
    """A place's year at its rate to date, with the prior-year item counted once."""
    spend, prior = line["ytd_spend"], line.get("prior_year", Number(NIL))
    factor = Decimal(12) / month.number
    value = (spend.value - prior.value) * factor + prior.value
    return Number(value, factor * spend.doubt + abs(1 - factor) * prior.doubt)


def _whole(found: Results, month: Month, row: Row, lines: dict[str, Line]) -> Line:
    """All places together, each of which must be there, and what is held centrally where it is."""
    whole: Line = {}
    every = dict.fromkeys((*month.places, *lines))
    for measure in (*PARTS, *SUMMED):
        cells, printed = [lines.get(place, {}).get(measure) for place in every], row.number(measure)
        computed = sparse_total(cells, printed) if measure in PARTS else total(cells)
        name = f"{measure}.ytd_spend" if measure in PARTS else f"ppa.{measure}"
        found[f"prescribing.icb.{name}"] = computed.value
        whole[measure] = settled(computed, printed)
    return whole


def _variances(found: Results, place: str, row: Row, line: Line) -> None:
    """Variances of a place in pounds and per cent, and what of the overspend is its own growth."""
    name = f"prescribing.{place}"
    for variance, budget, actual in VARIANCES:
        computed = line[budget].less(line[actual])
        found[f"{name}.ppa.{variance}"] = computed.value
        line[variance] = settled(computed, row.number(variance))
        per_cent = share(line[variance].value, line[budget].value)
        kept(found, f"{name}.ppa.{variance}_share", per_cent)
    if "cat_m_ncso" in line:
        growth = -line["ytd_variance"].value - line["cat_m_ncso"].value
        found[f"{name}.local_growth.ytd_overspend"] = growth


def _places(found: Results, month: Month, lines: dict[str, Line]) -> None:
    """The places together on both bases, without the central row."""
    name, role = "prescribing.icb.places", month.roles.get("prescribing", "")
    budget, variance, prices = (
        total(lines[place].get(measure) for place in month.places).value
        for measure in ("ytd_budget", "ytd_variance", "cat_m_ncso")
    )
    found[f"{name}_ppa.ytd_budget"], found[f"{name}_ppa.ytd_variance"] = budget, variance
    found[f"{name}_cat_m_ncso.ytd_spend"] = prices
    found[f"{name}_local_growth.ytd_overspend"] = -variance - prices
    kept(found, f"{name}_ppa.ytd_variance_share", share(variance, budget))
    ledger = overview(month)[1]
    own = [ledger.get((place, role), {}) for place in month.places]
    if all(own):
        budget, held = (
            total(line.get(measure) for line in own).value
            for measure in ("ytd_budget", "ytd_variance")
        )
        found[f"{name}_ledger.ytd_budget"], found[f"{name}_ledger.ytd_variance"] = budget, held
        kept(found, f"{name}_ledger.ytd_variance_share", share(held, budget))
