"""Forecasts that do not look right: better than their pace, below nothing, or resting on a gain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.made_again import made_again, made_again_as_agreed
from boardpack.checks.patterns import Patterns, filled
from boardpack.checks.phrases import amount, name, said, with_cell
from boardpack.checks.plausibility import NIL, question, unasked
from boardpack.core.periods import MONTHS_IN_YEAR
from boardpack.figures.figure import Figure


@dataclass(frozen=True)
class Pace:
    """A line with a forecast variance, the straight line to the year's end, and its budget."""

    forecast: str
    straight: str
    budget: str


PACES = (
    Pace(
        "position.{place}.{line}.forecast_variance",
        "position.{place}.{line}.straight_line_variance",
        "position.{place}.{line}.ytd_budget",
    ),
    Pace(
        "prescribing.{place}.{line}.forecast_variance",
        "prescribing.{place}.{line}.straight_line_variance",
        "prescribing.{place}.{line}.ytd_budget",
    ),
)


def check_pace(patterns: Patterns) -> Iterator[Check]:
    """A forecast that is better than the straight line by more than materiality needs a reason.

    Materiality is the greater of an amount and a share of the year's budget; where the year's
    budget is not supplied, the budget to date is carried to the year's end.
    """
    title = "The forecast against the pace to date"
    for pace in PACES:
        found = list(patterns.pairs(pace.forecast, pace.straight))
        for forecast, straight in found:
            yield _pace(patterns, title, forecast, straight)
        if not any(patterns.concerns(pace.forecast, forecast) for forecast, _ in found):
            rule = f"pace.{pace.forecast.split('.')[0]}"
            yield unasked(patterns, rule, title, pace.forecast, pace.straight)


@made_again
def _pace(patterns: Patterns, title: str, forecast: str, straight: str) -> Check:
    register = patterns.register
    one, other = register.agreed(forecast), register.agreed(straight)
    better, limit = one.value - other.value, materiality(patterns, one)
    return question(
        "pace",
        title,
        (one, other),
        better <= limit,
        f"{name(one)} is {with_cell(one)}, while the pace to date leads to {amount(other)}: the"
        f" forecast assumes {said(better, 'GBP')} that is not yet in the figures, more than the"
        f" {said(limit, 'GBP')} that is material.",
    )


def materiality(patterns: Patterns, figure: Figure) -> Decimal:
    """The least variance that matters on a figure's line: an amount, or a share of its budget."""
    rule, register = patterns.paper.report.materiality, patterns.register
    scope = f"{figure.chapter}.{figure.place}.{figure.line}"
    budget = NIL
    if f"{scope}.annual_budget" in register:
        budget = register.agreed(f"{scope}.annual_budget").value
    elif f"{scope}.ytd_budget" in register:
        to_date = register.agreed(f"{scope}.ytd_budget").value
        budget = to_date * MONTHS_IN_YEAR / patterns.paper.month.number
    return max(rule.amount, abs(budget) * rule.percent / 100).quantize(Decimal(1))


def check_negative_forecasts(patterns: Patterns) -> Iterator[Check]:
    """A line with a budget cannot spend less than nothing, unless it has income that is named."""
    title = "A line with a budget forecasts to spend"
    pairs = (
        (one, other)
        for chapter in patterns.chapters
        for one, other in patterns.pairs(
            f"{chapter}.{{place}}.{{line}}.forecast_outturn",
            f"{chapter}.{{place}}.{{line}}.annual_budget",
        )
    )
    for one, other in pairs:
        yield _negative(title, patterns.register.agreed(one), patterns.register.agreed(other))


@made_again_as_agreed
def _negative(title: str, outturn: Figure, budget: Figure) -> Check:
    return question(
        "negative_forecast",
        title,
        (outturn, budget),
        not (outturn.value < 0 < budget.value),
        f"{name(outturn)} is {with_cell(outturn)} on a budget of {amount(budget)}: it forecasts"
        " to spend less than nothing, so it holds income or a release that is not named.",
    )


def check_remainders(patterns: Patterns) -> Iterator[Check]:
    """What a line still spends this year goes the way that it has gone to date.

    A year that ends below what is already spent, or a credit that turns into a cost, has a reason
    that no extract gives. A budgeted line that ends below nothing is asked by its own rule.
    """
    title = "The rest of the year goes the way of the year to date"
    pairs = (
        pair
        for chapter in patterns.chapters
        for pair in patterns.pairs(
            f"{chapter}.{{place}}.{{line}}.forecast_outturn",
            f"{chapter}.{{place}}.{{line}}.ytd_actual",
        )
    )
    for one, other in pairs:
        forecast, to_date = (patterns.register.agreed(identity) for identity in (one, other))
        if forecast.formula is None:  # a total turns because one of its lines does
            yield _remainder(title, forecast, to_date)


@made_again_as_agreed
def _remainder(title: str, forecast: Figure, to_date: Figure) -> Check:
    rest = forecast.value - to_date.value
    turns = rest * to_date.value < 0 and abs(rest) > forecast.margin + to_date.margin
    return question(
        "remainder",
        title,
        (forecast, to_date),
        not turns or forecast.value < 0 < to_date.value,
        f"{name(forecast)} is {with_cell(forecast)}, while {with_cell(to_date)} stands to date:"
        f" the rest of the year would come to {said(rest, forecast.unit)}, the other way.",
    )


def check_gains(patterns: Patterns) -> Iterator[Check]:
    """A total that improves only by a line nobody explains, or by a reserve that was released."""
    register = patterns.register
    title = "The forecast stands without an unexplained gain"
    for figure, words in patterns.find("position.{place}.total.forecast_variance"):
        gain = filled("position.{place}.total.unexplained_gain_variance", words)
        without = filled("position.{place}.total.underlying_forecast_variance", words)
        if gain in register and without in register:
            yield _gain(title, *(register.agreed(i) for i in (figure.id, gain, without)))
        else:
            yield question("unexplained_gain", title, (register.agreed(figure.id),), True, "")
    yield from _releases(patterns)


@made_again_as_agreed
def _gain(title: str, total: Figure, gain: Figure, without: Figure) -> Check:
    return question(
        "unexplained_gain",
        title,
        (gain, total, without),
        gain.value <= 0,
        f"{name(total)} is {with_cell(total)} only with a gain of {amount(gain)} that the extracts"
        f" do not explain; without it, it would be {amount(without)}.",
        NIL,
    )


def _releases(patterns: Patterns) -> Iterator[Check]:
    register = patterns.register
    title = "The position improves by more than a reserve released"
    release, movement = (
        "position.{place}.reserves.in_month_release",
        "position.{place}.total.movement",
    )
    found = list(patterns.pairs(release, movement))
    for one, other in found:
        yield _release(title, register.agreed(one), register.agreed(other))
    if not found:
        yield unasked(patterns, "reserve", title, release, movement)


@made_again_as_agreed
def _release(title: str, reserve: Figure, moved: Figure) -> Check:
    return question(
        "reserve",
        title,
        (reserve, moved),
        moved.value <= 0 or moved.value > reserve.value,
        f"{name(moved)} is {amount(moved)} better, and all of it is the reserve of"
        f" {with_cell(reserve)} that was released: without it nothing has improved.",
    )
