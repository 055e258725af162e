"""What an output must show: the blocks of a build's executed notebooks, read as plain JSON.

A block says what is printed and in what words, and nothing on how it is drawn. It is read here
anew, with no code of those who write the outputs: a table becomes its rows as printed, prose its
words, a chart its marks. Whoever reads an output with other eyes holds what was seen to this.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from boardpack.audit.reader.prose import is_prose_row, prose_parts
from boardpack.audit.reader.words import MARKER, bare, plain

MIME = "application/vnd.boardpack+json"
_HEADING = re.compile(r"^(#{1,4}) +(.+?)\s*$")
_NUMBER = re.compile(r"^\d+_")
TELLS = "assurance"
"""The chapter that names those without a page."""
ALWAYS = ("summary", TELLS)
"""The chapters that have a page whatever they show."""
STEPS = ("Start and end", "Step", "Adverse step")
"""What the key of a walk calls its bars."""
Cells = tuple[str, ...]


class Number(NamedTuple):
    """A number in print: what is printed, its exact value, what is said of it in other words.

    `words` is None where the print is read aloud as it stands; `adverse` says that it is bad news.
    """

    text: str
    value: Decimal | None
    words: str | None
    adverse: bool
    figure: str = ""

    @property
    def aid(self) -> str:
        """What is said and not printed: its words, and that it is bad news; empty where nothing."""
        if self.words is None:
            return "(adverse)" if self.adverse else ""
        return plain(f"{self.words}, adverse" if self.adverse else self.words)


class Line(NamedTuple):
    """A row of a table: its cells as printed, and the numbers among them by their place."""

    cells: Cells
    numbers: Mapping[int, Number]


class Table(NamedTuple):
    """A table: its caption with its unit, its head in one line or two, its rows.

    A head has a cell for each column; a heading that spans columns stands in each of them, and a
    head that spans both lines stands in both. A row that is a heading has one cell.
    `needed` says that a reader of a whole paper must meet it, as a chart's data need not be.
    """

    chapter: str
    name: str
    caption: str
    heads: tuple[Cells, ...]
    rows: tuple[Line, ...]
    needed: bool


class Card(NamedTuple):
    """A headline: its label, its number, and the lines of words below it.

    `tells` is the chapter that tells of it, without the number of its notebook.
    """

    chapter: str
    label: str
    number: Number
    words: Cells
    tells: str = ""


class Series(NamedTuple):
    """One run of a chart's values; None where there is no value."""

    name: str
    values: tuple[Number | None, ...]


class Chart(NamedTuple):
    """A chart as its block has it (see `document.blocks.Chart` for what each part means)."""

    chapter: str
    name: str
    shape: str
    title: str
    alt: str
    categories: Cells
    series: tuple[Series, ...]
    unit: str
    scale: Decimal
    target: Number | None
    target_label: str
    steps: str
    panel: str


class Picture(NamedTuple):
    """A picture that a notebook shows of its own: its file, the words for it, what is over it."""

    chapter: str
    media: str
    content: bytes
    alt: str
    title: str

    @property
    def address(self) -> str:
        """How a page names it, which holds all of it."""
        return f"data:{self.media};base64,{b64encode(self.content).decode('ascii')}"


class Text(NamedTuple):
    """Words of the paper; `needed` says that a reader of a whole paper must meet them."""

    chapter: str
    words: str
    needed: bool


class Tag(NamedTuple):
    """A number that is tagged with its figure; `needed` says that a page must show it so.

    `value` is its exact value as the block has it, None in prose, where a block has only the print.
    """

    chapter: str
    text: str
    figure: str
    needed: bool
    value: str | None = None


