"""Which page each heading of a Word paper will come to stand on, reckoned as Word lays it out.

Only Word knows its pages; the reckoning is as near as the widths of letters allow, so that the
contents have numbers when the file is opened. Word puts its own in their place when it is asked to
bring fields up to date. Lengths are points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from docx.oxml.ns import qn

from boardpack.core.design import usual_design
from boardpack.outputs.typeface import wrapped

LONG, SHORT = 16838, 11906
"""The sides of an A4 page, in twentieths of a point."""
SIDE = 720
"""The margins beside the text, Word's own narrow ones: few tables need to turn their page."""
_ROOM = usual_design().spacing
TOP, BOTTOM = round(_ROOM.page_top * 20), round(_ROOM.page_bottom * 20)
WIDER = 1.06
"""How much wider Arial sets running text than the paper's own typeface, on the whole."""
LETTER = 1.13
"""The height of a line of Arial, in its size; both are those that came nearest to real pages."""
TWIP, EMU = 20, 12700
_USUAL = 11.0
_RULE = 0.25
"""What the rule between two rows of a table takes."""
_ORPHANS = 2


@dataclass(frozen=True)
class Sheet:
    """The room for text on a page."""

    width: float
    height: float


BODY = Sheet((SHORT - 2 * SIDE) / 20, (LONG - TOP - BOTTOM) / 20)


@dataclass(frozen=True)
class Piece:
    """What stands on one page: a line, a paragraph that stays whole, a row of a table."""

    height: float
    before: float = 0.0
    keeps: bool = False
    breaks: bool = False
    names: tuple[str, ...] = ()
    head: float = 0.0


@dataclass
class Pages:
    """The page of each bookmark, and how far the page before each page break was filled."""

    of: dict[str, int] = field(default_factory=dict)
    filled: dict[str, float] = field(default_factory=dict)


def reckoned(body: Any, styles: Any, sheet: Sheet = BODY) -> Pages:
    """The pages of a document's body; `styles` is the element that holds its styles."""
    pieces = list(_Reckoner(_Styles(styles)).pieces(body, sheet.width))
    found, page, left = Pages(), 1, sheet.height
    at = 0
    while at < len(pieces):
        end = at
        while pieces[end].keeps and end + 1 < len(pieces) and not pieces[end + 1].breaks:
            end += 1
        chain = pieces[at : end + 1]
        needed = sum(one.before + one.height for one in chain)
        if chain[0].breaks:
            for name in chain[0].names:
                found.filled[name] = 1 - left / sheet.height
            page, left = page + 1, sheet.height
        elif needed > left and left < sheet.height:
            page, left = page + 1, sheet.height + chain[0].before - chain[0].head
        for one in chain:
            if one.height > left and left < sheet.height:  # a chain longer than a page
                page, left = page + 1, sheet.height + one.before - one.head
            found.of.update(dict.fromkeys(one.names, page))
            left -= one.before + one.height
        at = end + 1
    return found


@dataclass(frozen=True)
class _Look:
    """How a style sets a paragraph: type size, weight, space around it, indents."""

    size: float = _USUAL
    bold: bool = False
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    indent: float = 0.0
    keeps: bool = False
    whole: bool = False


class _Styles:
    """The styles of a document by their ids, each with what it is based on."""

    def __init__(self, styles: Any) -> None:
        self._styles = {style.get(qn("w:styleId")): style for style in styles.iter(qn("w:style"))}
        self._defaults = styles.find(qn("w:docDefaults"))
        self._known: dict[str | None, _Look] = {}

    def look(self, style: str | None) -> _Look:
        """How a style looks; the default paragraph's where there is none of that id."""
        if style not in self._known:
            found = self._styles.get(style)
            based = None if found is None else found.find(qn("w:basedOn"))
            under = self._usual if based is None else self.look(based.get(qn("w:val")))
            self._known[style] = under if found is None else _looked(under, found)
        return self._known[style]

    @cached_property
    def _usual(self) -> _Look:
        if self._defaults is None:
            return _Look()
        found = _Look()
        for part in self._defaults:
            found = _looked(found, part)
        return found


def _looked(under: _Look, element: Any) -> _Look:
    """A look with what an element says of its paragraph and its letters."""
    changes: dict[str, Any] = {}
    size, bold = _first(element, "w:rPr/w:sz"), _first(element, "w:rPr/w:b")
    if size is not None:
        changes["size"] = float(size.get(qn("w:val"))) / 2
    if bold is not None:
        changes["bold"] = bold.get(qn("w:val")) not in ("0", "false")
    paragraph = element if element.tag == qn("w:pPr") else element.find(qn("w:pPr"))
    if paragraph is not None:
        changes |= _spaced(paragraph)
    return replace(under, **changes)


def _spaced(paragraph: Any) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    spacing, indent = paragraph.find(qn("w:spacing")), paragraph.find(qn("w:ind"))
    for name, attribute in (("before", "w:before"), ("after", "w:after")):
        if spacing is not None and spacing.get(qn(attribute)) is not None:
            changes[name] = float(spacing.get(qn(attribute))) / TWIP
    if spacing is not None and spacing.get(qn("w:line")) is not None:
        is_exact = spacing.get(qn("w:lineRule")) == "exact"
        line = float(spacing.get(qn("w:line")))
        changes["line"] = -line / TWIP if is_exact else line / 240
    if indent is not None:
        sides = (indent.get(qn(f"w:{side}"), "0") for side in ("left", "right"))
        changes["indent"] = sum(float(side) for side in sides) / TWIP
    if paragraph.find(qn("w:keepNext")) is not None:
        changes["keeps"] = True
    if paragraph.find(qn("w:keepLines")) is not None:
        changes["whole"] = True
    return changes


