"""Where the labels of a line chart stand, so that none covers another or a line it could miss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from boardpack.outputs.charts.static_style import FONT_SIZE, LINE_HEIGHT, Frame, plain_ink
from boardpack.outputs.typeface import width

GAP = 6.0


@dataclass(frozen=True)
class Point:
    """One value of a line, at its place on the plot, in points from the top left."""

    x: float
    y: float
    text: str
    ink: str = field(default_factory=plain_ink)


Path = Sequence[Point | None]


@dataclass(frozen=True)
class Label:
    """Lines of text and the place of their first one's top."""

    x: float
    top: float
    lines: tuple[str, ...]
    ink: str = field(default_factory=plain_ink)
    align: str = "left"

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return self.top + LINE_HEIGHT * len(self.lines)

    @property
    def right(self) -> float:
        """Where the longest line ends."""
        return self.x + max(width(line, FONT_SIZE) for line in self.lines)


def over_points(path: Path, frame: Frame) -> list[Label]:
    """A label for every point of a single line, where it stands clear of the line.

    That is above a point, below it where the line dips, and beside the last one in the margin.
    """
    found = []
    for place, point in enumerate(path):
        if point is None:
            continue
        if point.x >= frame.width - 1:
            label = Label(point.x + GAP, point.y - LINE_HEIGHT / 2, (point.text,), point.ink)
        else:
            neighbours = (*path[max(place - 1, 0) : place], *path[place + 1 : place + 2])
            beside = [p.y for p in neighbours if p]
            low = point.y + 4
            dips = bool(beside) and point.y > max(beside) and low + LINE_HEIGHT <= frame.height
            top = low if dips else point.y - LINE_HEIGHT - 3
            label = Label(point.x, top, (point.text,), point.ink, "center")
        found.append(label)
    return found


def beside_ends(
    paths: Sequence[Path], texts: Sequence[tuple[str, ...]], frame: Frame
) -> list[Label]:
    """A label at each line's end: in the margin, or where a line ends early, beside its end."""
    margin: list[Label] = []
    early: list[Label] = []
    for path, lines in zip(paths, texts, strict=True):
        last = next((point for point in reversed(path) if point), None)
        if last is None:
            continue
        if last.x >= frame.width - 1:
            top = last.y - LINE_HEIGHT * len(lines) / 2
            margin.append(Label(last.x + GAP, top, lines, last.ink))
        else:
            label = Label(last.x + GAP, last.y - LINE_HEIGHT / 2, (" ".join(lines),), last.ink)
            early.append(_clear(label, paths, frame, early))
    return [*spread(margin, frame.height), *early]


def spread(labels: Sequence[Label], height: float) -> list[Label]:
    """The labels moved up or down, as little as needed, until none overlap."""
    ordered = sorted(labels, key=lambda label: label.top + label.bottom)
    floor = -LINE_HEIGHT
    moved: list[Label] = []
    for label in ordered:
        moved.append(replace(label, top=max(label.top, floor)))
        floor = moved[-1].bottom
    ceiling = height + LINE_HEIGHT
    for at in reversed(range(len(moved))):
        room = moved[at].bottom - moved[at].top
        moved[at] = replace(moved[at], top=min(moved[at].top, ceiling - room))
        ceiling = moved[at].top
    return moved


def _clear(label: Label, paths: Sequence[Path], frame: Frame, others: Sequence[Label]) -> Label:
    """The label at the height, near its own, where other lines come least close.

    Never where one of the `others` stands, unless there is no room else.
    """
    heights = [y for path in paths for y in _heights(path, label.x - GAP / 2, label.right)]
    shifts = sorted(range(-48, 49, 4), key=abs)
    within = [t for s in shifts if 0 <= (t := label.top + s) <= frame.height - LINE_HEIGHT]
    beside = [one for one in others if one.x < label.right and label.x < one.right]
    free = [t for t in within if all(abs(t - one.top) >= LINE_HEIGHT for one in beside)]
    tops = free or within

    def room(top: float) -> float:
        middle = top + LINE_HEIGHT / 2
        return min((abs(y - middle) for y in heights), default=frame.height)

    wanted = LINE_HEIGHT / 2 + 2
    best = next((top for top in tops if room(top) >= wanted), None)
    return replace(label, top=max(tops, key=room, default=label.top) if best is None else best)


def _heights(path: Path, start: float, end: float) -> list[float]:
    """The heights of a line, in small steps, between two places on the plot."""
    found: list[float] = []
    for a, b in pairwise(path):
        if a is None or b is None or b.x < start or a.x > end:
            continue
        for step in range(9):
            x = a.x + (b.x - a.x) * step / 8
            if start <= x <= end:
                found.append(a.y + (b.y - a.y) * step / 8)
    return found