class Expected(NamedTuple):
    """All that a paper's blocks show, in their order, and the register's figures as plain data.

    `chapters` are the notebooks by name (`02_position`). `aids` are the words that are not printed:
    of each print, what may be said in its place; below an empty print those of no print. `tags` are
    the numbers that a page tags, as often as they stand in the blocks.
    `glossary` is the table of words whose meaning any page may keep at hand. `logo` is the body's,
    as pages have it and in dots, where it has one: no block's own.
    """

    chapters: tuple[str, ...]

    tables: tuple[Table, ...]
    cards: tuple[Card, ...]
    charts: tuple[Chart, ...]
    pictures: tuple[Picture, ...]
    texts: tuple[Text, ...]
    aids: Mapping[str, frozenset[str]]
    tags: tuple[Tag, ...]
    glossary: tuple[Table, ...]
    register: Mapping[str, Mapping[str, Any]]
    logo: tuple[Picture, Picture] | None = None

    @property
    def on_pages(self) -> tuple[Picture, ...]:
        """The pictures that pages have: those of the blocks, and the logo at the head of each."""
        return (*self.pictures, *(self.logo[:1] if self.logo else ()))

    @property
    def in_print(self) -> tuple[Picture, ...]:
        """The pictures that documents have: the same, the logo in dots."""
        return (*self.pictures, *(self.logo[1:] if self.logo else ()))

    def of_chapters(self, names: Sequence[str]) -> Expected:
        """What the chapters of these notebooks show; words and aids of all stay.

        Words of other chapters may stand on any page, as a heading does among the contents.
        """
        return self._replace(
            tables=tuple(table for table in self.tables if table.chapter in names),
            cards=tuple(card for card in self.cards if card.chapter in names),
            charts=tuple(chart for chart in self.charts if chart.chapter in names),
            pictures=tuple(one for one in self.pictures if one.chapter in names),
            texts=tuple(t._replace(needed=t.needed and t.chapter in names) for t in self.texts),
            tags=tuple(tag for tag in self.tags if tag.chapter in names),
        )


def read_expected(build: Path) -> Expected:
    """What the outputs of a build must show; ValueError where a notebook cannot be read."""
    found = _Found()
    for path in sorted((build / "notebooks").glob("*.ipynb")):
        try:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            told = notebook.get("metadata", {}).get("boardpack", {})
            found.take(path.stem, notebook["cells"], str(told.get("left_out", "")))
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
            said = f"notebooks/{path.name} is damaged: its blocks cannot be read."
            raise ValueError(said) from error
    found.tell_folded()
    return found.expected(_register(build))


def chapter_of(notebook: str) -> str:
    """A chapter's name, of the name of its notebook: `chc` of `12_chc`.

    >>> chapter_of("12_chc")
    'chc'
    """
    return _NUMBER.sub("", notebook)


