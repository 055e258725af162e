"""What if: the year's forecast with other prices, activity or savings in the months to come.

Each scenario of the month's parameters is applied to what the team's forecast still expects to be
spent or saved. Nothing but this chapter uses what it computes: the forecast itself stays as it is.
All changes have the sign of a variance: negative is for the worse. Effects are added; what one
has on another is left out.
"""

from __future__ import annotations

from boardpack.core.money import plain
from boardpack.core.run import Scenario
from boardpack.core.structure import ICB
from boardpack.figures.chapters import WHAT_IF as CHAPTER
from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope

DRIVERS: dict[str, tuple[str, str]] = {
    "prescribing_price": ("prescribing", "prescribing prices"),
    "prescribing_activity": ("prescribing", "prescribing activity"),
    "chc_price": ("continuing_care_services", "continuing care prices"),
    "chc_activity": ("continuing_care_services", "continuing care activity"),
    "savings_slip": ("savings", "savings that slip"),
}
"""Each driver with the line that it works on, and its name."""
FORECAST = "position.{}.total.forecast_variance"


def scenario_figures(draft: Draft) -> None:
    """Enter each scenario of the paper's place and of the ICB; nothing once the year is over."""
    if not draft.paper.run.scenarios or not draft.paper.month.months_left:
        return
    for place in dict.fromkeys((draft.paper.place, ICB)):
        if draft.has(FORECAST.format(place)):
            _remaining(draft, place)
            for scenario in draft.paper.run.scenarios:
                _scenario(draft, place, scenario)


def _scope(draft: Draft, place: str, line: str, label: str) -> Scope:
    name = draft.paper.report.place_name(place)
    scope = draft.scope(CHAPTER, place, line, f"{name}, {label}", basis="what_if")
    return scope.at(period=draft.year, is_estimate=True)


def _remaining(draft: Draft, place: str) -> None:
    """What the forecast still expects: cost to come, and savings to come."""
    for line, role in (
        ("prescribing", "prescribing"),
        ("continuing_care_services", "continuing_care"),
    ):
        name = f"position.{place}.{draft.line(role)}"
        if draft.has(f"{name}.forecast_outturn", f"{name}.ytd_actual"):
            scope = _scope(
                draft, place, line, f"{draft.directorates()[draft.line(role)]}, months to come"
            )
            scope.derive("remaining", f"{name}.forecast_outturn - {name}.ytd_actual")
    for year, saved in (
        (f"savings.{place}.total.full_year_forecast", f"savings.{place}.total.ytd_actual"),
        (f"efficiency.{place}.total.identified", f"efficiency.{place}.total.ytd_actual"),
    ):
        if draft.has(year, saved):
            scope = _scope(draft, place, "savings", "savings, months to come")
            scope.derive("remaining", f"{year} - {saved}")
            return


def _left(place: str, driver: str) -> str:
    return f"{CHAPTER}.{place}.{DRIVERS[driver][0]}.remaining"


def _scenario(draft: Draft, place: str, scenario: Scenario) -> None:
    """The scenario's changes and its end; nothing where a line that it changes has no forecast."""
    used = {driver: percent for driver, percent in scenario.percents().items() if percent}
    if not all(draft.has(_left(place, driver)) for driver in used):
        return
    changes = []
    for driver, percent in used.items():
        label = f"what if {scenario.label}: {DRIVERS[driver][1]}"
        scope = _scope(draft, place, f"{scenario.name}.{driver}", label)
        scope.derive("percent", plain(percent), "PCT")
        scope.derive("change", f"0 - {_left(place, driver)} * {scope.id('percent')} / 100")
        changes.append(scope.id("change"))
    total = _scope(draft, place, f"{scenario.name}.total", f"what if {scenario.label}")
    if changes:
        total.total("change", changes)
    else:
        total.derive("change", "0")  # a scenario may change nothing, which is a nil of its own
    total.derive("what_if_variance", f"{FORECAST.format(place)} + change")
