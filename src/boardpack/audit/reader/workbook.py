"""The workbook as whoever opens it meets it: its sheets, their cells, and what could hide or move.

It is read from the file's own parts. Cells are given as printed; what each stores, and computes,
stands beside it as a formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from boardpack.audit.reader.as_written import as_written
from boardpack.audit.reader.cell_looks import read_looks
from boardpack.audit.reader.office_package import Element, Package, all_of, find, link_of, local
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.sheet_cells import (
    Shared,
    cells_in,
    column_passages,
    formula_passages,
    look_passages,
    row_passages,
    shared_texts,
)
from boardpack.audit.reader.sheet_parts import sheet_passages

_HARMLESS = ("fileVersion", "workbookPr", "bookViews", "sheets", "definedNames", "calcPr")
"""What stands in every workbook's first part; its telling attributes are read one by one."""


def read_workbook(path: Path) -> list[Passage]:
    """Everything that a workbook shows, and all that could hide, move or rewrite it.

    ValueError, in words for people, where the file cannot be read.
    """
    return all_of(path.name, passages_of(Package(path)))


def passages_of(package: Package) -> Iterator[Passage]:
    """What a workbook shows, from its parts."""
    book = package.start()
    root = package.xml(book)
    yield from package.properties()
    yield Passage("workbook", "look", ("kind", package.types[book]))
    yield from _whole_book(root)
    found = package.leading(book, "sharedStrings")
    looks = read_looks(package, book)
    shared = Shared(shared_texts(package.xml(found[0]) if found else None), looks.cells)
    links = package.by_identity(book)
    for item in find(root, "sheets") or ():
        name = item.get("name", "")
        link = links.get(link_of(item))
        if link is None:
            raise ValueError(f"{package.name} lacks its sheet {name}")
        state = item.get("state", "visible")
        if state != "visible":
            said = "very hidden sheet" if state == "veryHidden" else "hidden sheet"
            yield Passage(f"sheet {name}", "look", (said,))
        if link.kind != "worksheet":
            yield Passage(f"sheet {name}", "look", ("no sheet of cells", link.kind))
            continue
        sheet = package.xml(link.target)
        cells = cells_in(sheet, name, shared)
        yield Passage(f"sheet {name}", "look", ("sheet",))
        yield from column_passages(sheet, name, cells)
        yield from row_passages(cells, sheet, name)
        yield from formula_passages(cells, name)
        yield from look_passages(cells, name)
        yield from sheet_passages(package, link.target, name, sheet, looks.rules)
    for theme in package.leading(book, "theme"):
        yield Passage("workbook", "look", ("theme", as_written(package.xml(theme))))
    yield from package.rest()


def _whole_book(root: Element) -> Iterator[Passage]:
    """What is said of the workbook as a whole: names, how it is reckoned, where it opens."""
    for item in root:
        kind = local(item.tag)
        if kind == "definedNames":
            for name in item:
                said = [f"{key} {value}" for key, value in sorted(name.items()) if key != "name"]
                told = ("name", name.get("name", ""), name.text or "", *said)
                yield Passage("workbook", "look", told)
        elif kind == "calcPr":
            said = [f"{key} {item.get(key)}" for key in ("calcMode", "iterate", "fullPrecision")]
            told = tuple(one for one in said if not one.endswith(" None"))
            if told:
                yield Passage("workbook", "look", ("reckoning", *told))
        elif kind == "workbookPr" and item.get("date1904") in ("1", "true"):
            yield Passage("workbook", "look", ("days are counted from 1904",))
        elif kind == "bookViews":
            for view in item:
                said = [f"{key} {view.get(key, '0')}" for key in ("activeTab", "firstSheet")]
                yield Passage("workbook", "look", ("opens at", *said))
        elif kind not in _HARMLESS:
            yield Passage("workbook", "look", (kind, as_written(item)))
