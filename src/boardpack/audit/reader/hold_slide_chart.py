"""A native chart on a slide held to its block: every mark, its label, its length, its data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from boardpack.audit.reader.expected import Chart, Number
from boardpack.audit.reader.formula import NotReckoned, cell_named, cells_of
from boardpack.audit.reader.hold_tables import Finding
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain

_AXIS_FORMATS = ("", "General", "#,##0;(#,##0)", "#,##0.##;(#,##0.##)")
FLOOR = " (bars start at {:,.0f}, not at zero)"
RAISED = " (the axis does not start at zero)"


@dataclass
class Mark:
    """A mark as it was seen: its label as printed, and its value; None where it has none."""

    label: str
    value: float | None


@dataclass
class SeenChart:
    """A chart as it was seen on a slide."""

    where: str
    kind: str = ""
    series: dict[str, dict[str, Mark]] = field(default_factory=dict)
    unseen: set[str] = field(default_factory=set)
    has_key: bool = False
    axes: list[str] = field(default_factory=list)
    low: float | None = None
    high: float | None = None
    findings: list[Finding] = field(default_factory=list)
    kept: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Each reference into the chart's data, and what the chart keeps of it."""
    data: dict[str, str] = field(default_factory=dict)
    """The cells of the workbook within it, by their names."""

    def take(self, passage: Passage) -> None:
        """Add what one passage says of the chart."""
        place = passage.where.removeprefix(f"{self.where}, its data, ")
        if place != passage.where:
            self._take_data(place, passage)
        elif passage.kind == "chart":
            name, category, label, _, value = passage.cells
            mark = Mark(plain(label), float(value) if value else None)
            self.series.setdefault(plain(name), {})[plain(category)] = mark
        elif passage.kind == "formula":
            self.kept.append((passage.cells[0], passage.cells[1:]))
        elif passage.kind == "look":
            self._take_look(*passage.cells)
        else:
            said = f"has what no chart of a paper has: {' '.join(passage.cells)}."
            self.findings.append((self.where, said))

    def _take_data(self, place: str, passage: Passage) -> None:
        where, cells = place.rpartition(" ")[2], passage.cells
        if passage.kind == "row":
            for column, text in enumerate(cells, 1):
                cell = cell_named("A1")._replace(row=int(where), column=column)
                self.data.setdefault(str(cell), text)
        elif passage.kind == "formula" and not cells[0]:
            self.data[where] = cells[1]
        else:
            said = f"has in its data what no chart of a paper has: {' '.join(cells)}."
            self.findings.append((self.where, said))

    def _take_look(self, kind: str, *told: str) -> None:
        if kind == "chart":
            is_second = bool(self.kind)
            self.kind = " ".join(told)
            if is_second:
                self.findings.append((self.where, "has two charts in one."))
        elif kind == "series" and told[1] == "not seen":
            self.unseen.add(plain(told[0]))
        elif kind == "point" and told[2] == "not seen":
            self.findings.append((self.where, f"does not show a mark of {told[0]}."))
        elif kind == "axis":
            self._take_axis(*told)
        elif kind == "key":
            self.has_key = not told
        elif kind not in ("series", "point", "plot", "data within"):
            self.findings.append((self.where, f"has what no chart of a paper has: {kind}."))

    def _take_axis(self, kind: str, *told: str) -> None:
        said = dict(one.split(" ", 1) for one in told if " " in one)
        if kind in self.axes:
            self.findings.append((self.where, "has a second axis of a kind."))
        self.axes.append(kind)
        if kind == "catAx" and said.get("delete") == "1":
            self.findings.append((self.where, "does not show the names of its marks."))
        if said.get("format", "").strip() not in _AXIS_FORMATS:
            self.findings.append((self.where, f"prints its axis as {said['format']}."))
        if kind == "valAx":
            self.low = float(said["min"]) if "min" in said else None
            self.high = float(said["max"]) if "max" in said else None
            if said.get("orientation", "minMax") != "minMax":
                self.findings.append((self.where, "has an axis that runs the other way."))
        if "logBase" in said:
            self.findings.append((self.where, "has an axis of powers, not of amounts."))


def notes_on_unit(seen: SeenChart, chart: Chart) -> str:
    """What the line with the unit must say besides: where the axis does not start at zero."""
    low = seen.low or 0.0
    if chart.shape == "line":
        return RAISED if low > 0 else ""
    return FLOOR.format(low) if low > 0 else ""


def hold_chart(seen: SeenChart, chart: Chart) -> Iterator[Finding]:
    """What of a chart is not as its block has it."""
    yield from seen.findings
    yield from _data(seen)
    names = {name for marks in seen.series.values() for name in marks}
    for name in sorted(names):
        if _category(name, chart) is None:
            yield seen.where, f"has a mark for {name!r}, which the paper's chart does not have."
    yield from _walk(seen, chart) if chart.shape == "waterfall" else _series(seen, chart)
    yield from _within_axis(seen, chart)
    if (
        len(seen.series.keys() - seen.unseen) > 1
        and not seen.has_key
        and chart.shape != "waterfall"
    ):
        yield seen.where, "does not say which series is which."


def _category(name: str, chart: Chart) -> int | None:
    """Which category a mark's name is for; a long one may be cut."""
    for place, category in enumerate(chart.categories):
        if name == category or (name.endswith("…") and category.startswith(name[:-1].rstrip())):
            return place
    return None


