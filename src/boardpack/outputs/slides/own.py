"""What a chapter of a home's own shows on its slide: one thing, under its headline sentence.

The thing is the chapter's first picture, chart or table that a slide has room for; the sentence is
the first that the chapter says in words of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import assert_never

from boardpack.document.blocks import (
    Block,
    Chart,
    KeyFigures,
    Narrative,
    NotSupplied,
    Picture,
    Table,
    Workings,
)
from boardpack.document.content import Chapter
from boardpack.document.untraced import SIGN, is_mark, is_printed_text
from boardpack.outputs.slides.deck import BODY_BOTTOM, BODY_WIDTH, MARGIN, Box
from boardpack.outputs.slides.table import compact, has_room
from boardpack.outputs.slides.text import paragraphs, plain, sentences

ROOM = Box(MARGIN, 130.0, BODY_WIDTH, BODY_BOTTOM - 130.0)
"""What is left for a table below the deepest title and the table's own heading."""


@dataclass(frozen=True)
class OwnShown:
    """What a slide shows of a chapter: one of these, and what a draft says of untraced numbers."""

    picture: Picture | None = None
    chart: Chart | None = None
    table: Table | None = None
    mark: str = ""


def own_shown(chapter: Chapter) -> OwnShown | None:
    """The first thing of a chapter that can stand on a slide; None where nothing can."""
    for place, block in enumerate(chapter.blocks):
        mark = " ".join(_marks(chapter.blocks[place + 1 :]))
        match block:
            case Picture():
                return OwnShown(picture=block, mark=mark)
            case Chart():
                return OwnShown(chart=block, mark=mark)
            case Table():
                fitting = (t for t in (block, compact(block)) if has_room(t, ROOM))
                if (table := next(fitting, None)) is not None:
                    notes = (text for note in table.notes for text in paragraphs(note))
                    said = (text for text in notes if text.startswith(SIGN))
                    return OwnShown(table=table, mark=" ".join((*said, *filter(None, (mark,)))))
            case Narrative() | KeyFigures() | Workings() | NotSupplied():
                continue
            case _:
                assert_never(block)
    return None


def _marks(following: Sequence[Block]) -> Iterator[str]:
    """What a draft says right below a block of its numbers and of its words."""
    for block in following:
        if not (isinstance(block, Narrative) and is_mark(block)):
            return
        yield plain(block.markdown)


def headline_of(chapter: Chapter) -> str:
    """The chapter's first sentence, be it typed or made of figures; empty where it has none."""
    told = (b for b in chapter.blocks if isinstance(b, Narrative) and b.voice == "generated")
    said = (sentences(b.markdown) for b in told if not is_printed_text(b) and not is_mark(b))
    return next((first for first, *_ in filter(None, said)), "")
