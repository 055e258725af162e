"""A what-if asked from the command line: what the year would come to, and nothing is written.

It is a scenario as the month's parameters have them (`subjects.forecast.scenario_figures`),
computed over the same figures, so that its answer is the one the paper would print.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from boardpack.core.errors import UsageFault, nearest
from boardpack.core.params import Paper
from boardpack.core.run import Scenario
from boardpack.core.structure import ICB
from boardpack.figures.chapters import WHAT_IF as CHAPTER
from boardpack.figures.chapters import compute
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.outputs.figure_text import MINUS, exact_text
from boardpack.render.inputs import check_inputs
from boardpack.subjects.forecast.scenario_figures import DRIVERS, FORECAST

NAME = "asked"
_ENDING = "_percent"


@dataclass(frozen=True)
class Effect:
    """What one driver does: what is still to come on its line, and the change by it."""

    driver: str
    percent: Decimal
    remaining: Figure
    change: Figure


@dataclass(frozen=True)
class Answer:
    """The year of one place: the variance as forecast, each effect on it, where it ends."""

    place: str
    before: Figure
    effects: tuple[Effect, ...]
    change: Figure
    after: Figure


def scenario_of(words: Iterable[str]) -> Scenario:
    """The scenario that words such as `prescribing_price_percent=2` ask for; UsageFault else.

    >>> scenario_of(["prescribing_price_percent=2"]).prescribing_price_percent
    Decimal('2')
    """
    known = [name for name in Scenario.model_fields if name.endswith(_ENDING)]
    asked: dict[str, Decimal] = {}
    for word in words:
        name, is_said, value = word.partition("=")
        key = name if name.endswith(_ENDING) else name + _ENDING
        if not is_said or key not in known:
            raise UsageFault(
                f"{word!r} is no what-if: write one such as savings_slip_percent=25."
                f" {nearest(key, known)}"
            )
        if key in asked:
            raise UsageFault(f"{key} is given twice.")
        try:
            asked[key] = Decimal(value.strip().removesuffix("%"))
        except InvalidOperation:
            raise UsageFault(f"{value!r} is no percentage for {key}: write 2, or -1.5.") from None
    try:
        found = Scenario.model_validate({"name": NAME, **asked})
    except ValidationError as error:
        wrong = str(error.errors()[0]["loc"][0])
        raise UsageFault(f"{wrong} is from -100 to 100, not {asked[wrong]}.") from None
    if not any(found.percents().values()):
        raise UsageFault(f"Say what would change. Known: {', '.join(known)}.")
    return found


def what_if(paper: Paper, scenario: Scenario) -> tuple[Answer, ...]:
    """The answers for the paper's place and for the ICB, where its forecast is there.

    InputFaults where the extracts have faults; UsageFault where there is nothing to change.
    """
    if not paper.month.months_left:
        raise UsageFault(
            f"{paper.month.period} ends the year: no month is to come that could change."
        )
    check_inputs(paper)
    run = paper.run.model_copy(update={"scenarios": [scenario]})
    register = compute(paper.model_copy(update={"run": run}), CHAPTER)
    places = [p for p in dict.fromkeys((paper.place, ICB)) if _total(p, "change") in register]
    if paper.place not in places:
        raise UsageFault(_missing(paper, register, scenario))
    return tuple(_answer(register, place, scenario) for place in places)


def told(paper: Paper, answers: Iterable[Answer]) -> Iterator[str]:
    """The answers in lines: each effect by line, then the total before and after."""
    for answer in answers:
        name = paper.report.place_name(answer.place)
        yield f"What if: {name}, {paper.month.period}, the months to come"
        for effect in answer.effects:
            changed = DRIVERS[effect.driver][1].capitalize()
            yield (
                f"  {changed}: {effect.percent}% of {_money(effect.remaining)} still to come is"
                f" {_money(effect.change)}"
            )
        yield f"  Forecast variance for the year, as the paper has it: {_money(answer.before)}"
        yield f"  All changes: {_money(answer.change)}"
        yield f"  Variance for the year, what if: {_money(answer.after)}"
    yield "A minus is over budget, or for the worse. Nothing was written: the paper stays as it is."


def _answer(register: Register, place: str, scenario: Scenario) -> Answer:
    used = {driver: percent for driver, percent in scenario.percents().items() if percent}
    effects = (
        Effect(
            driver,
            percent,
            register[f"{CHAPTER}.{place}.{DRIVERS[driver][0]}.remaining"],
            register[f"{CHAPTER}.{place}.{NAME}.{driver}.change"],
        )
        for driver, percent in used.items()
    )
    return Answer(
        place,
        register[FORECAST.format(place)],
        tuple(effects),
        register[_total(place, "change")],
        register[_total(place, "what_if_variance")],
    )


def _total(place: str, measure: str) -> str:
    return f"{CHAPTER}.{place}.{NAME}.total.{measure}"


def _missing(paper: Paper, register: Register, scenario: Scenario) -> str:
    """Which of the lines that are to change has no forecast."""
    used = [driver for driver, percent in scenario.percents().items() if percent]
    left = f"{CHAPTER}.{paper.place}.{{}}.remaining"
    without = [d for d in used if left.format(DRIVERS[d][0]) not in register]
    lines = ", ".join(DRIVERS[driver][1] for driver in without) or "the year"
    return f"{paper.place_name} has no forecast for {paper.month.period} of {lines}."


def _money(figure: Figure) -> str:
    return exact_text(figure).replace(MINUS, "-")
