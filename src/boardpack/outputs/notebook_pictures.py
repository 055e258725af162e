"""The pictures that notebooks show of their own, as dots: what PDF and Word take in.

A drawn picture (SVG) is put into dots by the renderer of charts. It may ask for anything a browser
can draw; as dots it is what it looks like, and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from boardpack.document.blocks import Picture
from boardpack.document.content import Part
from boardpack.outputs.charts.static_chart import FULL_WIDTH, PNG_SCALE, svg_png
from boardpack.outputs.word.chapter import Png

INCH = 96
"""So many dots of a screen are an inch."""


def pictures_of(parts: Sequence[Part]) -> tuple[Picture, ...]:
    """The pictures of the notebooks themselves, in the order of the paper."""
    chapters = (chapter for part in parts for chapter in part.chapters)
    return tuple(b for chapter in chapters for b in chapter.blocks if isinstance(b, Picture))


def picture_dots(picture: Picture) -> Png:
    """A picture as dots: as large as on a screen, and no wider than the text of a page."""
    if picture.media != "image/svg+xml":
        return _sized(picture.content, INCH)
    fine = INCH * PNG_SCALE
    with Image.open(BytesIO(svg_png(picture.content.decode()))) as drawn:
        told = BytesIO()
        drawn.save(told, "png", dpi=(fine, fine))
    return _sized(told.getvalue(), fine)


def _sized(content: bytes, inch: float) -> Png:
    with Image.open(BytesIO(content)) as read:
        across, down = read.size
    width = min(across / inch * 72, FULL_WIDTH)
    return Png(content, width * down / across, width)
