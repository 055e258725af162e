"""The position of every place and of the ICB, and where the year will end, a second time.

An overspend is negative. Numbers that are computed with are agreed with what was printed; what is
told is what comes out before that, as a register has it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from boardpack.audit.second.ledger import has_moved, is_by_line, overview_rows, position_rows
from boardpack.audit.second.numbers import (
    NIL,
    THOUSAND,
    Number,
    Results,
    divided,
    kept,
    settled,
    share,
    total,
)
from boardpack.audit.second.records import Month, Row, rows
from boardpack.audit.second.released import published_variances

PAIRS = (
    ("ytd_variance", "ytd_budget", "ytd_actual"),
    ("forecast_variance", "annual_budget", "forecast_outturn"),
)

Line = dict[str, Number]


def positions(month: Month) -> Results:
    """Every place and the ICB by directorate: from its own table, else from the overview."""
    found, numbers = overview(month)
    own: dict[tuple[str, str], Line] = {}
    listed = position_rows(month)
    for place in dict.fromkeys(row.text("place") for row in listed):
        held = [row for row in listed if row.text("place") == place]
        lines = table(found, month, f"position.{place}", held, PAIRS)
        own |= {(place, name): line for name, line in lines.items()}
    supplied = {place for place, _ in own}
    told = dict(own)
    for (column, name), line in numbers.items():
        if column in (*month.places, "icb") and column not in supplied and line:
            is_whole = column == "icb" and is_by_line(month) and bool(own)
            told[column, name] = {**line, **(_year(month, own, name) if is_whole else {})}
            for measure, item in told[column, name].items():
                found[f"position.{column}.{name}.{measure}"] = item.value
    _rates(found, month, told)
    _against_plan(found, month, told)
    return found


def table(
    found: Results,
    month: Month,
    name: str,
    listed: list[Row],
    pairs: tuple[tuple[str, str, str], ...],
) -> dict[str, Line]:
    """The agreed numbers of each line of a place's table and of its total.

    A pair is a difference and the two that it is made of; results go into `found`.
    """
    measures = [measure for _, one, other in pairs for measure in (one, other)]
    lines: dict[str, Line] = {}
    for row in listed:
        line, numbers = month.line(row.text("directorate")), Line()
        for measure in measures:
            printed = row.number(measure, THOUSAND)
            if line == "total":
                computed = total(held.get(measure) for held in lines.values())
                found[f"{name}.total.{measure}"] = computed.value
                numbers[measure] = settled(computed, printed)
            elif printed is not None:
                found[f"{name}.{line}.{measure}"] = printed.value
                numbers[measure] = printed
        for difference, one, other in pairs:
            if one in numbers and other in numbers:
                computed = numbers[one].less(numbers[other])
                found[f"{name}.{line}.{difference}"] = computed.value
                numbers[difference] = settled(computed, row.number(difference, THOUSAND))
        lines[line] = numbers
    return lines


def _rates(found: Results, month: Month, told: dict[tuple[str, str], Line]) -> None:
    """Variances in per cent of budget, and run rates: to date, since the last paper, and to come.

    Reserves that the report says were released this month are no pace of the ICB's.
    """
    published = published_variances(month)
    stated = [
        row.number("value")
        for row in rows(month, "stated")
        if [row.text(n) for n in ("chapter", "place", "line", "measure")]
        == ["position", "icb", "reserves", "in_month_release"]
    ]
    reserves = next((one.value for one in stated if one is not None), NIL)
    for (place, line), numbers in told.items():
        name = f"position.{place}.{line}"
        if not {"ytd_variance", "ytd_budget"} <= set(numbers):
            continue
        once = reserves if name == "position.icb.total" else NIL
        now = numbers["ytd_variance"].value
        kept(found, f"{name}.ytd_variance_share", share(now, numbers["ytd_budget"].value))
        found[f"{name}.average_run_rate"] = (now - once) / month.number
        when, was = published.get(f"{name}.ytd_variance", (0, NIL))
        if when and not has_moved(month, when):
            found[f"{name}.latest_run_rate"] = (now - was - once) / (month.number - when)
        if "forecast_variance" in numbers:
            year = numbers["forecast_variance"].value
            budget = numbers["annual_budget"].value
            kept(found, f"{name}.forecast_variance_share", share(year, budget))
            kept(
                found, f"{name}.required_run_rate", divided(year - now, Decimal(12 - month.number))
            )


def overview(month: Month) -> tuple[Results, dict[tuple[str, str], Line]]:
    """Places by directorates and the ICB's totals; and the agreed numbers by column and line."""
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
                cell = _Crossing(month.columns, printed, numbers, column, line, lines)
                numbers[column, line] = cell.settle(found)
    return found, numbers


class _Crossing(NamedTuple):
    """One crossing of the overview: a column and a line, with what was settled before it."""

    columns: tuple[str, ...]
    printed: dict[tuple[str, str], Row]
    numbers: dict[tuple[str, str], Line]
    column: str
    line: str
    lines: list[str]

    def settle(self, found: Results) -> Line:
        """Its budget, actual and variance; the computed ones go into `found`."""
        name, line = f"overview.{self.column}.{self.line}", Line()
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


def _year(month: Month, own: dict[tuple[str, str], Line], line: str) -> Line:
    """The ICB's year, where the ledger gives that of every place and of the centre."""
    measures = ("annual_budget", "forecast_outturn")
    lines = [own.get((column, line), {}) for column in month.columns]
    there = [held for held in lines if set(measures).intersection(held)]
    budget, outturn = (total(held.get(measure) for held in there) for measure in measures)
    year = {"annual_budget": budget, "forecast_outturn": outturn}
    return {**year, "forecast_variance": budget.less(outturn)}


def _against_plan(found: Results, month: Month, told: dict[tuple[str, str], Line]) -> None:
    """How far each total is above its planned surplus, or short of it (below nil)."""
    for row in rows(month, "planned_surplus"):
        place = row.text("place")
        made = told.get((place, "total"), {})
        for measure, held, planned in (
            ("ytd_variance", "ytd_variance", "ytd_plan"),
            ("forecast_variance", "forecast_variance", "forecast_plan"),
            ("ytd_limit", "ytd_budget", "ytd_plan"),
        ):
            plan = row.number(planned, THOUSAND)
            if held in made and plan is not None:
                name = f"position.{place}.against_plan.{measure}"
                found[name] = made[held].less(plan).value
