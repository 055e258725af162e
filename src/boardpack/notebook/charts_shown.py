"""A Plotly figure that a notebook shows, as a chart of the paper.

Carried are bars (grouped and stacked), lines, areas, waterfalls, pies, and points over words, with
their title, the names of their series, the unit, and one reference line. Colours, fonts and sizes
are the house's own. Whatever else a figure says is refused by name: a chart never says less than
its author drew.
"""

from __future__ import annotations

from typing import Any

from boardpack.document.blocks import MARKER, Chart, ChartKind, Number, Series
from boardpack.document.numbers import is_adverse_below_nil
from boardpack.document.plain_outputs import CannotCarry
from boardpack.figures.figure import Figure
from boardpack.figures.labels import capital, measure_label
from boardpack.notebook.cells import (
    FEW_POUNDS,
    house_cell,
    is_figure,
    is_missing,
    label_of,
    words_of_html,
)
from boardpack.notebook.named_figures import Made, Spot
from boardpack.notebook.plotly_read import (
    Run,
    is_horizontal,
    kind_of,
    plain_value,
    refuse_more,
    runs_of,
)

MOST_SERIES = 4
UNITS = {"PCT": "%", "COUNT": "", "RATE": "ratio"}


def plotly_chart(figure: Any, made: Made) -> Chart:
    """A Plotly figure as a chart; CannotCarry names what in it no output could draw."""
    refuse_more(figure)
    kind, horizontal = kind_of(figure), is_horizontal(figure)
    runs = runs_of(figure, kind, horizontal, made)
    if len(runs) > MOST_SERIES:
        what = f"a chart of {len(runs)} series"
        raise CannotCarry(what, "a reader tells four apart: draw fewer, or show a table")
    return _Drawn(figure, made, kind, horizontal, runs).chart()


class _Drawn:
    """One figure being carried: its runs, over the categories of all of them."""

    def __init__(
        self, figure: Any, made: Made, kind: ChartKind, horizontal: bool, runs: list[Run]
    ) -> None:
        self.figure, self.made, self.kind, self.runs = figure, made, kind, runs
        self.horizontal = horizontal
        self.identity = made.block_id("chart")
        self.frame = self.identity.rpartition(f"{made.chapter}-")[2]
        self.categories = tuple(dict.fromkeys(one for run in runs for one in run.categories))
        self.measure = self._axis("x" if horizontal else "y") or "value"
        values = [value for run in runs for value in run.values if not is_missing(value)]
        self.figures = [value for value in values if is_figure(value)]
        self.whole = all(abs(value) < FEW_POUNDS for value in values)

    def chart(self) -> Chart:
        """The whole chart."""
        unit, scale = self._unit()
        series = tuple(self._series(run) for run in self.runs)
        title = self._title()
        return Chart(
            self.identity,
            self.kind,
            title,
            f"{title}. {self._said(series)}",
            self.categories,
            series,
            unit,
            scale=scale,
            places=0 if all(_is_whole(n) for run in series for n in run.values) else 1,
            better="higher" if self._is_variance(series) else "none",
            **self._target(),
        )

    def _axis(self, letter: str) -> str:
        text = self.figure.layout[f"{letter}axis"].title.text
        return words_of_html(text or "", "the title of an axis")

    def _title(self) -> str:
        text = self.figure.layout.title.text
        if text:
            if self._is_said(text):
                return str(text)
            return words_of_html(text, "the title of the chart")
        over = self._axis("y" if self.horizontal else "x")
        said = capital(measure_label(self.measure))
        return f"{said} by {measure_label(over)}" if over else said

    def _is_said(self, text: str) -> bool:
        """Whether a title was said by the paper, which Plotly forgets: its marks are of figures."""
        named = [identity for identity, _ in MARKER.findall(text)]
        return bool(named) and all(self.made.known_figure(identity) for identity in named)

    def _unit(self) -> tuple[str, str]:
        units = {value.unit for value in self.figures}
        if len(units) > 1:
            raise CannotCarry("a chart of two units", "draw each by itself, on its own scale")
        unit = units.pop() if units else ""
        money, scale = ("£", "1") if self.whole else ("£000s", "1000")
        said = money if unit == "GBP" else UNITS.get(unit, "")
        axis = capital(measure_label(self.measure)) if self.measure != "value" else ""
        return ", ".join(filter(None, (axis, said))), scale if unit == "GBP" else "1"

    def _series(self, run: Run) -> Series:
        found = dict(zip(run.categories, run.values, strict=True))
        name = run.name or self.measure
        numbers = (self._number(found.get(one), one, name) for one in self.categories)
        return Series(label_of(name, self.made), tuple(numbers))

    def _number(self, value: Any, row: str, column: str) -> Number | None:
        cell = house_cell(self.made, value, Spot(row, column, row, self.frame), self.whole)
        if isinstance(cell, str) and cell:
            raise CannotCarry(f"{cell!r} among the values of a chart", "draw numbers")
        return cell or None

    def _said(self, series: tuple[Series, ...]) -> str:
        """What the picture shows, in words, for who does not see it."""
        many = len(series) > 1
        said = (
            f"{name}{f', {run.name}' if many else ''}: {number.words or number.text}"
            for at, name in enumerate(self.categories)
            for run in series
            if (number := run.values[at]) is not None
        )
        return "; ".join(said) + "."

    def _is_variance(self, series: tuple[Series, ...]) -> bool:
        """Whether what is drawn is better the higher it is, as a variance is."""
        ids = [number.figure for run in series for number in run.values if number is not None]
        figures = (self.made.known_figure(identity) for identity in ids if identity)
        found: list[Figure] = [figure for figure in figures if figure is not None]
        return bool(found) and all(map(is_adverse_below_nil, found))

    def _target(self) -> dict[str, Any]:
        """The one reference line (`add_hline`, `add_vline`) with its label."""
        layout = self.figure.layout
        lines = [shape for shape in layout.shapes if self._is_reference(shape)]
        if len(lines) < len(layout.shapes) or len(lines) > 1:
            what = "a shape in a chart that is not its one reference line"
            raise CannotCarry(what, "draw one line, with add_hline(y=...)")
        if len(layout.annotations) > len(lines):
            raise CannotCarry("a note in a chart", "say it in the title, or in words below")
        if not lines:
            return {}
        value = lines[0].x0 if self.horizontal else lines[0].y0
        texts = [words_of_html(note.text or "", "a note") for note in layout.annotations]
        label = next(iter(texts), "") or "Target"
        return {
            "target": self._number(plain_value(value), label, self.measure),
            "target_label": label,
        }

    def _is_reference(self, shape: Any) -> bool:
        across, along = ("x", "y") if self.horizontal else ("y", "x")
        is_straight = shape[f"{across}0"] == shape[f"{across}1"]
        return shape.type == "line" and is_straight and str(shape[f"{along}ref"]).endswith("domain")


def _is_whole(number: Number | None) -> bool:
    return number is None or "." not in number.text
