"""A block as HTML that stands alone, without the paper's style sheet: in a cell of a notebook.

Jupyter brings no style sheet of the paper and takes out one that an output brings, unless somebody
has run the notebook there. So what must not be misread is done to the elements themselves: words
for readers who do not see are left out, since anybody would see them; amounts stand to the right
and words to the left; bad news is red and bold, totals are bold.
"""

from __future__ import annotations

import re
from html import escape

from boardpack.core.design import colours
from boardpack.document.blocks import Block, Chart
from boardpack.outputs.html.blocks import block_html
from boardpack.outputs.html.surroundings import Surroundings
from boardpack.outputs.prose import bare_text

_HIDDEN = re.compile(r'<span class="(?:visually-hidden|spoken)"[^>]*>[^<]*</span>')
_CLASS = re.compile(r' class="([^"]*)"')
_UNSEEN = '<span aria-hidden="true">'
"""Around what is printed, where words are said in its stead: without them it is to be read."""

_BOLD = "font-weight:bold"
_LEFT, _RIGHT, _CENTRE = (f"text-align:{side}" for side in ("left", "right", "center"))
_CARD = "border:1px solid;padding:.5em;min-width:9em"
_STYLES = {
    "adverse": f"color:{{red}};{_BOLD}",
    "amber": _BOLD,
    "caption": _BOLD,
    "chart-title": _BOLD,
    "voice": _BOLD,
    "number": f"{_BOLD};margin:0",
    "tone": "margin:0",
    "moved": "margin:0",
    "context": "margin:0",
    "key-figures": "display:flex;flex-wrap:wrap;gap:1em",
    "card": _CARD,
    "bad": "border-color:{red}",
    "commentary": "border-left:4px solid;padding-left:1em",
    "flag": f"color:{{red}};{_BOLD};margin-right:.3em",
    "doubt-word": "color:{red}",
    "gt_left": _LEFT,
    "gt_right": _RIGHT,
    "gt_center": _CENTRE,
    "value": _RIGHT,
    "heading": _BOLD,
    "subtotal": _BOLD,
    "total": f"{_BOLD};border-top:2px solid",
}
"""How a class of the paper's pages looks here; the others look as Jupyter has them. `{red}` is the
red of the sheet that is drawn with."""


def html_alone(block: Block) -> str:
    """The block as HTML that needs nothing beside it; a chart's picture in words, and its data."""
    around = Surroundings(pictures={block.id: _in_words(block)} if isinstance(block, Chart) else {})
    html = _HIDDEN.sub("", block_html(block, around=around)).replace(_UNSEEN, "<span>")
    html = html.replace('<details class="chart-data">', "<details open>")
    html = html.replace("<caption ", f'<caption style="caption-side:top;{_LEFT}" ')
    html = html.replace("<dt>", '<dt style="float:none;width:auto">')
    return _CLASS.sub(_styled, html)


def _in_words(chart: Chart) -> str:
    return f"<p>{escape(bare_text(chart.alt))}</p>"


def _styled(found: re.Match[str]) -> str:
    styles = [_STYLES[name] for name in found[1].split() if name in _STYLES]
    said = ";".join(styles).replace("{red}", colours().red)
    return f' style="{said}"' if said else ""
