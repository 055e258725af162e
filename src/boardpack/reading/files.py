"""Which file delivers an extract, and that file as grids of text cells with its SHA-256."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.reading.cells import file_sha256
from boardpack.reading.csv_files import read_delimited
from boardpack.reading.file_names import arrived
from boardpack.reading.grids import Book, Score
from boardpack.reading.links import link_faults
from boardpack.reading.workbooks import read_workbook

WORKBOOKS = (".xlsx", ".xlsm")
ENDINGS = (".csv", *WORKBOOKS)
LIMIT = 60_000_000
"""Bytes beyond which an extract is refused: item-level files, which are larger, are streamed."""

_OLD = b"\xd0\xcf\x11\xe0"
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%pdf", "a PDF"),
    (_OLD, "an old Excel workbook (.xls), or one with a password"),
    (b"pk\x03\x04", "a zip file or a workbook"),
    (b"{\\rtf", "a Word text"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"\x89png", "a picture"),
)
_PAGE = re.compile(rb"\s*<(!doctype|html|head|table|\?xml|style|meta|body|div)", re.IGNORECASE)
SAVE_AS = "Open it, and save the sheet as CSV UTF-8 or as .xlsx without a password."


def find_file(home: Path, folder: Path, file: str) -> Path:
    """The one file in `folder` that delivers an extract, as a path below `home`.

    `position.csv` may come as `position.xlsx` or `POSITION.CSV`. InputFaults where it is not there,
    came twice, is a copy (`position (1).csv`), is a link to a file elsewhere, or came in a form
    that is not read.
    """
    found = arrived(home, folder, file)
    whole = [path for path in found if path.suffix.lower() in ENDINGS]
    if not found:
        remedy = "Put it there, or name it under not_supplied in the month's parameters."
        if folder.name == "reference":
            remedy = "Put it there: the paper cannot do without it."
        raise InputFaults([Fault((folder / file).as_posix(), "this extract", remedy)])
    if not whole:
        expected = f"{Path(file).stem}.csv or {Path(file).stem}.xlsx"
        raise InputFaults(Fault(path.as_posix(), expected, SAVE_AS) for path in found)
    if len(whole) > 1:
        raise InputFaults([_twice(whole[0], whole[1:])])
    faults = [*link_faults(home, [home / whole[0]])]
    if faults:
        raise InputFaults(faults)
    _refuse_copy(home, whole[0], file)
    return whole[0]


def _twice(first: Path, others: list[Path]) -> Fault:
    expected = (
        "one file for this extract; it came as " + " and ".join(p.name for p in others) + " too"
    )
    return Fault(first.as_posix(), expected, "Keep the one that the paper stands on.")


def _refuse_copy(home: Path, path: Path, file: str) -> None:
    if path.stem.casefold() != Path(file).stem.casefold():
        remedy = "Make sure that it is the right file, and rename it."
        raise InputFaults([Fault(path.as_posix(), f"the name {file}, not that of a copy", remedy)])
    same = [other for other in _same_size(home / path) if seal(other) == seal(home / path)]
    if same:
        expected = f"content of its own; {same[0].name} holds the very same bytes"
        remedy = "One of the two was saved under a wrong name: replace it."
        raise InputFaults([Fault(path.as_posix(), expected, remedy)])


def _same_size(path: Path) -> Iterator[Path]:
    size = path.stat().st_size
    for other in sorted(path.parent.iterdir()):
        if other.name != path.name and other.is_file() and size and other.stat().st_size == size:
            yield other


def seal(path: Path) -> str:
    """The SHA-256 of a file; the name of one that cannot be read, which its reader will tell."""
    try:
        return file_sha256(path)
    except OSError:
        return path.name  # it cannot be compared, so it is the same as no other


def read_book(home: Path, file: Path, score: Score) -> Book:
    """A file (a path below `home`) as grids of text cells.

    `score` tells between the ways in which a CSV file may be read. Raises InputFaults for a file
    that is missing, too large, open elsewhere, empty, or not what its name says.
    """
    name = file.as_posix()
    content = _content(home / file, name)
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_other_kind(content, file)
    if file.suffix.lower() in WORKBOOKS:
        return Book(name, sha256, read_workbook(content, name))
    grid, notes = read_delimited(content, name, score)
    return Book(name, sha256, (grid,), notes)


def _content(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > LIMIT:
            expected = f"a file of at most {LIMIT // 1_000_000} MB"
            remedy = (
                "Export it by cost centre or by month, or without the lines that are not needed."
            )
            raise InputFaults([Fault(name, expected, remedy)])
        return path.read_bytes()
    except FileNotFoundError:
        raise InputFaults([Fault(name, "this extract", "Put it there.")]) from None
    except OSError:
        remedy = "Close it in the other program, and see that you may read it."
        raise InputFaults([Fault(name, "a file that can be read", remedy)]) from None


def _refuse_other_kind(content: bytes, file: Path) -> None:
    """A file is read only as what both its ending and its first bytes say that it is."""
    is_workbook = file.suffix.lower() in WORKBOOKS
    kind = _kind(content)
    if is_workbook and content[:4] == b"PK\x03\x04" and _has_part(content, "xl/workbook.xml"):
        return
    if not kind and not is_workbook:
        return
    said = "a workbook" if is_workbook else "CSV text"
    expected = f"{said}; the file is {kind or 'no workbook'}"
    raise InputFaults([Fault(file.as_posix(), expected, SAVE_AS)])


def _kind(content: bytes) -> str:
    start = content[:64].removeprefix(b"\xef\xbb\xbf")
    for mark, kind in _KINDS:
        if start.lower().startswith(mark):
            return kind
    return "a web page" if _PAGE.match(start) else ""


def _has_part(content: bytes, part: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return part in parts.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
