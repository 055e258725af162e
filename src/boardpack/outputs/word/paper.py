"""A Word paper while it is written: styles by name, numbers with their figures, pictures, links.

Every number stands in a hidden bookmark; a part beside the text (`numbers.xml`) says which figure
each bookmark shows and its exact value, so that an auditor can hold the print to the register. The
reader sees nothing of it, and Word keeps both when the file is saved.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from boardpack.outputs.word.numbers import NUMBERS
from boardpack.outputs.word.reference import TEMPLATES, style_ids

_PART = "/customXml/boardpack-numbers.xml"
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})


@dataclass(frozen=True)
class _Tag:
    figure: str
    value: str | None
    table: int | None


class WordPaper:
    """Gathers what the text of a document refers to, while the text is drawn."""

    def __init__(self, document: Document, values: Mapping[str, str]) -> None:
        self.document = document
        self._values = values
        self._styles = style_ids(document)
        self._tags: list[_Tag] = []
        self._ids = self._pictures = self._tables = 0
        self._table: int | None = None
        self._lists = self._first_lists()

    def style(self, name: str) -> str:
        """The id of the style of this name."""
        return escape(self._styles[name])

    def number(self, figure: str, runs: str, value: str | None = None) -> str:
        """The runs of a number, tagged with the figure it shows; one that shows none has no tag."""
        if not figure:
            return runs
        self._tags.append(_Tag(figure, value or self._values.get(figure), self._table))
        return self.bookmark(f"_f{len(self._tags)}", runs)

    def bookmark(self, name: str, runs: str) -> str:
        """The runs within a bookmark; a name that begins with `_` is hidden from a reader."""
        self._ids += 1
        start = f'<w:bookmarkStart w:id="{self._ids}" w:name="{escape(name)}"/>'
        return f'{start}{runs}<w:bookmarkEnd w:id="{self._ids}"/>'

    def begin_table(self) -> None:
        """The numbers that follow stand in a table of amounts."""
        self._tables += 1
        self._table = self._tables

    def end_table(self) -> None:
        """The numbers that follow stand in prose."""
        self._table = None

    def link(self, address: str) -> str:
        """The relationship id of an outside address."""
        return self.document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)

    def picture(self, png: bytes) -> tuple[str, int]:
        """The relationship id of a picture, and a number of its own in the document."""
        self._pictures += 1
        relation, _ = self.document.part.get_or_add_image(io.BytesIO(png))
        return relation, self._pictures

    def part(self, name: str, content: str, kind: str, relation: str) -> str:
        """Adds a part (a header); returns its relationship id."""
        package = self.document.part.package
        added = Part(PackURI(f"/word/boardpack-{name}.xml"), kind, content.encode(), package)
        return self.document.part.relate_to(added, relation)

    @property
    def bullets(self) -> int:
        """The number of the bulleted list."""
        return self._lists[0]

    def numbered(self, start: int) -> int:
        """The number of a new numbered list that starts at `start`."""
        numbering = self.document.part.numbering_part.element
        number = self._next(numbering, "num", "numId")
        over = "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride>'
            for level, first in enumerate((start, 1, 1))
        )
        numbering.append(_word(f'num w:numId="{number}"', self._abstract(self._lists[1]) + over))
        return number

    def add_numbers(self) -> None:
        """Adds the part that says which figure each tagged number shows."""
        said = "".join(_entry(place, tag) for place, tag in enumerate(self._tags, start=1))
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<numbers xmlns="{NUMBERS}">{said}</numbers>'
        )
        package = self.document.part.package
        part = Part(PackURI(_PART), CONTENT_TYPE.XML, content.encode(), package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)

    def _first_lists(self) -> tuple[int, int]:
        """Adds the two kinds of list behind those of the reference: a number, an abstract one."""
        numbering = self.document.part.numbering_part.element
        own = _abstract_lists()
        first = self._next(numbering, "abstractNum", "abstractNumId")
        before = numbering.find(qn("w:num"))
        at = len(numbering) if before is None else numbering.index(before)
        for place, kind in enumerate(own):
            kind.set(qn("w:abstractNumId"), str(first + place))
            numbering.insert(at + place, kind)
        number = self._next(numbering, "num", "numId")
        numbering.append(_word(f'num w:numId="{number}"', self._abstract(first)))
        return number, first + 1

    @staticmethod
    def _abstract(number: int) -> str:
        return f'<w:abstractNumId w:val="{number}"/>'

    @staticmethod
    def _next(numbering: etree._Element, tag: str, attribute: str) -> int:
        found = numbering.iterchildren(qn(f"w:{tag}"))
        return max((int(str(one.get(qn(f"w:{attribute}")))) for one in found), default=0) + 1


def clean(text: str) -> str:
    """`text` as XML text; controls and direction marks, which could hide a number, are dropped.

    >>> clean("R&D" + chr(0x202E))
    'R&amp;D'
    """
    if text.isascii() and text.isprintable():
        return escape(text)
    kept = (" " if c in "\t\n" else c for c in text)
    return escape("".join(c for c in kept if (c.isascii() and c >= " ") or _is_shown(c)))


def _is_shown(character: str) -> bool:
    return unicodedata.category(character) not in _DROPPED


def _entry(place: int, tag: _Tag) -> str:
    said = {"bookmark": f"_f{place}", "figure": tag.figure}
    said |= {} if tag.value is None else {"value": tag.value}
    said |= {} if tag.table is None else {"table": str(tag.table)}
    listed = " ".join(f'{name}="{escape(text)}"' for name, text in said.items())
    return f"<number {listed}/>"


def _abstract_lists() -> list[etree._Element]:
    read = parse_xml((TEMPLATES / "numbering.xml").read_bytes())
    return list(read.iterchildren(qn("w:abstractNum")))


def _word(start: str, inside: str) -> etree._Element:
    name = start.split()[0]
    space = f'xmlns:w="{qn("w:p")[1:].split("}")[0]}"'
    return parse_xml(f"<w:{start} {space}>{inside}</w:{name}>")
