"""Charts of lengths as spans: where every bar starts and ends, and what it says.

Bars, stacked bars, waterfalls and bullets differ only in where a span starts, what it is measured
by, and whether its label stands inside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate

from boardpack.core.design import colours
from boardpack.document.blocks import Chart, Number, scaled
from boardpack.outputs.charts.static_style import (
    colour,
    label_colour,
    plain_ink,
    target_text,
    text_of,
    ticks,
)

HIDDEN_STEPS = 4
"""A waterfall whose lowest level is this many times its range would hide its steps."""


@dataclass(frozen=True)
class Span:
    """One bar: its row and its place within it, where it starts and ends, what it says."""

    row: int
    lane: int
    start: float
    end: float
    text: str
    fill: str
    ink: str = field(default_factory=plain_ink)
    inside: bool = False


@dataclass(frozen=True)
class Spans:
    """All bars of a chart: how many stand in a row, from where, and whether steps are linked.

    `target` is where the reference line stands, and what it says.
    """

    bars: tuple[Span, ...]
    lanes: int = 1
    floor: float = 0.0
    linked: bool = False
    target: tuple[float, str] | None = None


def bar_spans(chart: Chart) -> Spans:
    """Horizontal bars from zero, grouped where there are several series."""
    spans = tuple(
        Span(row, lane, 0.0, amount(chart, number), text_of(number.text), *paints)
        for lane, series in enumerate(chart.series)
        for row, number in enumerate(series.values)
        if number is not None
        for paints in [_paints(chart, lane, number)]
    )
    return Spans(spans, lanes=len(chart.series), target=_target(chart))


def stacked_spans(chart: Chart) -> Spans:
    """Parts laid end to end; negative parts run to the other side of zero."""
    spans: list[Span] = []
    for row in range(len(chart.categories)):
        ends = {False: 0.0, True: 0.0}
        for lane, series in enumerate(chart.series):
            number = series.values[row]
            if number is None:
                continue
            value = amount(chart, number)
            start = ends[value < 0]
            ends[value < 0] = start + value
            text = text_of(number.text)
            paints = colour(lane), label_colour(lane)
            spans.append(Span(row, 0, start, start + value, text, *paints, inside=True))
    return Spans(tuple(spans), target=_target(chart))


def bullet_spans(chart: Chart) -> Spans:
    """Each row's value as a share of its own target, so that one line marks all the targets.

    The numbers stand with the row's name (`row_numbers`), as no scale could give them.
    """
    pairs = zip(chart.series[0].values, shares(chart), strict=True)
    spans = tuple(
        Span(row, 0, 0.0, share, "", colours().red if number and number.is_red else colour(0))
        for row, (number, share) in enumerate(pairs)
        if share is not None
    )
    return Spans(spans, target=(1.0, text_of(chart.series[1].name)))


def shares(chart: Chart) -> list[float | None]:
    """Each value of a bullet chart over its target; None where there is nothing to measure by.

    >>> from boardpack.document.blocks import Series
    >>> spent, plan = Number("90", "a.b.c.d", "90"), Number("120", "a.b.c.e", "120")
    >>> series = (Series("Spent", (spent, spent)), Series("Plan", (plan, None)))
    >>> shares(Chart("c", "bullet", "Plans", "", ("Acute", "Other"), series, "£000s"))
    [0.75, None]
    """
    pairs = zip(chart.series[0].values, chart.series[1].values, strict=True)
    return [
        float(Decimal(value.value) / Decimal(target.value))
        if value and target and Decimal(target.value) > 0
        else None
        for value, target in pairs
    ]


def row_numbers(chart: Chart) -> list[str]:
    """What stands below the name of a bullet's row: its value and its target, as printed.

    >>> from boardpack.document.blocks import Series
    >>> spent, plan = Number("90", "a.b.c.d", "90"), Number("120", "a.b.c.e", "120")
    >>> series = (Series("Spent", (spent,)), Series("Plan", (plan,)))
    >>> row_numbers(Chart("c", "bullet", "Plans", "", ("Acute",), series, "£000s"))
    ['90 against 120']
    """
    pairs = zip(chart.series[0].values, chart.series[1].values, strict=True)
    known = [[n.text for n in pair if n] for pair in pairs]
    return [" against ".join(texts) for texts in known]


def waterfall_spans(chart: Chart) -> Spans:
    """A walk from the first level to the last, each step from where the one before it ended."""
    spans: list[Span] = []
    numbers = chart.series[0].values
    level = floor = walk_floor(chart)
    for row, number in enumerate(numbers):
        if number is None:
            continue
        value = amount(chart, number)
        is_level = row in (0, len(numbers) - 1)
        start, level = (floor, value) if is_level else (level, level + signed(chart, value))
        fill = colour(0) if is_level else colours().red if number.adverse else colour(1)
        ink = colours().red if number.adverse else colours().ink
        spans.append(Span(row, 0, start, level, text_of(number.text), fill, ink))
    return Spans(tuple(spans), floor=floor, linked=True)


def amount(chart: Chart, number: Number) -> float:
    """A number's value in the chart's unit, as a renderer takes it.

    >>> chart = Chart("c", "bar", "Variance", "", ("Acute",), (), "£000s", scale="1000")
    >>> amount(chart, Number("(50)", "a.b.c.d", "-50000"))
    -50.0
    """
    return float(scaled(number, chart.scale))


def signed(chart: Chart, step: float) -> float:
    """How far a step of a waterfall moves the level: a variance is taken from a budget.

    >>> chart = Chart("c", "waterfall", "Budget to actual", "", (), (), "£000s", steps="taken")
    >>> signed(chart, -50.0)
    50.0
    """
    return -step if chart.steps == "taken" else step


def walk_floor(chart: Chart) -> float:
    """Where the bars of a waterfall start: at zero, unless that would hide all its steps.

    The chart says so when they do not start at zero.
    """
    values = [amount(chart, number) for number in chart.series[0].values if number is not None]
    if chart.shape != "waterfall" or len(values) < 2:
        return 0.0
    first, *steps, last = values
    levels = [*accumulate((signed(chart, step) for step in steps), initial=first), last]
    low, high = min(levels), max(levels)
    reach = high - low
    return ticks(low - reach, high)[0] if low > reach * HIDDEN_STEPS else 0.0


def floor_note(chart: Chart) -> str:
    """What is said of the bars of a waterfall that do not start at zero; empty where they do.

    >>> from boardpack.document.blocks import Series
    >>> walk = Series("", tuple(Number(text, "a.b.c.d", text) for text in ("9000", "2", "9002")))
    >>> floor_note(Chart("c", "waterfall", "Walk", "", ("From", "More", "To"), (walk,), "£000s"))
    'bars start at 8,998, not at zero'
    """
    floor = walk_floor(chart)
    return f"bars start at {floor:,.0f}, not at zero" if floor else ""


def _target(chart: Chart) -> tuple[float, str] | None:
    return None if chart.target is None else (amount(chart, chart.target), target_text(chart))


def _paints(chart: Chart, lane: int, number: Number) -> tuple[str, str]:
    """Fill and label colour: among several series the bar keeps its own, which the key names."""
    if not number.is_red:
        return colour(lane), colours().ink
    return (colours().red if len(chart.series) == 1 else colour(lane)), colours().red
