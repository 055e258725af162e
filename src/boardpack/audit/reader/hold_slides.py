"""Slides held to what is expected of them: every word, row, bar and note is one of the paper's.

Slides are a selection, so nothing has to be met; but what is shown must be whole: a sentence from
its beginning to its end, a table with all its rows, a chart with all its marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from boardpack.audit.reader.expected import Card, Chart, Expected, Table, chapter_of
from boardpack.audit.reader.hold_notebook_pictures import slide_picture
from boardpack.audit.reader.hold_slide_chart import SeenChart, hold_chart, notes_on_unit
from boardpack.audit.reader.hold_slide_looks import hold_slide_looks
from boardpack.audit.reader.hold_tables import Finding, differs, row_words, same_cells
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain, says_something

_SLIDE = re.compile(r"(slide \d+)(?:, (?!notes)(.+?))?(?:, its data, .*)?")
_END = re.compile(r"[.!?:”\"')\]]$")
_CUT = re.compile(r"The first (\d+) of (\d+) rows: the paper has them all\.")
_NUMBER = "‹#›"
_FROM = re.compile(r"From the chapter \"(.+)\"\.")


@dataclass
class Shape:
    """A shape as it was seen on a slide: its words and the rows of its table."""

    name: str
    is_picture: bool = False
    texts: list[str] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    aids: list[str] = field(default_factory=list)


@dataclass
class SeenSlide:
    """A slide as it was seen: its shapes, the charts in them by where they stand, its files."""

    where: str
    shapes: list[Shape] = field(default_factory=list)
    charts: dict[str, SeenChart] = field(default_factory=dict)
    files: list[Passage] = field(default_factory=list)


def hold_slides(passages: Sequence[Passage], expected: Expected) -> list[Finding]:
    """What slides show, say or hide that the paper does not bear out: where, and what."""
    held = _Held(expected, _title(passages))
    found: list[Finding] = []
    for slide in _seen(passages):
        found += held.slide(slide)
    for one in passages:
        if one.where.endswith(", notes") and one.kind == "text":
            found += held.note(one)
        elif one.where.startswith(("layout", "master")) and one.kind == "text":
            found += held.words(one.where, plain(one.cells[0]), ())
    return [*found, *hold_slide_looks(passages)]


def _title(passages: Sequence[Passage]) -> str:
    """The paper's title, as the file says it of itself."""
    properties = (one.cells for one in passages if one.where == "properties")
    return plain(next((cells[1] for cells in properties if cells[0] == "title"), ""))


def _seen(passages: Sequence[Passage]) -> list[SeenSlide]:
    slides: dict[str, SeenSlide] = {}
    for one in passages:
        found = _SLIDE.fullmatch(one.where)
        if found is None:
            continue
        slide = slides.setdefault(found[1], SeenSlide(found[1]))
        if found[2]:
            where = f"{found[1]}, {found[2]}"
            if one.kind == "file":
                slide.files.append(one)
            else:
                slide.charts.setdefault(where, SeenChart(where)).take(one)
        elif one.kind == "look" and one.cells[0] == "shape":
            slide.shapes.append(Shape(one.cells[1], one.cells[4] == "picture"))
        elif slide.shapes and one.kind == "text":
            slide.shapes[-1].texts.append(plain(one.cells[0]))
        elif slide.shapes and one.kind == "row":
            slide.shapes[-1].rows.append(tuple(map(plain, one.cells)))
        elif slide.shapes and one.kind == "aid":
            slide.shapes[-1].aids.append(plain(one.cells[-1]))
    return list(slides.values())


