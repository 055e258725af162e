"""How the cells of a workbook look: number format, ink, ground, size, and what else could hide."""

from __future__ import annotations

from typing import NamedTuple

from boardpack.audit.reader.number_format import BUILT_IN
from boardpack.audit.reader.office_package import Element, Package, every, find, is_yes

PAPER, INK = "FFFFFF", "000000"
"""The colours of a cell that names none."""
_SLOTS = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
"""The theme's colours in the order in which cells number them."""
_MANNERS = {"b": "bold", "i": "italic", "strike": "struck out", "u": "underlined"}


class Look(NamedTuple):
    """What a cell's style says: colours as RRGGBB, the size in points, the rest in words."""

    code: str
    ink: str
    ground: str
    size: str
    manner: str


class Looks(NamedTuple):
    """The looks of a workbook: of its cells' styles, and of its conditional formats."""

    cells: list[Look]
    rules: list[Look]
    """Only what a conditional format changes is not empty."""


def read_looks(package: Package, book: str) -> Looks:
    """The looks that the cells of a workbook have by number."""
    theme = _theme(package, book)
    found = package.leading(book, "styles")
    if not found:
        return Looks([], [])
    styles = package.xml(found[0])
    codes = {item.get("numFmtId", ""): item.get("formatCode", "") for item in _own(styles)}
    fonts = list(find(styles, "fonts") or ())
    fills = list(find(styles, "fills") or ())
    cells = []
    for item in find(styles, "cellXfs") or ():
        number = item.get("numFmtId", "0")
        code = codes.get(number) or BUILT_IN.get(int(number), f"built in, number {number}")
        font = _at(fonts, item.get("fontId"))
        fill = _at(fills, item.get("fillId"))
        ground = _ground(fill, theme, PAPER)
        manner = ", ".join((*_manners(font), *_odd(item)))
        cells.append(Look(code, _ink(font, theme, INK), ground, _size(font), manner))
    return Looks(cells, [_rule(item, theme) for item in every(find(styles, "dxfs"), "dxf")])


def _own(styles: Element) -> list[Element]:
    return list(find(styles, "numFmts") or ())


def _at(items: list[Element], number: str | None) -> Element | None:
    place = int(number or 0)
    return items[place] if place < len(items) else None


def _rule(item: Element, theme: list[str]) -> Look:
    """What a conditional format changes of a cell."""
    code = find(item, "numFmt")
    font, fill = find(item, "font"), find(item, "fill")
    said = "" if code is None else code.get("formatCode", "")
    size = "" if find(font, "sz") is None else _size(font)
    ground = "" if fill is None else _ground(fill, theme, "")
    return Look(said, _ink(font, theme, ""), ground, size, ", ".join(_manners(font)))


def _ink(font: Element | None, theme: list[str], usual: str) -> str:
    colour = find(font, "color")
    return usual if colour is None else _colour(colour, theme, usual)


def _ground(fill: Element | None, theme: list[str], usual: str) -> str:
    """What stands behind a cell: a plain colour, else the sort of pattern or of passage."""
    pattern = find(fill, "patternFill")
    if pattern is None:
        return usual if fill is None or len(fill) == 0 else "a passage of colours"
    kind = pattern.get("patternType", "solid" if not usual else "none")
    if kind in ("none", "gray125"):
        return usual
    place = "fgColor" if usual else "bgColor"  # a conditional format has it the other way round
    colour = find(pattern, place)
    if kind == "solid" and colour is not None:
        return _colour(colour, theme, usual)
    return f"a pattern, {kind}"


def _colour(colour: Element, theme: list[str], usual: str) -> str:
    tint = f" tinted {colour.get('tint')}" if float(colour.get("tint", "0")) else ""
    if colour.get("rgb"):
        return colour.get("rgb", "")[-6:].upper() + tint
    if colour.get("theme"):
        place = int(colour.get("theme", "0"))
        return (theme[place] if place < len(theme) else f"theme {place}") + tint
    if colour.get("indexed") not in (None, "64", "65"):
        return f"indexed {colour.get('indexed')}{tint}"
    return usual


def _size(font: Element | None) -> str:
    found = find(font, "sz")
    return "11" if found is None else format(float(found.get("val", "11")), "g")


def _manners(font: Element | None) -> list[str]:
    found = (find(font, tag) for tag in _MANNERS)
    kinds = zip(_MANNERS.values(), found, strict=True)
    told = [kind for kind, item in kinds if item is not None and item.get("val") not in _OFF]
    raised = find(font, "vertAlign")
    return told if raised is None else [*told, raised.get("val", "")]


_OFF = ("0", "false", "none")


def _odd(style: Element) -> list[str]:
    """What of a style's alignment and protection may keep a cell from being read."""
    alignment, protection = find(style, "alignment"), find(style, "protection")
    told = []
    if alignment is not None:
        told += [f"turned {alignment.get('textRotation')}"] * bool(alignment.get("textRotation"))
        told += ["shrunk to fit"] * is_yes(alignment.get("shrinkToFit"))
        told += ["filling"] * (alignment.get("horizontal") == "fill")
    if protection is not None and is_yes(protection.get("hidden")):
        told.append("formula hidden")
    return told


def _theme(package: Package, book: str) -> list[str]:
    """The colours of the workbook's theme, in the order in which cells number them."""
    found = package.leading(book, "theme")
    scheme = next(iter(every(package.xml(found[0]), "clrScheme")), None) if found else None
    colours = []
    for slot in _SLOTS:
        item = find(scheme, slot)
        first = item[0] if item is not None and len(item) else None
        said = "" if first is None else first.get("lastClr", first.get("val", ""))
        colours.append(said.upper() or "none")
    return colours
