"""Chapters as Typst: calls of the template's functions, with every text as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from boardpack.outputs.static_chart import FULL_WIDTH, HALF_WIDTH
from boardpack.outputs.typst_table import Spoken, cell_typst, is_wide, spoken, table_typst
from boardpack.outputs.typst_text import array, line, literal, prose
from boardpack.paper.blocks import (
    Chart,
    KeyFigure,
    KeyFigures,
    Narrative,
    NotSupplied,
    Table,
    Workings,
)
from boardpack.paper.content import Chapter, Heading, Item

COVER_SHEET = "Cover sheet"
CHAPTER_LEVEL = 2
"""A part is a heading of level 1, so a chapter's title is one of level 2."""


@dataclass(frozen=True)
class Picture:
    """A chart as it stands in a chapter: its file and the width it is drawn at."""

    file: str
    chart: Chart
    width: float


def chapter_typst(chapter: Chapter) -> str:
    """The chapter as Typst source; workings are left to the outputs that an auditor reads."""
    files = iter(pictures(chapter))
    return "\n\n".join(_group(group, files) for group in _groups(_levelled(chapter.items)))


def pictures(chapter: Chapter) -> tuple[Picture, ...]:
    """The chapter's charts in order; two that follow each other stand side by side."""
    found: list[Picture] = []
    for group in _groups(chapter.items):
        charts = [item for item in group if isinstance(item, Chart)]
        for place, chart in enumerate(charts):
            alone = place == len(charts) - 1 and place % 2 == 0
            file = f"{chapter.name}-{len(found) + 1}.svg"
            found.append(Picture(file, chart, FULL_WIDTH if alone else HALF_WIDTH))
    return tuple(found)


def spoken_tables(chapter: Chapter) -> tuple[Spoken, ...]:
    """What the chapter's tables say aloud, in the order of the document."""
    tables = (item for item in chapter.items if isinstance(item, Table))
    return tuple(sheet for table in tables for sheet in spoken(table))


def _levelled(items: Sequence[Item]) -> Iterator[Item]:
    """The items with headings at document level, none more than one below the one before it."""
    last = CHAPTER_LEVEL - 1
    for item in items:
        if isinstance(item, Heading):
            last = min(item.level + CHAPTER_LEVEL - 1, last + 1)
            item = Heading(last, item.text)
        yield item


def _groups(items: Sequence[Item] | Iterator[Item]) -> Iterator[list[Item]]:
    """Items that are set together: neighbouring charts, and a wide table with its headings."""
    waiting: list[Item] = []
    shown = (item for item in items if not isinstance(item, Workings))
    for kind, run in groupby(shown, key=_kind):
        members: list[Item] = list(run)
        if kind == "heading":
            waiting += members
        elif kind == "wide":
            yield [*waiting, *members]
            waiting = []
        else:
            yield from ([item] for item in waiting)
            waiting = []
            yield from ([members] if kind == "chart" else ([item] for item in members))
    yield from ([item] for item in waiting)


def _kind(item: Item) -> str:
    if isinstance(item, Heading):
        return "heading"
    if isinstance(item, Table):
        return "wide" if is_wide(item) else "table"
    return item.kind


def _group(group: Sequence[Item], files: Iterator[Picture]) -> str:
    if any(_kind(item) == "wide" for item in group):
        return f"#wide[\n{chr(10).join(_item(item) for item in group)}\n];"
    charts = [_chart(next(files)) for item in group if isinstance(item, Chart)]
    if charts:
        return f"#charts{array(f'[{chart}]' for chart in charts)};"
    return "\n".join(_item(item) for item in group)


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
            return prose(item.markdown)
        case KeyFigures():
            return f"#key-figures{array(_card(card) for card in item.items)};"
        case NotSupplied():
            return f"#not-supplied({literal(item.what)})[{line(item.why)}];"
        case _:
            return ""


def _chart(picture: Picture) -> str:
    chart = picture.chart
    size = f"{picture.width:g}pt"
    texts = f"title: {literal(chart.title)}, alt: {literal(chart.alt or chart.title)}"
    return f"#chart({literal(picture.file)}, {size}, {texts});"


def _card(item: KeyFigure) -> str:
    parts = {
        "label": literal(item.label),
        "number": cell_typst(item.number),
        "context": f"[{line(item.context)}]",
        "tone": literal(item.tone),
    }
    return f"({', '.join(f'{name}: {value}' for name, value in parts.items())})"