def _first(element: Any, path: str) -> Any:
    for tag in path.split("/"):
        if element is None:
            return None
        element = element.find(qn(tag))
    return element


@dataclass(frozen=True)
class _Reckoner:
    """Paragraphs and tables in pieces, by the styles of their document."""

    styles: _Styles

    def pieces(self, body: Any, width: float) -> Iterator[Piece]:
        """The paragraphs and rows of a body in order, long paragraphs by their lines."""
        turned = False
        for element in body:
            if element.tag == qn("w:p"):
                pieces = self._paragraph(element, width)
                first = next(pieces)
                yield replace(first, breaks=first.breaks or turned)
                yield from pieces
                turned = _first(element, "w:pPr/w:sectPr") is not None
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:sdt"):
                yield from self.pieces(element.find(qn("w:sdtContent")), width)

    def _paragraph(self, element: Any, width: float) -> Iterator[Piece]:
        look, names = self.look(element), _names(element)
        breaks = _first(element, "w:pPr/w:pageBreakBefore") is not None
        lines = self._lines(element, look, width)
        first = Piece(0.0, look.before, look.keeps, breaks, names)
        if look.keeps or look.whole or len(lines) <= 2 * _ORPHANS - 1:
            yield replace(first, height=sum(lines) + look.after)
            return
        yield replace(first, height=sum(lines[:_ORPHANS]))
        for height in lines[_ORPHANS:-_ORPHANS]:
            yield Piece(height)
        yield Piece(sum(lines[-_ORPHANS:]) + look.after)

    def _table(self, table: Any) -> Iterator[Piece]:
        rows = table.findall(qn("w:tr"))
        heights = [self._row(row) for row in rows]
        heads = [_first(row, "w:trPr/w:tblHeader") is not None for row in rows]
        head = sum(height for height, is_head in zip(heights, heads, strict=True) if is_head)
        for row, height, is_head in zip(rows, heights, heads, strict=True):
            first = next(row.iter(qn("w:p")), None)
            keeps = is_head or (first is not None and self.look(first).keeps)
            yield Piece(height, keeps=keeps, names=_names(row), head=0.0 if is_head else head)

    def _row(self, row: Any) -> float:
        return max(self._cell(cell) for cell in row.findall(qn("w:tc"))) + _RULE

    def _cell(self, cell: Any) -> float:
        width = float(_first(cell, "w:tcPr/w:tcW").get(qn("w:w"))) / TWIP - 6.0
        pieces = self.pieces(cell, width)
        return sum(one.before + one.height for one in pieces)

    def look(self, paragraph: Any) -> _Look:
        """How a paragraph looks: by its style, and by what it says itself."""
        style = _first(paragraph, "w:pPr/w:pStyle")
        look = self.styles.look(None if style is None else style.get(qn("w:val")))
        own = paragraph.find(qn("w:pPr"))
        return look if own is None else replace(look, **_spaced(own))

    def _lines(self, paragraph: Any, look: _Look, width: float) -> list[float]:
        """The heights of a paragraph's lines; a picture is a line of its own height."""
        extent = next(paragraph.iter(_EXTENT), None)
        if look.line < 0:
            return [-look.line]
        if extent is not None:
            return [float(extent.get("cy")) / EMU]
        high = look.size * LETTER * look.line
        room = max(width - look.indent, look.size)
        found: list[float] = []
        for part in _text(paragraph).split("\n"):
            found += [high] * _count(part, look.size, room)
        return found


@lru_cache(maxsize=65_536)
def _count(text: str, size: float, room: float) -> int:
    """How many lines a text takes."""
    return len(wrapped(text, size * WIDER, room))


_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"


def _text(paragraph: Any) -> str:
    kinds = {qn("w:t"), qn("w:br")}
    parts = (one for one in paragraph.iter() if one.tag in kinds)
    return "".join("\n" if one.tag == qn("w:br") else one.text or "" for one in parts)


def _names(element: Any) -> tuple[str, ...]:
    found = (str(one.get(qn("w:name"))) for one in element.iter(qn("w:bookmarkStart")))
    return tuple(name for name in found if name.startswith("_Toc"))


def number_pages(body: Any, pages: Mapping[str, int]) -> None:
    """Fill in the pages of the contents, which are fields."""
    for told in body.iter(qn("w:instrText")):
        name, *rest = (told.text or "").split()
        if name == "PAGEREF" and rest[0] in pages:
            runs = told.getparent().itersiblings(qn("w:r"))
            shown = next(text for run in runs for text in run.iter(qn("w:t")))
            shown.text = str(pages[rest[0]])


def closer(paragraphs: Iterable[Any], styles: Any, density: float) -> None:
    """Set paragraphs closer: the space around them, not their type."""
    reckoner = _Reckoner(_Styles(styles))
    for paragraph in paragraphs:
        look = reckoner.look(paragraph)
        spacing = paragraph.get_or_add_pPr().get_or_add_spacing()
        for name, points in (("w:before", look.before), ("w:after", look.after)):
            spacing.set(qn(name), str(round(points * density * TWIP)))
