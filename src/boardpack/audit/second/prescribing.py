"""Prescribing on the PPA basis and on the ledger's, recomputed a second time.

Shares no code with the product (see second_reading). An overspend is negative, except where a
measure is called an overspend.
"""

from __future__ import annotations

from decimal import Decimal

from boardpack.audit.second.extracts import PRESCRIBING as PARTS
from boardpack.audit.second.numbers import (
    ABSENT,
    NIL,
    Number,
    Results,
    divided,
    is_whole,
    kept,
    settled,
    share,
    sparse_total,
    total,
)
from boardpack.audit.second.position import Line, overview
from boardpack.audit.second.reading import Month, Row, rows

SUMMED = ("ytd_spend", "ytd_budget", "annual_budget", "forecast_outturn")


def prescribing(month: Month) -> Results:
    """Spend, forecast and per cent overspent of each place, of all, and of the six together."""
    found: Results = {}
    listed = {row.text("place"): row for row in rows(month, "prescribing_summary")}
    lines = {
        place: _line(found, month, place, row) for place, row in listed.items() if place != "icb"
    }
    if "icb" in listed:
        lines["icb"] = _whole(found, month, listed["icb"], lines)
    for place, line in lines.items():
        _variances(found, month, place, listed[place], line)
    if set(month.places) <= set(lines):
        _six(found, month, lines)
    return found


def _line(found: Results, month: Month, place: str, row: Row) -> Line:
    cells, printed = {part: row.number(part) for part in PARTS}, row.number("ytd_spend")
    parts = {part: cell for part, cell in cells.items() if cell is not None}
    for part, cell in parts.items():
        found[f"prescribing.{place}.{part}.ytd_spend"] = cell.value
    if is_whole(cells.values(), printed):  # what is blank is nil, for all places together too
        parts = {part: cell or Number(NIL) for part, cell in cells.items()}
    computed = total(parts.get(part) for part in PARTS)
    found[f"prescribing.{place}.ppa.ytd_spend"] = computed.value
    line = {**parts, "ytd_spend": settled(computed, printed)}
    for measure in ("ytd_budget", "annual_budget"):
        line[measure] = row.number(measure) or ABSENT
        found[f"prescribing.{place}.ppa.{measure}"] = line[measure].value
    line["forecast_outturn"] = _forecast(found, month, place, row, line)
    return line


def _forecast(found: Results, month: Month, place: str, row: Row, line: Line) -> Number:
    """A place's run rate, with the prior-year item counted once; the central row is keyed."""
    printed = row.number("forecast_outturn")
    spend, prior = line["ytd_spend"], line.get("prior_year", Number(NIL))
    if place not in month.places:
        keyed = printed or ABSENT
        found[f"prescribing.{place}.ppa.forecast_outturn"] = keyed.value
        return keyed
    factor = Decimal(12) / month.number
    value = (spend.value - prior.value) * factor + prior.value
    doubt = factor * spend.doubt + abs(1 - factor) * prior.doubt
    found[f"prescribing.{place}.ppa.forecast_outturn"] = value
    return settled(Number(value, doubt), printed)


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


def _variances(found: Results, month: Month, place: str, row: Row, line: Line) -> None:
    name = f"prescribing.{place}.ppa"
    for variance, budget, actual in (
        ("ytd_variance", "ytd_budget", "ytd_spend"),
        ("forecast_variance", "annual_budget", "forecast_outturn"),
    ):
        computed = line[budget].less(line[actual])
        found[f"{name}.{variance}"] = computed.value
        line[variance] = settled(computed, row.number(variance))
        kept(found, f"{name}.{variance}_share", share(line[variance].value, line[budget].value))
    now, year = line["ytd_variance"].value, line["forecast_variance"].value
    last_year = line["prior_year"].value if "prior_year" in line else Decimal(0)
    pace = (now + last_year) / month.number
    found[f"{name}.straight_line_variance"] = pace * 12 - last_year
    found[f"{name}.recovery_assumed"] = year - (pace * 12 - last_year)
    kept(found, f"{name}.average_run_rate", pace)
    kept(found, f"{name}.required_run_rate", divided(year - now, Decimal(month.left)))
    if "cat_m_ncso" in line:
        spend = line["cat_m_ncso"].value
        found[f"prescribing.{place}.local_growth.ytd_overspend"] = -now - spend
        full = spend * 12 / month.number
        found[f"prescribing.{place}.cat_m_ncso.full_year_straight_line"] = full


def _six(found: Results, month: Month, lines: dict[str, Line]) -> None:
    """The six places together on both bases, without the central row."""
    name = "prescribing.icb.places"
    budget = total(lines[place]["ytd_budget"] for place in month.places).value
    variance = total(lines[place]["ytd_variance"] for place in month.places).value
    spend = total(lines[place].get("cat_m_ncso") for place in month.places).value
    found[f"{name}_ppa.ytd_budget"], found[f"{name}_ppa.ytd_variance"] = budget, variance
    found[f"{name}_cat_m_ncso.ytd_spend"] = spend
    found[f"{name}_local_growth.ytd_overspend"] = -variance - spend
    kept(found, f"{name}_ppa.ytd_variance_share", share(variance, budget))
    ledger = overview(month)[1]
    own = [ledger.get((place, month.roles.get("prescribing", "")), {}) for place in month.places]
    if all(own):
        budget = total(line.get("ytd_budget") for line in own).value
        held = total(line.get("ytd_variance") for line in own).value
        found[f"{name}_ledger.ytd_budget"], found[f"{name}_ledger.ytd_variance"] = budget, held
        kept(found, f"{name}_ledger.ytd_variance_share", share(held, budget))
        found[f"{name}_non_ppa.ytd_variance"] = held - variance
