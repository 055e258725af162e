"""A native chart of slides or of a workbook: its marks as drawn, its axes, and the data behind it.

A chart is drawn from what it keeps itself (its cache); whoever edits it gets the workbook within
it. Both are given, so that one can be held to the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from boardpack.audit.reader.as_written import as_written
from boardpack.audit.reader.office_package import Element, Package, every, find, local
from boardpack.audit.reader.passage import Passage

_PLOTS = ("barChart", "lineChart", "areaChart", "pieChart", "doughnutChart", "scatterChart")
_AXES = ("valAx", "catAx", "dateAx", "serAx")
_IN_SERIES = (
    *("idx", "order", "tx", "spPr", "invertIfNegative", "dPt", "dLbls", "cat", "val"),
    *("marker", "smooth"),
)
_IN_LABELS = (
    *("idx", "delete", "layout", "tx", "numFmt", "spPr", "txPr", "dLblPos", "dLbl", "separator"),
    *("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"),
    "showLeaderLines",
)
_IN_PLOT = (
    *("barDir", "grouping", "varyColors", "ser", "gapWidth", "overlap", "axId", "marker", "smooth"),
)
"""What is read of a series and of a plot, or changes no mark's length."""
SEEN, UNSEEN = "seen", "not seen"


class _Axis(NamedTuple):
    """The ends of the value axis; None where the program chooses."""

    low: float | None
    high: float | None


def chart_passages(package: Package, part: str, where: str) -> Iterator[Passage]:
    """Every mark of a chart, in order of its series, then its axes, words and data.

    The cells of a mark are its series, its category, its label as printed (empty where there is
    none), its length as a share of the axis, below nil where it runs that way, and its value.
    """
    root = package.xml(part)
    plot = find(root, "chart/plotArea")
    axis = _value_axis(plot)
    for group in () if plot is None else plot:
        kind = local(group.tag)
        if kind in _PLOTS:
            yield Passage(where, "look", ("chart", kind, *_manner(group)))
            drawn = _Drawn(kind, _value(group, "grouping"), axis)
            for series in group.iterfind("./{*}ser"):
                yield from _series(series, drawn, where)
            yield from _others(group, _IN_PLOT, where)
        elif kind in _AXES:
            yield Passage(where, "look", ("axis", kind, *_said_of_axis(group)))
        elif kind not in ("layout", "spPr", "dTable"):
            yield Passage(where, "look", ("another kind of chart", kind))
    yield from _words(root, where)
    for one in package.relations(part):
        if one.kind == "package" and not one.is_outside:
            yield Passage(where, "look", ("data within", ""))
            yield from _data(package, one.target, where)


def _series(series: Element, drawn: _Drawn, where: str) -> Iterator[Passage]:
    name = _series_name(series)
    categories, values = dict(_points(find(series, "cat"))), dict(_points(find(series, "val")))
    labels = dict(_labels(series, values))
    for place in sorted({*categories, *values}):
        value = values.get(place, "")
        if value or place in labels:
            label, category = labels.get(place, ""), categories.get(place, "")
            cells = (name, category, label, drawn.share(place, value), _plain(value))
            yield Passage(where, "chart", cells)
    yield Passage(where, "look", ("series", name, *_paint(series)))
    below_nil = _below_nil(series)
    if below_nil:
        yield Passage(where, "look", ("below nil", below_nil))
    yield from _others(series, (*_IN_SERIES, "extLst") if below_nil else _IN_SERIES, where)
    for holder in (*every(series, "dLbls"), *every(series, "dLbl")):
        yield from _others(holder, _IN_LABELS, where)
    for point in series.iterfind("./{*}dPt"):
        yield Passage(where, "look", ("point", name, _value(point, "idx"), *_paint(point)))
    for tag in ("tx", "cat", "val"):
        source = next(iter(every(find(series, tag), "f")), None)
        if source is not None:
            kept = [_plain(text) for _, text in _points(find(series, tag))]
            yield Passage(where, "formula", (source.text or "", *kept))


def _below_nil(series: Element) -> str:
    """The colour of bars below nil, which a later form of such files adds; empty where more is."""
    added = find(series, "extLst")
    path = [] if added is None else [local(item.tag) for item in added.iter()]
    if path != ["extLst", "ext", "invertSolidFillFmt", "spPr", "solidFill", "srgbClr"]:
        return ""
    return str(next(iter(every(added, "srgbClr"))).get("val", ""))


def _others(item: Element, known: tuple[str, ...], where: str) -> Iterator[Passage]:
    """What else is drawn or said, such as a line of trend, or labels of all marks at once."""
    for child in item:
        if local(child.tag) not in known:
            yield Passage(where, "look", ("also drawn", local(child.tag), as_written(child)))


def _series_name(series: Element) -> str:
    return " ".join(text for _, text in _points(find(series, "tx")))


def _points(holder: Element | None) -> Iterator[tuple[int, str]]:
    """The values that a chart keeps, by their place; a typed name has none."""
    for point in every(holder, "pt"):
        yield int(point.get("idx", "0")), point.findtext("./{*}v") or ""
    if holder is not None and find(holder, "v") is not None:
        yield 0, holder.findtext("./{*}v") or ""


