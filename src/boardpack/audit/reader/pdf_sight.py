"""Which of the glyphs on a page can be seen, and why the others cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from boardpack.audit.reader.pdf_drawn import HIGH, LOW, Box, Colour, Drawn, Glyph, Patch

TINY = 4.0
"""Type of fewer points than this is not read by anybody."""
FAINT = 0.12
"""Two colours that differ less than this in every part cannot be told from each other."""
CLIPPED = "outside the part of the drawing that is shown"
PAPER: Colour = (1.0, 1.0, 1.0)


def seen_and_hidden(drawn: Drawn) -> tuple[list[Glyph], list[tuple[str, str]]]:
    """The glyphs that can be seen, and what cannot: why, and the words."""
    judged: list[tuple[str, Glyph]] = []
    for string in drawn.strings:
        near = _near(string, drawn.patches)
        judged += [(_why_hidden(glyph, drawn.box, near), glyph) for glyph in string]
    hidden: list[tuple[str, str]] = []
    for why, group in groupby(judged, key=lambda pair: pair[0]):
        words = "".join(glyph.shown for _, glyph in group).strip()
        if why and words:
            hidden.append((why, words))
    return [glyph for why, glyph in judged if not why], hidden


def _near(string: Sequence[Glyph], patches: Sequence[Patch]) -> list[Patch]:
    """The patches that lie under or over some of a string of glyphs."""
    if not string:
        return []
    around = (
        min(glyph.left for glyph in string),
        min(glyph.base + LOW * glyph.size for glyph in string),
        max(glyph.right for glyph in string),
        max(glyph.base + HIGH * glyph.size for glyph in string),
    )
    return [patch for patch in patches if _meets(patch.box, around)]


def _why_hidden(glyph: Glyph, page: Box, near: Sequence[Patch]) -> str:
    at = glyph.centre
    if not glyph.inked:
        return "drawn without ink"
    if not _within(at, page):
        return "outside the page"
    if glyph.window is not None and not _within(at, glyph.window):
        return CLIPPED
    if glyph.size < TINY:
        return "too small to read"
    here = [patch for patch in near if _within(at, patch.box)]
    if any(patch.order > glyph.order for patch in here):
        return "covered"
    below = next((p.colour for p in reversed(here) if not p.is_line), PAPER)
    return "of the colour of what it stands on" if _alike(glyph.colour, below) else ""


def overlaid(seen: Sequence[Glyph]) -> Iterator[str]:
    """Glyphs that lie over others: the words above."""
    rows: dict[int, list[Glyph]] = {}
    for glyph in seen:
        if glyph.shown.isalnum():  # a quotation mark may stand over the full stop before it
            rows.setdefault(int(glyph.base // 4), []).append(glyph)
    found: list[Glyph] = []
    for key, row in rows.items():
        others = sorted(row + rows.get(key + 1, []), key=lambda glyph: glyph.left)
        for place, one in enumerate(others):
            for other in others[place + 1 :]:
                if other.left >= one.right:
                    break
                if _lies_over(one, other):
                    found.append(max(one, other, key=lambda glyph: glyph.order))
    ordered = sorted(set(found), key=lambda glyph: (glyph.order, glyph.left))
    for _, group in groupby(ordered, key=lambda glyph: glyph.order):
        yield "".join(glyph.shown for glyph in group)


def _lies_over(one: Glyph, other: Glyph) -> bool:
    """Whether the middle of one letter lies within the other."""
    if abs(one.base - other.base) > 0.35 * max(one.size, other.size):
        return False
    return one.left < other.centre[0] < one.right or other.left < one.centre[0] < other.right


def _meets(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _within(at: tuple[float, float], box: Box) -> bool:
    return box[0] <= at[0] <= box[2] and box[1] <= at[1] <= box[3]


def _alike(one: Colour | None, other: Colour | None) -> bool:
    if one is None or other is None:
        return False
    return all(abs(a - b) < FAINT for a, b in zip(one, other, strict=True))
