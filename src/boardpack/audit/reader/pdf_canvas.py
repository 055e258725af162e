"""Draws the pages of a PDF and notes what is drawn, by an interpreter of the language of PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import hypot
from typing import Any

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import apply_matrix_pt

from boardpack.audit.reader.pdf_dots import dots_of
from boardpack.audit.reader.pdf_drawn import (
    Box,
    Drawn,
    Glyph,
    Patch,
    common_box,
    path_box,
    path_lines,
    path_told,
    plain_colour,
    turned_box,
)
from boardpack.audit.reader.pdf_letters import Letters

INVISIBLE = (3, 7)
"""The modes in which text is drawn without ink."""
SPACES = frozenset({"DeviceGray", "DeviceRGB", "DeviceCMYK", "ICCBased"})
"""How colours are told plainly, as grey, red and green and blue, or inks."""


class Fonts(PDFResourceManager):
    """Typefaces of a file, and what the glyphs of each show."""

    def __init__(self) -> None:
        super().__init__()
        self._letters: dict[int, Letters | None] = {}
        self._maps: dict[int, bytes | None] = {}
        self._held: list[PDFFont] = []  # so that no other typeface takes the place of one

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The typeface, with the map from its codes to the glyphs that are embedded."""
        font = super().get_font(objid, spec)
        if id(font) not in self._maps:
            self._held.append(font)
            told = resolve1(spec.get("CIDToGIDMap"))
            self._maps[id(font)] = told.get_data() if isinstance(told, PDFStream) else None
        return font

    def shown(self, font: PDFFont, code: int) -> tuple[str, ...]:
        """The characters that a code of a typeface may show; none where its shape is unknown."""
        key = id(font)
        if key not in self._letters:
            program = resolve1(font.descriptor.get("FontFile2"))
            is_one = isinstance(program, PDFStream)
            self._letters[key] = Letters(program.get_data()) if is_one else None
        letters, table = self._letters[key], self._maps.get(key)
        if letters is None:
            return ()
        glyph = code if table is None else int.from_bytes(table[2 * code : 2 * code + 2], "big")
        return letters.shown(glyph)


class Canvas(PDFTextDevice):
    """Notes what an interpreter draws, page by page."""

    rsrcmgr: Fonts  # the methods below are those that pdfminer calls

    def __init__(self, fonts: Fonts) -> None:
        super().__init__(fonts)
        self.page = Drawn(0, (0, 0, 0, 0))
        self.window: Box | None = None
        self._mode = self._order = 0
        self._tags: list[tuple[int | None, int | None]] = []

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """A new page, as large as it is shown."""
        self.page = Drawn(self.page.number + 1, turned_box(page.cropbox, ctm))
        self._tags, self.window = [], None

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """A tag opens: a part of the document, or words to be told in place of others."""
        told = resolve1(props) if props is not None else {}
        told = told if isinstance(told, dict) else {}
        part = told.get("MCID", self._part)
        said = resolve1(told.get("ActualText"))
        if isinstance(said, bytes):
            self.page.replaced.append(([], text_string(said)))
        elif isinstance(props, PSLiteral) or getattr(tag, "name", "") == "OC":
            self.page.others.append(("layer or named property", str(getattr(tag, "name", tag))))
        for name in ("Alt", "E"):
            if isinstance(instead := resolve1(told.get(name)), bytes):
                self.page.aids.append(text_string(instead))
        at = len(self.page.replaced) - 1 if isinstance(said, bytes) else self._replacing
        self._tags.append((part if isinstance(part, int) else None, at))

    def end_tag(self) -> None:
        """The last tag closes."""
        if self._tags:
            self._tags.pop()

    @property
    def _part(self) -> int | None:
        return self._tags[-1][0] if self._tags else None

    @property
    def _replacing(self) -> int | None:
        return self._tags[-1][1] if self._tags else None

    def render_string(
        self, textstate: Any, seq: Any, ncs: PDFColorSpace, graphicstate: PDFGraphicState
    ) -> None:
        """A string of glyphs."""
        self._mode = textstate.render
        self._order += 1
        self.page.strings.append([])
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(
        self,
        matrix: Any,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """One glyph; returns how far it moves the pen."""
        advance: float = font.char_width(cid) * fontsize * scaling
        try:
            said = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            said = ""
        letters = self.rsrcmgr.shown(font, cid)
        foreign = "" if letters else str(font.fontname).partition("+")[2] or str(font.fontname)
        shown = said if said in letters or not letters else letters[0]
        a, b, c, d, *_ = matrix
        left, base = apply_matrix_pt(matrix, (0, rise))
        right, _ = apply_matrix_pt(matrix, (advance, rise))
        glyph = Glyph(
            shown,
            said,
            left,
            right,
            base,
            fontsize * hypot(c, d),
            self._order,
            self._part,
            plain_colour(graphicstate.ncolor),
            abs(b) + abs(c) < 0.01 and a > 0 and d * fontsize > 0,
            self._mode not in INVISIBLE,
            self.window,
            foreign,
        )
        self.page.strings[-1].append(glyph)
        if self._replacing is not None:
            self.page.replaced[self._replacing][0].append(glyph)
        return advance

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[Any],
    ) -> None:
        """A region that is filled, or lines."""
        self._order += 1
        box = path_box(path, self.ctm)
        if box is None or self.ctm is None:
            return
        how = fill, stroke, _told(graphicstate.ncolor, fill), _told(graphicstate.scolor, stroke)
        self.page.lines.append(path_told(path, self.ctm, *how, graphicstate.dash))
        if fill:
            colour = plain_colour(graphicstate.ncolor)
            self.page.patches.append(Patch(box, colour, self._order, False, self._part))
        if stroke:
            colour = plain_colour(graphicstate.scolor)
            half = graphicstate.linewidth * hypot(*self.ctm[2:4]) / 2
            for line in path_lines(path, self.ctm):
                wide = (line[0] - half, line[1] - half, line[2] + half, line[3] + half)
                self.page.patches.append(Patch(wide, colour, self._order, True, self._part))

    def render_image(self, name: str, stream: PDFStream) -> None:
        """A picture, which may show anything."""
        self._order += 1
        box = turned_box((0, 0, 1, 1), self.ctm)
        self.page.patches.append(Patch(box, None, self._order))
        self.page.pictures.append((" ".join(f"{side:.0f}" for side in box), dots_of(stream)))


