"""The content model: what a chapter shows, with no word on how it is drawn.

Every block round-trips through JSON (`block_json`, `block_from_json`), because the executed
notebook carries it and every output is made from there. Every number is a `Number` that names its
figure. Prose is CommonMark with tables; a number in it is a marker `⟦figure.id|text⟧` (see
`mark`), which the outputs turn into a tagged element. In a draft's commentary, words that the
figures do not bear out are marked (see `doubt`).
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal

MIME = "application/vnd.boardpack+json"
MARKER = re.compile("⟦([a-z0-9_.]+)\\|([^⟧]*)⟧")
DOUBT = re.compile("⟪([a-z]+)\ue001([^⟪⟫\ue001]*)\ue001([^⟪⟫\ue001]*)⟫")
NO_MARKERS = {0x27E6: "(", 0x27E7: ")", 0x27EA: "(", 0x27EB: ")", 0xE001: " "}
"""The signs of the paper's own markers, which no author can type: `str.translate` replaces them."""
MARKS = dict.fromkeys(map(ord, "⟪⟫"))
"""The signs around a doubt, which no reader sees: `str.translate` takes them out."""

RowKind = Literal["line", "subtotal", "total", "heading"]
MOST_PANELS = 8
"""How many small pictures on one scale a reader compares; more belong in a table."""
ChartKind = Literal["bar", "line", "waterfall", "stacked", "slope", "bullet", "multiples"]
Better = Literal["higher", "lower", "none"]
Tone = Literal["good", "bad", "amber", "slight", "neutral"]
Grade = Literal["", "amber", "slight"]
Part = Literal["added", "taken", "apart"]
PictureMedia = Literal["image/png", "image/jpeg", "image/svg+xml"]


def mark(figure: str, text: str) -> str:
    """A number in prose: `text`, tagged with the figure it stands for.

    >>> mark("position.bromley.total.ytd_variance", "£2.21m")
    '⟦position.bromley.total.ytd_variance|£2.21m⟧'
    """
    return f"⟦{figure}|{text}⟧"


def doubt(status: str, words: str, why: str) -> str:
    """Words of the commentary that the figures do not bear out, with what the check says."""
    return f"⟪{status}\ue001{words}\ue001{why}⟫"


@dataclass(frozen=True)
class Number:
    """A number in print. `text` is what a reader sees, `value` the figure's exact value.

    `adverse` says that the number is bad news, so that an output can say it without colour alone;
    `words` is the text alternative where `text` alone would be read badly (brackets). `grade` says
    of an adverse number that it is less than red: `amber`, or `slight`, which is not material.

    A number that no figure stands behind is untraced: its `figure` is empty. It is drawn, counted
    and accepted as such (see `untraced`, `untraced_in`), and never passes for a figure.
    """

    text: str
    figure: str
    value: str
    words: str | None = None
    adverse: bool = False
    grade: Grade = ""

    @property
    def is_red(self) -> bool:
        """Whether it is bad news that is drawn in red; an output says in words what it is."""
        return self.adverse and not self.grade

    @property
    def is_traced(self) -> bool:
        """Whether a figure stands behind it."""
        return bool(self.figure)


def untraced(text: str, value: str, words: str | None = None) -> Number:
    """A number in print that no figure stands behind; `value` is exact, as plain digits.

    >>> untraced("1.5", "1.5").figure
    ''
    """
    return Number(text, "", value, words)


Cell = str | Number


@dataclass(frozen=True)
class Column:
    """A table column; `group` is the heading that spans it and its neighbours.

    `not_added` says why a total of amounts in this column is not what its shown rows come to; the
    table prints it among its notes. Empty where the rows add up.
    """

    label: str
    align: Literal["left", "right"] = "right"
    group: str | None = None
    not_added: str = ""


@dataclass(frozen=True)
class Row:
    """A table row. The first cell is the row's header; a `heading` row has that cell only.

    A `subtotal` or `total` is what rows above it come to, unless `is_sum` says that it is a level
    of its own, such as where a walk begins. `part` says how a row enters the total below it: it is
    added, taken off, or stands apart, as a row does that is within another one.
    """

    cells: tuple[Cell, ...]
    kind: RowKind = "line"
    part: Part = "added"
    is_sum: bool = True


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column is the stub, whose cells head their rows."""

    kind: ClassVar[str] = "table"
    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Series:
    """One run of values over a chart's categories; a missing value is None."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True)