class _Held:
    def __init__(self, expected: Expected, title: str) -> None:
        self.expected, self.title = expected, title
        self.texts = {text.words for text in expected.texts}
        self.cards = {card.label: card for card in reversed(expected.cards)}
        self.tables = [table for table in expected.tables if table.needed and table.rows]
        lines = (" ".join(line.cells) for table in self.tables for line in table.rows)
        heads = (" ".join(head) for table in self.tables for head in table.heads)
        self.lines = {plain(line) for line in (*lines, *heads)}
        self.whole = "\n".join(sorted(self.texts))

    def slide(self, slide: SeenSlide) -> Iterator[Finding]:
        """Every shape of a slide, and every chart."""
        told = [text for shape in slide.shapes for text in shape.aids]
        charts = {}
        for where, seen in slide.charts.items():
            chart = next((c for c in self.expected.charts if f"{c.title}. {c.alt}" in told), None)
            if chart is None:
                yield where, "has no text alternative that is a chart's of the paper."
                yield from seen.findings
            else:
                charts[where] = seen, chart
                yield from hold_chart(seen, chart)
                told.remove(f"{chart.title}. {chart.alt}")
        beside = tuple(text for seen, chart in charts.values() for text in _beside(seen, chart))
        texts = [text for shape in slide.shapes for text in shape.texts]
        cut = next((found for found in map(_CUT.fullmatch, texts) if found), None)
        for shape in slide.shapes:
            yield from self._shape(slide.where, shape, beside, cut)
        if cut and not any(shape.rows for shape in slide.shapes):
            yield slide.where, f"says {_cut(cut[0])}, and shows no table."
        for seen, chart in charts.values():
            note = plain(notes_on_unit(seen, chart))
            if not any(note in text for text in texts):
                yield seen.where, f"does not say{notes_on_unit(seen, chart)}."
        known = {table.caption for table in self.tables}
        for file in slide.files:
            shapes = [
                s for s in slide.shapes if s.is_picture and file.where.endswith(f", {s.name}")
            ]
            aids = [text for shape in shapes for text in shape.aids]
            picture = slide_picture(file, aids, self.expected.in_print)
            if picture is None:
                yield (
                    file.where,
                    f"holds the file {file.cells[0]}, which is no picture of the paper's.",
                )
            else:
                known.add(picture.alt)
        for text in told:
            if text not in known:
                said = f"has the text alternative {_cut(text)}, which is not the paper's."
                yield slide.where, said

    def _shape(
        self, where: str, shape: Shape, beside: tuple[str, ...], cut: re.Match[str] | None
    ) -> Iterator[Finding]:
        if shape.rows:
            yield from self._table(where, shape, cut)
        card = self.cards.get(shape.texts[0]) if len(shape.texts) > 1 else None
        if card is not None:
            yield from self._card(where, shape, card)
        else:
            for text in shape.texts:
                if cut is None or text != cut[0]:
                    yield from self.words(where, text, beside)

    def _card(self, where: str, shape: Shape, card: Card) -> Iterator[Finding]:
        """A headline has its own number and its own words."""
        wanted = [card.label, card.number.text, *card.words[-1:]]
        if len(shape.texts) > 3 or not all(
            found == text or _is_cut(found, text)
            for found, text in zip(shape.texts, wanted, strict=False)
        ):
            yield where, f"shows {row_words(shape.texts)}; the paper has {row_words(wanted)}."

    def words(self, where: str, text: str, beside: tuple[str, ...]) -> Iterator[Finding]:
        """Words of a slide: whole sentences of the paper, or furniture without a number."""
        is_own = text in self.texts or any(text == one or _is_cut(text, one) for one in beside)
        if is_own or self._is_furniture(text) or self._is_said(text) or self._is_driver(text):
            return
        yield where, f"says {_cut(text)}, which the paper does not."

    def _is_furniture(self, text: str) -> bool:
        start, _, _ = text.partition("…")
        is_title = self.title.startswith(start.rstrip()) or text.startswith(self.title)
        rest = text.removeprefix(self.title if text.startswith(self.title) else start)
        return text == _NUMBER or not says_something(rest if is_title else text)

    def _is_said(self, text: str) -> bool:
        """Whether the paper says it: from the beginning of a sentence to the end of one."""
        sought = text[:-1].rstrip() if text.endswith("…") else text
        start = self.whole.find(sought)
        while start >= 0:
            end = start + len(sought)
            before, after = self.whole[max(start - 2, 0) : start], self.whole[end : end + 1]
            begins = not before or before[-1] == "\n" or re.fullmatch(r"[.!?:”\"')\]] ", before)
            ends = after in ("", "\n") or (after == " " and _END.search(sought))
            if begins and (ends or text.endswith("…")):
                return True
            start = self.whole.find(sought, start + 1)
        return False

    def _is_driver(self, text: str) -> bool:
        """`Prescribing: £2.21m over`: a chapter's title, and the headline that it tells of."""
        return any(
            text == f"{title}: {card.number.text}" or _is_cut(text, f"{title}: {card.number.text}")
            for card in self.expected.cards
            for title in (self._title_of(card),)
        )

    def _title_of(self, card: Card) -> str:
        found = (t.words for t in self.expected.texts if chapter_of(t.chapter) == card.tells)
        return next(found, card.label)

    def _table(self, where: str, shape: Shape, cut: re.Match[str] | None) -> Iterator[Finding]:
        """A table in some of its columns with all its rows, or the first and a true word on it."""
        head, *rows = shape.rows
        best: tuple[int, Table, list[int]] | None = None
        for table in self.tables:
            columns = _columns(head, table)
            if columns is not None:
                alike = sum(
                    same_cells(row, wanted)
                    for row, wanted in zip(rows, _picked(table, columns), strict=False)
                )
                if best is None or alike > best[0]:
                    best = alike, table, columns
        if best is None:
            yield where, f"has a table headed {row_words(head)}, which no table of the paper is."
            return
        _, table, columns = best
        wanted_rows = _picked(table, columns)
        if cut and (int(cut[1]), int(cut[2])) != (len(rows), len(wanted_rows)):
            yield where, f"says {_cut(cut[0])} of a table with {len(wanted_rows)} rows."
        if len(rows) != len(wanted_rows) and not (cut and len(rows) < len(wanted_rows)):
            said = f"shows {len(rows)} rows of {table.caption!r}, which has {len(wanted_rows)}."
            yield where, said
        for row, wanted in zip(rows, wanted_rows, strict=False):
            if not same_cells(row, wanted):
                yield where, differs(row, wanted)

    def note(self, passage: Passage) -> Iterator[Finding]:
        """What the presenter reads: paragraphs of a chapter, and the chapter's name."""
        text = plain(passage.cells[0])
        found = _FROM.fullmatch(text)
        is_own = found is not None and found[1] in self.texts
        if not (is_own or text in self.texts or text in self.lines or text[:-1] in self.texts):
            yield from self.words(passage.where, text, ())


