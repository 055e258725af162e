"""A chart in a PDF: its words, which of them are an axis, and how long the labelled bars are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boardpack.audit.reader.pdf_drawn import Glyph, Patch
from boardpack.audit.reader.pdf_lines import Paragraph, paragraphs_of, pieces_of

Cells = tuple[str, str, str, str]
"""Series, category, label, extent: see `charts`. A bar has a label and its length in points."""
AXIS = "axis"
AMOUNT = re.compile(r"\(?[-−]?£?[\d,]+(?:\.\d+)?[mk%]?\)?")
_EDGE = 1.0
_LEVEL = 4.0
_BESIDE = 8.0
_SCALE = 3
"""So many amounts in step are a scale."""
_THIN, _THICK = 3.0, 40.0


def read_picture(glyphs: Sequence[Glyph], patches: Sequence[Patch]) -> Iterator[Cells]:
    """The words of a picture from the top, each with what it is drawn beside."""
    pieces = pieces_of(glyphs)
    # Amounts stand under each other without being one.
    labels = [Paragraph([piece]) for piece in pieces if AMOUNT.fullmatch(piece.text)]
    labels += paragraphs_of(piece for piece in pieces if not AMOUNT.fullmatch(piece.text))
    labels.sort(key=lambda label: (-round(label.top), label.left))
    bars = [patch for patch in patches if _is_bar(patch)]
    # What a bar ends beside is its label, however evenly bars of like lengths may fall.
    ticks = _ticks([label for label in labels if _bar_of(label, bars, set()) is None])
    used: set[int] = set()
    for label in labels:
        if label in ticks:
            yield AXIS, "", label.text, ""
            continue
        bar = _bar_of(label, bars, used) if AMOUNT.fullmatch(label.text) else None
        if bar is None:
            yield "", "", label.text, ""
        else:
            used.add(bar.order)
            yield "", "", label.text, f"{bar.box[2] - bar.box[0]:.1f}"


def _is_bar(patch: Patch) -> bool:
    left, bottom, right, top = patch.box
    return not patch.is_line and _THIN < top - bottom < _THICK and right > left


def _bar_of(label: Paragraph, bars: Sequence[Patch], used: set[int]) -> Patch | None:
    """The bar that ends right before or behind a label, or has it within."""
    piece = label.pieces[0]
    middle = piece.base + piece.size * 0.3
    near = []
    for bar in bars:
        left, bottom, right, top = bar.box
        is_level = abs((bottom + top) / 2 - middle) < _LEVEL
        gap = max(piece.left - right, left - piece.right, 0.0)
        if is_level and gap < _BESIDE and bar.order not in used:
            near.append((gap, bar.order, bar))
    return min(near)[2] if near else None


def _ticks(labels: Sequence[Paragraph]) -> list[Paragraph]:
    """The scale of an axis: amounts one above another, in even steps of place and of value."""
    found: list[Paragraph] = []
    amounts = [one for one in labels if AMOUNT.fullmatch(one.text)]
    edges = sorted({round(one.right) for one in amounts})
    for edge in edges:
        run: list[Paragraph] = []
        for label in (one for one in amounts if abs(one.right - edge) <= _EDGE):
            if len(run) > 1 and not _is_even([*run, label]):
                run = run[-1:] if len(run) < _SCALE else []
            run.append(label)
            if len(run) >= _SCALE and _is_even(run):
                found += [one for one in run if one not in found]
    return found


def _is_even(labels: Sequence[Paragraph]) -> bool:
    """Whether values grow in step with their places."""
    places = [label.top for label in labels]
    values = [amount(label.text) for label in labels]
    if values[0] == values[-1] or places[0] == places[-1]:
        return False
    per_point = (values[-1] - values[0]) / (places[-1] - places[0])
    return all(
        abs(values[0] + per_point * (place - places[0]) - value) < abs(per_point) * _EDGE
        for place, value in zip(places, values, strict=True)
    )


def amount(text: str) -> float:
    """A printed amount as a number; brackets and a minus make it negative.

    >>> amount("(2,213)"), amount("£404")
    (-2213.0, 404.0)
    """
    digits = re.sub(r"[^\d.]", "", text)
    size = float(digits) if digits else 0.0
    return -size if text.startswith(("(", "-", "−")) else size
