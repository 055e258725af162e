"""The deck that slides are put into: its page, its two layouts, and the shapes they are made of.

Lengths are points. Shapes are read aloud in the order in which they are added; a title always
stands in the title's placeholder. Each slide bears the paper's name, its marks and its number.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from boardpack.core.design import colours, design
from boardpack.outputs.drawn_logo import logo_dots
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.slides.text import FAMILY, LEADING, fitted, lines, plain, text_width

WIDTH, HEIGHT, MARGIN = 960.0, 540.0, 40.0
TITLE_TOP, TITLE_GAP, BODY_BOTTOM = 26.0, 16.0, 494.0
BODY_WIDTH = WIDTH - 2 * MARGIN
TITLE_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0)
FOOT_SIZE = 11.0
_TITLE_SLIDE, _TITLE_ONLY = 0, 5
_PROPERTY = 255
_FOOT_TYPES = ("ftr", "sldNum")
_FEET = {"ftr": (MARGIN, 760.0), "sldNum": (WIDTH - MARGIN - 80, 80.0)}
"""Where each foot stands and how wide it is."""


@dataclass(frozen=True)
class Box:
    """Where a shape stands: left, top, width and height."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[Pt, Pt, Pt, Pt]:
        """The same in the units of the file."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


@dataclass(frozen=True)
class Words:
    """A run of text and how it is set; `colour` is as in the design sheet."""

    text: str
    size: float
    bold: bool = False
    colour: str = field(default_factory=lambda: colours().ink)


def colour(value: str) -> RGBColor:
    """A colour of the design sheet (`#rrggbb`)."""
    made: Any = RGBColor
    found: RGBColor = made.from_string(value.lstrip("#").upper())
    return found


class Deck:
    """A presentation that is being made."""

    def __init__(self, meta: PdfMeta) -> None:
        self.meta = meta
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = Pt(WIDTH), Pt(HEIGHT)
        kept = [self.file.slide_layouts[n] for n in (_TITLE_SLIDE, _TITLE_ONLY)]
        for layout in [one for one in self.file.slide_layouts if one not in kept]:
            self.file.slide_layouts.remove(layout)
        self._cover, self._plain = kept
        for holder in (self.file.slide_master, *kept):
            _arrange(holder)
        self._describe()

    def cover(self) -> None:
        """The first slide: whose paper it is, of which month, for which meeting, and its marks."""
        meta, slide = self.meta, self._slide(self._cover)
        title, subtitle = slide.placeholders[0], slide.placeholders[1]
        words, size = fitted(plain(meta.title), (40, 36, 32, 28, 24), BODY_WIDTH - 20, 2)
        write(title.text_frame, [[Words(words, size, True, colours().white)]])
        fill(title, colours().dark_blue)
        *whose, board = meta.names
        told = (meta.subtitle, board, meta.date, *whose)
        shown = [[Words(plain(text), 20)] for text in told]
        marks = [[Words(plain(meta.mark), 20, True, colours().red)]] if meta.mark else []
        replaces = [[Words(plain(meta.replaces), 14)]] if meta.replaces else []
        write(subtitle.text_frame, [*shown, *marks, *replaces])
        if (logo := design().logo) is not None and (dots := logo_dots()) is not None:
            sides = logo.within(360, 64)
            drawn = slide.shapes.add_picture(BytesIO(dots.content), *Box(MARGIN, 40, *sides).emu())
            describe(drawn, "Logo", plain(logo.says))
        self._finish(slide, ("Cover sheet of the presentation.",))

    def slide(self, title: str) -> tuple[Any, Box]:
        """A slide with its title, and the room below it.

        What it shows is added to it in that room, then `finish` closes it.
        """
        slide = self._slide(self._plain)
        words, size = fitted(title, TITLE_SIZES, BODY_WIDTH - 10, 2)
        write(slide.shapes.title.text_frame, [[Words(words, size, True, colours().dark_blue)]])
        top = TITLE_TOP + lines(words, size, BODY_WIDTH - 10, True) * size * LEADING + TITLE_GAP
        return slide, Box(MARGIN, top, BODY_WIDTH, BODY_BOTTOM - top)

    def finish(self, slide: Any, notes: Sequence[str]) -> None:
        """The foot of a slide, which is read last, and what the presenter sees."""
        self._finish(slide, notes)

    def _slide(self, layout: Any) -> Any:
        return self.file.slides.add_slide(layout)

    def _finish(self, slide: Any, notes: Sequence[str]) -> None:
        for shape in slide.slide_layout.placeholders:
            kind = shape.element.ph.get("type")
            if kind in _FOOT_TYPES:
                slide.shapes.element.append(deepcopy(shape.element))
        for number, shape in enumerate(slide.shapes, start=2):
            shape.element._nvXxPr.cNvPr.set("id", str(number))
        foot = next(s for s in slide.placeholders if s.element.ph.get("type") == "ftr")
        marks = f"  {plain(self.meta.mark)}" if self.meta.mark else ""
        room = _FEET["ftr"][1] - text_width(marks, FOOT_SIZE, True)
        title, size = fitted(plain(self.meta.title), (FOOT_SIZE,), room, 1)
        said = Words(title, size, colour=colours().quiet)
        write(foot.text_frame, [[said, Words(marks, size, True, colours().red)]])
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)

    def _describe(self) -> None:
        meta, said = self.meta, self.file.core_properties
        made = dt.datetime.fromtimestamp(meta.timestamp, dt.UTC).replace(tzinfo=None)
        said.title, said.subject = _property(meta.title), _property(meta.subtitle)
        said.author = said.last_modified_by = _property(meta.organisation)
        said.content_status = _property(meta.mark)
        said.created = said.modified = made
        said.language, said.revision = "en-GB", 1


def _property(text: str) -> str:
    """What the file says of itself, in the length that the format allows."""
    return plain(text)[:_PROPERTY]


def write(frame: Any, paragraphs: Sequence[Sequence[Words]], after: float = 0.0) -> None:
    """Paragraphs of runs in a text frame, each with so many points after it."""
    frame.word_wrap = True
    for n, runs in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, Pt(after)
        for words in runs:
            if words.text:
                run = paragraph.add_run()
                run.text = words.text
                set_font(run.font, words)
            else:  # a run without words would make its line, and so its row, a large one
                end = etree.SubElement(paragraph._p, qn("a:endParaRPr"))
                end.set("sz", str(round(words.size * 100)))


def set_font(font: Any, words: Words) -> None:
    """The type of a run, or of a label."""
    font.size, font.bold, font.name = Pt(words.size), words.bold, FAMILY
    font.color.rgb = colour(words.colour)


def text_box(slide: Any, box: Box, name: str, paragraphs: Sequence[Sequence[Words]]) -> Any:
    """A box of text, without a margin, whose text begins at its top."""
    shape = slide.shapes.add_textbox(*box.emu())
    shape.name = name
    frame = shape.text_frame
    flush(frame)
    write(frame, paragraphs)
    return shape


def panel(slide: Any, box: Box, name: str, paragraphs: Sequence[Sequence[Words]]) -> None:
    """A pale panel with text."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    shape.name = name
    shape.element.remove(shape.element.find(qn("p:style")))
    fill(shape, colours().pale)
    shape.line.fill.background()
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(shape.text_frame, paragraphs, after=2)