def _labels(series: Element, values: dict[int, str]) -> Iterator[tuple[int, str]]:
    """The label of each point: its own words, else what the series lets its points say."""
    whole = find(series, "dLbls")
    shows = _shows(whole)
    for place in values:
        if shows:
            yield place, f"[{shows}]"
    for label in () if whole is None else whole.iterfind("./{*}dLbl"):
        place = int(_value(label, "idx") or 0)
        text = "".join(run.text or "" for run in every(find(label, "tx"), "t"))
        own = _shows(label)
        is_gone = _value(label, "delete") in ("1", "true")
        yield place, "" if is_gone else text or (f"[{own}]" if own else "")


def _shows(labels: Element | None) -> str:
    """What labels show of themselves, such as the value."""
    kinds = ("showVal", "showCatName", "showSerName", "showPercent", "showLegendKey")
    return ", ".join(kind for kind in kinds if _value(labels, kind) in ("1", "true"))


def _value_axis(plot: Element | None) -> _Axis:
    for axis in () if plot is None else plot.iterfind("./{*}valAx"):
        low, high = _value(axis, "scaling/min"), _value(axis, "scaling/max")
        return _Axis(float(low) if low else None, float(high) if high else None)
    return _Axis(None, None)


class _Drawn:
    """How long the marks of one plot are drawn; parts stand on those before them."""

    def __init__(self, kind: str, grouping: str, axis: _Axis) -> None:
        self._is_line, self._is_stacked = kind == "lineChart", grouping.lower().startswith("stack")
        self._low, self._high = axis
        self._ends: dict[tuple[int, bool], float] = {}

    def share(self, place: int, value: str) -> str:
        """The length of a bar, or the height of a point, as a share of the axis.

        Empty where the program chooses the axis. What lies beyond the axis is not drawn.
        """
        number = float(value) if value else 0.0
        start = self._ends.get((place, number < 0), 0.0) if self._is_stacked else 0.0
        self._ends[place, number < 0] = start + number
        if not value or self._low is None or self._high is None or self._high <= self._low:
            return ""
        whole = self._high - self._low
        if self._is_line:
            return format((number - self._low) / whole, ".3f")
        first, last = (min(max(end, self._low), self._high) for end in (start, start + number))
        return format((last - first) / whole, ".3f")


def _said_of_axis(axis: Element) -> tuple[str, ...]:
    kinds = ("scaling/min", "scaling/max", "scaling/logBase", "scaling/orientation", "delete")
    told = [f"{kind.rpartition('/')[2]} {_plain(_value(axis, kind))}" for kind in kinds]
    form = find(axis, "numFmt")
    code = "" if form is None else form.get("formatCode", "")
    return (*(one for one in told if not one.endswith(" ")), f"format {code}", *_title(axis))


def _manner(group: Element) -> tuple[str, ...]:
    kinds = ("barDir", "grouping", "overlap")
    return tuple(f"{kind} {said}" for kind in kinds if (said := _value(group, kind)))


def _paint(item: Element) -> tuple[str, ...]:
    """Whether it is seen, and in which colour it is filled and its line is drawn."""
    area = find(item, "spPr")
    fills = _colour(area)
    lines = _colour(find(area, "ln"))
    return (UNSEEN if fills == "none" and lines in ("", "none") else SEEN, fills, lines)


def _colour(holder: Element | None) -> str:
    if find(holder, "noFill") is not None:
        return "none"
    solid = find(holder, "solidFill")
    if solid is None or not len(solid):
        return ""
    below = ", ".join(f"{local(item.tag)} {item.get('val')}" for item in solid[0])
    return solid[0].get("val", "") + (f" ({below})" if below else "")


def _words(root: Element, where: str) -> Iterator[Passage]:
    """The title, the key, and where the marks are put in the chart's room."""
    for text in _title(find(root, "chart")):
        yield Passage(where, "text", (text,))
    if find(root, "chart/legend") is not None:
        entries = every(find(root, "chart/legend"), "legendEntry")
        yield Passage(where, "look", ("key", *(_value(entry, "idx") for entry in entries)))
    spot = find(root, "chart/plotArea/layout/manualLayout")
    if spot is not None:
        told = [f"{local(item.tag)} {_plain(item.get('val', ''), 2)}" for item in spot]
        yield Passage(where, "look", ("plot", *told))
    for item in root:
        if local(item.tag) in ("extLst", "userShapes", "pivotSource", "AlternateContent"):
            yield Passage(where, "look", (local(item.tag),))


def _title(holder: Element | None) -> tuple[str, ...]:
    title = find(holder, "title")
    text = "".join(run.text or "" for run in every(title, "t"))
    return (text,) if text else ()


def _data(package: Package, part: str, where: str) -> Iterator[Passage]:
    """What whoever edits the chart finds: the workbook within it."""
    from boardpack.audit.reader.workbook import passages_of

    inner = Package(package.content(part), part)
    for one in passages_of(inner):
        if one.kind in ("row", "formula", "file") or one.cells[0].startswith("hidden"):
            yield one._replace(where=f"{where}, its data, {one.where}")


def _value(item: Element | None, path: str) -> str:
    found = find(item, path)
    return "" if found is None else found.get("val", "1")


def _plain(text: str, places: int = 6) -> str:
    """A number without noughts at its end; other words as they are."""
    try:
        number = float(text)
    except ValueError:
        return text
    shown = format(number, f".{places}f")
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown == "-0" else shown
