"""Chapters with nothing to print, told in one place instead of on a page each.

A chapter of which nothing was supplied, and one that the body leaves out, has no page: the
assurance chapter names it, with the reason. Its workings stand there too, for an auditor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from boardpack.core.home_chapters import NEEDED, chapter_name
from boardpack.document.blocks import Narrative, Workings
from boardpack.document.content import Chapter, Heading, Part
from boardpack.document.wording import plain_text

TITLE = "Chapters without a page"
TOLD_IN = "assurance"


def folded(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts as they are printed; a part of which no chapter is printed is none.

    Where a paper has no assurance chapter, only what is left out goes.
    """
    chapters = [chapter for part in parts for chapter in part.chapters]
    can_tell = any(chapter_name(chapter.name) == TOLD_IN for chapter in chapters)
    without = [c for c in chapters if c.left_out or (can_tell and _is_empty(c))]
    if not without:
        return tuple(parts)
    gone = {chapter.name for chapter in without}
    printed = (
        replace(
            part, chapters=tuple(_told(c, without) for c in part.chapters if c.name not in gone)
        )
        for part in parts
    )
    return _joined([part for part in printed if part.chapters])


def _joined(parts: list[Part]) -> tuple[Part, ...]:
    """The parts; where the first has only what must be there, the next is no appendix to it.

    Its chapters are then the paper itself, as in one that has a home's own tables and no more.
    """
    match parts:
        case [first, second, *others] if all(
            chapter_name(chapter.name) in NEEDED for chapter in first.chapters
        ) and not any(chapter_name(chapter.name) == TOLD_IN for chapter in second.chapters):
            return replace(first, chapters=(*first.chapters, *second.chapters)), *others
    return tuple(parts)


def _is_empty(chapter: Chapter) -> bool:
    return chapter.nothing is not None and chapter_name(chapter.name) not in NEEDED


def _told(chapter: Chapter, without: Sequence[Chapter]) -> Chapter:
    """The chapter that names the others with theirs at its end; any other as it is."""
    if chapter_name(chapter.name) != TOLD_IN:
        return chapter
    lines = "\n".join(f"- {line}" for line in lines_of(without))
    told = Heading(2, TITLE), Narrative(f"{TOLD_IN}-without-a-page", lines)
    workings = (block for one in without for block in one.blocks if isinstance(block, Workings))
    own = (item for item in chapter.items if isinstance(item, Workings))
    rest = (item for item in chapter.items if not isinstance(item, Workings))
    return replace(chapter, items=(*rest, *told, *own, *workings))


def lines_of(without: Sequence[Chapter]) -> Iterator[str]:
    """A line for each reason: the titles to which it applies, in their order, and the reason."""
    titles: dict[str, list[str]] = {}
    for chapter in without:
        missing = chapter.nothing
        reason = plain_text(chapter.left_out) if chapter.left_out or not missing else missing.why
        titles.setdefault(reason.rstrip("."), []).append(plain_text(chapter.title))
    for reason, named in titles.items():
        yield f"{'; '.join(sorted(named))}. {reason}."