def flush(frame: Any) -> None:
    """No margins within a text frame."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def fill(shape: Any, value: str) -> None:
    """One colour over a whole shape."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(value)


def describe(frame: Any, name: str, words: str) -> None:
    """The text alternative of a chart or a table, and its name in the list of shapes."""
    frame.name = name
    frame.element._nvXxPr.cNvPr.set("descr", words)


def _arrange(holder: Any) -> None:
    """The placeholders of a master or a layout, where a wide page has them."""
    is_cover = any(s.element.ph.get("type") == "ctrTitle" for s in holder.placeholders)
    for shape in list(holder.placeholders):
        kind = shape.element.ph.get("type")
        if kind in _FEET:
            left, width = _FEET[kind]
            _place(shape, Box(left, 506, width, 22))
            flush(shape.text_frame)
        elif kind == "dt":
            shape.element.getparent().remove(shape.element)
        elif kind in ("title", "ctrTitle"):
            cover, other = Box(0, 130, WIDTH, 130), Box(MARGIN, TITLE_TOP, BODY_WIDTH, 70)
            _place(shape, cover if is_cover else other)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE if is_cover else MSO_ANCHOR.TOP
            flush(shape.text_frame)
            shape.text_frame.margin_left = Pt(MARGIN) if is_cover else 0
        else:
            flush(shape.text_frame)
            _place(shape, Box(MARGIN, 290, BODY_WIDTH, 180))


def _place(shape: Any, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = box.emu()
