"""The one reader of the paper's prose: CommonMark with tables, in which a marker is a number.

Every output reads prose through `markdown_tokens`, so no output can disagree with another on what
the words say. Raw HTML is text, pictures are not read, links lead to pages and addresses only, and
a heading becomes a bold paragraph, because headings stand in cells of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from boardpack.document.blocks import DOUBT, MARKER

Values = Mapping[str, str]

DOUBTED = {"contradicted": "contradicted by the figures", "unsupported": "no such figure"}
"""What stands in brackets behind doubted words."""
# A bar would end a table cell, so a marker's bars are put away while Markdown is read.
_BAR = "\ue000"
_FIGURE = re.compile(f"⟦([a-z0-9_.]+){_BAR}([^⟧]*)⟧")
_PLAIN = re.compile(r"[^\n!#$%&*+\-:<=>@\[\\\]^_`{}~⟦⟪]+")
_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto"})
_REGION = '<section class="table-wrap" aria-label="Table" tabindex="0">\n<table>\n'


class Prose(MarkdownIt):
    """The parser of the paper's prose. A figure is a token of type `figure`.

    Such a token has the printed text as `content` and the figure's id as `meta["figure"]`. Doubted
    words stand between `doubt_open` and `doubt_close`, with `meta["said"]` and `meta["why"]`.
    """

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.enable("table").disable("image")
        self.inline.ruler.at("text", _text)
        self.inline.ruler.before("text", "figure", _figure)
        self.inline.ruler.before("text", "doubt", _doubt)
        self.core.ruler.after("inline", "headings", _headings_as_bold)
        self.core.ruler.push("bars", _bars_back)
        self.core.ruler.push("column heads", _column_heads)
        self.add_render_rule("figure", _render_figure)
        self.add_render_rule("doubt_open", _render_doubt)
        self.add_render_rule("doubt_close", _render_doubt_end)
        self.add_render_rule("table_open", lambda *_: _REGION)
        self.add_render_rule("table_close", lambda *_: "</table>\n</section>\n")

    def validateLink(self, url: str) -> bool:
        """Whether a link may be written: a page, an address, a relative path or a fragment."""
        scheme = _SCHEME.match(url)
        if scheme:
            return scheme[1].lower() in _SCHEMES
        return ":" not in re.split("[/?#]", url, maxsplit=1)[0] and not url.startswith("//")


@lru_cache(maxsize=1024)
def markdown_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of prose (see `Prose`), read once for all outputs, none of which changes them."""
    return tuple(_prose().parse(_guarded(text)))


def prose_html(text: str, values: Values | None = None) -> str:
    """Prose as HTML; `values` are the exact values of the figures in it, by id."""
    tokens, drawn = markdown_tokens(text), _prose()
    return str(drawn.renderer.render(tokens, drawn.options, {"values": values or {}}))


def inline_html(text: str, values: Values | None = None) -> str:
    """One line of prose as HTML, without a paragraph around it."""
    return str(_prose().renderInline(_guarded(text), {"values": values or {}}))


def text_html(text: str, values: Values | None = None) -> str:
    """Plain text as HTML: nothing in it is Markdown, but a marker is still a number."""
    known = values or {}
    parts: list[str] = []
    end = 0
    for found in MARKER.finditer(text):
        parts += [escape(text[end : found.start()]), figure_html(found[1], found[2], known)]
        end = found.end()
    return "".join([*parts, escape(text[end:])])


def bare_text(text: str) -> str:
    """Text with each marker replaced by what it prints, for attributes and picture labels.

    >>> bare_text("It is ⟦a.b.c.d|£2m⟧ over.")
    'It is £2m over.'
    """
    return MARKER.sub(lambda found: found[2], text)


def figure_html(figure: str, text: str, values: Values) -> str:
    """A number in prose, tagged; where its exact value is not known the value is what it prints."""
    return data_html(figure, text, values.get(figure, text))


def data_html(figure: str, text: str, value: str, classes: str = "") -> str:
    """A tagged number: what a reader sees, the figure it stands for and its exact value.

    One that no figure stands behind names none, and no panel opens on it.

    >>> data_html("a.b.c.d", "£2m", "2000000")
    '<data value="2000000" data-figure="a.b.c.d">£2m</data>'
    """
    told = f' data-figure="{escape(figure)}"' if figure else ""
    named = f' class="{escape(classes)}"' if classes else ""
    return f'<data value="{escape(value)}"{told}{named}>{escape(text)}</data>'


@cache
def _prose() -> Prose:
    return Prose()


def _guarded(text: str) -> str:
    unused = text.replace(_BAR, "\ufffd")
    return MARKER.sub(lambda found: found[0].replace("|", _BAR), unused)


def _bars_back(state: StateCore) -> None:
    for token in state.tokens:
        for part in (token, *(token.children or ())):
            part.content = part.content.replace(_BAR, "|")


def _column_heads(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")


def _text(state: StateInline, silent: bool) -> bool:
    found = _PLAIN.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.pending += found[0]
    state.pos = found.end()
    return True


def _figure(state: StateInline, silent: bool) -> bool:
    found = _FIGURE.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("figure", "", 0)
        token.content = found[2]
        token.meta = {"figure": found[1]}
    state.pos = found.end()
    return True


def _doubt(state: StateInline, silent: bool) -> bool:
    found = DOUBT.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        meta = {"said": DOUBTED[found[1]], "why": found[3].replace(_BAR, "|")}
        state.push("doubt_open", "mark", 1).meta = meta
        end = state.posMax
        state.pos, state.posMax = found.span(2)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("doubt_close", "mark", -1).meta = meta
    state.pos = found.end()
    return True


def _headings_as_bold(state: StateCore) -> None:
    for place, token in enumerate(state.tokens):
        if token.type == "heading_open":
            words = state.tokens[place + 1]
            start, end = Token("strong_open", "strong", 1), Token("strong_close", "strong", -1)
            words.children = [start, *(words.children or ()), end]
        if token.type in ("heading_open", "heading_close"):
            token.type, token.tag = token.type.replace("heading", "paragraph"), "p"


def _render_figure(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    place: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    token = tokens[place]
    return figure_html(str(token.meta["figure"]), token.content, env.get("values", {}))


def _render_doubt(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    place: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    return f'<mark class="doubt" title="{escape(str(tokens[place].meta["why"]))}">'


def _render_doubt_end(
    renderer: RendererHTML,
    tokens: Sequence[Token],
    place: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    meta = tokens[place].meta
    why = f'<span class="visually-hidden">: {escape(str(meta["why"]))}</span>'
    return f' <span class="doubt-word">[{escape(str(meta["said"]))}{why}]</span></mark>'
