"""Which letter a glyph of a PDF shows, told by its shape.

A PDF says beside each typeface which characters its glyphs stand for. That is a tag like any other:
it is what a screen reader says and what is copied, and it may differ from what the eye sees. So
each outline is looked up in the paper's own typefaces, and what is printed is read from there.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.agl import toUnicode
from fontTools.ttLib import TTFont, TTLibError

FONTS = Path(__file__).resolve().parents[4] / "templates" / "typst" / "fonts"
"""The typefaces of whoever reads, never those of the file."""
MISSING = "□"
"""The box that stands for a character which the typeface does not have."""

Outline = tuple[tuple[tuple[int, int], ...], tuple[int, ...]]
"""The points of a glyph in order, and where each of its curves ends; nothing for a space."""


class Letters:
    """What the glyphs of one embedded typeface show."""

    def __init__(self, program: bytes) -> None:
        try:
            font = TTFont(BytesIO(program), lazy=True)
            self._order = font.getGlyphOrder()
            self._glyphs = font["glyf"]
        except (TTLibError, KeyError, AssertionError, ValueError, TypeError) as error:
            raise ValueError("a typeface in it cannot be read") from error
        self._known: dict[int, tuple[str, ...]] = {}

    def shown(self, glyph: int) -> tuple[str, ...]:
        """The characters that look so in the paper's typefaces, the plainest first.

        There are none where the paper's typefaces have no such glyph.
        """
        if glyph not in self._known:
            self._known[glyph] = self._looked_up(glyph)
        return self._known[glyph]

    def _looked_up(self, glyph: int) -> tuple[str, ...]:
        if glyph >= len(self._order):
            return ()
        outline = _outline(self._glyphs, self._order[glyph])
        if not outline[0]:
            return (" ",)
        return (MISSING,) if glyph == 0 else known_shapes().get(outline, ())


@cache
def known_shapes() -> dict[Outline, tuple[str, ...]]:
    """Every shape of the paper's typefaces, and the characters that are printed by it."""
    found: dict[Outline, set[str]] = {}
    for file in sorted(FONTS.glob("*.ttf")):
        font = TTFont(BytesIO(file.read_bytes()), lazy=True)
        glyphs = font["glyf"]
        named: dict[str, set[str]] = {}
        for code, name in font.getBestCmap().items():
            named.setdefault(name, set()).add(chr(code))
        for name in font.getGlyphOrder():
            # A figure of one width, a small capital and a ligature have no code of their own; their
            # names say which characters they are shapes of: `one.t`, `f_i`.
            characters = named.get(name) or ({toUnicode(name)} - {""})
            if characters:
                found.setdefault(_outline(glyphs, name), set()).update(map(_apart, characters))
    return {shape: tuple(sorted(letters, key=_plainness)) for shape, letters in found.items()}


def _apart(letters: str) -> str:
    """A ligature as the letters that it joins."""
    return unicodedata.normalize("NFKC", letters) if "\ufb00" <= letters <= "\ufb06" else letters


def _plainness(letters: str) -> tuple[int, str]:
    return len(letters), letters


def _outline(glyphs: object, name: str) -> Outline:
    """The shape of a glyph; one that is put together of others is drawn out."""
    points, ends, _ = glyphs[name].getCoordinates(glyphs)  # type: ignore[index]
    return tuple(tuple(point) for point in points), tuple(ends)
