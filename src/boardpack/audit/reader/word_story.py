"""One story of a Word document (its body, a header, a footnote) as it is seen, in reading order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, tostring

from boardpack.audit.reader.passage import Kind, Passage
from boardpack.audit.reader.word_package import Package, Relation
from boardpack.audit.reader.word_styles import Looks, Styles, W, each, fill_of, is_on, unusual

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SHAPE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SQUEEZED = 100
"""A column or a row of fewer twentieths of a point than this shows no word."""
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_NEW = frozenset(f"{W}{name}" for name in ("ins", "moveTo"))
_LEFT_OUT = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "tcPr", "trPr", "tblPr", "tblGrid", "sectPr", "sdtPr")
)


@dataclass
class Story:
    """Reads one story; `where` names it, as in `header 1`, and is empty for the body."""

    package: Package
    styles: Styles
    relations: Mapping[str, Relation]
    where: str = ""
    passages: list[Passage] = field(default_factory=list)
    _paragraphs: int = 0
    _tables: int = 0
    _fields: list[tuple[list[str], list[str]]] = field(default_factory=list)
    _bookmarks: list[str] = field(default_factory=list)

    def read(self, root: Element) -> list[Passage]:
        """All that the story shows, and what in it could hide or move the rest."""
        self._blocks(root)
        if self._bookmarks:
            digest = hashlib.sha256("\n".join(self._bookmarks).encode()).hexdigest()
            self._add(self.where or "the document", "look", "bookmarks", digest)
        return self.passages

    def _add(self, where: str, kind: Kind, *cells: str) -> None:
        self.passages.append(Passage(where, kind, cells))

    def _at(self, place: str) -> str:
        return f"{self.where}, {place}" if self.where else place

    def _blocks(self, parent: Element, ground: str = "auto") -> None:
        for block in parent:
            if block.tag == f"{W}p":
                self._paragraphs += 1
                self._paragraph(block, self._at(f"paragraph {self._paragraphs}"), ground)
            elif block.tag == f"{W}tbl":
                self._table(block)
            elif block.tag == f"{W}altChunk":
                self._add(self.where or "the document", "look", "another document", _digest(block))
            elif block.tag not in _LEFT_OUT:
                self._blocks(block, ground)

    def _paragraph(self, paragraph: Element, where: str, ground: str) -> None:
        words = self._words(paragraph, where, ground)
        if words:
            self._add(where, "text", words)

    def _words(self, paragraph: Element, where: str, ground: str) -> str:
        """What a paragraph shows; what else stands in it becomes passages of its own."""
        properties = paragraph.find(f"{W}pPr")
        looks = self.styles.paragraph(properties, ground)
        if properties is not None and properties.find(f"{W}framePr") is not None:
            self._add(where, "look", "a frame that floats", _digest(properties))
        return " ".join("".join(self._inline(paragraph, where, looks)).split())

    def _inline(self, parent: Element, where: str, looks: Looks) -> Iterator[str]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child, where, looks)
            elif child.tag in _GONE:
                words = "".join(part.text or "" for part in each(child, "delText", "t"))
                self._add(where, "look", "deleted, and kept", words)
            elif child.tag in _NEW:
                words = "".join(part.text or "" for part in child.iter(f"{W}t"))
                self._add(where, "look", "inserted, and marked so", words)
                yield from self._inline(child, where, looks)
            elif child.tag == f"{W}hyperlink":
                self._link(child, where)
                yield from self._inline(child, where, looks)
            elif child.tag == f"{W}bookmarkStart":
                self._bookmarks.append(f"{where} {child.get(f'{W}name')}")
            elif child.tag == f"{W}fldSimple":
                shown = "".join(self._inline(child, where, looks))
                self._add(where, "formula", _one(child.get(f"{W}instr", "")), shown)
                yield shown
            elif child.tag not in _LEFT_OUT:
                yield from self._inline(child, where, looks)

    def _link(self, link: Element, where: str) -> None:
        relation = self.relations.get(link.get(f"{_R}id", ""))
        target = relation.target if relation else f"#{link.get(f'{W}anchor', '')}"
        self._add(where, "look", "link", target, link.get(f"{W}tooltip", ""))

    def _run(self, run: Element, where: str, looks: Looks) -> Iterator[str]:
        properties = run.find(f"{W}rPr")
        looks = self.styles.run(looks, properties)
        words = "".join(filter(None, (self._piece(piece, where) for piece in run)))
        if words.strip():
            if odd := unusual(properties):
                self._add(where, "look", f"set apart by {' '.join(odd)}", words)
            if why := looks.why_hidden():
                self._add(where, "look", "words that are not seen", why, words)
                return
        if self._fields:
            self._fields[-1][1].append(words)
        yield words

    def _piece(self, piece: Element, where: str) -> str:
        name = piece.tag.removeprefix(W)
        if name == "t":
            return piece.text or ""
        if name in _SIGNS:
            return _SIGNS[name]
        if name == "sym":
            return chr(int(piece.get(f"{W}char", "0020"), 16))
        if name == "fldChar":
            self._field(piece.get(f"{W}fldCharType", ""), where)
        elif name == "instrText" and self._fields:
            self._fields[-1][0].append(piece.text or "")
        elif name in ("drawing", "pict", "object") or piece.tag == f"{_CHOICE}AlternateContent":
            self._picture(piece, where, name)
        elif name not in ("rPr", "lastRenderedPageBreak", "instrText", "footnoteReference"):
            self._add(where, "look", name, _digest(piece))
        return ""

    def _field(self, kind: str, where: str) -> None:
        if kind == "begin":
            self._fields.append(([], []))
        elif kind == "end" and self._fields:
            instruction, shown = self._fields.pop()
            self._add(where, "formula", _one("".join(instruction)), _one("".join(shown)))

    def _picture(self, piece: Element, where: str, name: str) -> None:
        """A picture or a shape: what is said of it, the hash of its file, words within."""
        for shape in piece.iter(f"{_SHAPE}docPr"):
            for said in (shape.get("title"), shape.get("descr")):
                if said:
                    self._add(where, "aid", said)
            if shape.get("hidden") in ("1", "true"):
                self._add(where, "look", "a picture that is hidden", shape.get("name", ""))
        for blip in piece.iter(f"{_DRAWN}blip"):
            relation = self.relations.get(blip.get(f"{_R}embed", ""))
            known = relation is not None and relation.target in self.package.parts
            digest = self.package.digest(relation.target) if relation and known else "not there"
            self._add(where, "file", "picture", digest)
        if name != "drawing" or next(piece.iter(f"{_SHAPE}anchor"), None) is not None:
            self._add(where, "look", "drawn over the page", _digest(piece))
        for words in piece.iter(f"{_DRAWN}t"):
            self._add(where, "text", words.text or "")
        for box in piece.iter(f"{W}txbxContent"):
            self._blocks(box)

    def _table(self, table: Element) -> None:
        self._tables += 1
        number = self._tables
        properties = table.find(f"{W}tblPr")
        for name in ("tblCaption", "tblDescription"):
            said = None if properties is None else properties.find(f"{W}{name}")
            if said is not None:
                self._add(self._at(f"table {number}"), "aid", said.get(f"{W}val", ""))
        for name in ("bidiVisual", "tblpPr"):
            if properties is not None and properties.find(f"{W}{name}") is not None:
                self._add(self._at(f"table {number}"), "look", "moved", name)
        above: dict[int, str] = {}
        for place, row in enumerate(_rows(table), start=1):
            self._row(row, self._at(f"table {number}, row {place}"), above)

    def _row(self, row: Element, where: str, above: dict[int, str]) -> None:
        cells: list[str] = []
        for cell in row.iter(f"{W}tc") if row.find(f"{W}tc") is None else _cells(row):
            self._cell(cell, where, cells, above)
        properties = row.find(f"{W}trPr")
        height = None if properties is None else properties.find(f"{W}trHeight")
        is_low = (
            height is not None
            and height.get(f"{W}hRule") == "exact"
            and int(height.get(f"{W}val", "0")) < _SQUEEZED
        )
        gone = [
            tag
            for tag in (*_GONE, *_NEW)
            if properties is not None and properties.find(tag) is not None
        ]
        if is_on(properties, "hidden") or is_low:
            self._add(where, "look", "a row that is not seen", *cells)
        else:
            self._add(where, "row", *cells)
        if gone:
            self._add(where, "look", "a row that is marked as changed", *cells)

    def _cell(self, cell: Element, where: str, cells: list[str], above: dict[int, str]) -> None:
        properties = cell.find(f"{W}tcPr")
        ground = fill_of(properties) or "auto"
        words: list[str] = []
        self._cell_words(cell, where, ground, words)
        said = " ".join(words)
        merge = None if properties is None else properties.find(f"{W}vMerge")
        if merge is not None and merge.get(f"{W}val") != "restart":
            if said:
                self._add(where, "look", "words that are not seen", "in a joined cell", said)
            said = above.get(len(cells), "")
        width = None if properties is None else properties.find(f"{W}tcW")
        if said and width is not None and _points(width) < _SQUEEZED:
            self._add(where, "look", "words that are not seen", "in a squeezed column", said)
        span = None if properties is None else properties.find(f"{W}gridSpan")
        for _ in range(1 if span is None else min(int(span.get(f"{W}val", "1")), 200)):
            above[len(cells)] = said
            cells.append(said)

    def _cell_words(self, parent: Element, where: str, ground: str, words: list[str]) -> None:
        for block in parent:
            if block.tag == f"{W}p":
                words += filter(None, [self._words(block, where, ground)])
            elif block.tag == f"{W}tbl":
                self._table(block)
            elif block.tag not in _LEFT_OUT:
                self._cell_words(block, where, ground, words)


def _points(width: Element) -> int:
    """A width in twentieths of a point; one that is told as a share of the page is wide enough."""
    told = width.get(f"{W}w", "0")
    return int(told) if width.get(f"{W}type") == "dxa" and told.isdigit() else _SQUEEZED


def _rows(parent: Element) -> Iterator[Element]:
    """The rows of a table, through what may be wrapped around them."""
    for child in parent:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag not in _LEFT_OUT and child.tag != f"{W}tc":
            yield from _rows(child)


def _cells(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _cells(child)


def _one(text: str) -> str:
    return " ".join(text.split())


def _digest(element: Element) -> str:
    return hashlib.sha256(tostring(element)).hexdigest()