def _beside(seen: SeenChart, chart: Chart) -> Iterator[str]:
    """What may stand over a chart: its message, its series, its unit with what must be said."""
    yield chart.title
    yield from (series.name for series in chart.series)
    target = ""
    if chart.target is not None and chart.shape != "line":
        target = f" · {chart.target_label} {chart.target.text}"
    note = notes_on_unit(seen, chart)
    yield f"{chart.unit}{target}{note}" if chart.shape == "line" else f"{chart.unit}{note}{target}"


def _columns(head: Sequence[str], table: Table) -> list[int] | None:
    """Which columns of a table a head names, in their order; None where it names another."""
    *groups, labels = table.heads
    whole = [
        plain(" ".join(dict.fromkeys((*(group[place] for group in groups), label))))
        for place, label in enumerate(labels)
    ]
    found: list[int] = []
    for text in head:
        place = next(
            (n for n in range(found[-1] + 1 if found else 0, len(whole)) if whole[n] == text), None
        )
        if place is None:
            return None
        found.append(place)
    return found


def _picked(table: Table, columns: Sequence[int]) -> list[tuple[str, ...]]:
    """The rows of a table in these columns; a heading has one cell."""
    return [
        tuple(line.cells[n] for n in columns) if len(line.cells) > 1 else line.cells
        for line in table.rows
        if line.cells
    ]


def _is_cut(text: str, whole: str) -> bool:
    """Whether a text is the beginning of another, cut for want of room."""
    return text.endswith("…") and whole.startswith(text[:-1].rstrip())


def _cut(text: str) -> str:
    return repr(text if len(text) < 120 else f"{text[:117]}...")