class Interpreter(PDFPageInterpreter):
    """Draws a page on a canvas; notes the windows through which things are seen."""

    device: Canvas

    def init_state(self, ctm: Any) -> None:
        """A page or a drawing within it begins."""
        super().init_state(ctm)
        self._windows: list[Box | None] = []

    def do_q(self) -> None:
        """Keep the window."""
        super().do_q()
        self._windows.append(self.device.window)

    def do_Q(self) -> None:
        """Take up the window again."""
        super().do_Q()
        if self._windows:
            self.device.window = self._windows.pop()

    def do_W(self) -> None:
        """What follows is seen through this path alone."""
        box = path_box(self.curpath, self.ctm)
        if box is not None:
            self.device.window = common_box(self.device.window, box)

    def do_W_a(self) -> None:
        """The same, by another rule of what is inside."""
        self.do_W()

    def do_gs(self, name: object) -> None:
        """Transparency, masks and the like, which these papers do without."""
        self._note("state of drawing", name)

    def do_sh(self, name: object) -> None:
        """A shading, which may cover."""
        self._note("shading", name)

    def do_Do(self, xobjid_arg: Any) -> None:
        """A picture, or a drawing kept apart."""
        kept = resolve1(self.xobjmap.get(getattr(xobjid_arg, "name", xobjid_arg)))
        kind = kept.attrs.get("Subtype") if isinstance(kept, PDFStream) else None
        if getattr(kind, "name", kind) != "Image":
            self._note("drawing within the drawing", xobjid_arg)
        window = self.device.window
        super().do_Do(xobjid_arg)
        self.device.window = window

    def _note(self, what: str, name: object) -> None:
        self.device.page.others.append((what, str(getattr(name, "name", name))))


def _told(colour: Any, is_used: bool) -> str:
    """A colour in hundredths, where it is used."""
    parts = plain_colour(colour) if is_used else ()
    return str(colour) if parts is None else " ".join(f"{part:.2f}" for part in parts)


def text_string(said: bytes) -> str:
    """A text string of a PDF."""
    if said.startswith(b"\xfe\xff"):
        return said[2:].decode("utf-16-be", "replace")
    if said.startswith(b"\xef\xbb\xbf"):
        return said[3:].decode("utf-8", "replace")
    return said.decode("latin-1")
