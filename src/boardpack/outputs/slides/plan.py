"""Which of the paper's blocks the presenter shows: chosen by rule, at most twelve slides.

Each is a message: a sentence with its number for a headline, the cause, what is done, a chart.
The position, savings, the forecast, risks, the ICB and what is asked have slides in every month;
which drivers stand between them depends on where the money went: the headline figures that are
adverse, the largest first, each with the chapter that explains it. Then come the first chapters of
the home's own that have something to show; drivers give way to them.
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
from boardpack.outputs.slides.message import LEAD, about, done, generated, headline, lead
from boardpack.outputs.slides.own import ROOM, headline_of, own_shown
from boardpack.outputs.slides.table import compact, first_rows
from boardpack.outputs.slides.text import Passage, paragraphs, plain, sentences, told

MOST = 12
"""The most slides, the title among them."""
DRIVERS = 3
OWN = 2
"""The most slides of a home's own chapters."""
OF_THEIR_OWN = ("position", "forecast")
"""Chapters that have slides of their own; the others explain a driver."""
WHY, DONE = "Why", "What is being done"

Chapters = Mapping[str, Chapter]
B = TypeVar("B", Table, Chart, KeyFigures)


@dataclass(frozen=True)
class Slide:
    """What one slide shows; which of these there are decides how it is laid out.

    `notes` are what the presenter sees: where it comes from, and the chapter's words in full.
    `mark` is what a draft says of untraced numbers in the picture or the table; `cut` says that the
    table has more rows than there was room for.
    """

    title: str
    notes: tuple[str, ...]
    passages: tuple[Passage, ...] = ()
    cards: tuple[KeyFigure, ...] = ()
    table: Table | None = None
    chart: Chart | None = None
    picture: Picture | None = None
    mark: str = ""
    cut: str = ""


def plan(parts: Sequence[Part], own: Collection[str] = ()) -> tuple[Slide, ...]:
    """The slides after the title, in order; one for which the paper has nothing is left out.

    `own` are the names of the home's own notebooks.
    """
    chapters = {chapter_name(c.name): c for part in parts for c in part.chapters}
    opening = _opening(chapters)
    known = _told_first(chapters)
    before = [slide for slide in (opening, _position(chapters, known)) if slide]
    after = [
        slide
        for slide in (
            _savings(chapters),
            _forecast(chapters, known),
            _risks(chapters),
            _board(chapters),
            _asked(chapters),
        )
        if slide
    ]
    shown = [*_own(c for part in parts for c in part.chapters if c.name in own)]
    left = MOST - 1 - len(before) - len(after) - len(shown)
    return (*before, *_drivers(chapters)[:left], *shown, *after)


def _opening(chapters: Chapters) -> Slide | None:
    """The summary's sentence as the title, its headline figures as cards."""
    summary = chapters.get("summary")
    if summary is None:
        return None
    said = sentences(_markdown(summary, "summary-answer"))
    cards = _key_figures(summary)
    if not said and not cards:
        return None
    title, *others = said or (plain(summary.title),)
    return Slide(title, _notes(summary), _passage("", others), cards)


def _told_first(chapters: Chapters) -> frozenset[str]:
    """The figures of the first headline."""
    summary = chapters.get("summary")
    said = told(_markdown(summary, "summary-answer")) if summary else ()
    return said[0][0].figures if said else frozenset()


def _position(chapters: Chapters, known: Collection[str]) -> Slide | None:
    chapter = chapters.get("position")
    if chapter is None:
        return None
    table, chart = _first(chapter, Table), _first(chapter, Chart)
    if table is None and chart is None:
        return None
    shown = compact(table) if table else None
    title = headline(chapter, chart, known).text
    return Slide(title, _notes(chapter, shown), table=shown, chart=chart)


def _drivers(chapters: Chapters) -> tuple[Slide, ...]:
    """The adverse headlines that a chapter explains, the largest overspend first."""
    summary = chapters.get("summary")
    keys = [key for key in (_key_figures(summary) if summary else ()) if _is_driver(key)]
    keys.sort(key=lambda key: Decimal(key.number.value))
    slides = (_driver(chapters, key) for key in keys)
    return tuple(slide for slide in slides if slide is not None)[:DRIVERS]


def _is_driver(key: KeyFigure) -> bool:
    return key.tone in ("bad", "amber") and key.chapter not in OF_THEIR_OWN and not _is_savings(key)


def _is_savings(key: KeyFigure) -> bool:
    return key.number.figure.startswith("savings.")


def _driver(chapters: Chapters, key: KeyFigure) -> Slide | None:
    """A driver: the sentence that tells it, its cause, what is done, its first chart.

    Where its chapter has no chart, that of all places stands for it.
    """
    name, summary = key.chapter, chapters.get("summary")
    chapter = chapters.get(name)
    if chapter is None or summary is None:
        return None
    chart = _first(chapter, Chart)
    if chart is None and f"{name}_icb" in chapters:
        chart = _first(chapters[f"{name}_icb"], Chart)
    figure = key.number.figure
    shown = sentences(_markdown(summary, "summary-answer"))
    said = about(summary, figure, shown) or about(chapter, figure)
    title = said[0].text if said else _named(chapter, key)
    cause = [one.text for one in said[1:]][:LEAD] or lead(chapter, (title,), figure)
    action = done(summary, chapter, (plain(key.label), plain(chapter.title)))
    if chart is None and not cause and not action:
        return None
    passages = (*_passage(WHY, cause), *_passage(DONE, action))
    return Slide(title, _notes(chapter), passages, chart=chart)