class Chart:
    """A chart: `title` says the message, `alt` says in words what the picture shows.

    `shape`: `bar` compares categories (horizontal, grouped when there are several series), `line`
    follows time, `stacked` adds parts, `waterfall` walks from the first value to the last
    (these two are levels, those between are steps). `slope` draws each series from the first
    category to the second. `bullet` sets the first series against the second, its targets, each
    row on the scale of its own target. `multiples` draws each series in a panel of its own, as
    `panel` says, all on one scale. `better` is the direction of good: it
    chooses the words and colours of signs, never the numbers. `scale` divides the values for
    display (1,000 for £000s) and `unit` names the result. `target` is a reference line.
    `steps` says whether a waterfall's steps are added to the level before them, or taken from it,
    as variances (budget less spend) are on the way from a budget to spend. `joined` leads a `line`
    over values that are missing, as over months of which there is no paper; else it breaks there.
    """

    kind: ClassVar[str] = "chart"
    id: str
    shape: ChartKind
    title: str
    alt: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    scale: str = "1"
    places: int = 0
    better: Better = "none"
    target: Number | None = None
    target_label: str = ""
    steps: Literal["added", "taken"] = "added"
    panel: Literal["bar", "line"] = "bar"
    joined: bool = False

    def table(self) -> Table:
        """The chart's data as a table, for the readers of every output."""
        columns = (Column("", "left"), *(Column(series.name) for series in self.series))
        rows = tuple(
            Row((name, *(series.values[i] or "" for series in self.series)))
            for i, name in enumerate(self.categories)
        )
        return Table(f"{self.id}-data", f"Data: {self.title}", columns, rows, self.unit)


@dataclass(frozen=True)
class Narrative:
    """Prose in CommonMark with markers; `voice` tells generated wording from the team's own."""

    kind: ClassVar[str] = "narrative"
    id: str
    markdown: str
    voice: Literal["generated", "commentary"] = "generated"


@dataclass(frozen=True)
class Picture:
    """A picture that a notebook shows beside the paper's charts, such as one that Matplotlib drew.

    `media` is its type and `data` its bytes in base64. `alt` says in words what it shows; no
    picture is without. `title` stands above it; empty where it has none.
    """

    kind: ClassVar[str] = "picture"
    id: str
    media: PictureMedia
    data: str = field(repr=False)
    alt: str
    title: str = ""

    @property
    def content(self) -> bytes:
        """The bytes of the picture's file."""
        return b64decode(self.data)


@dataclass(frozen=True)
class KeyFigure:
    """One headline number, with its label and a line of context (markers allowed).

    `movement` says how it has moved since the last released paper, in words after an arrow
    (markers allowed); empty where there is no such paper. `chapter` names the chapter that tells of
    it, without the number of its notebook: `prescribing`.
    """

    label: str
    number: Number
    context: str = ""
    tone: Tone = "neutral"
    movement: str = ""
    chapter: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """A row of four to six headline numbers."""

    kind: ClassVar[str] = "key_figures"
    id: str
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Working:
    """How one figure came about, for an auditor: formula or cells in words."""

    figure: str
    label: str
    value: str
    source: str


