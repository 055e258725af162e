"""The paper's content, read back from the executed notebooks, in table-of-contents order.

Every output is made from this and from nothing else. A heading under which nothing was supplied, or
under which only the chapter's workings stand, is left out; a chapter of which nothing was supplied
keeps its title and says so once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from boardpack.document.blocks import MIME, Block, NotSupplied, Workings, block_from_json

KEPT = 64
"""How many chapters are kept: those of two papers."""
SHOWN = "shown"
"""Where the metadata of a Markdown cell has its blocks: `{"boardpack": {"shown": [...]}}`."""
_HEADING = re.compile(r"\s*(#{1,4}) +([^\n]+?)[ \t]*(?:\n|$)")


@dataclass(frozen=True)
class Heading:
    """A heading of a chapter; level 1 is the chapter's title."""

    level: int
    text: str


Item = Heading | Block


@dataclass(frozen=True)
class Chapter:
    """One executed notebook: its name (`02_position`), its title, and what it shows.

    `left_out` is the reason for which the body does not print it; empty for what is printed.
    """

    name: str
    title: str
    items: tuple[Item, ...]
    left_out: str = ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The chapter's blocks without its headings."""
        return tuple(item for item in self.items if not isinstance(item, Heading))

    @property
    def nothing(self) -> NotSupplied | None:
        """What a chapter says that has nothing to show; None for one that shows something."""
        missing = [block for block in self.blocks if isinstance(block, NotSupplied)]
        shown = any(not isinstance(block, NotSupplied | Workings) for block in self.blocks)
        return None if shown or not missing else missing[0]


@dataclass(frozen=True)
class Part:
    """A part of the paper, as `book/_toc.yml` and the home list them."""

    title: str
    chapters: tuple[Chapter, ...]


_READ: dict[tuple[str, bytes], Chapter] = {}
"""Chapters by their names and the SHA-256 of their texts, the longest unused first."""


def read_chapter(name: str, notebook: dict[str, Any]) -> Chapter:
    """The chapter that an executed notebook (nbformat 4, as JSON) carries.

    >>> cell = {"cell_type": "markdown", "source": "# Position", "metadata": {}}
    >>> read_chapter("02_position", {"cells": [cell], "metadata": {}}).title
    'Position'
    """
    items = _pruned(list(_items(notebook["cells"])))
    title = next((i.text for i in items if isinstance(i, Heading) and i.level == 1), name)
    told = notebook.get("metadata", {}).get("boardpack", {})
    return Chapter(name, title, tuple(items), told.get("left_out", ""))


def chapter_of(name: str, text: str) -> Chapter:
    """The chapter that the text of an executed notebook carries: of the same text, the same one.

    A render reads its chapters after each wave, and a press for each job. ValueError where the text
    is no JSON.
    """
    key = name, sha256(text.encode()).digest()
    found = _READ.pop(key, None) or read_chapter(name, json.loads(text))
    _READ[key] = found
    if len(_READ) > KEPT:
        del _READ[next(iter(_READ))]
    return found


def forget_chapters() -> None:
    """Keep no chapter that was read."""
    _READ.clear()


def is_heading_alone(source: str) -> bool:
    """Whether a Markdown cell is one heading and nothing else, which needs no block.

    >>> is_heading_alone("## Position"), is_heading_alone("## Position" + chr(10) + "Words.")
    (True, False)
    """
    found = _HEADING.match(source)
    return not source[found.end() if found else 0 :].strip()


def heading_of(source: str) -> Heading | None:
    """The heading with which a text begins; None where it begins otherwise.

    >>> heading_of("## Position"), heading_of("Words.")
    (Heading(level=2, text='Position'), None)
    """
    found = _HEADING.match(source)
    return Heading(len(found[1]), found[2]) if found else None


def _items(cells: Iterable[dict[str, Any]]) -> Iterable[Item]:
    for cell in cells:
        if cell["cell_type"] == "markdown":
            yield from _of_markdown(cell)
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(MIME)
            if data is not None:
                yield _item(data)


def _of_markdown(cell: dict[str, Any]) -> Iterable[Item]:
    """What a Markdown cell shows; of a notebook that was not executed, its heading."""
    shown = cell.get("metadata", {}).get("boardpack", {}).get(SHOWN)
    if shown is not None:
        yield from map(_item, shown)
        return
    heading = heading_of("".join(cell["source"]))
    if heading is not None:
        yield heading


def _item(data: dict[str, Any]) -> Item:
    if data["kind"] == "heading":
        return Heading(data["level"], data["text"])
    return block_from_json(data)


def _pruned(items: list[Item]) -> list[Item]:
    shown = [i for i in items if not isinstance(i, Heading | NotSupplied | Workings)]
    missing = [i for i in items if isinstance(i, NotSupplied)]
    if not shown and missing:
        return [
            *(i for i in items if isinstance(i, Heading) and i.level == 1),
            missing[0],
            *(i for i in items if isinstance(i, Workings)),
        ]
    return [item for place, item in enumerate(items) if _kept(items, place)]


def _kept(items: list[Item], place: int) -> bool:
    item = items[place]
    if not isinstance(item, Heading) or item.level == 1:
        return True
    for following in items[place + 1 :]:
        if isinstance(following, Heading) and following.level <= item.level:
            return False
        if not isinstance(following, Heading | Workings):
            return True
    return False
