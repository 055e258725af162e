"""The whole paper as one page, `board-paper.html`: one file to mail that needs nothing beside it.

The same blocks as in the book, without scripts: charts are drawn as SVG, styles and typeface stand
in the file. The workings and the register are left to the book, whose panels show where a number
comes from.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from boardpack.core.design import design
from boardpack.core.home import CHECKOUT
from boardpack.document.blocks import Workings
from boardpack.document.content import Chapter, Heading, Item, Part
from boardpack.outputs.charts.static_chart import charts_of
from boardpack.outputs.design import design_css
from boardpack.outputs.exact_values import exact_values
from boardpack.outputs.html.blocks import block_html
from boardpack.outputs.html.chart import pictures_html
from boardpack.outputs.html.surroundings import Surroundings
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.prose import Values, text_html

TEMPLATES = CHECKOUT / "templates" / "page"
STATIC = CHECKOUT / "book" / "_static"
_OUTER = 2
"""Levels of heading above a chapter's: the paper and its parts."""
_FONT = re.compile(r'url\("(fonts/[^"]+)"\)')


@dataclass(frozen=True)
class Article:
    """A chapter as the page shows it."""

    name: str
    title: str
    body: Markup


@dataclass(frozen=True)
class PagePart:
    """A part of the page: its title and its chapters."""

    title: str
    chapters: tuple[Article, ...]


def build_one_page(parts: Sequence[Part], meta: PdfMeta, drawn: Path, out: Path) -> None:
    """Write the page; the same content gives the same bytes.

    `drawn` is the folder of the charts, which other processes draw.
    """
    pictures = {chart.id: pictures_html(drawn, chart.id) for chart in charts_of(parts)}
    out.write_text(one_page(parts, meta, pictures), encoding="utf-8", newline="\n")


def one_page(parts: Sequence[Part], meta: PdfMeta, pictures: Mapping[str, str]) -> str:
    """The page as text; `pictures` are the charts as SVG, by id."""
    values = exact_values(block for part in parts for c in part.chapters for block in c.blocks)
    shown = [
        PagePart(part.title, tuple(_article(c, values, pictures) for c in part.chapters))
        for part in parts
    ]
    template = _templates().get_template("one_page.html.j2")
    return template.render(meta=meta, parts=shown, style=Markup(_style()), logo=design().logo)


def _article(chapter: Chapter, values: Values, pictures: Mapping[str, str]) -> Article:
    items = [item for item in chapter.items if not isinstance(item, Workings)]
    body = "".join(_item(item, chapter.name, values, pictures) for item in items)
    return Article(chapter.name, chapter.title, Markup(body))


def _item(item: Item, chapter: str, values: Values, pictures: Mapping[str, str]) -> str:
    if not isinstance(item, Heading):
        return block_html(item, values, Surroundings(pictures))
    level = min(item.level + _OUTER, 6)
    named = f' id="chapter-{chapter}-title"' if item.level == 1 else ""
    return f"<h{level}{named}>{text_html(item.text, values)}</h{level}>\n"


def _style() -> str:
    """The design sheet and the styles of the content, with the typeface in them."""
    content = (STATIC / "content.css").read_text(encoding="utf-8")
    page = (TEMPLATES / "one_page.css").read_text(encoding="utf-8")
    return design_css(design()) + _FONT.sub(_embedded, content) + page


def _embedded(found: re.Match[str]) -> str:
    content = b64encode((STATIC / found[1]).read_bytes()).decode("ascii")
    return f'url("data:font/woff2;base64,{content}")'


def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True
    )
