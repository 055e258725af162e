"""The slides as whoever shows or opens them meets them, and what could hide, move or rewrite them.

Read from the file's own parts: slides in the order in which they are shown, then what lies behind
every slide, then the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from boardpack.audit.reader.as_written import as_written
from boardpack.audit.reader.office_package import (
    Element,
    Package,
    all_of,
    every,
    find,
    link_of,
    local,
)
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.slide_shapes import (
    EMU,
    Area,
    Slide,
    area_of,
    placeholder_of,
    shape_passages,
)

_KNOWN = ("sldMasterIdLst", "sldIdLst", "sldSz", "notesMasterIdLst", "notesSz", "defaultTextStyle")
_WHOLE = ("theme", "presProps", "tableStyles", "viewProps", "notesMaster")
"""Parts that every slide leans on; they are compared whole."""
_BEHIND = ("clrMapOvr", "clrMap", "sldLayoutIdLst", "txStyles", "hf")
"""What a slide, its layout or its master says of colours and types, compared as a whole."""


def read_slides(path: Path) -> list[Passage]:
    """Everything that slides show and say, and all that could hide, move or rewrite it.

    ValueError, in words for people, where the file cannot be read.
    """
    return all_of(path.name, _passages(Package(path)))


def _passages(package: Package) -> Iterator[Passage]:
    start = package.start()
    root = package.xml(start)
    links = package.by_identity(start)
    yield from package.properties()
    yield Passage("presentation", "look", ("kind", package.types[start]))
    yield from _whole_show(root)
    behind: dict[str, None] = {}
    for number, item in enumerate(find(root, "sldIdLst") or (), 1):
        link = links.get(link_of(item))
        if link is None:
            raise ValueError(f"{package.name} lacks its slide {number}")
        yield from _slide(package, link.target, f"slide {number}")
        behind.update(dict.fromkeys(package.leading(link.target, "slideLayout")))
    masters = [part for layout in behind for part in package.leading(layout, "slideMaster")]
    masters += package.leading(start, "slideMaster")
    unused = [part for master in masters for part in package.leading(master, "slideLayout")]
    for kind, parts in (("layout", [*behind, *unused]), ("master", masters)):
        for number, part in enumerate(dict.fromkeys(parts), 1):
            yield from _tree(package, part, f"{kind} {number}", {})
            yield from _whole_parts(package, part)
    yield from _whole_parts(package, start)
    yield from package.rest()


def _whole_show(root: Element) -> Iterator[Passage]:
    """The size of the slides, and whatever else is said of the show as a whole."""
    for item in root:
        kind = local(item.tag)
        if kind == "sldSz":
            size = (str(round(int(item.get(side, "0")) / EMU)) for side in ("cx", "cy"))
            yield Passage("presentation", "look", ("size", *size))
        elif kind not in _KNOWN:
            yield Passage("presentation", "look", (kind, as_written(item)))


def _slide(package: Package, part: str, where: str) -> Iterator[Passage]:
    yield Passage(where, "look", ("slide",))
    inherited: dict[str, Area] = {}
    for layout in package.leading(part, "slideLayout"):
        for master in package.leading(layout, "slideMaster"):
            inherited |= _areas(package.xml(master))
        inherited |= _areas(package.xml(layout))
    yield from _tree(package, part, where, inherited)
    for notes in package.leading(part, "notesSlide"):
        yield from _tree(package, notes, f"{where}, notes", {})
        for master in package.leading(notes, "notesMaster"):
            yield Passage(f"{where}, notes", "look", ("master", as_written(package.xml(master))))
            yield from _whole_parts(package, master)
    for kind in ("comments", "commentAuthors"):
        for comments in package.leading(part, kind):
            text = " ".join(package.xml(comments).itertext())
            yield Passage(where, "aid", ("comment", text))


def _areas(root: Element) -> dict[str, Area]:
    """Where the placeholders of a layout or a master stand, by their kind."""
    shapes = [*every(root, "sp"), *every(root, "pic")]
    found = ((placeholder_of(shape), area_of(shape)) for shape in shapes)
    return {kind: area for kind, area in found if kind and area is not None}


def _tree(package: Package, part: str, where: str, inherited: dict[str, Area]) -> Iterator[Passage]:
    """A slide, a layout, a master or notes: its shapes, and what is said of it as a whole."""
    root = package.xml(part)
    if root.get("show") in ("0", "false"):
        yield Passage(where, "look", ("hidden slide",))
    if root.get("showMasterSp") in ("0", "false"):
        yield Passage(where, "look", ("without its master's shapes",))
    slide = Slide(package, where, package.by_identity(part), inherited)
    for item in root:
        kind = local(item.tag)
        if kind == "cSld":
            ground = find(item, "bg")
            if ground is not None:
                yield Passage(where, "look", ("ground", as_written(ground)))
            yield from shape_passages(slide, find(item, "spTree"))
            for other in item:
                if local(other.tag) not in ("bg", "spTree", "extLst"):
                    yield Passage(where, "look", (local(other.tag), as_written(other)))
        elif kind in _BEHIND:
            yield Passage(where, "look", ("whole", kind, as_written(item)))
        else:
            yield Passage(where, "look", (kind, as_written(item)))


def _whole_parts(package: Package, part: str) -> Iterator[Passage]:
    """Parts behind the slides that are compared as a whole."""
    for kind in _WHOLE:
        for name in package.leading(part, kind):
            yield Passage("behind the slides", "look", (kind, as_written(package.xml(name))))
