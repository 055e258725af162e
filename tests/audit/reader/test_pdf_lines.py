"""Which glyphs of a line stand together: words of one piece, or of two that are close by."""

from __future__ import annotations

import pytest

from boardpack.audit.reader.pdf_drawn import Glyph
from boardpack.audit.reader.pdf_lines import pieces_of

SIZE, WIDE, SPACE = 8.0, 4.0, 2.0


def string(text: str, left: float, order: int) -> list[Glyph]:
    """The glyphs of one string, a letter of half the size of the type after the other."""
    found = []
    for letter in text:
        right = left + (SPACE if letter == " " else WIDE)
        found.append(
            Glyph(letter, letter, left, right, 100, SIZE, order, 1, None, True, True, None, "")
        )
        left = right
    return found


@pytest.mark.parametrize(
    ("first", "apart", "pieces"),
    [
        ("Net ", 3.98, ["Net", "Net"]),  # a heading of two lines, and its neighbour at two insets
        ("Net", 3.98, ["Net", "Net"]),
        ("Net ", 2.4, ["Net", "Net"]),
        ("Net ", 2.39, ["Net Net"]),
        ("Net ", 2.0, ["Net Net"]),  # a word in bold, and the next in plain type
        ("Net ", 1.99, ["Net Net"]),
        ("Net", 0.0, ["NetNet"]),
    ],
)
def test_a_space_at_the_end_of_a_string_joins_no_neighbour(
    first: str, apart: float, pieces: list[str]
) -> None:
    one = string(first, 0, 1)
    ink = 3 * WIDE
    found = pieces_of([*one, *string("Net", ink + apart, 2)])
    assert [piece.text for piece in found] == pieces


def test_a_space_within_a_string_joins_words_however_wide_it_is() -> None:
    glyphs = string("to date", 0, 1)
    wide = [
        glyph._replace(right=glyph.right + 6) if glyph.shown == " " else glyph for glyph in glyphs
    ]
    moved = [g._replace(left=g.left + 6, right=g.right + 6) for g in wide[3:]]
    assert [piece.text for piece in pieces_of([*wide[:3], *moved])] == ["to date"]
