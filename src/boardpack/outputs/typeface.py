"""The vendored typeface: where it stands, which characters it has, and how wide they are.

PDF/UA refuses a character without a glyph, so text is made printable first. The widths let tables
and charts be laid out before anything is drawn, so that no number is ever cut.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache, lru_cache

from boardpack.core.design import usual_design
from boardpack.core.home import CHECKOUT

FAMILY = usual_design().type.family
TEMPLATES = CHECKOUT / "templates" / "typst"
FONTS = TEMPLATES / "fonts"
MISSING = "□"

_NOT_BASIC = re.compile(r"[^\n -~]")
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)


def printable(text: str) -> str:
    """`text` in characters that the typeface has.

    Controls and direction marks are dropped (they could show a number other than it is); a
    character without a glyph is replaced by its plain form (`㎡` by `m2`), or else by `□`.

    >>> printable("5 ㎡"), printable("£" + chr(0x202E) + "12")
    ('5 m2', '£12')
    """
    return _NOT_BASIC.sub(lambda found: _shown(found[0]), text)


def missing(text: str) -> tuple[str, ...]:
    """The characters of `text` that can only be shown as `□`.

    >>> missing("£12 漢")
    ('漢',)
    """
    found = _NOT_BASIC.findall(text)
    return tuple(dict.fromkeys(c for c in found if c != MISSING and MISSING in _shown(c)))


def width(text: str, size: float, bold: bool = False) -> float:
    """The width of `text` set on one line at `size` points, in points."""
    weight = "Semibold" if bold else "Regular"
    return _units(text, weight) * size / _advances(weight)[0]


def wrapped(text: str, size: float, limit: float) -> list[str]:
    """`text` broken at spaces into lines of at most `limit` points; a longer word stands alone.

    >>> wrapped("Year to date variance", 10, 60)
    ['Year to date', 'variance']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= limit:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines or [""]


@lru_cache(maxsize=65_536)
def _units(text: str, weight: str) -> int:
    """The width of `text` in units of the typeface: tables measure the same words many times."""
    units, advances = _advances(weight)
    return sum(advances.get(ord(c), units) for c in text)


@cache
def _shown(character: str) -> str:
    if character == "\t":
        return " "
    if unicodedata.category(character) in _DROPPED or ord(character) in _VARIATION_SELECTORS:
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return next((form for form in (character, plain) if _has(form)), MISSING)


def _has(text: str) -> bool:
    return all(ord(c) in _advances(weight)[1] for c in text for weight in ("Regular", "Semibold"))


@cache
def _advances(weight: str) -> tuple[int, dict[int, int]]:
    """Units per em, and the advance width of every character in one weight of the typeface."""
    font = (FONTS / f"SourceSans3-{weight}.ttf").read_bytes()
    tables = _tables(font)
    (units,) = struct.unpack_from(">H", font, tables["head"] + 18)
    (long_metrics,) = struct.unpack_from(">H", font, tables["hhea"] + 34)

    def advance(glyph: int) -> int:
        at = tables["hmtx"] + 4 * min(glyph, long_metrics - 1)
        return int(struct.unpack_from(">H", font, at)[0])

    return units, {code: advance(glyph) for code, glyph in _glyphs(font, tables["cmap"]).items()}


def _tables(font: bytes) -> dict[str, int]:
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(count))
    return {tag.decode("ascii"): offset for tag, _, offset, _ in records}


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    """The glyph of every character, from the font's segmented coverage (cmap format 12)."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    records = (struct.unpack_from(">HHI", font, cmap + 4 + 8 * i) for i in range(count))
    starts = (cmap + offset for _, _, offset in records)
    start = next(at for at in starts if struct.unpack_from(">H", font, at) == (12,))
    (groups,) = struct.unpack_from(">I", font, start + 12)
    found: dict[int, int] = {}
    for i in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, start + 16 + 12 * i)
        found.update({code: glyph + code - first for code in range(first, last + 1)})
    return found
