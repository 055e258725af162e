"""What a slide says: a sentence with its number for a headline, the cause, what is being done.

All of it is looked up in the paper by the figure that it is about, so that it holds whatever the
chapters are called and in whatever block they say it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from boardpack.document.blocks import Chart, Narrative
from boardpack.document.content import Chapter
from boardpack.document.untraced import is_mark, is_printed_text
from boardpack.figures.figure import PRINTED
from boardpack.outputs.slides.text import Said, plain, told

LEAD = 3
"""How many sentences of one kind stand beside a chart; the notes have them all."""
_DATE = re.compile(r"\b20\d\d(?:/\d\d)?\b|\bM(?:onth )?\d+\b")
Paragraph = tuple[Said, ...]


def generated(chapter: Chapter) -> Iterator[Paragraph]:
    """The paragraphs that the figures wrote, an item of a list being one."""
    for block in chapter.blocks:
        if not isinstance(block, Narrative) or block.voice != "generated":
            continue
        if not (is_mark(block) or is_printed_text(block)):
            yield from told(block.markdown)


def commentary(chapter: Chapter) -> Iterator[Paragraph]:
    """The paragraphs that the finance team wrote."""
    for block in chapter.blocks:
        if isinstance(block, Narrative) and block.voice == "commentary":
            yield from told(block.markdown)


def says(said: Said, figure: str) -> bool:
    """Whether a sentence shows a figure, computed or as printed.

    >>> says(Said("£2m", frozenset({"a.b.c.d.printed"})), "a.b.c.d")
    True
    """
    return _own(figure) in map(_own, said.figures)


def about(chapter: Chapter, figure: str, known: Collection[str] = ()) -> Paragraph:
    """What a chapter says of a figure: the plainest sentence that shows it, and what follows it.

    `known` are sentences that were shown before.
    """
    found = [
        paragraph[place:]
        for paragraph in generated(chapter)
        for place, said in enumerate(paragraph)
        if says(said, figure) and said.text not in known
    ]
    return min(found, key=lambda paragraph: len(paragraph[0].figures), default=())


def headline(chapter: Chapter, chart: Chart | None, known: Collection[str] = ()) -> Said:
    """A chapter's message: its chart's, if that has a number, else its first news of a variance.

    `known` are the figures that headlines of slides before it told; without either it is the
    chart's title or the chapter's.
    """
    title = Said(plain(chart.title if chart else chapter.title), frozenset())
    if chart and any(map(str.isdigit, _DATE.sub("", title.text))):
        return title
    old = {_own(figure) for figure in known}
    return next((s for p in generated(chapter) for s in p if _variances(s) - old), title)


def lead(chapter: Chapter, known: Collection[str] = (), figure: str = "") -> tuple[str, ...]:
    """The first sentences that tell something new, which is neither `known` nor of this figure.

    Those with a number come before the others.
    """
    found = [
        said
        for paragraph in generated(chapter)
        for said in paragraph
        if said.text not in known and not (figure and says(said, figure))
    ]
    return tuple(said.text for said in [s for s in found if s.figures] or found)[:LEAD]


def done(summary: Chapter | None, chapter: Chapter, names: Collection[str]) -> tuple[str, ...]:
    """What is being done: the summary's words on one of these names, else the chapter's own."""
    starts = tuple(f"{name}:".casefold() for name in names)
    for paragraph in commentary(summary) if summary else ():
        if paragraph[0].text.casefold().startswith(starts):
            return tuple(said.text for said in paragraph)
    return tuple(said.text for paragraph in commentary(chapter) for said in paragraph)[:LEAD]


def _own(figure: str) -> str:
    """A figure's id, be it computed or as printed."""
    return figure.removesuffix(f".{PRINTED}")


def _variances(said: Said) -> set[str]:
    return {_own(figure) for figure in said.figures if _own(figure).endswith("_variance")}
