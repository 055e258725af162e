"""`board-paper.pptx`: the key messages for the presenter, in twelve slides at most.

The slides are made of the paper's own blocks, chosen by rule (`plan`). Charts are native and
can be edited; the notes have the words of the chapter that a slide is from. The same paper gives
the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from boardpack.core.design import colours
from boardpack.document.blocks import Chart, KeyFigure, Picture, Table
from boardpack.document.content import Part
from boardpack.outputs.notebook_pictures import picture_dots
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.slides.chart import add_bars, unit_of
from boardpack.outputs.slides.deck import (
    Box,
    Deck,
    Words,
    describe,
    panel,
    text_box,
)
from boardpack.outputs.slides.file import file_bytes
from boardpack.outputs.slides.lines import add_lines, starts_above_zero
from boardpack.outputs.slides.plan import Slide, plan
from boardpack.outputs.slides.table import add_table
from boardpack.outputs.slides.text import (
    AFTER,
    LEADING,
    Passage,
    fitted,
    fitted_passages,
    lines,
    plain,
)

GAP = 28.0
WIDE = (28.0, 24.0, 22.0, 20.0, 18.0, 16.0)
BESIDE = (20.0, 18.0, 16.0, 14.0)
LARGEST = 2.0
"""How many times its size on a page a picture may be: a larger one would show its dots."""
_TABLE_SHARE, _WORDS_SHARE = 0.6, 0.34
_CARDS_IN_ROW, _CARD_HEIGHT, _CARD_GAP = 3, 118.0, 14.0


def build_slides(
    parts: Sequence[Part], meta: PdfMeta, out: Path, own: Collection[str] = ()
) -> None:
    """Write the slides of a paper; `own` are the names of the home's own notebooks."""
    out.write_bytes(slides(parts, meta, own))


def slides(parts: Sequence[Part], meta: PdfMeta, own: Collection[str] = ()) -> bytes:
    """The slides of a paper as a file."""
    deck = Deck(meta)
    deck.cover()
    for planned in plan(parts, own):
        slide, room = deck.slide(planned.title)
        _show(slide, planned, room, meta.timestamp)
        deck.finish(slide, planned.notes)
    return file_bytes(deck.file)


def _show(slide: Any, planned: Slide, body: Box, timestamp: int) -> None:
    if planned.cards:
        body = _cards(slide, planned.cards, body)
    if planned.table is not None:
        share = _TABLE_SHARE if planned.chart is not None else 1.0
        beside, body = _split(body, share)
        _table(slide, planned.table, beside, planned)
    if planned.passages:
        share = _WORDS_SHARE if planned.chart is not None else 1.0
        beside, body = _split(body, share)
        _words(slide, planned.passages, beside, BESIDE if planned.chart or planned.cards else WIDE)
    if planned.chart is not None:
        _chart(slide, planned.chart, body, planned, timestamp)
    if planned.picture is not None:
        _picture(slide, planned.picture, body, planned)


def _split(box: Box, share: float) -> tuple[Box, Box]:
    """A box in two, the first of which takes a share of its width."""
    width = box.width if share == 1.0 else box.width * share - GAP / 2
    left = box.left + width + GAP
    rest = max(box.left + box.width - left, 0.0)
    return Box(box.left, box.top, width, box.height), Box(left, box.top, rest, box.height)


