"""The logo of the sheet that is drawn with, as documents take it in: in dots.

Those of a drawn one (SVG) come from the renderer of charts, so that they are asked for only where
that may run (see `static_chart`).
"""

from __future__ import annotations

import re
from base64 import b64decode

from boardpack.core.design import design
from boardpack.outputs.charts.static_chart import svg_png
from boardpack.outputs.word.chapter import Png

FINE = 800
"""So many dots has the longer side of a drawn logo."""
_HEAD = re.compile(r"<(?:\w+:)?svg\b[^>]*>")
_SIDES = re.compile(r"\s(?:width|height)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


def logo_dots() -> Png | None:
    """The logo in dots, in its size on paper; None without one."""
    logo = design().logo
    if logo is None:
        return None
    content = b64decode(logo.data)
    if logo.media == "image/svg+xml":
        # Without the size in which its own program shows it, that of its view box counts.
        svg = _HEAD.sub(lambda head: _SIDES.sub("", head[0]), content.decode("utf-8-sig"), count=1)
        content = svg_png(svg, FINE / max(logo.across, logo.down))
    width, height = logo.on_paper
    return Png(content, height, width)
