"""What a printed chapter shows, in order: its headings at document level, in sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boardpack.document.blocks import Workings
from boardpack.document.content import Chapter, Heading, Item

COVER_SHEET = "Cover sheet"
CHAPTER_LEVEL = 2
"""A part is a heading of level 1, so a chapter's title is one of level 2."""


def shown(chapter: Chapter) -> list[Item]:
    """The items without workings, and without headings under which nothing else stands."""
    kept: list[Item] = []
    for item in reversed(chapter.items):
        if isinstance(item, Heading) and item.level > 1:
            below = kept[-1] if kept else item
            is_empty = isinstance(below, Heading) and below.level <= item.level
        else:
            is_empty = isinstance(item, Workings)
        if not is_empty:
            kept.append(item)
    return kept[::-1]


def chapter_sections(chapter: Chapter, part: str | None = None) -> list[list[Item]]:
    """The chapter's sections; `part` is the title of the part that it opens, if it does."""
    opening = [] if part is None else [Heading(0, part)]
    return _sections(_levelled([*opening, *shown(chapter)]))


def _levelled(items: Iterable[Item]) -> Iterator[Item]:
    """The items with headings at document level, none more than one below the one before it."""
    last = 0
    for item in items:
        if isinstance(item, Heading):
            last = min(item.level + CHAPTER_LEVEL - 1, max(last, CHAPTER_LEVEL - 1) + 1)
            item = Heading(last, item.text)
        yield item


def _sections(items: Iterable[Item]) -> list[list[Item]]:
    """The items from one heading to the next; headings with nothing between stay together."""
    sections: list[list[Item]] = [[]]
    for item in items:
        follows_text = bool(sections[-1]) and not isinstance(sections[-1][-1], Heading)
        if isinstance(item, Heading) and follows_text:
            sections.append([])
        sections[-1].append(item)
    return sections
