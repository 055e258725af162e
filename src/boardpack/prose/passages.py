"""What of a text makes claims: its sentences and the cells of its tables, with what stands above.

Page furniture is left out; each passage knows its line, its headings and the words before it.
A line break inside a sentence means nothing: no rule ever sees one, and it is kept only to say on
which line something stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from boardpack.prose.markup import Block, read_blocks
from boardpack.prose.text_tables import Cell, read_sheet

_END = re.compile(r"(?<=[.!?])\**\s+(?=[A-Z£\"'(*])(?<!e\.g\. )(?<!i\.e\. )(?<!No\. )(?<!Dr\. )")
_CAPTION_WORDS = 14


@dataclass(frozen=True)
class Sentence:
    """One sentence: its first line in the file, its words on one line, and what stands before it.

    `before` are the earlier sentences of the paragraph, `siblings` those of the earlier items of
    its list and of the paragraph that opens the list, `headings` the headings above (the caption
    of the table above among them), `earlier_headings` every heading so far; the nearest first.
    `breaks` are the offsets of the blanks at which a line of the file ends.
    """

    line: int
    text: str
    before: tuple[str, ...]
    headings: tuple[str, ...]
    earlier_headings: tuple[str, ...]
    siblings: tuple[str, ...] = ()
    breaks: tuple[int, ...] = ()

    def line_at(self, offset: int) -> int:
        """The file's line on which the character at `offset` stands."""
        return self.line + sum(at < offset for at in self.breaks)


@dataclass(frozen=True)
class Entry:
    """A cell of a table in the text, with the table's caption, its heads and the headings above."""

    cell: Cell
    caption: str
    heads: str
    headings: tuple[str, ...]
    earlier_headings: tuple[str, ...]


@dataclass
class _Above:
    """What stands above the block being read."""

    stack: list[tuple[int, str]] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    parent: str = ""
    listed: tuple[str, ...] = ()
    caption: str = ""
    last: Block | None = None

    def head(self, block: Block) -> None:
        self.stack = [item for item in self.stack if item[0] < block.level]
        self.stack.append((block.level, block.text))
        self.titles.insert(0, block.text)
        self.parent, self.listed, self.caption = "", (), ""

    @property
    def headings(self) -> tuple[str, ...]:
        above = tuple(title for _, title in reversed(self.stack))
        return (self.caption, *above) if self.caption else above


def read_passages(text: str, title: str = "") -> Iterator[Sentence | Entry]:
    """The sentences and table cells of a text, in order; `title` stands above its own headings.

    A text with a title above it is a chapter's commentary, where nothing is a heading by its look.
    """
    above = _Above([(0, title)] if title else [], [title] if title else [])
    for block in read_blocks(text, by_look=not title):
        if block.level:
            above.head(block)
        elif block.rows:
            yield from _entries(block, above)
        else:
            yield from _sentences(block, above)
        above.last = block


def read_sentences(text: str, title: str = "") -> Iterator[Sentence]:
    """Every sentence of a text, in order; `title` stands above its own headings.

    >>> text = "It is over. It was £2m."
    >>> [(one.text, one.line) for one in read_sentences(text, "Position")]
    [('It is over.', 1), ('It was £2m.', 1)]
    """
    return (found for found in read_passages(text, title) if isinstance(found, Sentence))


def _entries(block: Block, above: _Above) -> Iterator[Entry]:
    """The cells of a table; a short paragraph right above it is its caption."""
    last = above.last
    short = last is not None and not last.level and len(last.text.split()) <= _CAPTION_WORDS
    above.caption = _on_one_line(last.text) if last and short and not last.rows else ""
    sheet = read_sheet(block.rows)
    for cell in sheet.cells:
        yield Entry(cell, above.caption, sheet.heads, above.headings, tuple(above.titles))


def _sentences(block: Block, above: _Above) -> Iterator[Sentence]:
    before = (above.parent,) if block.is_nested and above.parent else ()
    siblings = above.listed if block.is_item else ()
    headings, titles = above.headings, tuple(above.titles)
    for line, words, breaks in _cut(block):
        yield Sentence(line, words, before, headings, titles, siblings, breaks)
        before = (words, *before)
    above.listed = (*before, *siblings)
    if not block.is_nested:
        above.parent = before[0] if before else ""


def _cut(block: Block) -> Iterator[tuple[int, str, tuple[int, ...]]]:
    """Each sentence of a block: its first line, its words on one line, and where it was broken."""
    text, start = _on_one_line(block.text), 0
    broken = [at for at, sign in enumerate(block.text) if sign == "\n"]
    for cut in (*(found.end() for found in _END.finditer(text)), len(text)):
        words = text[start:cut].strip()
        if words:
            first = text.index(words, start)
            breaks = tuple(at - first for at in broken if first <= at < first + len(words))
            yield block.line + sum(at < first for at in broken), words, breaks
        start = cut


def _on_one_line(text: str) -> str:
    """The words with a blank for each line break, so that all stands where it stood."""
    return text.replace("\n", " ")
