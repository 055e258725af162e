"""Which amounts in a picture of a PDF are labels of bars, and which are the scale of an axis."""

from __future__ import annotations

import pytest

from boardpack.audit.reader.pdf_drawn import Glyph, Patch
from boardpack.audit.reader.pdf_picture import AXIS, read_picture

SIZE, WIDE, STEP, RIGHT = 8.0, 4.0, 13.0, 300.0


def label(text: str, right: float, base: float) -> list[Glyph]:
    """The glyphs of an amount that ends at a place on a line."""
    left = right - WIDE * len(text)
    return [
        Glyph(one, one, left + n * WIDE, left + (n + 1) * WIDE, base, SIZE, 1, 1, *_SEEN)
        for n, one in enumerate(text)
    ]


_SEEN = (None, True, True, None, "")


def bar(length: float, base: float, order: int) -> Patch:
    """A bar that begins at the nought line, and ends right beside a label that ends at `RIGHT`."""
    return Patch((RIGHT + 2, base - 1, RIGHT + 2 + length, base + 7), None, order)


@pytest.mark.parametrize("has_bars", [True, False])
def test_labels_in_even_steps_are_a_scale_only_where_no_bar_ends_beside_them(
    has_bars: bool,
) -> None:
    amounts = ("(70)", "(69)", "(68)", "(67)")
    bases = [700 - STEP * n for n in range(len(amounts))]
    glyphs = [
        glyph
        for text, base in zip(amounts, bases, strict=True)
        for glyph in label(text, RIGHT, base)
    ]
    bars = [
        bar(length, base, n)
        for n, (length, base) in enumerate(zip((70, 69, 68, 67), bases, strict=True))
    ]
    found = [*read_picture(glyphs, bars if has_bars else [])]
    lengths = ("70.0", "69.0", "68.0", "67.0")
    assert found == [
        ("", "", text, length) if has_bars else (AXIS, "", text, "")
        for text, length in zip(amounts, lengths, strict=True)
    ]
