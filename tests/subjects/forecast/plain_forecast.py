"""A second, plain way to the forecasts and their trials: whole tables, fractions, no figures."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

Rates = dict[str, list[Fraction]]


class PlainHistory:
    """`outturn_history.csv` summed by place (or the ICB) and directorate (or their total)."""

    def __init__(self, home: Path) -> None:
        with (home / "data/reference/outturn_history.csv").open(encoding="utf-8") as file:
            self.rows = list(csv.DictReader(file))
        self.years = sorted({row["financial_year"] for row in self.rows})

    def amount(self, column: str, year: str, month: int, place: str, label: str) -> Fraction:
        """The sum of a column; `icb` takes every place, `Total` every directorate."""
        return sum(
            (
                Fraction(row[column])
                for row in self.rows
                if row["financial_year"] == year
                and row["month"] == f"M{month:02d}"
                and place in ("icb", row["place"])
                and label in ("Total", row["directorate"])
            ),
            Fraction(0),
        )

    def share(self, years: list[str], month: int, place: str, label: str) -> Fraction:
        """The mean share of the year that was spent by a month, as a fraction of one."""
        at = (place, label)
        shares = [
            self.amount("ytd_actual", year, month, *at) / self.amount("ytd_actual", year, 12, *at)
            for year in years
        ]
        return sum(shares, Fraction(0)) / len(shares)

    def ratios(self, month: int, since: int, place: str, label: str) -> Rates:
        """Of each rule, forecast over outturn in each past year in which it can be tried."""
        found: Rates = {"straight_line": [], "profile": [], "run_rate": [], "team": []}
        for number, year in enumerate(self.years):
            now = self.amount("ytd_actual", year, month, place, label)
            outturn = self.amount("ytd_actual", year, 12, place, label)
            found["straight_line"].append(now / month * 12 / outturn)
            team = self.amount("forecast_outturn", year, month, place, label)
            found["team"].append(team / outturn)
            if number:
                share = self.share(self.years[:number], month, place, label)
                found["profile"].append(now / share / outturn)
            if since:
                then = self.amount("ytd_actual", year, month - since, place, label)
                ends = now + (now - then) / since * (12 - month)
                found["run_rate"].append(ends / outturn)
        return found

    def months_as_good(self, required: Fraction, place: str) -> int:
        """In how many months of past years the variance was as good as is required now."""
        good = 0
        for year in self.years:
            before = Fraction(0)
            for month in range(1, 13):
                budget, actual = (
                    self.amount(column, year, month, place, "Total")
                    for column in ("ytd_budget", "ytd_actual")
                )
                good += budget - actual - before >= required
                before = budget - actual
        return good


def mean_error(ratios: list[Fraction]) -> Fraction:
    """The mean size of errors, in per cent of the outturn."""
    return sum((abs(ratio - 1) for ratio in ratios), Fraction(0)) / len(ratios) * 100


def plain_range(now: dict[str, Fraction], ratios: Rates) -> tuple[Fraction, Fraction]:
    """Least and greatest outturn by the rule with the least error of those tried three times."""
    tried = {rule: ratios[rule] for rule in now if len(ratios[rule]) >= 3}
    rule = min(tried, key=lambda one: mean_error(tried[one]))
    ends = [now[rule], *(now[rule] / ratio for ratio in tried[rule])]
    return min(ends), max(ends)
