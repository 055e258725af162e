"""Chapters as Typst: calls of the template's functions, with every text as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from boardpack.core.home_chapters import chapter_name
from boardpack.document.blocks import (
    Chart,
    KeyFigure,
    KeyFigures,
    Narrative,
    NotSupplied,
    Picture,
    Table,
    Workings,
)
from boardpack.document.content import Chapter, Heading, Item
from boardpack.outputs.charts.static_chart import FULL_WIDTH, HALF_WIDTH
from boardpack.outputs.pdf.typst_table import (
    TableTags,
    cell_typst,
    is_wide,
    table_tags,
    table_typst,
)
from boardpack.outputs.pdf.typst_text import array, line, literal, prose
from boardpack.outputs.reading_order import (
    CHAPTER_LEVEL,
    COVER_SHEET,
    chapter_sections,
    shown,
)

SAYS_SO = ("bad", "amber", "slight")
"""The tones of a card that say in words that its number is adverse."""


@dataclass(frozen=True)
class DrawnChart:
    """A chart as it stands in a chapter: its file and the width it is drawn at."""

    file: str
    chart: Chart
    width: float


def chapter_typst(chapter: Chapter, part: str | None = None) -> str:
    """The chapter as Typst source; `part` is the title of the part that it opens, if it does.

    Workings are left to the outputs that an auditor reads.
    """
    files = iter(pictures(chapter))
    sections = chapter_sections(chapter, part)
    drawn = "\n\n".join(_section(section, files) for section in sections)
    title = f"#heading(level: {CHAPTER_LEVEL}, {literal(chapter.title)});"
    place = f"#place-of({literal(f'chapter-{chapter_name(chapter.name)}')});"
    return drawn.replace(title, f"{title}\n{place}", 1)


def pictures(chapter: Chapter) -> tuple[DrawnChart, ...]:
    """The chapter's charts in order; two that follow each other stand side by side.

    One with panels takes the page's width.
    """
    found: list[DrawnChart] = []
    for has_panels, run in groupby(shown(chapter), key=_panels):
        charts = [item for item in run if isinstance(item, Chart)]
        for place, chart in enumerate(charts):
            alone = bool(has_panels) or (place == len(charts) - 1 and place % 2 == 0)
            file = f"{chapter.name}-{len(found) + 1}.svg"
            found.append(DrawnChart(file, chart, FULL_WIDTH if alone else HALF_WIDTH))
    return tuple(found)


def _panels(item: Item) -> bool | None:
    """Whether a chart has panels, and so needs a page's width; None for what is no chart."""
    return item.shape == "multiples" if isinstance(item, Chart) else None


def chapter_tags(chapter: Chapter) -> tuple[TableTags, ...]:
    """The tags of the chapter's tables, in the order of the document."""
    tables = (item for item in chapter.items if isinstance(item, Table))
    return tuple(sheet for table in tables for sheet in table_tags(table))


def _section(items: Sequence[Item], files: Iterator[DrawnChart]) -> str:
    """A section; one that has a table too wide for an upright page lies on its side as a whole."""
    drawn: list[str] = []
    for is_chart, run in groupby(items, key=lambda item: isinstance(item, Chart)):
        if is_chart:
            drawn += [_charts(pair) for pair in _pairs(next(files) for _ in run)]
        else:
            drawn += [_item(item) for item in run]
    body = "\n\n".join(drawn)
    wide = any(isinstance(item, Table) and is_wide(item) for item in items)
    return f"#wide[\n{body}\n];" if wide else body


def _pairs(found: Iterable[DrawnChart]) -> list[list[DrawnChart]]:
    """Charts drawn at half width two by two, the others alone."""
    pairs: list[list[DrawnChart]] = []
    for picture in found:
        if picture.width == HALF_WIDTH and pairs and len(pairs[-1]) == 1:
            pairs[-1].append(picture)
        else:
            pairs.append([picture])
    return pairs


def _item(item: Item) -> str:
    match item:
        case Heading():
            start = "#pagebreak(weak: true);\n" if item.text == COVER_SHEET else ""
            return f"{start}#heading(level: {item.level}, {literal(item.text)});"
        case Table():
            return table_typst(item)
        case Narrative(voice="commentary"):
            return f"#commentary[\n{prose(item.markdown)}\n];"
        case Narrative():
            return f"#narrative[\n{prose(item.markdown)}\n];"
        case Picture():
            return _picture(item)
        case KeyFigures():
            return f"#key-figures{array(_card(card) for card in item.items)};"
        case NotSupplied():
            return f"#not-supplied({literal(item.what)})[{line(item.why)}];"
        case Workings():
            return ""
        case Chart():  # drawn with those beside it, by `_charts`
            raise TypeError(f"the chart {item.id} is drawn with those beside it")
        case _:
            assert_never(item)


def _picture(picture: Picture) -> str:
    over = f", title: {literal(picture.title)}" if picture.title else ""
    return f"#picture({literal(picture_name(picture))}, alt: {literal(picture.alt)}{over});"


def picture_name(picture: Picture) -> str:
    """The file that a picture of a notebook is read from; one that is drawn by lines is in dots."""
    return f"{picture.id}.{'jpg' if picture.media == 'image/jpeg' else 'png'}"


def _charts(pair: Sequence[DrawnChart]) -> str:
    return f"#charts{array(map(_chart, pair))};"


def _chart(picture: DrawnChart) -> str:
    chart = picture.chart
    size = f"{picture.width:g}pt"
    texts = f"title: {literal(chart.title)}, alt: {literal(chart.alt or chart.title)}"
    return f"chart({literal(picture.file)}, {size}, {texts})"


def _card(item: KeyFigure) -> str:
    parts = {
        "label": literal(item.label),
        "number": literal(item.number.text) if item.tone in SAYS_SO else cell_typst(item.number),
        "note": f"[{line(item.context)}]",
        "tone": literal(item.tone),
        "moved": f"[{line(item.movement)}]",
    }
    if item.chapter:
        parts["to"] = literal(f"chapter-{item.chapter}")
    return f"({', '.join(f'{name}: {value}' for name, value in parts.items())})"
