"""What stands on a sheet beside its cells: notes, links, rules of colour, drawings, charts."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.audit.reader.as_written import as_written
from boardpack.audit.reader.cell_looks import Look
from boardpack.audit.reader.office_chart import chart_passages
from boardpack.audit.reader.office_package import (
    Element,
    Package,
    every,
    find,
    is_yes,
    link_of,
    local,
)
from boardpack.audit.reader.passage import Passage

_READ_ELSEWHERE = {
    *("sheetPr", "dimension", "sheetFormatPr", "cols", "sheetData", "legacyDrawing", "drawing"),
    *("printOptions", "pageMargins", "pageSetup", "rowBreaks", "colBreaks", "ignoredErrors"),
}
"""Elements of a sheet that hide nothing, or that are read with the cells and the parts."""


def sheet_passages(
    package: Package, part: str, name: str, sheet: Element, rules: list[Look]
) -> Iterator[Passage]:
    """Everything on a sheet that is no cell."""
    where = f"sheet {name}"
    links = package.by_identity(part)
    for item in sheet:
        kind = local(item.tag)
        if kind == "sheetViews":
            yield from _views(item, where)
        elif kind == "conditionalFormatting":
            yield from _colour_rules(item, where, rules)
        elif kind == "hyperlinks":
            for link in item:
                identity = link_of(link)
                target = links[identity].target if identity in links else ""
                said = (target + link.get("location", ""), link.get("tooltip", ""))
                yield Passage(f"{where}, cell {link.get('ref')}", "look", ("leads to", *said))
        elif kind == "mergeCells":
            for area in item:
                yield Passage(f"{where}, cells {area.get('ref')}", "look", ("merged",))
        elif kind == "headerFooter":
            for line in item:
                yield Passage(where, "text", (local(line.tag), line.text or ""))
        elif kind == "autoFilter":
            yield Passage(where, "look", ("filter", item.get("ref", ""), *_told(item)))
        elif kind not in _READ_ELSEWHERE:
            yield Passage(where, "look", (kind, *_told(item)))
    yield from _notes(package, part, where)
    for drawing in package.leading(part, "drawing"):
        yield from _drawing(package, drawing, where)


def _told(item: Element) -> tuple[str, ...]:
    """What stands below an element, and in it, where there is anything."""
    return (as_written(item),) if len(item) or (item.text or "").strip() else ()


def _views(views: Element, where: str) -> Iterator[Passage]:
    """What a view leaves out: noughts, or results for the sake of formulas."""
    for view in views:
        told = {"showZeros": "noughts are not shown", "showRowColHeaders": "no names of cells"}
        for key, words in told.items():
            if view.get(key) in ("0", "false"):
                yield Passage(where, "look", (words,))
        for key in ("showFormulas", "rightToLeft"):
            if is_yes(view.get(key)):
                yield Passage(where, "look", (key,))
        pane = find(view, "pane")
        corner = view.get("topLeftCell", "") if pane is None else pane.get("topLeftCell", "")
        split = () if pane is None else (pane.get("xSplit", "0"), pane.get("ySplit", "0"))
        if corner or split:
            yield Passage(where, "look", ("opens at", corner, *split))


def _colour_rules(item: Element, where: str, rules: list[Look]) -> Iterator[Passage]:
    area = f"{where}, cells {item.get('sqref', '')}"
    for rule in item:
        said = rule.get("dxfId")
        look = rules[int(said)] if said is not None and int(said) < len(rules) else ()
        told = [text.text or "" for text in rule.iterfind("./{*}formula")]
        more = () if len(told) == len(rule) else (as_written(rule),)
        kind = " ".join((rule.get("type", ""), rule.get("operator", ""))).strip()
        yield Passage(area, "look", ("rule", kind, " and ".join(told), *look, *more))


def _notes(package: Package, part: str, where: str) -> Iterator[Passage]:
    """The notes on cells, and whatever else is drawn in the form that notes have."""
    for name in package.leading(part, "comments"):
        for note in every(package.xml(name), "comment"):
            said = "".join(text.text or "" for text in every(note, "t"))
            yield Passage(f"{where}, cell {note.get('ref')}", "aid", ("note", said))
    for name in package.leading(part, "vmlDrawing"):
        for shape in every(package.xml(name), "shape"):
            about = next(iter(every(shape, "ClientData")), None)
            kind = "shape" if about is None else about.get("ObjectType", "shape")
            text = "".join("".join(box.itertext()) for box in every(shape, "textbox")).strip()
            is_open = find(about, "Visible") is not None
            if kind != "Note" or text or is_open:
                yield Passage(where, "look", (f"a drawn {kind.lower()}", text))


def _drawing(package: Package, part: str, where: str) -> Iterator[Passage]:
    """Pictures, shapes and charts upon a sheet."""
    links = package.by_identity(part)
    for anchor in package.xml(part):
        row, beyond = (
            anchor.findtext(f"./{{*}}from/{{*}}{tag}") or "" for tag in ("row", "rowOff")
        )
        yield Passage(
            where, "look", ("drawn from", row, "up" if beyond.startswith("-") else "down")
        )
        for named in every(anchor, "cNvPr"):
            said = (named.get("name", ""), named.get("descr", ""), named.get("title", ""))
            yield Passage(where, "aid", ("drawing", *said))
        for paragraph in every(anchor, "p"):
            text = "".join(run.text or "" for run in every(paragraph, "t"))
            if text:
                yield Passage(where, "text", (text,))
        for item in anchor.iter():
            link = links.get(link_of(item, "embed") or link_of(item))
            if link is not None and not link.is_outside:
                if link.kind == "chart":
                    yield from chart_passages(package, link.target, where)
                else:
                    yield package.file(where, link.target)
