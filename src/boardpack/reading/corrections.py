"""Corrections: cells that arithmetic contradicts, with the value used instead and why.

An extract is never edited. A cell that cannot stand is listed in `corrections.csv` beside it, with
what is printed, what is used, and the arithmetic that justifies it; the paper shows the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.money import parse_amount
from boardpack.reading.file_names import arrived, named_stem
from boardpack.reading.received_file import read_received

FILE = "corrections.csv"
_COLUMNS = ("file", "row", "column", "printed", "used", "why")


@dataclass(frozen=True)
class Correction:
    """One cell that the paper does not use as printed."""

    file: str
    row: int
    column: str
    printed: str
    used: str
    why: str


def is_of(correction: Correction, extract: str) -> bool:
    """Whether a correction is of an extract, in whatever form that came: `ledger.csv`.

    >>> fixed = Correction("data/raw/2023-24/M06/ledger.xlsx", 5, "actual", "900", "950", "a slip")
    >>> is_of(fixed, "ledger.csv"), is_of(fixed, "position.csv")
    (True, False)
    """
    return named_stem(Path(correction.file)) == named_stem(Path(extract))


def read_corrections(home: Path, folder: Path, of: str | None = None) -> tuple[Correction, ...]:
    """The month's corrections, or those of one extract; none when there is no file.

    Raises InputFaults when a correction is incomplete, or names a cell that does not say what the
    correction says it prints: a correction must not outlive the cell it was made for.
    """
    if not arrived(home, folder, FILE):
        return ()
    file = (folder / FILE).as_posix()
    listed = read_received(home, folder / FILE, _COLUMNS)
    if listed.header != _COLUMNS:
        remedy = "Write the header " + ",".join(_COLUMNS) + "."
        raise InputFaults([Fault(file, "these six columns", remedy, row=1)])
    faults: list[Fault] = []
    corrections = []
    for line, cells in listed.rows.items():
        record = dict(zip(_COLUMNS, cells, strict=False))
        if of is not None and named_stem(Path(record["file"])) != named_stem(Path(of)):
            continue
        found = list(_faults(home, folder, file, line, record))
        if any(cells[len(_COLUMNS) :]):
            found.append(Fault(file, "six cells", "Put text with a comma in quotes.", line))
        faults += found
        if not found:
            corrections.append(Correction(**{**record, "row": int(record["row"])}))  # type: ignore[arg-type]
    if faults:
        raise InputFaults(faults)
    return tuple(corrections)


def _faults(home: Path, folder: Path, file: str, line: int, record: dict[str, str]) -> list[Fault]:
    faults = [
        Fault(file, "a value", "A correction states all six.", line, name)
        for name in _COLUMNS
        if not record[name]
    ]
    try:
        parse_amount(record["used"])
    except ValueError:
        faults.append(
            Fault(file, "an amount", "Write the value used.", line, "used", record["used"])
        )
    if not faults and _printed(home, folder, record) != record["printed"]:
        remedy = "Look at the cell again: the extract may have been replaced."
        expected = f"the text that {record['file']} row {record['row']} {record['column']} prints"
        faults.append(Fault(file, expected, remedy, line, "printed", record["printed"]))
    return faults


def _printed(home: Path, folder: Path, record: dict[str, str]) -> str | None:
    try:
        found = read_received(home, folder / record["file"], [record["column"]])
        return found.text(int(record["row"]), record["column"])
    except (InputFaults, ValueError):
        return None
