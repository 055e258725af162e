"""Which of the paper's blocks the presenter shows: chosen by rule, at most eight slides.

The position is the same in every month; which drivers follow depends on where the money went: the
headline figures that are adverse, the largest first, each with the chapter that explains it. Then
come the first chapters of the home's own that have something to show; drivers give way to them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from boardpack.core.home_chapters import chapter_name
from boardpack.document.blocks import (
    Chart,
    KeyFigure,
    KeyFigures,
    Narrative,
    Picture,
    Table,
)
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.slides.own import headline_of, own_shown
from boardpack.outputs.slides.table import compact
from boardpack.outputs.slides.text import Passage, paragraphs, plain, sentences

MOST = 8
"""The most slides, the title among them."""
DRIVERS = 3
OWN = 2
"""The most slides of a home's own chapters."""
LEAD = 3
"""How many sentences of a narrative stand beside a chart; the notes have them all."""
OF_THEIR_OWN = ("position", "forecast")
"""Chapters of totals, which have slides of their own; the others explain a driver."""

Chapters = Mapping[str, Chapter]
B = TypeVar("B", Table, Chart, KeyFigures)


@dataclass(frozen=True)
class Slide:
    """What one slide shows; which of these there are decides how it is laid out.

    `notes` are what the presenter sees: where it comes from, and the chapter's words in full.
    `mark` is what a draft says of untraced numbers in the picture or the table.
    """

    title: str
    notes: tuple[str, ...]
    passages: tuple[Passage, ...] = ()
    cards: tuple[KeyFigure, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    picture: Picture | None = None
    mark: str = ""


def plan(parts: Sequence[Part], own: Collection[str] = ()) -> tuple[Slide, ...]:
    """The slides after the title, in order; one for which the paper has nothing is left out.

    `own` are the names of the home's own notebooks.
    """
    chapters = {chapter_name(c.name): c for part in parts for c in part.chapters}
    before = [*filter(None, (_headline(chapters), _position(chapters)))]
    after = [*filter(None, (_forecast(chapters), _asked(chapters)))]
    shown = [*_own(c for part in parts for c in part.chapters if c.name in own)]
    left = MOST - 1 - len(before) - len(after) - len(shown)
    return (*before, *_drivers(chapters)[:left], *shown, *after)


def _headline(chapters: Chapters) -> Slide | None:
    """The summary's sentence as the title, its headline figures as cards."""
    summary = chapters.get("summary")
    if summary is None:
        return None
    told = sentences(_markdown(summary, "summary-answer"))
    cards = _key_figures(summary)
    if not told and not cards:
        return None
    title, *others = told or (plain(summary.title),)
    passages = (Passage("", tuple(others)),) if others else ()
    return Slide(title, _notes(summary), passages, cards)


def _position(chapters: Chapters) -> Slide | None:
    chapter = chapters.get("position")
    if chapter is None:
        return None
    table, chart = _first(chapter, Table), _first(chapter, Chart)
    if table is None and chart is None:
        return None
    title = plain(chart.title if chart else chapter.title)
    shown = compact(table) if table else None
    return Slide(title, _notes(chapter, shown), table=shown, chart=chart)


def _drivers(chapters: Chapters) -> tuple[Slide, ...]:
    """The adverse headlines that a chapter explains, the largest overspend first."""
    summary = chapters.get("summary")
    keys = [
        key for key in (_key_figures(summary) if summary else ()) if key.tone in ("bad", "amber")
    ]
    keys.sort(key=lambda key: (_is_savings(key), Decimal(key.number.value)))
    slides = (_driver(chapters, key) for key in keys)
    return tuple(slide for slide in slides if slide is not None)[:DRIVERS]


def _driver(chapters: Chapters, key: KeyFigure) -> Slide | None:
    """A driver's first words and first chart; where it has no chart, that of all places."""
    name = key.chapter
    chapter = chapters.get(name)
    if chapter is None or name in OF_THEIR_OWN:
        return None
    passages, chart = _lead(chapter), _first(chapter, Chart)
    if chart is None and f"{name}_icb" in chapters:
        chart = _first(chapters[f"{name}_icb"], Chart)
    if chart is None and not passages:
        return None
    title = f"{plain(chapter.title)}: {plain(key.number.text)}"
    return Slide(title, _notes(chapter), passages, chart=chart)


def _own(chapters: Iterable[Chapter]) -> Iterator[Slide]:
    """The first of a home's own chapters that have something to show, a slide each."""
    found = ((chapter, own_shown(chapter)) for chapter in chapters)
    shown = [(chapter, own) for chapter, own in found if own is not None]
    for chapter, own in shown[:OWN]:
        title, notes = headline_of(chapter) or plain(chapter.title), _notes(chapter, own.table)
        yield Slide(title, notes, (), (), own.table, own.chart, own.picture, own.mark)


def _forecast(chapters: Chapters) -> Slide | None:
    """Where the year will land: the chapter on the forecast, else the run rate it needs."""
    chapter, summary = chapters.get("forecast"), chapters.get("summary")
    chart = _first(chapter, Chart) if chapter else None
    if chapter is not None and chart is not None:
        passages = (*_lead(chapter), *_passages(chapter, "forecast-confidence"))
        return Slide(plain(chart.title), _notes(chapter), passages, chart=chart)
    chart = _first(summary, Chart) if summary else None
    if summary is None or chart is None:
        return None
    position = chapters.get("position", summary)
    passages = _passages(position, "position-forecast")
    return Slide(plain(chart.title), _notes(position), passages, chart=chart)


def _asked(chapters: Chapters) -> Slide | None:
    summary = chapters.get("summary")
    asked = _passages(summary, "summary-asked") if summary else ()
    if summary is None or not asked:
        return None
    first = Passage("", asked[0].sentences)
    sure = _passages(summary, "summary-confidence", most=None)
    title = asked[0].heading or plain(summary.title)
    return Slide(title, _notes(summary), (first, *sure))


def _is_savings(key: KeyFigure) -> bool:
    return not key.number.figure.startswith("position.")


def _key_figures(chapter: Chapter) -> tuple[KeyFigure, ...]:
    found = _first(chapter, KeyFigures)
    return found.items if found else ()


def _first(chapter: Chapter, kind: type[B]) -> B | None:
    return next((block for block in chapter.blocks if isinstance(block, kind)), None)


def _lead(chapter: Chapter) -> tuple[Passage, ...]:
    """The first sentences of the first narrative that the figures wrote."""
    narratives = (b for b in chapter.blocks if isinstance(b, Narrative))
    first = next((b for b in narratives if b.voice == "generated"), None)
    told = sentences(first.markdown)[:LEAD] if first else ()
    return (Passage("", told),) if told else ()


def _passages(chapter: Chapter, id: str, most: int | None = LEAD) -> tuple[Passage, ...]:
    """A narrative under the heading that stands over it in the chapter."""
    heading = ""
    for item in chapter.items:
        if isinstance(item, Heading):
            heading = plain(item.text) if item.level > 1 else ""
        elif item.id == id and isinstance(item, Narrative):
            told = sentences(item.markdown)[:most]
            return (Passage(heading, told),) if told else ()
    return ()


def _markdown(chapter: Chapter, id: str) -> str:
    blocks = (b for b in chapter.blocks if isinstance(b, Narrative) and b.id == id)
    return next((block.markdown for block in blocks), "")


def _notes(chapter: Chapter, table: Table | None = None) -> tuple[str, ...]:
    notes = table.notes if table else ()
    said = (text for note in notes for text in paragraphs(note))
    return (f"From the chapter “{plain(chapter.title)}”.", *said, *_told(chapter))


def _told(chapter: Chapter) -> Iterator[str]:
    """All that the chapter says in words, in order, with its headings where words follow.

    A picture of the notebook's own is told by the words that stand in its place.
    """
    heading = ""
    for item in chapter.items:
        if isinstance(item, Heading):
            heading = plain(item.text) if item.level > 1 else ""
        elif isinstance(item, Narrative | Picture):
            yield from (f"{heading}:",) if heading else ()
            heading = ""
            if isinstance(item, Narrative):
                yield from paragraphs(item.markdown)
            else:
                yield f"Picture: {plain(item.alt)}"
