"""What stands on one slide, layout or set of notes: words, tables, pictures and charts, in order.

The order of the file is the order in which shapes are read aloud, and in which they lie on top of
each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from boardpack.audit.reader.as_written import as_written
from boardpack.audit.reader.office_chart import chart_passages
from boardpack.audit.reader.office_package import (
    Element,
    Package,
    Relation,
    every,
    find,
    is_yes,
    link_of,
    local,
)
from boardpack.audit.reader.passage import Passage

EMU = 12700
"""Units of the file to a point."""


WIDE_MARGIN = 42
"""More points than this within a shape push its words aside."""
_OF_A_PICTURE = frozenset(
    "pic nvPicPr cNvPr cNvPicPr picLocks nvPr blipFill blip stretch fillRect spPr xfrm off ext"
    " prstGeom avLst".split()
)
_PLAIN_ONLY = ("blipFill", "blip", "stretch", "fillRect", "spPr", "prstGeom", "avLst")
"""What a picture is made of, and what of it says nothing where the picture is as its file is."""
_MARGINS = ("lIns", "tIns", "rIns", "bIns")


class Area(NamedTuple):
    """Where a shape stands, in whole points: left, top, width, height."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True)
class Slide:
    """A part with shapes: where it is in the paper, and where its links lead."""

    package: Package
    where: str
    links: dict[str, Relation]
    inherited: dict[str, Area]
    """Where placeholders stand that say nothing of it themselves, by their kind."""

    @property
    def is_layout(self) -> bool:
        """Whether this is behind slides: its placeholders hold prompts that nobody sees."""
        return self.where.startswith(("layout", "master"))


def shape_passages(slide: Slide, tree: Element | None) -> Iterator[Passage]:
    """The shapes of a tree, those in groups too."""
    for shape in () if tree is None else tree:
        kind = local(shape.tag)
        if kind == "grpSp":
            yield Passage(slide.where, "look", ("group", *_frame(slide, shape)))
            yield from shape_passages(slide, shape)
        elif kind == "AlternateContent":
            yield Passage(slide.where, "look", ("programs choose between contents",))
            for choice in shape:
                yield from shape_passages(slide, choice)
        elif kind in ("sp", "pic", "graphicFrame", "cxnSp", "contentPart"):
            yield from _shape(slide, shape)
        elif kind not in ("nvGrpSpPr", "grpSpPr"):
            yield Passage(slide.where, "look", (kind, as_written(shape)))


def placeholder_of(shape: Element) -> str:
    """The kind of placeholder that a shape is; empty where it is none."""
    found = next(iter(every(shape, "ph")), None)
    if found is None:
        return ""
    return found.get("type") or f"body {found.get('idx', '0')}"


def area_of(shape: Element) -> Area | None:
    """Where a shape says that it stands."""
    frame = next(iter(every(shape, "xfrm")), None)
    offset, extent = find(frame, "off"), find(frame, "ext")
    if offset is None or extent is None:
        return None
    sizes = (offset.get("x"), offset.get("y"), extent.get("cx"), extent.get("cy"))
    return Area(*(round(int(size or 0) / EMU) for size in sizes))


def _shape(slide: Slide, shape: Element) -> Iterator[Passage]:
    named = next(iter(every(shape, "cNvPr")), None)
    name = "" if named is None else named.get("name", "")
    yield Passage(slide.where, "look", ("shape", name, *_frame(slide, shape)))
    if named is not None:
        if is_yes(named.get("hidden")):
            yield Passage(slide.where, "look", ("hidden shape", name))
        for key in ("descr", "title"):
            if named.get(key):
                yield Passage(slide.where, "aid", (name, named.get(key, "")))
    yield from _links(slide, shape)
    table = next(iter(every(shape, "tbl")), None)
    if table is None:
        is_prompt = slide.is_layout and bool(placeholder_of(shape))
        yield from _words(slide, find(shape, "txBody"), is_prompt)
    else:
        yield from _table(slide, table)
    if local(shape.tag) == "pic":
        yield from _alterations(slide, shape)
    yield from _contents(slide, shape, name)


def _alterations(slide: Slide, picture: Element) -> Iterator[Passage]:
    """What shows a picture other than its file is: cropped, recoloured, in another outline."""
    for item in picture.iter():
        kind = local(item.tag)
        if kind not in _OF_A_PICTURE or (kind in _PLAIN_ONLY and _is_set(item)):
            yield Passage(slide.where, "look", ("altered picture", kind, as_written(item)))


def _is_set(item: Element) -> bool:
    """Whether an element says more than that it is there, and which picture or outline it is."""
    told = {local(key): value for key, value in item.attrib.items() if local(key) != "embed"}
    return told not in ({}, {"prst": "rect"}) or bool((item.text or "").strip())


def _frame(slide: Slide, shape: Element) -> tuple[str, ...]:
    """Where a shape stands, whether it covers what is below it, and how it is turned."""
    kind = placeholder_of(shape)
    area = area_of(shape) or slide.inherited.get(kind)
    stands = "" if area is None else " ".join(str(side) for side in area)
    properties = find(shape, "spPr")
    fill = "picture" if local(shape.tag) == "pic" else _fill(properties)
    frame = next(iter(every(shape, "xfrm")), None)
    turned = [] if frame is None else [f"{k} {v}" for k, v in sorted(frame.items())]
    return kind, stands, fill, ", ".join(turned)


