"""What may not be on slides: what hides, covers, stands outside, moves or leads away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boardpack.audit.reader.hold_about import hold_properties
from boardpack.audit.reader.hold_tables import Finding
from boardpack.audit.reader.hold_workbook_looks import LEAST_CONTRAST, contrast
from boardpack.audit.reader.passage import Passage

LEAST_SIZE = 8.0
"""Smaller type, in points, is not read from a slide."""
SLACK = 3
"""How many points a shape may run over another, or over the slide's edge."""
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
TITLE_ROOM = 20
"""A title of one line leaves so many points of its place free, in which the slide may begin."""
_PLAIN = {
    *("slide", "columns", "chart", "series", "point", "axis", "plot", "data within", "key"),
    *(
        "set out",
        "whole",
        "theme",
        "presProps",
        "tableStyles",
        "viewProps",
        "notesMaster",
        "master",
        "size",
    ),
}
"""Looks that hide nothing; those of charts are held with their chart."""
_ON_A_SLIDE = re.compile(r"slide \d+, (?!notes)")
"""Where the files are that are held to the pictures of the blocks."""
Box = tuple[int, int, int, int]


def hold_slide_looks(passages: Sequence[Passage]) -> Iterator[Finding]:
    """What hides, covers or leads away."""
    yield from hold_properties(passages)
    page = _page(passages)
    ground, boxes, slide = "FFFFFF", list[Box](), ""
    for one in passages:
        if one.kind == "file" and not _ON_A_SLIDE.match(one.where):
            yield one.where, f"holds the file {one.cells[0]}, which no paper's slides do."
        if one.kind != "look":
            continue
        kind, *told = one.cells
        if kind == "slide":
            boxes, slide = [], one.where
        if kind == "shape":
            name, holder, stands, fill, turned = told
            ground = fill if contrast(fill, "FFFFFF") else "FFFFFF"
            if one.where == slide:
                room = TITLE_ROOM if holder == "title" else 0
                yield from _place(one.where, (name, stands, fill), page, boxes, room)
            if "rot" in turned or "flip" in turned:
                yield one.where, f"has the shape {name!r} turned."
        elif kind == "set in":
            yield from _type(one.where, told[0], told[1], ground, ", ".join(told[2:]))
        elif kind == "cells in":
            below = told[3] if contrast(told[3], "FFFFFF") else ground
            yield from _type(one.where, told[0], told[1], below, told[2])
        elif kind == "kind" and told[0] != _MAIN:
            yield one.where, f"is said to be {told[0]}."
        elif not _is_plain(one.where, kind):
            said = " ".join((kind, *told)).strip()
            yield one.where, f"has what no paper's slides have: {said}."


def _is_plain(where: str, kind: str) -> bool:
    is_behind = where.startswith(("layout", "master"))
    if kind in ("ground", "fitted to its shape"):
        return is_behind
    is_chart = ", " in where and not where.endswith(", notes")
    return kind in _PLAIN or kind == "kind" or is_chart


def _page(passages: Sequence[Passage]) -> tuple[int, int]:
    for one in passages:
        if one.cells[0] == "size":
            return int(one.cells[1]), int(one.cells[2])
    return 0, 0


def _place(
    where: str, shape: tuple[str, str, str], page: tuple[int, int], boxes: list[Box], room: int
) -> Iterator[Finding]:
    """A shape stands on the slide, is large enough to be seen, and covers no other.

    `room` is how much of its height is free at its foot.
    """
    name, stands, fill = shape
    if not stands:
        yield where, f"has the shape {name!r}, of which it cannot be said where it stands."
        return
    left, top, width, height = (int(side) for side in stands.split())
    inside = left >= -SLACK and top >= -SLACK
    if not inside or left + width > page[0] + SLACK or top + height > page[1] + SLACK:
        yield where, f"has the shape {name!r} outside the slide."
    if width < SLACK or height < SLACK:
        yield where, f"has the shape {name!r} too small to be seen."
    box = (left, top, width, height)
    if fill != "none":
        for other in boxes:
            if _overlap(box, other):
                yield where, f"has the shape {name!r} over another."
                break
    boxes.append((left, top, width, height - room))


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return across > SLACK and down > SLACK


def _type(where: str, size: str, ink: str, ground: str, manner: str) -> Iterator[Finding]:
    apart = contrast(ink, ground) if ink else LEAST_CONTRAST
    if apart is None or apart < LEAST_CONTRAST:
        yield where, f"is set in {ink} on {ground}, which is hardly seen."
    if size and float(size) < LEAST_SIZE:
        yield where, f"is set in {size} points, which is hardly read."
    if "strike" in manner.replace("strike noStrike", ""):
        yield where, "has words struck out."
