"""The position of places and of the ICB, and savings, recomputed a second time.

Shares no code with the product (see second_reading). An overspend is negative; a savings variance
is actual less plan.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from boardpack.audit.second.ledger import is_by_line, moved_since, overview_rows, position_rows
from boardpack.audit.second.numbers import (
    THOUSAND,
    Number,
    Results,
    divided,
    kept,
    settled,
    share,
    total,
)
from boardpack.audit.second.reading import Month, Row, released, rows

POSITION_PAIRS = (
    ("ytd_variance", "ytd_budget", "ytd_actual"),
    ("forecast_variance", "annual_budget", "forecast_outturn"),
)

Pair = tuple[str, str, str]
Line = dict[str, Number]


class Ledger(NamedTuple):
    """Where a budget stands against its actual: place, line, and the settled numbers."""

    place: str
    line: str
    numbers: Line


def position(month: Month) -> tuple[Results, dict[tuple[str, str], Line]]:
    """The tables of the places that have their own, with run rates; and their settled numbers."""
    found: Results = {}
    numbers: dict[tuple[str, str], Line] = {}
    listed = position_rows(month)
    for place in dict.fromkeys(row.text("place") for row in listed):
        own = [row for row in listed if row.text("place") == place]
        for ledger in ledgers(found, month, "position", own, POSITION_PAIRS):
            numbers[place, ledger.line] = ledger.numbers
            _shares(found, month, ledger)
    return found, numbers


def _left(month: Month) -> Decimal:
    return Decimal(month.left)


def ledgers(
    found: Results, month: Month, chapter: str, listed: list[Row], pairs: tuple[Pair, ...]
) -> list[Ledger]:
    """Each line of a place's table and its total; results go into `found`."""
    measures = [measure for _, one, other in pairs for measure in (one, other)]
    lines: list[Ledger] = []
    for row in listed:
        place, name = row.text("place"), month.line(row.text("directorate"))
        numbers: Line = {}
        for measure in measures:
            printed = row.number(measure, THOUSAND)
            if name == "total":
                computed = total(ledger.numbers.get(measure) for ledger in lines)
                found[f"{chapter}.{place}.total.{measure}"] = computed.value
                numbers[measure] = settled(computed, printed)
            elif printed is not None:
                found[f"{chapter}.{place}.{name}.{measure}"] = printed.value
                numbers[measure] = printed
        for variance, one, other in pairs:
            if one in numbers and other in numbers:
                computed = numbers[one].less(numbers[other])
                found[f"{chapter}.{place}.{name}.{variance}"] = computed.value
                numbers[variance] = settled(computed, row.number(variance, THOUSAND))
        lines.append(Ledger(place, name, numbers))
    return lines


def _shares(found: Results, month: Month, ledger: Ledger) -> None:
    """Variances in per cent of budget, run rates, and what the forecast assumes of them."""
    name, numbers = f"position.{ledger.place}.{ledger.line}", ledger.numbers
    if not {"ytd_variance", "ytd_budget"} <= set(numbers):
        return
    now = numbers["ytd_variance"].value
    kept(found, f"{name}.ytd_variance_share", share(now, numbers["ytd_budget"].value))
    once = _released_this_month(month) if name == "position.icb.total" else None
    without = now - (once or Decimal(0))
    kept(found, f"{name}.average_run_rate", divided(without, Decimal(month.number)))
    straight = without * 12 / month.number + (once or Decimal(0))
    if once is None and _is_even(month, numbers):
        spent = numbers["ytd_actual"].value * 12 / month.number
        straight = numbers["annual_budget"].value - spent
    kept(found, f"{name}.straight_line_variance", straight)
    _latest(found, month, name, now, once or Decimal(0))
    if "forecast_variance" in numbers:
        year = numbers["forecast_variance"].value
        budget = numbers["annual_budget"].value
        kept(found, f"{name}.forecast_variance_share", share(year, budget))
        kept(found, f"{name}.recovery_assumed", year - straight)
        kept(found, f"{name}.required_run_rate", divided(year - now, _left(month)))


def _is_even(month: Month, numbers: Line) -> bool:
    """Whether the budget to date is so many twelfths of the year's, but for rounding twice."""
    if not {"annual_budget", "ytd_actual"} <= set(numbers):
        return False
    annual, to_date = numbers["annual_budget"], numbers["ytd_budget"]
    apart = abs(annual.value * month.number - to_date.value * 12)
    return apart <= 2 * (annual.doubt * month.number + to_date.doubt * 12)


def _released_this_month(month: Month) -> Decimal | None:
    """The reserves released this month, as the report says in words; None where it does not."""
    for row in rows(month, "stated"):
        words = [row.text(name) for name in ("chapter", "place", "line", "measure")]
        if words == ["position", "icb", "reserves", "in_month_release"]:
            said = row.number("value")
            return None if said is None else said.value
    return None


def _latest(found: Results, month: Month, name: str, now: Decimal, once: Decimal) -> None:
    """The run rate since the last paper that has the figure, without what came once, and to it."""
    before = released(month, f"{name}.ytd_variance")
    moved = moved_since(month, before[0], *name.split(".")[1:]) if before else None
    if before is not None and moved is not None:
        when, was = before[0], before[1] + moved
        kept(found, f"{name}.movement", now - was)
        since = Decimal(month.number - when)
        kept(found, f"{name}.latest_run_rate", divided(now - was - once, since))
        kept(found, f"{name}.earlier_run_rate", divided(was, Decimal(when)))