def _fill(holder: Element | None) -> str:
    """What an area is filled with: a colour, `none`, another sort of filling; empty by default."""
    for item in () if holder is None else holder:
        kind = local(item.tag)
        if kind == "noFill":
            return "none"
        if kind == "solidFill":
            return _colour(item)
        if kind in ("gradFill", "blipFill", "pattFill", "grpFill"):
            return kind
    return ""


def _colour(fill: Element) -> str:
    if not len(fill):
        return ""
    below = ", ".join(f"{local(item.tag)} {item.get('val')}" for item in fill[0])
    return fill[0].get("val", "") + (f" ({below})" if below else "")


def _links(slide: Slide, shape: Element) -> Iterator[Passage]:
    """Where a click or a hover leads, and what it sets off."""
    for item in shape.iter():
        if local(item.tag) in ("hlinkClick", "hlinkHover", "hlinkMouseOver"):
            link = slide.links.get(link_of(item))
            target = "" if link is None else link.target
            yield Passage(slide.where, "look", ("leads to", target, item.get("action", "")))


def _words(slide: Slide, body: Element | None, is_prompt: bool) -> Iterator[Passage]:
    for paragraph in () if body is None else body.iterfind("./{*}p"):
        text = _text(paragraph)
        if text.strip():
            yield Passage(slide.where, "aid" if is_prompt else "text", (text,))
    yield from _types(slide, body)


def _types(slide: Slide, body: Element | None) -> Iterator[Passage]:
    """The types in which a shape's words are set: size, weight and colour, each once."""
    kinds = [_type(run) for run in (*every(body, "rPr"), *every(body, "endParaRPr"))]
    for kind in dict.fromkeys(kinds):
        yield Passage(slide.where, "look", ("set in", *kind))
    for tag in ("bodyPr", "lstStyle", "pPr"):
        for whole in dict.fromkeys(as_written(item) for item in every(body, tag)):
            yield Passage(slide.where, "look", ("set out", tag, whole))
    for room in every(body, "bodyPr"):
        margins = [round(int(room.get(side, "0")) / EMU) for side in _MARGINS]
        if max(map(abs, margins)) > WIDE_MARGIN or room.get("vert", "horz") != "horz":
            yield Passage(slide.where, "look", ("words pushed aside",))
    for item in () if body is None else body:
        is_scaled = local(item.tag) == "bodyPr" and find(item, "normAutofit") is not None
        if is_scaled:
            yield Passage(slide.where, "look", ("fitted to its shape",))


def _type(run: Element) -> tuple[str, ...]:
    size = run.get("sz", "")
    told = [f"{k} {run.get(k)}" for k in ("b", "i", "strike", "baseline") if run.get(k)]
    return (f"{int(size) / 100:g}" if size else "", _fill(run), ", ".join(told))


def _text(paragraph: Element) -> str:
    """The words of a paragraph, its fields and breaks among them."""
    parts = []
    for item in paragraph:
        kind = local(item.tag)
        if kind in ("r", "fld"):
            parts.append(item.findtext("./{*}t") or "")
        elif kind == "br":
            parts.append("\n")
        elif kind not in ("pPr", "endParaRPr"):
            parts.append("".join(text.text or "" for text in every(item, "t")))
    return "".join(parts)


def _table(slide: Slide, table: Element) -> Iterator[Passage]:
    """The rows of a table; lines of one cell are joined by a space."""
    widths = [round(int(item.get("w", "0")) / EMU) for item in every(table, "gridCol")]
    yield Passage(slide.where, "look", ("columns", *(str(width) for width in widths)))
    for row in table.iterfind("./{*}tr"):
        cells = list(row.iterfind("./{*}tc"))
        texts = (" ".join(map(_text, every(find(cell, "txBody"), "p"))) for cell in cells)
        yield Passage(slide.where, "row", tuple(text.strip() for text in texts))
        if int(row.get("h", "0")) < 5 * EMU:
            yield Passage(slide.where, "look", ("flat row",))
    yield from _cells(slide, table)


def _cells(slide: Slide, table: Element) -> Iterator[Passage]:
    """How the cells of a table look, each way once, and which run over others."""
    kinds: dict[tuple[str, ...], None] = {}
    for cell in every(table, "tc"):
        ground = _fill(find(cell, "tcPr"))
        types = [_type(run) for run in every(cell, "rPr")] or [("", "", "")]
        kinds.update(dict.fromkeys(("cells in", *kind, ground) for kind in types))
        merged = [f"{key} {value}" for key, value in sorted(cell.items())]
        if merged:
            yield Passage(slide.where, "look", ("merged", *merged))
    for kind in kinds:
        yield Passage(slide.where, "look", kind)


def _contents(slide: Slide, shape: Element, name: str) -> Iterator[Passage]:
    """What a shape holds that is a part of its own: a chart, a picture, a film, another file."""
    where = f"{slide.where}, {name}"
    seen = set[str]()
    for item in shape.iter():
        for value in item.attrib.values():
            link = slide.links.get(value)
            if link is None or value in seen or link.is_outside or link.kind == "hyperlink":
                continue
            seen.add(value)
            if link.kind == "chart":
                yield from chart_passages(slide.package, link.target, where)
            elif link.kind != "slide":
                yield slide.package.file(where, link.target)