@dataclass(frozen=True)
class Workings:
    """The audit view of a chapter: the figures it shows, and all it computed, as JSON."""

    kind: ClassVar[str] = "workings"
    id: str
    rows: tuple[Working, ...]
    figures: tuple[dict[str, Any], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class NotSupplied:
    """Said in place of a block whose data this paper does not have."""

    kind: ClassVar[str] = "not_supplied"
    id: str
    what: str
    why: str


Block = Table | Chart | Narrative | Picture | KeyFigures | Workings | NotSupplied
_KINDS: dict[str, Any] = {
    c.kind: c for c in (Table, Chart, Narrative, Picture, KeyFigures, Workings, NotSupplied)
}


def block_json(block: Block) -> dict[str, Any]:
    """The block as JSON-ready data, with its kind.

    >>> block_json(Narrative("summary", "All is well."))
    {'kind': 'narrative', 'id': 'summary', 'markdown': 'All is well.', 'voice': 'generated'}
    """
    return {"kind": block.kind, **_data(block)}


def _data(value: Any) -> Any:
    """What `dataclasses.asdict` gives of data that is never changed, in a third of the time."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, list | tuple):
        return type(value)([_data(item) for item in value])
    if isinstance(value, Mapping):
        return {key: _data(item) for key, item in value.items()}
    if is_dataclass(value):
        return {name: _data(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def block_from_json(data: dict[str, Any]) -> Block:
    """The block that `block_json` wrote.

    >>> text = Narrative("summary", "All is well.")
    >>> block_from_json(block_json(text)) == text
    True
    """
    parts = {k: v for k, v in data.items() if k != "kind"}
    block: Block = _READERS.get(data["kind"], _plain)(data["kind"], parts)
    return block


def _plain(kind: str, parts: dict[str, Any]) -> Any:
    return _KINDS[kind](**parts)


def _number(data: Any) -> Any:
    return Number(**data) if isinstance(data, dict) else data


def _table(kind: str, parts: dict[str, Any]) -> Table:
    rows = tuple(
        Row(**{**row, "cells": tuple(_number(cell) for cell in row["cells"])})
        for row in parts["rows"]
    )
    columns = tuple(Column(**column) for column in parts["columns"])
    return Table(**{**parts, "rows": rows, "columns": columns, "notes": tuple(parts["notes"])})


def _chart(kind: str, parts: dict[str, Any]) -> Chart:
    series = tuple(
        Series(s["name"], tuple(_number(v) for v in s["values"])) for s in parts["series"]
    )
    target = _number(parts["target"])
    categories = tuple(parts["categories"])
    return Chart(**{**parts, "series": series, "target": target, "categories": categories})


def _key_figures(kind: str, parts: dict[str, Any]) -> KeyFigures:
    items = tuple(KeyFigure(**{**i, "number": _number(i["number"])}) for i in parts["items"])
    return KeyFigures(parts["id"], items)


def _workings(kind: str, parts: dict[str, Any]) -> Workings:
    rows = tuple(Working(**row) for row in parts["rows"])
    return Workings(parts["id"], rows, tuple(parts["figures"]))


_READERS: dict[str, Any] = {
    "table": _table,
    "chart": _chart,
    "key_figures": _key_figures,
    "workings": _workings,
}


def scaled(number: Number, scale: str) -> Decimal:
    """A number's exact value in a chart's display unit.

    >>> scaled(Number("(2,213)", "a.b.c.d", "-2212865"), "1000")
    Decimal('-2212.865')
    """
    return Decimal(number.value) / Decimal(scale)


def numbers_in(block: Block) -> Sequence[str]:
    """The figure ids that a block shows, in order.

    >>> block = Narrative("n", f"It is {mark('a.b.c.d', '£2m')} of {mark('a.b.c.e', '£9m')}.")
    >>> numbers_in(block)
    ('a.b.c.d', 'a.b.c.e')
    """
    found: list[str] = []
    _collect(block_json(block), found)
    return tuple(dict.fromkeys(filter(None, found)))


def untraced_in(block: Block) -> tuple[Number, ...]:
    """The numbers of a block that no figure stands behind, each as often as it is shown, in order.

    Numbers in its prose are not among them: those are held as the words of the commentary are.

    >>> from boardpack.document.blocks import Column, Row
    >>> row = Row(("Ours", untraced("1.5", "1.5"), Number("2", "a.b.c.d", "2")))
    >>> [number.text for number in untraced_in(Table("t", "T", (Column("A"),) * 3, (row,)))]
    ['1.5']
    """
    return tuple(_untraced(block_json(block)))


def _untraced(data: Any) -> Iterator[Number]:
    if isinstance(data, dict):
        if {"figure", "text", "value"} <= data.keys() and not data["figure"]:
            yield Number(**data)
        elif data.get("kind") != "workings":
            yield from (found for value in data.values() for found in _untraced(value))
    elif isinstance(data, list | tuple):
        yield from (found for value in data for found in _untraced(value))


def _collect(data: Any, found: list[str]) -> None:
    if isinstance(data, dict):
        if data.get("kind") == "workings":
            return
        if "figure" in data and "text" in data:
            found.append(data["figure"])
        for value in data.values():
            _collect(value, found)
    elif isinstance(data, list | tuple):
        for value in data:
            _collect(value, found)
    elif isinstance(data, str):
        found.extend(identity for identity, _ in MARKER.findall(data))
