"""Where each extract came from, and the control totals keyed from the system's screen.

A control total is the one number that does not come through the file: it shows a line that was cut
off, a sign that was lost or a subtotal that slipped in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.reading.cells import Cell
from boardpack.reading.chosen_rows import total_of
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row, Value
from boardpack.reading.file_names import named_stem
from boardpack.reading.folder import Folder
from boardpack.reading.readers import OURS, UNIT_LEVEL, extract_of, readers
from boardpack.reading.row_view import RowView, lines_of

FILE = "provenance.csv"
EXTRACTS = frozenset({".csv", ".xlsx", ".xlsm"})
WITHOUT = OURS | {Path(FILE).stem}
"""Files that come from no system, so that nothing need say where they came from."""


def read_provenance(folder: Folder) -> Extract:
    """One row per extract and control total: system, report, parameters, run time and role.

    `total_of` names the column that `control_total` (pounds, or a count) is the total of; both are
    blank where nobody keyed one. Empty where the month has no provenance.
    """
    contract = Contract(
        FILE,
        (
            Column("file", "word"),
            Column("system", "text"),
            Column("report", "text"),
            Column("parameters", "text", empty=True),
            Column("run_at", "text"),
            Column("role", "text"),
            Column("total_of", "word", empty=True),
            Column("control_total", "pounds", empty=True, step="0"),
        ),
        ("file", "total_of"),
    )
    extract = folder.read_if_there(contract)
    faults = [fault for row in extract for fault in _faults(folder, extract.file, row)]
    if faults:
        raise InputFaults(faults)
    return extract


def arrived(folder: Folder) -> tuple[str, ...]:
    """The extracts in the month's folder, by the names of their files."""
    paths = sorted((folder.paper.home / folder.path).glob("*"))
    came = (path for path in paths if path.suffix.lower() in EXTRACTS)
    return tuple(path.name for path in came if named_stem(path) not in WITHOUT)


def without_provenance(folder: Folder) -> tuple[str, ...]:
    """The extracts that nobody has said the origin of."""
    known = {named_stem(Path(row["file"])) for row in read_provenance(folder)}
    return tuple(name for name in arrived(folder) if named_stem(Path(name)) not in known)


def column_total(folder: Folder, file: str, column: str) -> Value | None:
    """What a column of an extract adds up to; None where the extract has no such amounts.

    It names the lines that it was added from and keeps no cell's text, so that it may be told of an
    extract at client level.
    """
    read = _reader(folder, file)
    if read is None:
        return None
    extract = read(folder)
    if not isinstance(extract, Extract):  # too large for rows: it is summed while it is read
        return None
    if named_stem(Path(file)) in UNIT_LEVEL:
        return total_of(extract.rows, (column,), ())
    return lines_total(extract.file, extract.rows, column)


def lines_total(file: str, rows: Sequence[Row], column: str) -> Value | None:
    """The exact total of a column over some rows, by their lines; None where all are blank."""
    if isinstance(rows, RowView) and rows.has(column):
        held = rows.with_amount(column)
        lines, total, unit = lines_of(held), held.used_total(column), held.unit(column)
    else:
        values = {row.line: row.amounts[column] for row in rows if column in row.amounts}
        lines, total = list(values), sum((one.amount for one in values.values()), Decimal(0))
        unit = next((one.unit for one in values.values()), "")
    if not lines:
        return None
    return Value(
        cell=Cell(file, None, lines[0], column, ""),
        amount=total,
        printed=total,
        unit=unit,
        step=Decimal(0),
        lines=tuple(lines),
        method=f"sum of {column}",
    )


def _reader(folder: Folder, file: str) -> Callable[[Folder], object] | None:
    return readers(folder.paper.home).get(named_stem(Path(file)))


def _faults(folder: Folder, file: str, row: Row) -> Iterator[Fault]:
    named, column = row["file"], row["total_of"]
    present = arrived(folder)
    is_here = named_stem(Path(named)) in {named_stem(Path(name)) for name in present}
    if not is_here:  # an extract is the same in whatever form it came: risks.csv or risks.xlsx
        remedy = nearest(named, present)
        if extract_of(Path(named), folder.paper.home) is not None:
            remedy = "It has not come: put it there, or take this row out."
        yield Fault(file, "an extract of this month's folder", remedy, row.line, "file", named)
    if bool(column) != ("control_total" in row.amounts):
        remedy = "Give both, or leave both blank."
        yield Fault(file, "a control total and its column", remedy, row.line, "control_total")
    elif column and is_here and not _has(folder, named, column):
        expected = f"a column of amounts in {named}"
        remedy = "Name the column as the extract's contract does."
        yield Fault(file, expected, remedy, row.line, "total_of", column)


def _has(folder: Folder, file: str, column: str) -> bool:
    """Whether a column can be added up; an extract that is wrong tells so itself."""
    try:
        return column_total(folder, file, column) is not None
    except InputFaults:
        return True
