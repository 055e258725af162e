"""Any CSV file or workbook of a month's folder: its contract is made from its own header.

The file is read by the engine that reads the extracts, which refuses to guess. So every column of
numbers must say what it is in: in its heading (`Budget £000`, `Occupancy %`), in every cell
(`£1.2m`, `9.5%`), or by whoever reads it (`units`). What is about single people is no file for a
notebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults, UsageFault, nearest
from boardpack.reading.amounts import Unreadable, plain_amount
from boardpack.reading.contract import read_extract
from boardpack.reading.extract import Extract
from boardpack.reading.files import find_file, read_book
from boardpack.reading.folder import Folder
from boardpack.reading.grids import HEAD, Grid, Rows
from boardpack.reading.headers import column_name, plain_heading, unit_mark
from boardpack.reading.layouts import Layout, layout_of
from boardpack.reading.month_and_place import Occasion
from boardpack.reading.readers import extract_of
from boardpack.reading.table_shape import NOT_AVAILABLE, Column, Contract, Kind

UNITS: Mapping[str, Kind] = {
    "£": "pounds",
    "£000": "thousands",
    "£000s": "thousands",
    "£m": "millions",
    "%": "percent",
    "count": "count",
    "ratio": "decimal",
    "text": "text",
}
"""What a column may be said to be in; `text` is for codes and years, which nobody adds up."""

Units = str | Mapping[str, str]
"""One unit for every column of numbers, or one for each column by its heading or its name."""

OF_PEOPLE = ("chc_packages", "epd")
"""Extracts at client or item level, which the chapters read and no notebook does."""
_OF_ONE_PERSON = frozenset(
    "clientid clientname clientnumber patientid patientname patientnumber nhsnumber nhsno packageid"
    " personid servicuserid serviceuserid dateofbirth dob forename firstname surname lastname"
    " dateofdeath nino nationalinsurancenumber".split()
)
_PER_CENT = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)
_MONEY = {"1": "pounds", "1000": "thousands", "1000000": "millions"}
FEWEST = 2
"""How many headings a header has at least."""


@dataclass(frozen=True)
class AnyFile:
    """A file as it was read: its rows, and its columns with the headings under which they came."""

    extract: Extract
    columns: tuple[Column, ...]
    headings: Mapping[str, str]


def read_any(folder: Folder, file: str, units: Units = "", sheet: str | None = None) -> AnyFile:
    """A file of the month's folder, every cell of its columns of numbers an amount with its cell.

    `units` says what columns are in that do not say it themselves (see `UNITS`), `sheet` which
    sheet of a workbook is read. Total rows are held to the rows above them and left out. Raises
    InputFaults with every fault of the file at once, UsageFault where it is no file for a notebook.
    """
    _refuse_people(file)
    paper, path = folder.paper, folder.path
    found = find_file(paper.home, path, Path(file).name)
    layout = layout_of(paper.home, found)
    layout = layout.model_copy(update={"sheet": sheet}) if sheet else layout
    grid = _grid(read_book(paper.home, found, _score).grids, layout, found.as_posix())
    columns, headings = _columns(grid, found.as_posix(), units)
    contract = Contract(Path(file).name, columns, extra_columns=False, totals_apart=True)
    occasion = Occasion(paper.month, paper.place, paper.report.places)
    extract = read_extract(paper.home, path, contract, folder.corrections, occasion, layout)
    folder.hashes[extract.file] = extract.sha256
    return AnyFile(extract, columns, headings)


def _refuse_people(file: str) -> None:
    if Path(file).name != file:
        raise UsageFault(f"{file!r} is no file of the month's folder: give its name alone.")
    if extract_of(Path(file)) in OF_PEOPLE:
        raise UsageFault(
            f"{file} is at client or item level, which no notebook reads: take what the chapters"
            " make of it from paper.frame(...)."
        )


def _score(rows: Rows) -> tuple[int, ...]:
    """How wide a header the rows have, to tell between the marks that may part their cells."""
    place = _header(rows)
    return (0 if place is None else len(list(filter(None, rows[place][1]))),)


def _header(rows: Rows) -> int | None:
    """The place of the header: the first row of words alone that is as full as any below it."""
    head = rows[:HEAD]
    for place, (_, cells) in enumerate(head):
        full = [text for text in cells if text]
        widest = max((len([t for t in row if t]) for _, row in head[place:]), default=0)
        if len(full) >= FEWEST and len(full) == widest and not any(map(_is_number, full)):
            return place
    return None


def _grid(grids: tuple[Grid, ...], layout: Layout, file: str) -> Grid:
    """The one sheet that is read."""
    held = [grid for grid in grids if grid.rows]
    if layout.sheet is not None:
        named = [grid for grid in held if grid.sheet in (None, layout.sheet)]
        if not named:
            hint = nearest(layout.sheet, [str(grid.sheet) for grid in held])
            raise InputFaults([Fault(file, f"a sheet {layout.sheet!r}", hint)])
        return named[0]
    if len(held) > 1:
        names = ", ".join(repr(grid.sheet) for grid in held)
        remedy = f"Say which is meant: read({Path(file).name!r}, sheet=...)."
        raise InputFaults([Fault(file, f"one sheet that holds something, not {names}", remedy)])
    if not held:
        raise InputFaults([Fault(file, "a header and rows", "Export it again: it is empty.")])
    return held[0]


def _columns(grid: Grid, file: str, units: Units) -> tuple[tuple[Column, ...], dict[str, str]]:
    """The columns that the header names, each with what it holds, and their headings by name."""
    place = _header(grid.rows)
    if place is None:
        remedy = "Give the table one row of headings, a heading over each column, in words."
        raise InputFaults([Fault(file, "a header row", remedy, sheet=grid.sheet)])
    line, headings = grid.rows[place]
    named = {column_name(text): text for text in headings if text}
    faults = [*_header_faults(headings, file, line, grid.sheet)]
    faults += _unknown_units(units, named, file, line, grid.sheet)
    columns = []
    for at, heading in enumerate(headings):
        cells = [cells[at] for _, cells in grid.rows[place + 1 :] if at < len(cells)]
        if heading:
            kind = _kind(heading, [text for text in cells if text not in NOT_AVAILABLE], units)
            if kind is None:
                faults.append(_unsaid(heading, file, line, grid.sheet))
            columns.append(Column(column_name(heading), kind or "text", empty=True))
    if faults:
        raise InputFaults(faults)
    return tuple(columns), named


def _header_faults(
    headings: tuple[str, ...], file: str, line: int, sheet: str | None
) -> Iterator[Fault]:
    seen: set[str] = set()
    for heading in filter(None, headings):
        name = column_name(heading)
        if plain_heading(heading) in _OF_ONE_PERSON:
            expected = "no column about a single person"
            remedy = "Add the rows up before they leave their system, and leave the column out."
            yield Fault(file, expected, remedy, line, heading, sheet=sheet)
        elif not name:
            yield Fault(file, "a heading in words", "Name the column.", line, heading, sheet=sheet)
        elif name in seen:
            yield Fault(file, "each heading once", "Rename one.", line, heading, sheet=sheet)
        seen.add(name)


def _unknown_units(
    units: Units, named: Mapping[str, str], file: str, line: int, sheet: str | None
) -> Iterator[Fault]:
    said = units if isinstance(units, Mapping) else {}
    known = {plain_heading(heading): heading for heading in named.values()}
    for heading in said:
        if plain_heading(heading) not in known:
            yield Fault(
                file, "a column", nearest(heading, known.values()), line, heading, None, sheet
            )
    for unit in said.values() if said else filter(None, [units]):
        if unit not in UNITS:
            remedy = f"Known: {', '.join(UNITS)}."
            yield Fault(file, "a unit that is known", remedy, line, None, str(unit), sheet)


def _unsaid(heading: str, file: str, line: int, sheet: str | None) -> Fault:
    remedy = (
        f"Write it into the heading ({heading} £000, £, £m, %), or say it where you read the file:"
        f" units={{{column_name(heading)!r}: 'count'}}; 'text' is for codes and years."
    )
    return Fault(
        file, "a heading that says what its numbers are in", remedy, line, heading, sheet=sheet
    )


def _kind(heading: str, cells: list[str], units: Units) -> Kind | None:
    """What a column holds; None where its numbers do not say what they are in.

    What is said of it comes first, then its heading, then a unit in each of its cells. A heading
    that contradicts what is said is the engine's to refuse.
    """
    numbers = [text for text in cells if _is_number(text)]
    said = _said(heading, units, bool(numbers))
    if said == "percent" or (said is None and _PER_CENT.search(heading)):
        is_signed = any(text.rstrip(") ").endswith("%") for text in cells)
        return "percent" if is_signed else "plain_percent"
    if said is not None:
        return said
    if (scale := unit_mark(heading)) is not None:
        return _MONEY[str(scale)]  # type: ignore[return-value]
    if not numbers:
        return "text"
    return "any_amount" if all("£" in text or text.endswith("%") for text in cells) else None


def _said(heading: str, units: Units, has_numbers: bool) -> Kind | None:
    if isinstance(units, str):
        return UNITS.get(units) if has_numbers and unit_mark(heading) is None else None
    by_heading = {plain_heading(name): unit for name, unit in units.items()}
    return UNITS.get(by_heading.get(plain_heading(heading), ""))


def _is_number(text: str) -> bool:
    try:
        plain = plain_amount(text, Layout())
    except Unreadable:
        return True
    digits = any(character.isdigit() for character in plain)
    return digits and re.fullmatch(r"[-£(+]*[\d,. ]+[km%]?\)?%?", plain, re.IGNORECASE) is not None