def overview(month: Month) -> tuple[Results, dict[tuple[str, str], Line]]:
    """Places by directorates, the ICB's totals, and the settled numbers by column and line."""
    found: Results = {}
    printed = {
        (row.text("measure"), month.line(row.text("directorate"))): row
        for row in overview_rows(month)
    }
    lines = list(dict.fromkeys(line for _, line in printed if line != "total"))
    numbers: dict[tuple[str, str], Line] = {}
    for column in (*month.columns, "icb"):
        for line in (*lines, "total"):
            if ("ytd_budget", line) in printed:
                cell = _Cell(month.columns, printed, numbers, column, line, lines)
                numbers[column, line] = cell.settle(found)
    return found, numbers


class _Cell(NamedTuple):
    """One crossing of the overview: a column and a line, with what was settled before it."""

    columns: tuple[str, ...]
    printed: dict[tuple[str, str], Row]
    numbers: dict[tuple[str, str], Line]
    column: str
    line: str
    lines: list[str]

    def settle(self, found: Results) -> Line:
        """Its budget, actual and variance; the computed ones go into `found`."""
        name = f"overview.{self.column}.{self.line}"
        line: Line = {}
        for measure in ("ytd_budget", "ytd_actual"):
            computed = self._computed(measure)
            if computed is not None:
                found[f"{name}.{measure}"] = computed.value
                line[measure] = settled(computed, self._said(measure))
        if len(line) == 2:
            computed = line["ytd_budget"].less(line["ytd_actual"])
            found[f"{name}.ytd_variance"] = computed.value
            line["ytd_variance"] = settled(computed, self._said("ytd_variance"))
        return line

    def _computed(self, measure: str) -> Number | None:
        if self.column == "icb":
            held = [self.numbers[column, self.line] for column in self.columns]
        elif self.line == "total":
            held = [self.numbers[self.column, line] for line in self.lines]
        else:
            return self._said(measure)
        there = [line for line in held if line]  # who has neither has no such service
        is_nobodys = not there and (self.column == "central" or self._said(measure) is None)
        return None if is_nobodys else total(line.get(measure) for line in there)

    def _said(self, measure: str) -> Number | None:
        row = self.printed.get((measure, self.line))
        return None if row is None else row.number(self.column, THOUSAND)


def positions(month: Month) -> Results:
    """Every place and the ICB: the overview, and position figures where it is their source."""
    found, numbers = overview(month)
    also, own = position(month)
    supplied = {place for place, _ in own}
    totals: dict[str, Line] = {}
    for (column, line), settled_line in numbers.items():
        if column in (*month.places, "icb") and column not in supplied and settled_line:
            is_whole = column == "icb" and is_by_line(month) and bool(own)
            year = _year(month, own, line) if is_whole else {}
            for measure, item in {**settled_line, **year}.items():
                found[f"position.{column}.{line}.{measure}"] = item.value
            _shares(found, month, Ledger(column, line, {**settled_line, **year}))
            if line == "total":
                totals[column] = {**settled_line, **year}
    totals |= {place: own[place, "total"] for place in supplied if (place, "total") in own}
    return {**found, **also, **_against_plan(month, totals)}


def _against_plan(month: Month, totals: dict[str, Line]) -> Results:
    """How far each total is above its planned surplus, or short of it (below nil)."""
    found: Results = {}
    for row in rows(month, "planned_surplus"):
        place = row.text("place")
        for when in ("ytd", "forecast"):
            made = totals.get(place, {}).get(f"{when}_variance")
            plan = row.number(f"{when}_plan", THOUSAND)
            if made is not None and plan is not None:
                found[f"position.{place}.against_plan.{when}_variance"] = made.less(plan).value
        budget, plan = totals.get(place, {}).get("ytd_budget"), row.number("ytd_plan", THOUSAND)
        if budget is not None and plan is not None:
            found[f"position.{place}.against_plan.ytd_limit"] = budget.less(plan).value
    return found


def _year(month: Month, own: dict[tuple[str, str], Line], line: str) -> Line:
    """The ICB's year, where the ledger gives that of every place and of the centre."""
    year: Line = {}
    measures = ("annual_budget", "forecast_outturn")
    lines = [own.get((column, line), {}) for column in month.columns]
    there = [held for held in lines if set(measures).intersection(held)]
    for measure in measures:
        year[measure] = total(held.get(measure) for held in there)
    year["forecast_variance"] = year["annual_budget"].less(year["forecast_outturn"])
    return year


def actual_to_date(month: Month, line: str, measure: str = "ytd_actual") -> Results:
    """What each place and the ICB have spent on a line to date, as the position has it.

    `measure` names another of the position's amounts.
    """
    whole, own = overview(month)[1], position(month)[1]
    supplied = {place for place, _ in own}
    found: Results = {}
    for place in (*month.places, "icb"):
        held = (own if place in supplied else whole).get((place, line), {})
        if measure in held:
            found[place] = held[measure].value
    return found