def _own(chapters: Iterable[Chapter]) -> Iterator[Slide]:
    """The first of a home's own chapters that have something to show, a slide each."""
    found = ((chapter, own_shown(chapter)) for chapter in chapters)
    shown = [(chapter, own) for chapter, own in found if own is not None]
    for chapter, own in shown[:OWN]:
        title, notes = headline_of(chapter) or plain(chapter.title), _notes(chapter, own.table)
        yield Slide(title, notes, (), (), own.table, own.chart, own.picture, own.mark)


def _savings(chapters: Chapters) -> Slide | None:
    """What was to be saved and what has been."""
    chapter, summary = chapters.get("savings"), chapters.get("summary")
    chart = _first(chapter, Chart) if chapter else None
    if chapter is None or chart is None:
        return None
    keys = [key for key in (_key_figures(summary) if summary else ()) if _is_savings(key)]
    said = about(chapter, keys[0].number.figure) if keys else (headline(chapter, chart),)
    title = said[0].text if said else _named(chapter, keys[0])
    action = done(summary, chapter, (plain(chapter.title),))
    passages = (*_passage("", lead(chapter, (title,))), *_passage(DONE, action))
    return Slide(title, _notes(chapter), passages, chart=chart)


def _forecast(chapters: Chapters, known: Collection[str]) -> Slide | None:
    """Where the year will land: the chapter on the forecast, else the run rate it needs."""
    chapter, summary = chapters.get("forecast"), chapters.get("summary")
    chart = _first(chapter, Chart) if chapter else None
    if chapter is not None and chart is not None:
        title = headline(chapter, chart, known).text
        passages = _passage("", lead(chapter, (title,)))
        passages += _passages(chapter, "forecast-confidence")
        return Slide(title, _notes(chapter), passages, chart=chart)
    chart = _first(summary, Chart) if summary else None
    if summary is None or chart is None:
        return None
    position = chapters.get("position", summary)
    passages = _passages(position, "position-forecast")
    return Slide(headline(position, chart, known).text, _notes(position), passages, chart=chart)


def _risks(chapters: Chapters) -> Slide | None:
    """The risks, the first of them where the slide has no room for all."""
    chapter = chapters.get("risks")
    table = _first(chapter, Table) if chapter else None
    shown = first_rows(table, ROOM) if table else None
    if chapter is None or table is None or shown is None:
        return None
    count, of = len(shown.rows), len(table.rows)
    cut = f"The first {count} of {of} rows: the paper has them all." if count < of else ""
    said = next((one.text for paragraph in generated(chapter) for one in paragraph), "")
    return Slide(said or plain(chapter.title), _notes(chapter, shown), table=shown, cut=cut)


def _board(chapters: Chapters) -> Slide | None:
    """The ICB, as its places stand: it holds the budget of a place."""
    chapter, summary = chapters.get("overview"), chapters.get("summary")
    chart = _first(chapter, Chart) if chapter else None
    if chapter is None or chart is None:
        return None
    said = told(_markdown(summary, "summary-icb")) if summary else ()
    first, *others = [one.text for paragraph in said for one in paragraph] or [""]
    title = first or headline(chapter, chart).text
    passages = _passage("", others or lead(chapter, (title,)))
    return Slide(title, _notes(chapter), passages, chart=chart)


def _asked(chapters: Chapters) -> Slide | None:
    """What is asked as the headline, if it is one sentence or two; and how sure the paper is."""
    summary = chapters.get("summary")
    asked = _passages(summary, "summary-asked", most=None) if summary else ()
    if summary is None or not asked:
        return None
    sure = _passages(summary, "summary-confidence", most=LEAD + 1)
    (whole,), title = asked, asked[0].heading or plain(summary.title)
    if len(whole.sentences) > 2 or not (sure or len(whole.sentences) == 2):
        return Slide(title, _notes(summary), (Passage("", whole.sentences), *sure))
    title = max(whole.sentences, key=len)
    rest = [one for one in whole.sentences if one != title]
    return Slide(title, _notes(summary), (*_passage("", rest), *sure))


def _named(chapter: Chapter, key: KeyFigure) -> str:
    """The title of a slide on a headline figure that the paper says in no sentence."""
    return f"{plain(chapter.title)}: {plain(key.number.text)}"


def _passage(heading: str, said: Sequence[str]) -> tuple[Passage, ...]:
    return (Passage(heading, tuple(said)),) if said else ()


def _key_figures(chapter: Chapter) -> tuple[KeyFigure, ...]:
    found = _first(chapter, KeyFigures)
    return found.items if found else ()


def _first(chapter: Chapter, kind: type[B]) -> B | None:
    return next((block for block in chapter.blocks if isinstance(block, kind)), None)


def _passages(chapter: Chapter, id: str, most: int | None = LEAD) -> tuple[Passage, ...]:
    """A narrative under the heading that stands over it in the chapter."""
    heading = ""
    for item in chapter.items:
        if isinstance(item, Heading):
            heading = plain(item.text) if item.level > 1 else ""
        elif item.id == id and isinstance(item, Narrative):
            return _passage(heading, sentences(item.markdown)[:most])
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
