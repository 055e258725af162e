"""The files of items in a month's folder: one, or several side by side for many months.

`epd.csv`, `epd.parquet`, and any number of `epd_<name>.csv` and `epd_<name>.parquet`.
"""

from __future__ import annotations

from pathlib import Path

from boardpack.reading.file_names import arrived
from boardpack.reading.files import find_file
from boardpack.reading.folder import Folder
from boardpack.reading.long_files import ItemFile, sealed

FILE = "epd.csv"
_ENDINGS = (".csv", ".parquet")


def has_epd(folder: Folder) -> bool:
    """Whether the month's folder holds prescribing at item level, in one file or in several."""
    if FILE in folder.paper.run.not_supplied:
        return False
    return bool(arrived(folder.paper.home, folder.path, FILE) or _parts(folder))


def open_epd(folder: Folder) -> tuple[ItemFile, ...]:
    """The files in the order of their names, each hashed and kept for lineage."""
    return tuple(sealed(folder, name) for name in _names(folder)) if has_epd(folder) else ()


def _names(folder: Folder) -> list[str]:
    return [*_whole(folder), *(path.as_posix() for path in _parts(folder))]


def _whole(folder: Folder) -> list[str]:
    """The file that is named `epd` alone; InputFaults where it came twice, or as a copy."""
    home = folder.paper.home
    found = arrived(home, folder.path, FILE)
    if len(found) == 1 and found[0].name.lower() == "epd.parquet":
        return [found[0].as_posix()]
    return [find_file(home, folder.path, FILE).as_posix()] if found else []


def _parts(folder: Folder) -> list[Path]:
    try:
        entries = sorted((folder.paper.home / folder.path).iterdir())
    except OSError:
        return []
    return [
        folder.path / entry.name
        for entry in entries
        if entry.name.lower().startswith("epd_")
        and entry.suffix.lower() in _ENDINGS
        and entry.is_file()
    ]
