"""A text cut into blocks: headings, paragraphs, list items and tables.

Markdown, plain text and the HTML-ish cells of an extracted paper are read alike. Fenced code and
page furniture are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from boardpack.prose.text_tables import is_row

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_BULLET = re.compile(r"^(\s*)(?:[-*•·–]\s+|\d{1,2}[.)]\s+)+")
_NUMBERED_TITLE = re.compile(r"^\s*\d{1,2}(\.\d+)*\.?\s+\S")
_SECTION = re.compile(r"^\s*\d{1,2}(\.\d+)+\.?\s+")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d+)*\.?")
_PROSE_WORDS = 12
_TITLE_WORDS = 12
_BY_NUMBER, _BY_LOOK = 2, 3
"""The levels of headings that plain text shows by a number, or by their look alone."""


@dataclass
class Block:
    """A heading (`level` over 0), a table (`rows`), a list item, or a paragraph."""

    line: int
    text: str
    level: int = 0
    is_item: bool = False
    is_nested: bool = False
    rows: list[tuple[int, str]] = field(default_factory=list)


def read_blocks(text: str, by_look: bool = True) -> Iterator[Block]:
    """The blocks of a text in order; a wrapped line continues its block.

    A short line that looks like a heading is one, unless `by_look` is false: in commentary only a
    marked heading is one, and a line without its full stop is still what somebody says.

    >>> text = chr(10).join(["# Position", "", "It is over", "budget.", "- An item."])
    >>> [(one.line, one.level, one.is_item) for one in read_blocks(text, by_look=False)]
    [(1, 1, False), (3, 0, False), (5, 0, True)]
    """
    open_block: Block | None = None
    for number, raw in _lines(text):
        found = [Block(number, "", rows=[(number, raw)])] if is_row(raw) else _cells(number, raw)
        for block in found:
            if not by_look and block.level == _BY_LOOK and not raw.lstrip().startswith("#"):
                block.level = 0
        if open_block and found and _continues(open_block, found[0], raw):
            open_block.text += "\n" + found[0].text if found[0].text else ""
            open_block.rows += found[0].rows
            continue
        if open_block:
            yield open_block
        yield from found[:-1]
        open_block = found[-1] if found else None
    if open_block:
        yield open_block


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines without fenced code, in whose place an empty line stands."""
    is_code = False
    for number, raw in enumerate(text.splitlines(), 1):
        fence = raw.lstrip().startswith("```")
        is_code ^= fence
        yield number, "" if is_code or fence else raw


def _continues(block: Block, following: Block, raw: str) -> bool:
    if block.rows or following.rows:
        return bool(block.rows and following.rows)
    return not (block.level or following.level) and not _BULLET.match(raw) and "\t" not in raw


def _cells(number: int, raw: str) -> list[Block]:
    """The prose of one line: the line itself, or the long cells of a row."""
    if "\t" not in raw:
        block = _line_block(number, raw)
        return [block] if block.text else []
    cells = [cell.strip() for cell in raw.split("\t") if cell.strip()]
    if len(cells) > 1 and _NUMBER.fullmatch(cells[0]) and _is_title(cells[1], _clean(cells[1])):
        return [Block(number, _clean(cells[1]), _BY_NUMBER)]
    found = []
    for cell in cells:
        for place, item in enumerate(cell.split("•")):
            words = _clean(item)
            if len(words.split()) > _PROSE_WORDS or (words.endswith(".") and "£" in words):
                found.append(Block(number, words, is_item=place > 0))
    return found


def _line_block(number: int, raw: str) -> Block:
    if raw.lstrip().startswith("#"):
        return Block(number, _clean(raw.lstrip("# \t")), len(raw) - len(raw.lstrip("#")))
    bullet = _BULLET.match(raw)
    words = _clean(_SECTION.sub("", _BULLET.sub("", _SECTION.sub("", raw))))
    if _is_title(raw, words):
        return Block(number, words, _BY_NUMBER if _NUMBERED_TITLE.match(raw) else _BY_LOOK)
    return Block(number, words, 0, bool(bullet), bool(bullet and bullet[1]))


def _is_title(raw: str, words: str) -> bool:
    """A short line without a full stop, a number or a bullet is a heading of plain text."""
    if not words or len(words.split()) > _TITLE_WORDS or words[-1] in ".;,?!)":
        return False
    if raw.lstrip().startswith(("-", "*", "•")) or "£" in words or "%" in words:
        return False
    return words[0].isupper() and (raw == raw.lstrip())


def _clean(text: str) -> str:
    plain = _LINK.sub(r"\1", _TAG.sub(" ", text))
    plain = plain.replace("’", "'").replace("\xa0", " ").replace("–", "-")
    return re.sub(r"[ \t]+", " ", plain.replace("**", "").replace("__", "")).strip()
