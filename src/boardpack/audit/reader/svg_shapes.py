"""The shapes of a chart drawn as SVG: bars, points, lines and words, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml.etree import _Element

from boardpack.audit.reader.words import plain

_MOVED = re.compile(r"translate\((-?[\d.e-]+)[ ,](-?[\d.e-]+)\)")
_TURN = re.compile(r"[ML](-?[\d.e-]+),(-?[\d.e-]+)")
_BOX = re.compile(r"M(-?[\d.e-]+),(-?[\d.e-]+)h(-?[\d.e-]+)v(-?[\d.e-]+)h-?[\d.e-]+Z")
_LINE = 10.5
"""The height of a line of words, by which lines of one label are told from the next label."""
_MIDDLE = 2.6
"""How far above the foot of its first line the middle of a label stands."""
_TICK = 0.9
"""How much further up that is for the number of an axis, which is set to whole points."""


class Box(NamedTuple):
    """A bar: its left and right end, its middle, its colour."""

    left: float
    right: float
    y: float
    fill: str


class Words(NamedTuple):
    """Words in the picture: where they begin, end or are centred, and their middle."""

    x: float
    y: float
    text: str
    anchor: str
    is_tick: bool


class Dot(NamedTuple):
    """A point of a line, or a swatch of the key."""

    x: float
    y: float
    fill: str


class Rule(NamedTuple):
    """A straight line: a grid, nil, or a reference line."""

    x: float
    y: float
    across: float
    down: float
    is_dashed: bool
    is_grid: bool


class Plot:
    """All that is drawn in one frame, in its own coordinates: nil at its top left corner."""

    def __init__(self) -> None:
        self.width = self.height = 0.0
        self.boxes: list[Box] = []
        self.words: list[Words] = []
        self.dots: list[Dot] = []
        self.rules: list[Rule] = []
        self.turns: list[tuple[float, float]] = []
        """Where lines begin, turn and end."""


def plots_of(svg: _Element) -> list[Plot]:
    """What is drawn in each frame of a picture: one, or one for each panel."""
    return [_plot(root) for root in _roots(svg)]


def loose_words(svg: _Element) -> list[str]:
    """Words outside all frames."""
    return [words.text for words in _loose(svg) if words.text]


def _roots(element: _Element) -> Iterator[_Element]:
    if "role-frame" in _classes(element):
        yield element
        return
    for child in element:
        if isinstance(child.tag, str):
            yield from _roots(child)


def _loose(element: _Element) -> Iterator[Words]:
    if "role-frame" in _classes(element):
        return
    if element.tag == "text":
        yield _words(element, 0.0, 0.0)
    for child in element:
        if isinstance(child.tag, str):
            yield from _loose(child)


def _classes(element: _Element) -> Sequence[str]:
    return str(element.get("class") or "").split()


def _plot(root: _Element) -> Plot:
    plot = Plot()
    _gather(root, 0.0, 0.0, "", plot)
    return plot


def _gather(element: _Element, x: float, y: float, role: str, plot: Plot) -> None:
    for child in element:
        if not isinstance(child.tag, str) or child.get("display") == "none":
            continue
        moved = _MOVED.search(str(child.get("transform") or ""))
        at = (x + float(moved[1]), y + float(moved[2])) if moved else (x, y)
        own = next((c for c in _classes(child) if c.startswith(("mark-", "role-axis-"))), role)
        own = "role-axis-grid" if "role-axis-grid" in _classes(child) else own
        own = "role-axis-label" if "role-axis-label" in _classes(child) else own
        _take(child, *at, own, plot)
        _gather(child, *at, own, plot)


def _take(element: _Element, x: float, y: float, role: str, plot: Plot) -> None:
    """One shape of the picture."""
    drawn = str(element.get("d") or "")
    box = _BOX.fullmatch(drawn)
    if element.tag == "path" and "background" in _classes(element):
        if box and not plot.width and float(box[3]):
            plot.width, plot.height = float(box[3]), float(box[4])
    elif element.tag == "path" and role == "mark-symbol":
        plot.dots.append(Dot(x, y, str(element.get("fill") or "")))
    elif element.tag == "path" and role == "mark-line":
        plot.turns += [(x + float(a), y + float(b)) for a, b in _TURN.findall(drawn)]
    elif element.tag == "path" and box:
        left, top, across, down = (float(box[n]) for n in (1, 2, 3, 4))
        low, high = sorted((x + left, x + left + across))
        plot.boxes.append(Box(low, high, y + top + down / 2, str(element.get("fill") or "")))
    elif element.tag == "line":
        across, down = float(element.get("x2") or 0), float(element.get("y2") or 0)
        dashed = element.get("stroke-dasharray") is not None
        plot.rules.append(Rule(x, y, across, down, dashed, role == "role-axis-grid"))
    elif element.tag == "text":
        is_tick = role == "role-axis-label"
        found = _words(element, x, y - (_TICK if is_tick else 0.0))._replace(is_tick=is_tick)
        if found.text and found not in plot.words:  # a halo says the same at the same place
            plot.words.append(found)


def _words(element: _Element, x: float, y: float) -> Words:
    lines = [plain("".join(part.itertext())) for part in element if part.tag == "tspan"]
    text = plain(" ".join(lines) if lines else "".join(element.itertext()))
    middle = y - _MIDDLE + _LINE * (max(len(lines), 1) - 1) / 2
    return Words(x, middle, text, str(element.get("text-anchor") or "start"), False)
