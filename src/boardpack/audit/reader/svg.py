"""A chart drawn as SVG, as its marks: bars and points, and the words that stand with each.

Nothing is taken from the drawing but shapes, places, colours and words. A bar starts where it
touches the line of nil, or the bar before it; its row is the name nearest to it on the left; its
series is what the key calls its colour. A point's series is what stands at the end of its line. The
form that marks are given in is told in `charts`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lxml.etree import _Element

from boardpack.audit.reader.svg_shapes import Box, Dot, Plot, Words, loose_words, plots_of

Cells = tuple[str, str, str, str]
NEAR = 0.7
"""So many points apart are two places taken for one."""
_BESIDE = 3.0
"""How far a label stands beyond the end of its bar."""
_AWAY = 6.0
"""How far a label stands beside the end of its line."""
_REACH = 18.0
"""No label of a point stands further above or below it."""


def read_svg(svg: _Element) -> list[Cells]:
    """The marks of a picture, panel after panel; words outside all panels come last."""
    plots = plots_of(svg)
    found = [cells for plot in plots for cells in _marks(plot, len(plots) > 1)]
    return [*found, *(("", "", words, "") for words in loose_words(svg))]


def _marks(plot: Plot, is_panel: bool) -> Iterator[Cells]:
    """Bars or points with their names and labels; ticks and the reference line; other words.

    In a panel the series is what stands above the frame.
    """
    used: set[Words] = set()
    above = [w for w in plot.words if is_panel and w.anchor == "start" and w.y < 0 and w.x < 0]
    used.update(above)
    name = " ".join(words.text for words in above)
    for cells in _bars(plot, used) if plot.boxes else _points(plot, used):
        yield (name or cells[0], *cells[1:])
    yield from _references(plot, used)
    yield from (("", "", words.text, "") for words in plot.words if words not in used)


def _bars(plot: Plot, used: set[Words]) -> Iterator[Cells]:
    names = _row_names(plot)
    used.update(names)
    colours = _key(plot, used)
    boxes = sorted(plot.boxes, key=lambda box: (round(box.y), box.left))
    nil = _nil(plot)
    before: float | None = None
    for _, row in groupby(boxes, key=lambda box: round(box.y)):
        bars = list(row)
        for box in bars:
            start, end = _ends(box, nil, None if len(bars) > 1 else before)
            before = end
            label = _label(box, end, plot.words, used)
            name = min(names, key=lambda words: abs(words.y - box.y), default=None)
            series = colours.get(box.fill.lower(), "")
            extent = f"{_share(start, plot.width)} to {_share(end, plot.width)}"
            yield series, name.text if name else "", label, extent


def _row_names(plot: Plot) -> list[Words]:
    """What stands left of the frame: the names of the rows."""
    left = [w for w in plot.words if w.anchor == "end" and w.x < 0 and not w.is_tick]
    edge = max((words.x for words in left), default=0.0)
    return [words for words in left if abs(words.x - edge) < NEAR]


def _key(plot: Plot, used: set[Words]) -> dict[str, str]:
    """What the key calls each colour: the words to the right of its swatch."""
    found: dict[str, str] = {}
    for dot in plot.dots:
        right = [
            words
            for words in plot.words
            if words.anchor == "start" and 0 < words.x - dot.x < _REACH and abs(words.y - dot.y) < 4
        ]
        if right:
            words = min(right, key=lambda one: one.x)
            used.add(words)
            found[dot.fill.lower()] = words.text
    return found


def _nil(plot: Plot) -> float:
    """Where bars start: a solid line from top to bottom that is no grid."""
    upright = [r for r in plot.rules if not r.is_grid and not r.is_dashed and not r.across]
    whole = [rule for rule in upright if abs(rule.down) > plot.height - NEAR]
    return whole[0].x if whole else 0.0


def _ends(box: Box, nil: float, before: float | None) -> tuple[float, float]:
    """Where a bar starts and ends: at nil, at the end of the bar before it, or nearer to nil."""
    start = box.left if abs(box.left - nil) <= abs(box.right - nil) else box.right
    if abs(start - nil) > NEAR and before is not None:
        start = box.left if abs(box.left - before) <= abs(box.right - before) else box.right
    return start, box.right if start == box.left else box.left


def _label(box: Box, end: float, words: Sequence[Words], used: set[Words]) -> str:
    """What stands beside the end of a bar, or within it."""
    places = {"end": end - _BESIDE, "start": end + _BESIDE, "middle": (box.left + box.right) / 2}
    near = [
        one
        for one in words
        if one not in used
        and abs(one.y - box.y) < 3
        and abs(one.x - places.get(one.anchor, end)) < NEAR
    ]
    if not near:
        return ""
    used.add(near[0])
    return near[0].text


def _points(plot: Plot, used: set[Words]) -> Iterator[Cells]:
    lines = [
        sorted(dots, key=lambda dot: dot.x)
        for _, dots in groupby(sorted(plot.dots, key=lambda d: d.fill), key=lambda d: d.fill)
    ]
    order = {fill: place for place, fill in enumerate(dict.fromkeys(d.fill for d in plot.dots))}
    lines.sort(key=lambda dots: order[dots[0].fill])
    names = [words for words in plot.words if words.is_tick and words.anchor == "middle"]
    used.update(names)
    single = len(lines) == 1
    ends = {} if single else _by_height(plot, [dots[-1] for dots in lines], _AWAY, "start", used)
    starts = {} if single else _by_height(plot, [dots[0] for dots in lines], -_AWAY, "end", used)
    for dots in lines:
        for dot in dots:
            name = next((words.text for words in names if abs(words.x - dot.x) < NEAR), "")
            label = _beside(dot, plot.words, used) if single else starts.get(dot, "")
            share = _share(plot.height - dot.y, plot.height)
            yield ends.get(dots[-1], ""), name, label, share


def _by_height(
    plot: Plot, dots: Sequence[Dot], away: float, anchor: str, used: set[Words]
) -> dict[Dot, str]:
    """The labels by the points they stand beside: in the same order, top to bottom.

    Labels are moved apart where they would cover one another, so that only their order is sure.
    Lines may end at several places, as one does that leads to where others begin.
    """
    found: dict[Dot, str] = {}
    for x in {round(dot.x) for dot in dots}:
        own = sorted((dot for dot in dots if round(dot.x) == x), key=lambda dot: dot.y)
        words = [
            one
            for one in plot.words
            if one.anchor == anchor and not one.is_tick and abs(one.x - x - away) < 1
        ]
        if len(words) != len(own):
            return {}
        used.update(words)
        down = sorted(words, key=lambda one: one.y)
        found |= {dot: one.text for dot, one in zip(own, down, strict=True)}
    return found


def _beside(dot: Dot, words: Sequence[Words], used: set[Words]) -> str:
    """What stands above or below a point, or in the margin beside it."""
    near = [
        one
        for one in words
        if one not in used
        and not one.is_tick
        and abs(one.y - dot.y) < _REACH
        and (
            (one.anchor == "middle" and abs(one.x - dot.x) < NEAR)
            or (one.anchor == "start" and abs(one.x - dot.x - _AWAY) < NEAR)
        )
    ]
    if not near:
        return ""
    nearest = min(near, key=lambda one: abs(one.y - dot.y))
    used.add(nearest)
    return nearest.text


def _references(plot: Plot, used: set[Words]) -> Iterator[Cells]:
    """The ticks of the value axis, the dashed line, and lines where they leave their points."""
    for words in plot.words:
        if words.is_tick and words.anchor == "end":
            used.add(words)
            yield "axis", "", words.text, _share(plot.height - words.y, plot.height)
    for x, y in plot.turns:
        if all(abs(dot.x - x) > NEAR or abs(dot.y - y) > NEAR for dot in plot.dots):
            yield "line", "", "", _share(plot.height - y, plot.height)
    for rule in plot.rules:
        if rule.is_dashed and rule.down:
            yield "target", "", "", _share(rule.x, plot.width)
        elif rule.is_dashed:
            yield "target", "", "", _share(plot.height - rule.y, plot.height)


def _share(length: float, whole: float) -> str:
    return f"{length / (whole or 1.0) + 0.0:.3f}"
