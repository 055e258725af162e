"""What is drawn on a page of a PDF: glyphs, filled patches and lines, in the order of painting.

The drawing alone counts: the tags that the writer wrote say which part of the document a glyph
belongs to, never what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pdfminer.utils import apply_matrix_pt

LOW, HIGH = -0.2, 0.7
"""How far a letter reaches below and above its line, in parts of its size."""

_MOVED = 0.2113
Colour = tuple[float, ...]
Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points from the lower left corner of the page."""


class Glyph(NamedTuple):
    """A glyph where it stands. `said` is what the file says that it is, `shown` what it looks like.

    `base` is its line, `order` its place in the order of painting, `part` the number of the tagged
    part that it stands in (None outside all), `window` what it is seen through.
    """

    shown: str
    said: str
    left: float
    right: float
    base: float
    size: float
    order: int
    part: int | None
    colour: Colour | None
    upright: bool
    inked: bool
    window: Box | None
    typeface: str

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the letter."""
        return (self.left + self.right) / 2, self.base + self.size * (LOW + HIGH) / 2


class Patch(NamedTuple):
    """A filled region, a stroked line or a picture (whose colour is not known).

    `part` is the number of the tagged part that it is drawn in.
    """

    box: Box
    colour: Colour | None
    order: int
    is_line: bool = False
    part: int | None = None


@dataclass
class Drawn:
    """A page as it is drawn.

    `others` is what the paper's own pages never use; `replaced` are glyphs for which the page says
    other words; `aids` are words that it says of a picture; `lines` is all that is drawn beside
    glyphs. `pictures` are those made of dots: where they stand, and the seal of their dots.
    """

    number: int
    box: Box
    strings: list[list[Glyph]] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    replaced: list[tuple[list[Glyph], str]] = field(default_factory=list)
    aids: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)


def path_box(path: Sequence[Any], ctm: Any) -> Box | None:
    """The box around a path, on the page."""
    points = [
        apply_matrix_pt(ctm, (step[i], step[i + 1]))
        for step in path
        for i in range(1, len(step) - 1, 2)
    ]
    if not points:
        return None
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def path_told(path: Sequence[Any], ctm: Any, *how: object) -> str:
    """A path in whole points, and how it is drawn: the same where the eye sees no difference."""
    steps = []
    for step in path:
        pairs = [(step[i], step[i + 1]) for i in range(1, len(step) - 1, 2)]
        # Many places are half a point exactly; moved a little, none of these is near an edge.
        points = [round(x + _MOVED) for pair in pairs for x in apply_matrix_pt(ctm, pair)]
        steps.append(f"{step[0]}{points}")
    return f"{' '.join(steps)} {how}"


def path_lines(path: Sequence[Any], ctm: Any) -> list[Box]:
    """The lines of a path that lie level or upright; a slanted one hides nothing by itself."""
    found: list[Box] = []
    here = start = None
    for step in path:
        to = start if step[0] == "h" else apply_matrix_pt(ctm, tuple(step[-2:]))
        if step[0] == "m":
            start = to
        elif here is not None and to is not None and _is_straight(here, to):
            pair = sorted((here[0], to[0])), sorted((here[1], to[1]))
            found.append((pair[0][0], pair[1][0], pair[0][1], pair[1][1]))
        here = to
    return found


def _is_straight(here: tuple[float, float], to: tuple[float, float]) -> bool:
    return min(abs(here[0] - to[0]), abs(here[1] - to[1])) < 0.1


def turned_box(box: Any, ctm: Any) -> Box:
    """The box on the page that a box becomes."""
    left, bottom, right, top = box
    corners = [apply_matrix_pt(ctm, at) for at in ((left, bottom), (right, top), (left, top))]
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)


def common_box(one: Box | None, other: Box) -> Box:
    """What two windows, one behind the other, leave to be seen."""
    if one is None:
        return other
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )


def plain_colour(told: Any) -> Colour | None:
    """A colour as red, green and blue; None where it is a pattern."""
    parts = (told,) if isinstance(told, int | float) else told
    if not isinstance(parts, tuple) or not all(isinstance(part, int | float) for part in parts):
        return None
    if len(parts) == 1:
        return (float(parts[0]),) * 3
    if len(parts) == 4:
        *inks, black = parts
        return tuple((1 - ink) * (1 - black) for ink in inks)
    return tuple(map(float, parts))
