"""Chapters of a Word paper: each block in its style, sections with wide tables on their side."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from boardpack.core.home_chapters import chapter_name
from boardpack.document.blocks import (
    Chart,
    KeyFigure,
    KeyFigures,
    Narrative,
    NotSupplied,
    Picture,
    Table,
    Tone,
    Workings,
)
from boardpack.document.content import Chapter, Heading, Item
from boardpack.outputs.charts.static_chart import FULL_WIDTH
from boardpack.outputs.html.number import TONES
from boardpack.outputs.reading_order import CHAPTER_LEVEL, COVER_SHEET, chapter_sections
from boardpack.outputs.word.grid import PlainColumn, plain_table
from boardpack.outputs.word.paper import WordPaper, clean
from boardpack.outputs.word.prose import line, prose
from boardpack.outputs.word.run import PLAIN, STRONG, Look, marked, paragraph, run
from boardpack.outputs.word.table import is_wide, number_runs, table_word

EMU = 12700
"""Word measures pictures in these; this many are a point."""
LOWEST = 5
CHAPTER = "_Ref_"
"""What the hidden bookmark of a chapter's heading begins with, to which headlines lead."""
_LOOKS: Mapping[Tone, Look] = {
    "good": Look("Favourable"),
    "bad": Look("Adverse"),
    "amber": STRONG,
    "slight": PLAIN,
    "neutral": PLAIN,
}
_SPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(frozen=True)
class Png:
    """A picture as dots, and its height and width in points; a chart has a page's width."""

    content: bytes
    height: float
    width: float = FULL_WIDTH


@dataclass(frozen=True)
class Section:
    """A run of the document on pages that lie one way."""

    xml: str
    landscape: bool = False


@dataclass(frozen=True)
class Entry:
    """A line of the contents: a heading, and the bookmark that it stands in."""

    level: int
    text: str
    bookmark: str


def picture_word(paper: WordPaper, png: Png, alt: str, kind: str = "Chart") -> str:
    """A picture in a paragraph of its own; `alt` says in words what it shows."""
    relation, number = paper.picture(png.content)
    wide, high = round(png.width * EMU), round(png.height * EMU)
    named = f'id="{number}" name="{kind} {number}"'
    shape = (
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {named}/><pic:cNvPicPr/>"
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" '
        f'cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic>"
    )
    drawn = (
        f'<w:r><w:drawing {_SPACES}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr {named} descr="{clean(alt)}"/>'
        f'<a:graphic><a:graphicData uri="{_PICTURE}">{shape}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
    return paragraph(paper, "Picture", drawn)


class ChapterWriter:
    """Draws chapters one after the other, and notes their headings for the contents."""

    def __init__(
        self, paper: WordPaper, charts: Mapping[str, Png], chapters: Collection[str] = ()
    ) -> None:
        self.paper = paper
        self.entries: list[Entry] = []
        self._charts, self._chapters = charts, chapters
        self._begins: str | None = None

    def sections(self, chapter: Chapter, part: str | None, is_first: bool) -> list[Section]:
        """The chapter in sections; `part` is the title of the part that it opens, if it does."""
        found, self._begins = [], chapter_name(chapter.name)
        for items in chapter_sections(chapter, part):
            wide = any(isinstance(item, Table) and is_wide(item) for item in items)
            drawn = "".join(self._item(item, is_first) for item in items)
            found.append(Section(drawn, wide))
        return found

    def _item(self, item: Item, is_first: bool) -> str:
        paper = self.paper
        match item:
            case Heading():
                return self._heading(item, is_first)
            case Table():
                return table_word(paper, item)
            case Chart():
                return self._chart(item)
            case Narrative(voice="commentary"):
                label = run(paper, "Finance team commentary")
                said = prose(paper, item.markdown, "Commentary")
                return paragraph(paper, "Commentary label", label) + said
            case Narrative():
                return prose(paper, item.markdown)
            case Picture():
                over = paragraph(paper, "caption", marked(paper, item.title)) if item.title else ""
                return over + picture_word(self.paper, self._charts[item.id], item.alt)
            case KeyFigures():
                return self._key_figures(item.items)
            case NotSupplied():
                words = marked(paper, f"Not supplied: {item.what}. ") + line(paper, item.why)
                return paragraph(paper, "Not supplied", words)
            case Workings():
                return ""
            case _:
                assert_never(item)

    def _heading(self, heading: Heading, is_first: bool) -> str:
        level = min(heading.level, LOWEST)
        name = f"_Toc{len(self.entries) + 1:08d}"
        self.entries.append(Entry(level, heading.text, name))
        begins_page = (level == 1 and not is_first) or heading.text == COVER_SHEET
        words = self.paper.bookmark(name, marked(self.paper, heading.text))
        if level == CHAPTER_LEVEL and self._begins is not None:
            words, self._begins = self.paper.bookmark(f"{CHAPTER}{self._begins}", words), None
        more = "<w:pageBreakBefore/>" if begins_page else ""
        return paragraph(self.paper, f"heading {level}", words, more)

    def _chart(self, chart: Chart) -> str:
        caption = paragraph(self.paper, "caption", marked(self.paper, chart.title))
        return caption + picture_word(self.paper, self._charts[chart.id], chart.alt or chart.title)

    def _key_figures(self, items: Sequence[KeyFigure]) -> str:
        heads = [run(self.paper, head) for head in ("Headline", "Figure", "What it means")]
        rows = [heads, *(self._key_figure(item) for item in items)]
        return plain_table(self.paper, KEY_COLUMNS, rows, "Key figures", "Headlines of this paper")

    def _key_figure(self, item: KeyFigure) -> list[str]:
        paper, look = self.paper, _LOOKS[item.tone]
        tone = run(paper, TONES[item.tone], look)
        said = [tone, *(line(paper, text) for text in (item.movement, item.context) if text)]
        between = run(paper, ". ")
        label = marked(paper, item.label)
        if item.chapter in self._chapters:
            told = marked(paper, item.label, Look("Hyperlink"))
            label = f'<w:hyperlink w:anchor="{CHAPTER}{item.chapter}">{told}</w:hyperlink>'
        return [label, self._headline(item), between.join(filter(None, said))]

    def _headline(self, item: KeyFigure) -> str:
        """The number; where the tone says that it is bad news, it needs no sign of its own."""
        number = item.number
        if item.tone in ("good", "neutral"):
            return number_runs(self.paper, number)
        words = run(self.paper, number.text, _LOOKS[item.tone])
        return self.paper.number(number.figure, words, number.value)


KEY_COLUMNS = (
    PlainColumn("left", 112.0),
    PlainColumn("right", 105.0, "Key figure"),
    PlainColumn("left", 276.0, room=8.0),
)
