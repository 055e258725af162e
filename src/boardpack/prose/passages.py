"""A text cut into sentences, each with its line, its heading and the words before it.

Markdown, plain text and the HTML-ish cells of an extracted paper are read alike. Tables, fenced
code and page furniture are left out: their numbers are figures already, not sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_BULLET = re.compile(r"^(\s*)(?:[-*•·–]\s+|\d{1,2}[.)]\s+)+")
_NUMBERED_TITLE = re.compile(r"^\s*\d{1,2}(\.\d+)*\.?\s+\S")
_SECTION = re.compile(r"^\s*\d{1,2}(\.\d+)+\.?\s+")
_END = re.compile(r"(?<=[.!?])\**\s+(?=[A-Z£\"'(*])(?<!e\.g\. )(?<!i\.e\. )(?<!No\. )(?<!Dr\. )")
_PROSE_WORDS = 12
_TITLE_WORDS = 12


@dataclass(frozen=True)
class Sentence:
    """One sentence: its first line in the file, its words, and what stands before it.

    `before` are the earlier sentences of the paragraph, the nearest first; `headings` are the
    headings above, the nearest first; `place_headings` every heading so far, the nearest first.
    """

    line: int
    text: str
    before: tuple[str, ...]
    headings: tuple[str, ...]
    earlier_headings: tuple[str, ...]

    def line_at(self, offset: int) -> int:
        """The file's line on which the character at `offset` stands."""
        return self.line + self.text.count("\n", 0, offset)


def read_sentences(text: str, title: str = "") -> Iterator[Sentence]:
    """Every sentence of a text, in order; `title` stands above its own headings."""
    stack: list[tuple[int, str]] = [(0, title)] if title else []
    titles: list[str] = [title] if title else []
    parent = ""
    for block in _blocks(text):
        if block.level:
            stack = [item for item in stack if item[0] < block.level]
            stack.append((block.level, block.text))
            titles.insert(0, block.text)
            parent = ""
            continue
        headings = tuple(title for _, title in reversed(stack))
        before = (parent,) if block.is_nested and parent else ()
        for line, words in _sentences(block):
            yield Sentence(line, words, before, headings, tuple(titles))
            before = (words, *before)
        if not block.is_nested:
            parent = before[0] if before else ""


@dataclass
class _Block:
    line: int
    text: str
    level: int = 0
    is_nested: bool = False


def _blocks(text: str) -> Iterator[_Block]:
    """Paragraphs, list items and headings; a wrapped line continues its block."""
    open_block: _Block | None = None
    is_code = False
    for number, raw in enumerate(text.splitlines(), 1):
        if raw.lstrip().startswith("```"):
            is_code = not is_code
        found = [] if is_code or raw.lstrip().startswith(("```", "|")) else _cells(number, raw)
        continues = bool(open_block and found and _continues(raw, found[0]))
        if open_block and continues:
            open_block.text += "\n" + found[0].text
            continue
        if open_block:
            yield open_block
        yield from found[:-1]
        open_block = found[-1] if found else None
        if open_block and open_block.level:
            yield open_block
            open_block = None
    if open_block:
        yield open_block


def _continues(raw: str, block: _Block) -> bool:
    return not block.level and not _BULLET.match(raw) and "\t" not in raw


def _cells(number: int, raw: str) -> list[_Block]:
    """The prose of one line: the line itself, or the long cells of a row."""
    if "\t" not in raw:
        block = _line_block(number, raw)
        return [block] if block.text else []
    found = []
    for cell in raw.split("\t"):
        for item in cell.split("•"):
            words = _clean(item)
            if len(words.split()) > _PROSE_WORDS or (words.endswith(".") and "£" in words):
                found.append(_Block(number, words))
    return found


def _line_block(number: int, raw: str) -> _Block:
    if raw.lstrip().startswith("#"):
        return _Block(number, _clean(raw.lstrip("# \t")), len(raw) - len(raw.lstrip("#")))
    bullet = _BULLET.match(raw)
    words = _clean(_SECTION.sub("", _BULLET.sub("", _SECTION.sub("", raw))))
    nested = bool(bullet and bullet[1])
    if _is_title(raw, words):
        return _Block(number, words, 2 if _NUMBERED_TITLE.match(raw) else 3)
    return _Block(number, words, 0, nested)


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


def _sentences(block: _Block) -> Iterator[tuple[int, str]]:
    start = 0
    for cut in (*(found.end() for found in _END.finditer(block.text)), len(block.text)):
        words = block.text[start:cut]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            yield block.line + block.text.count("\n", 0, start + lead), words.strip()
        start = cut