def _series(seen: SeenChart, chart: Chart) -> Iterator[Finding]:
    wanted = {one.name: one.values for one in chart.series}
    if chart.target is not None and chart.shape == "line":
        said = f"{chart.target_label} {chart.target.text}"
        wanted[said] = (chart.target,) * len(chart.categories)
    for name in [*seen.series, *seen.unseen]:
        if (name not in wanted and (name or len(chart.series) > 1)) or name in seen.unseen:
            yield seen.where, f"has the series {name!r}, which the paper's chart does not show."
    for place, (name, values) in enumerate(wanted.items()):
        marks = seen.series.get(name, seen.series.get("", {}) if not place else {})
        by_place = {_category(category, chart): mark for category, mark in marks.items()}
        is_target = place >= len(chart.series)
        must_say = chart.shape not in ("line", "stacked") and not is_target
        for row, number in enumerate(values):
            where = f"{name}, {chart.categories[row]}"
            found = by_place.get(row, Mark("", None))
            yield from _mark(seen, chart, where, found, number, must_say)


def _mark(
    seen: SeenChart, chart: Chart, where: str, found: Mark, number: Number | None, must_say: bool
) -> Iterator[Finding]:
    wanted = None if number is None or number.value is None else float(number.value / chart.scale)
    if not _near(found.value, wanted):
        yield seen.where, f"draws {found.value} for {where}; the figure comes to {wanted}."
    printed = "" if number is None else number.text
    if found.label not in ((printed,) if must_say else (printed, "")):
        yield seen.where, f"is labelled {found.label!r} at {where}; the paper has {printed!r}."


def _walk(seen: SeenChart, chart: Chart) -> Iterator[Finding]:
    """A walk: each bar must reach from where the one before ended, and the label say how far."""
    values = [
        None if number is None or number.value is None else float(number.value / chart.scale)
        for number in chart.series[0].values
    ]
    level, last = 0.0, len(values) - 1
    for row, (value, number) in enumerate(zip(values, chart.series[0].values, strict=True)):
        if value is None or number is None:
            continue
        step = -value if chart.steps == "taken" else value
        start, level = (0.0, value) if row in (0, last) else (level, level + step)
        name = chart.categories[row]
        drawn, labels = _drawn(seen, chart, row)
        wanted = (min(start, level), max(start, level))
        if drawn is None or not (_near(drawn[0], wanted[0]) and _near(drawn[1], wanted[1])):
            said = f"draws {name} from {drawn}; it should reach from {wanted[0]} to {wanted[1]}."
            yield seen.where, said
        if labels != [number.text]:
            yield seen.where, f"is labelled {labels} at {name}; the paper has {number.text!r}."


def _drawn(seen: SeenChart, chart: Chart, row: int) -> tuple[tuple[float, float] | None, list[str]]:
    """From where to where a stacked bar is seen, and what stands beside it."""
    ends = {False: 0.0, True: 0.0}
    parts: list[tuple[float, float]] = []
    labels = []
    for name, marks in seen.series.items():
        for category, mark in marks.items():
            if _category(category, chart) != row:
                continue
            labels += [mark.label] if mark.label else []
            if mark.value is not None:
                start = ends[mark.value < 0]
                ends[mark.value < 0] = start + mark.value
                if name not in seen.unseen and mark.value:
                    parts.append((min(start, start + mark.value), max(start, start + mark.value)))
    parts.sort()
    if any(not _near(one[1], other[0]) for one, other in pairwise(parts)):
        return None, labels
    return ((parts[0][0], parts[-1][1]) if parts else (0.0, 0.0)), labels


def _within_axis(seen: SeenChart, chart: Chart) -> Iterator[Finding]:
    """No mark may run over the end of the axis."""
    if seen.low is None or seen.high is None:
        yield seen.where, "leaves it to the program where its axis starts and ends."
        return
    slack = (seen.high - seen.low) * 1e-6
    if chart.shape not in ("waterfall", "stacked"):
        for name, marks in seen.series.items():
            for category, mark in marks.items():
                if mark.value is not None and not (
                    seen.low - slack <= mark.value <= seen.high + slack
                ):
                    yield seen.where, f"cuts off the mark of {name}, {category}."


def _data(seen: SeenChart) -> Iterator[Finding]:
    """What the chart keeps must be what its workbook holds, and that must hold no more."""
    met = set()
    for reference, kept in seen.kept:
        try:
            cells = [str(cell) for cell in cells_of(reference, "")]
        except NotReckoned:
            yield seen.where, f"takes its data from {reference}, which is no cell."
            continue
        met.update(cells)
        held = [seen.data[cell] for cell in cells if seen.data.get(cell)]
        if not _same(held, list(kept)):
            said = f"draws {', '.join(kept)}; its data in {reference} holds {', '.join(held)}."
            yield seen.where, said
    for cell in sorted(seen.data.keys() - met):
        if seen.data[cell]:
            yield seen.where, f"has {seen.data[cell]!r} in its data, which it does not draw."


def _same(held: list[str], kept: list[str]) -> bool:
    if len(held) != len(kept):
        return False
    pairs = zip(held, kept, strict=True)
    return all(one == other or _near(_number(one), _number(other)) for one, other in pairs)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= max(1e-5, 1e-8 * max(abs(one), abs(other)))
