"""How an extract is held to its contract, and how its cells become values.

`read_extract` finds the extract's file and table, holds every cell against its column, and tells
every fault of the file at once. It gives the rows with each amount in its own unit (money in
pounds).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.cells import short
from boardpack.reading.corrections import Correction
from boardpack.reading.extract import Extract, Row
from boardpack.reading.files import find_file, seal
from boardpack.reading.layouts import Layout, read_layout
from boardpack.reading.month_and_place import (
    Occasion,
    Title,
    check_period,
    check_places,
    check_titles,
)
from boardpack.reading.records import Records, tell_apart
from boardpack.reading.table_shape import Column, Contract, Kind
from boardpack.reading.tables import Table, find_table
from boardpack.reading.title_scale import check_scale
from boardpack.reading.totals import check_totals

if TYPE_CHECKING:
    from boardpack.reading.cell_values import Reading

KEPT = 64
"""How many extracts are kept: those of a month are some 30, and few of them serve the next."""
_READ: OrderedDict[tuple[object, ...], Extract] = OrderedDict()
"""Extracts by all that they were read from and held to, their bytes among it.

Every chapter of a paper reads the same files, and one process runs many chapters. The paper's place
counts only where a title names one.
"""

__all__ = ["Column", "Contract", "Kind", "read_extract"]


def read_extract(
    home: Path,
    folder: Path,
    contract: Contract,
    corrections: Sequence[Correction] = (),
    occasion: Occasion | None = None,
    layout: Layout | None = None,
) -> Extract:
    """The extract that `contract` describes, from `folder` below `home`.

    `occasion` is the paper's month and place, which the file must not contradict. `layout` is how
    the file comes, where it is not what `params/layouts.yml` says. Raises
    InputFaults with every fault of the file: what it is, what is hidden in it, missing or unknown
    columns, cells that are not what their column holds, words that are not known, rows given
    twice, totals that do not agree.
    """
    try:
        layout = layout or read_layout(home, folder, contract)
        file = find_file(home, folder, contract.file)
        seen = (home.resolve(), file, seal(home / file), contract, repr(layout))
        same = (*seen, tuple(corrections), repr(occasion and (occasion.month, occasion.places)))
        own = (*same, occasion and occasion.place)
        if same not in _READ and own not in _READ:
            table = find_table(home, folder, contract, layout)
            key = own if _names_a_place(table, occasion) else same
            _keep(key, _extract(table, contract, layout, corrections, occasion))
        return _used(same if same in _READ else own)
    except InputFaults as error:
        if not contract.client_level:
            raise
        raise InputFaults(replace(fault, value=None) for fault in error.faults) from None


def _names_a_place(table: Table, occasion: Occasion | None) -> bool:
    """Whether the titles name a place, so that the file may be of this paper and not of another."""
    said = "\n".join(text for line in table.titles for text in line.cells if text)
    return occasion is not None and any(name in said for name in occasion.places.values())


def _keep(key: tuple[object, ...], extract: Extract) -> None:
    """Keep what was read for whoever reads the same bytes next; the longest unused makes room."""
    _READ[key] = extract
    if len(_READ) > KEPT:
        _READ.popitem(last=False)


def _used(key: tuple[object, ...]) -> Extract:
    _READ.move_to_end(key)
    return _READ[key]


def _extract(
    table: Table,
    contract: Contract,
    layout: Layout,
    corrections: Sequence[Correction],
    occasion: Occasion | None,
) -> Extract:
    # they bring in pandas and Arrow: commands that read no extract anew go without them
    from boardpack.reading.by_column import is_long, sort_by_column
    from boardpack.reading.cell_values import Reading, meant

    reading = Reading(table, contract, layout, corrections)
    if is_long(table, contract):
        found = sort_by_column(table, contract, layout, reading)
        if found is not None:
            _refuse(reading, layout, found.told, found.places, found.periods, occasion)
            if not found.told.records:  # else the columns took a row for odd that is a record
                return _made(reading, found.rows, found.told)
    told = tell_apart(table, contract, layout)
    places = periods = None
    if table.header.place("place") is not None:
        column = next(c for c in contract.columns if c.name == "place")
        places = {meant(column, table.text(line, "place")) for line in told.records}
    if contract.period is not None:
        periods = [(line.line, table.text(line, contract.period)) for line in told.records]
    _refuse(reading, layout, told, places, periods or (), occasion)
    return _made(reading, tuple(reading.row(line) for line in told.records), told)


def _refuse(
    reading: Reading,
    layout: Layout,
    told: Records,
    places: Set[str] | None,
    periods: Iterable[tuple[int, str]],
    occasion: Occasion | None,
) -> None:
    """InputFaults with all that is wrong with a table, its sums apart."""
    table, contract = reading.table, reading.contract
    faults = [
        *told.faults,
        *reading.faults(told),
        *check_scale(table, contract, layout, told.below),
    ]
    if occasion is not None:
        faults += _contradicted(table, contract, layout, places, periods, occasion)
    if faults:
        raise InputFaults(faults)


def _made(reading: Reading, rows: Sequence[Row], told: Records) -> Extract:
    table, contract = reading.table, reading.contract
    totals = tuple(reading.row(line) for line in told.totals)
    apart = list(check_totals(table, contract, rows, totals))
    if apart:
        raise InputFaults(apart)
    notes = (*_notes(table, contract), *told.notes)
    return Extract(table.file, table.book.sha256, rows, totals, notes)


def _contradicted(
    table: Table,
    contract: Contract,
    layout: Layout,
    places: Set[str] | None,
    periods: Iterable[tuple[int, str]],
    occasion: Occasion,
) -> Iterator[Fault]:
    """What the titles and the period column say against the paper's month and place."""
    sheet = table.grid.sheet
    titles: list[Title] = [(line.line, line.cells) for line in table.titles]
    if sheet is not None:
        titles.append((None, [sheet]))
    yield from check_titles(table.file, sheet, titles, occasion, layout.months_in_arrears)
    yield from check_places(table.file, sheet, titles, places, occasion)
    if contract.period is not None and table.header.place(contract.period) is not None:
        yield from check_period(table.file, sheet, contract.period, periods, occasion)


def _notes(table: Table, contract: Contract) -> Iterator[Fault]:
    """How the file was read where it might have come otherwise, and what was left unread."""
    if not table.lines:
        remedy = "Nothing need be done, if there is nothing to tell this month."
        yield Fault(table.file, "records below the header; there are none", remedy)
    for note in table.book.notes:
        yield Fault(table.file, f"CSV UTF-8 with commas; {note}", "Nothing need be done.")
    names = zip(table.header.headings, table.header.names, strict=True)
    extra = [heading for heading, name in names if heading and name is None]
    if extra:
        expected = "the contract's columns; left unread: " + ", ".join(map(short, extra))
        yield Fault(table.file, expected, "Nothing need be done.", sheet=table.grid.sheet)
    for grid in table.book.grids:
        if grid is not table.grid and grid.rows:
            expected = "one sheet; this one is left unread"
            yield Fault(table.file, expected, "Nothing need be done.", sheet=grid.sheet)