def _register(build: Path) -> dict[str, dict[str, Any]]:
    """The figures of `figures.json` by id; none where a build has no register that can be read."""
    try:
        record = json.loads((build / "figures.json").read_text(encoding="utf-8"))
        return {str(item["id"]): item for item in record["figures"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


class _Found:
    """What the blocks read so far show."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.cards: list[Card] = []
        self.charts: list[Chart] = []
        self.pictures: list[Picture] = []
        self.texts: list[Text] = []
        self.aids: dict[str, set[str]] = {}
        self.tags: list[Tag] = []
        self.chapters: list[str] = []
        self.folded: dict[str, list[str]] = {}
        self.workings: list[Mapping[str, Any]] = []
        self.chapter = ""

    def expected(self, register: Mapping[str, Mapping[str, Any]]) -> Expected:
        """All of it."""
        aids = {printed: frozenset(said) for printed, said in self.aids.items()}
        tables, cards, charts = tuple(self.tables), tuple(self.cards), tuple(self.charts)
        return Expected(
            chapters=tuple(self.chapters),
            tables=tables,
            cards=cards,
            charts=charts,
            pictures=tuple(self.pictures),
            texts=tuple(self.texts),
            aids=aids,
            tags=tuple(self.tags),
            glossary=tuple(table for table in tables if table.name == "glossary"),
            register=register,
        )

    def take(self, chapter: str, cells: Sequence[Mapping[str, Any]], left_out: str = "") -> None:
        """The headings and blocks of one chapter; only its workings where it has no page."""
        blocks = list(_blocks(cells))
        shown = {"table", "chart", "narrative", "picture", "key_figures"}
        has_content = any(block.get("kind") in shown for block in blocks)
        missing = [block for block in blocks if block["kind"] == "not_supplied"]
        always = chapter_of(chapter) in ALWAYS
        if left_out or (missing and not has_content and not always):
            self._fold(chapter, blocks, left_out or _line(missing[0]["why"]))
            return
        self.chapter = chapter
        self.chapters.append(chapter)
        lacking = 0
        for block in blocks:
            kind = block["kind"]
            if kind == "not_supplied":
                # Where nothing of a chapter was supplied, that is said once.
                self._not_supplied(block, needed=has_content or not lacking)
                lacking += 1
            else:
                getattr(self, f"_{kind}")(block)

    def _fold(self, chapter: str, blocks: Sequence[Mapping[str, Any]], why: str) -> None:
        """A chapter without a page, which another one names with the reason."""
        title = next((b["text"] for b in blocks if b["kind"] == "heading"), chapter)
        self.folded.setdefault(plain(why).rstrip("."), []).append(plain(bare(title)))
        self.workings += [block for block in blocks if block["kind"] == "workings"]

    def tell_folded(self) -> None:
        """What is said of the chapters without a page, by the chapter that says it."""
        tells = [name for name in self.chapters if chapter_of(name) == TELLS]
        if not self.folded or not tells:
            return
        self.chapter = tells[0]
        self._say("Chapters without a page")
        for why, titles in self.folded.items():
            self._say(f"{'; '.join(sorted(titles))}.", needed=True)
            self._say(f"{why}.", needed=True)
        for block in self.workings:
            self._workings(block)

    def _say(self, words: str, needed: bool = False) -> None:
        if said := plain(words):
            self.texts.append(Text(self.chapter, said, needed))

    def _aid(self, printed: str, said: str) -> None:
        self.aids.setdefault(plain(printed), set()).add(plain(said))

    def _shown(self, text: str, needed: bool = False) -> str:
        """A text of a block as its words; the numbers that are marked in it are tagged."""
        for figure, printed in MARKER.findall(text):
            self.tags.append(Tag(self.chapter, plain(printed), figure, needed))
        return plain(bare(text))

    def _number(self, data: Mapping[str, Any], needed: bool = True) -> Number:
        """A number, whose other words are kept among the aids."""
        value = data["value"]
        text, exact = plain(data["text"]), str(data["value"])
        self.tags.append(Tag(self.chapter, text, data["figure"], needed, exact))
        number = Number(
            plain(data["text"]),
            None if value in (None, "") else Decimal(value),
            data.get("words"),
            bool(data.get("adverse")),
            str(data.get("figure") or ""),
        )
        if number.aid:
            self._aid(number.text, number.aid)
        return number

    def _not_supplied(self, block: Mapping[str, Any], needed: bool) -> None:
        what = self._shown(block["what"], needed)
        self._shown(block["why"], needed)
        self._say(f"Not supplied: {what}. {_line(block['why'])}", needed)

    def _heading(self, block: Mapping[str, Any]) -> None:
        self._say(bare(block["text"]))

    def _narrative(self, block: Mapping[str, Any]) -> None:
        self._prose(block["markdown"], needed=True)

    def _prose(self, markdown: str, needed: bool = False) -> None:
        rows: list[Line] = []
        self._shown(markdown, needed=True)
        for part in prose_parts(markdown):
            if is_prose_row(part):
                rows.append(Line(part.cells, {}))
                continue
            self._rows(rows)
            self._say(part.words, needed)
            for aid in part.aids:
                self._aid("", aid)
        self._rows(rows)

    def _rows(self, rows: list[Line]) -> None:
        """A table in prose: its first row is its head."""
        if rows:
            head, *others = rows
            table = Table(self.chapter, "", "", (head.cells,), tuple(others), True)
            self.tables.append(table)
            rows.clear()

    def _picture(self, block: Mapping[str, Any]) -> None:
        """A picture of a notebook; the presenter's notes tell it by its words."""
        title, alt = self._shown(block.get("title") or ""), plain(block["alt"])
        content = b64decode(block["data"], validate=True)
        self.pictures.append(Picture(self.chapter, block["media"], content, alt, title))
        self._say(title, needed=True)
        self._say(f"Picture: {alt}")
        self._aid("", alt)

    def _key_figures(self, block: Mapping[str, Any]) -> None:
        for item in block["items"]:
            said = [item.get("movement") or "", item.get("context") or ""]
            lines = [_line(line) for line in said]
            self._shown(" ".join((*said, item["label"])), needed=True)
            number = self._number(item["number"])
            words = tuple(line for line in lines if line)
            label, tells = plain(bare(item["label"])), item.get("chapter") or ""
            self.cards.append(Card(self.chapter, label, number, words, tells))

    def _table(self, block: Mapping[str, Any], needed: bool = True) -> None:
        caption, unit = self._shown(block["caption"]), self._shown(block.get("unit") or "")
        for column in block["columns"]:
            self._shown(f"{column['label']} {column.get('group') or ''}")
        whole = f"{caption}, {unit}" if unit else caption
        for words in (caption, unit, whole):
            self._say(words)
        self._aid("", caption)
        rows = tuple(self._row(row["cells"]) for row in block["rows"])
        heads = tuple(_heads(block["columns"]))
        self.tables.append(Table(self.chapter, block["id"], whole, heads, rows, needed))
        for note in block.get("notes") or ():
            self._prose(note)
            self._say(_line(note), needed)

    def _row(self, cells: Sequence[Any]) -> Line:
        numbers = {p: self._number(cell) for p, cell in enumerate(cells) if isinstance(cell, dict)}
        texts = (
            numbers[p].text if p in numbers else self._shown(c, True) for p, c in enumerate(cells)
        )
        return Line(tuple(texts), numbers)

    def _chart(self, block: Mapping[str, Any]) -> None:
        series = tuple(
            Series(
                plain(bare(one["name"])),
                tuple(None if n is None else self._number(n, needed=False) for n in one["values"]),
            )
            for one in block["series"]
        )
        target = None if block.get("target") is None else self._number(block["target"])
        categories = tuple(plain(bare(name)) for name in block["categories"])
        chart = Chart(
            self.chapter,
            block["id"],
            block["shape"],
            self._shown(block["title"]),
            plain(bare(block["alt"])),
            categories,
            series,
            plain(bare(block.get("unit") or "")),
            Decimal(block.get("scale") or "1"),
            target,
            plain(bare(block.get("target_label") or "")) or "Target",
            block.get("steps") or "added",
            block.get("panel") or "bar",
        )
        self.charts.append(chart)
        self._about(chart)
        self._table(_data_of(block), needed=False)

    def _about(self, chart: Chart) -> None:
        """What is said around a picture: its message, its unit, its reference line."""
        self._say(chart.title, needed=True)
        self._say(chart.unit)
        for name in (*(series.name for series in chart.series), *STEPS):
            self._say(name)
        if chart.target is not None:
            said = f"{chart.target_label} {chart.target.text}"
            self._say(said)
            self._say(f"{said} (dashed line)")
        self._aid("", chart.alt)
        self._aid(chart.title, chart.alt)
        for series in chart.series:
            for category, number in zip(chart.categories, series.values, strict=True):
                self._aid("", f"{category}, {series.name}: {number.text if number else ''}")

    def _workings(self, block: Mapping[str, Any]) -> None:
        """The audit view, which the book alone prints."""
        rows = tuple(
            Line(
                tuple(plain(str(row[part])) for part in ("figure", "label", "value", "source")), {}
            )
            for row in block["rows"]
        )
        if rows:
            count = f"{len(rows)} figure{'' if len(rows) == 1 else 's'}"
            self._say(f"Workings for auditors ({count})")
            head = ("Figure", "Label", "Value", "Source")
            self.tables.append(Table(self.chapter, block["id"], "", (head,), rows, False))


def _blocks(cells: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The blocks of a notebook in order, and its headings among them."""
    for cell in cells:
        if cell["cell_type"] == "markdown":
            shown = cell.get("metadata", {}).get("boardpack", {}).get("shown")
            found = _HEADING.match("".join(cell["source"]))
            if shown is not None:
                yield from shown
            elif found:
                yield {"kind": "heading", "text": found[2]}
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(MIME)
            if data is not None:
                yield data


def _line(markdown: str) -> str:
    """One line of prose as its words."""
    return " ".join(part.words for part in prose_parts(markdown) if not is_prose_row(part))


def _heads(columns: Sequence[Mapping[str, Any]]) -> Iterator[Cells]:
    """The head of a table, in two lines where headings span its columns."""
    labels = tuple(plain(bare(column["label"])) for column in columns)
    groups = tuple(plain(bare(column.get("group") or "")) for column in columns)
    if any(groups):
        yield tuple(group or label for group, label in zip(groups, labels, strict=True))
    yield labels


def _data_of(block: Mapping[str, Any]) -> dict[str, Any]:
    """A chart's data as a table, as the readers of an output may meet it below the picture."""
    names = [{"label": ""}, *({"label": one["name"]} for one in block["series"])]
    rows = [
        {"cells": [name, *(one["values"][place] or "" for one in block["series"])]}
        for place, name in enumerate(block["categories"])
    ]
    caption = f"Data: {block['title']}"
    unit = block.get("unit") or ""
    return {
        "id": f"{block['id']}-data",
        "caption": caption,
        "columns": names,
        "rows": rows,
        "unit": unit,
    }