def _cards(slide: Any, cards: Sequence[KeyFigure], body: Box) -> Box:
    """The headline figures; returns the room below them."""
    width = (body.width - _CARD_GAP * (_CARDS_IN_ROW - 1)) / _CARDS_IN_ROW
    shown = cards[: 2 * _CARDS_IN_ROW]
    for n, card in enumerate(shown):
        row, column = divmod(n, _CARDS_IN_ROW)
        left = body.left + column * (width + _CARD_GAP)
        top = body.top + row * (_CARD_HEIGHT + _CARD_GAP)
        _card(slide, card, Box(left, top, width, _CARD_HEIGHT))
    rows = -(-len(shown) // _CARDS_IN_ROW)
    taken = rows * (_CARD_HEIGHT + _CARD_GAP) + _CARD_GAP
    return Box(body.left, body.top + taken, body.width, body.height - taken)


def _card(slide: Any, card: KeyFigure, box: Box) -> None:
    room = box.width - 20
    label, size = fitted(plain(card.label), (15, 14, 12), room, 1)
    number, large = fitted(plain(card.number.text), (30, 26, 22, 18), room, 1)
    ink = colours().red if card.tone == "bad" else colours().dark_blue
    said = [[Words(label, size, colour=colours().quiet)], [Words(number, large, True, ink)]]
    if card.context:
        context, small = fitted(plain(card.context), (14, 13, 12), room, 2)
        said.append([Words(context, small)])
    panel(slide, box, f"Headline: {label}", said)


def _table(slide: Any, table: Table, box: Box, planned: Slide) -> None:
    told = ", ".join(filter(None, (plain(table.caption), plain(table.unit))))
    taken = _heading(slide, told, planned.cut, box, planned.mark)
    add_table(slide, table, Box(box.left, box.top + taken, box.width, box.height - taken))


def _chart(slide: Any, chart: Chart, box: Box, planned: Slide, timestamp: int) -> None:
    """A chart below what it says, which is left out where the slide's title says it."""
    said = plain(chart.title)
    unit = unit_of(chart)
    if chart.shape == "line" and starts_above_zero(chart):
        unit = f"{unit} (the axis does not start at zero)"
    name = plain(chart.series[0].name) if len(chart.series) == 1 else ""
    message, under = (name, unit) if said == planned.title else (said, unit)
    taken = _heading(slide, message, under, box, planned.mark)
    rest = Box(box.left, box.top + taken, box.width, box.height - taken)
    add = add_lines if chart.shape == "line" else add_bars
    add(slide, chart, rest, timestamp)


def _picture(slide: Any, picture: Picture, box: Box, planned: Slide) -> None:
    """A notebook's picture, as large as its room allows and its dots bear, with its words."""
    said = plain(picture.title)
    message = "" if said == planned.title else said
    taken = _heading(slide, message, "", box, planned.mark)
    dots = picture_dots(picture)
    scale = min(box.width / dots.width, (box.height - taken) / dots.height, LARGEST)
    width, height = dots.width * scale, dots.height * scale
    room = Box(box.left + (box.width - width) / 2, box.top + taken, width, height)
    shape = slide.shapes.add_picture(BytesIO(dots.content), *room.emu())
    describe(shape, f"Picture: {picture.id}", plain(picture.alt))


def _heading(slide: Any, message: str, under: str, box: Box, mark: str = "") -> float:
    """What stands over a table or a chart; returns the height that it takes."""
    paragraphs, taken = [], 6.0
    for text, size, bold, ink in (
        (message, 16.0, True, colours().ink),
        (under, 13.0, False, colours().quiet),
        (mark, 13.0, False, colours().ink),
    ):
        if text:
            shown, size = fitted(text, (size, 13.0, 12.0), box.width, 3)
            paragraphs.append([Words(shown, size, bold, ink)])
            taken += lines(shown, size, box.width, True) * size * LEADING
    if not paragraphs:
        return 0.0
    text_box(slide, Box(box.left, box.top, box.width, taken), "Heading", paragraphs)
    return taken


def _words(slide: Any, passages: Sequence[Passage], box: Box, sizes: Sequence[float]) -> None:
    shown, size = fitted_passages(passages, sizes, box.width, box.height)
    paragraphs = []
    for passage in shown:
        if passage.heading:
            paragraphs.append([Words(passage.heading, size, True, colours().dark_blue)])
        paragraphs += [[Words(sentence, size)] for sentence in passage.sentences]
    if not paragraphs:
        return
    made = text_box(slide, box, "Text", paragraphs)
    for paragraph in made.text_frame.paragraphs:
        paragraph.space_after = int(size * AFTER * 12700)
