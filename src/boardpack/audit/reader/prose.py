"""The prose of a block as its words: CommonMark with tables, read by markdown-it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from boardpack.audit.reader.words import MARKER, plain

_DOUBT = re.compile("⟪([a-z]+)\ue001([^⟪⟫\ue001]*)\ue001([^⟪⟫\ue001]*)⟫")
_SAID = {"contradicted": "contradicted by the figures", "unsupported": "no such figure"}
_PLACE = re.compile("\ue100([0-9]+)\ue101")
"""Where a number stands while Markdown is read: what it prints may look like Markdown."""


class Part(NamedTuple):
    """A paragraph (`words`, and the words that are not printed), or a row of a table (`cells`)."""

    words: str
    aids: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


def is_prose_row(part: Part) -> bool:
    """Whether a part is a row of a table."""
    return bool(part.cells)


def prose_parts(markdown: str) -> Iterator[Part]:
    """The paragraphs, items and rows of a text, as printed."""
    numbers: list[str] = []
    aids: list[str] = []

    def put_away(printed: str) -> str:
        numbers.append(printed)
        return f"\ue100{len(numbers) - 1}\ue101"

    def doubted(found: re.Match[str]) -> str:
        aids.append(found[3])
        return f"{found[2]}{put_away(f' [{_SAID.get(found[1], found[1])}]')}"

    kept = MARKER.sub(lambda found: put_away(found[2]), markdown)
    tokens = _markdown().parse(_DOUBT.sub(doubted, kept))

    def back(text: str) -> str:
        return plain(_PLACE.sub(lambda found: numbers[int(found[1])], text))

    row: list[str] | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield Part("", (), tuple(row))
            row = None
        elif token.type == "inline":
            said = back(_words(token.children or ()))
            if row is None:
                yield Part(said, tuple(plain(aid) for aid in aids))
            else:
                row.append(said)
        elif token.type in ("fence", "code_block"):
            yield Part(back(token.content))


def _words(tokens: Sequence[Token]) -> str:
    breaks = ("softbreak", "hardbreak")
    return "".join(" " if token.type in breaks else token.content for token in tokens)


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables; raw HTML is text and pictures are not read, as the paper says."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
