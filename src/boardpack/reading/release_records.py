"""Release records: what was released where, by whom, and which releases came before.

`release.json` beside a released register names the files that were released by their SHA-256, the
two people who answer for them, and, since records form a chain, the releases that stood before it.
Nothing of a record is believed here: what does not fit is told by `released_chain`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from boardpack.core.errors import UsageFault
from boardpack.core.periods import Month, parse_month
from boardpack.reading.cells import file_sha256

FILE, RECORD, RELEASED = "figures.json", "release.json", Path("data/released")
CHAIN = "chain"
SCHEMAS = ("boardpack/release/1", "boardpack/release/2", "boardpack/release/3")
ALTERED = "has been altered: it is not what was released."
BY_ROLE = SCHEMAS[0]
"""The first form, which names the roles of the two people and not the people."""
VERSION = re.compile(r"v([1-9]\d*)")


@dataclass(frozen=True)
class Release:
    """One version of a place's paper as it lies in `data/released`; `folder` is below `home`."""

    home: Path
    folder: str
    month: Month
    place: str
    version: int

    @property
    def name(self) -> str:
        """What it is, to people."""
        return f"version {self.version} of {self.place} {self.month.period}"

    @cached_property
    def record(self) -> Mapping[str, Any] | None:
        """What the release recorded; None where there is no record, or none that can be read."""
        return _read_record(self.home / self.folder)

    @property
    def has_record(self) -> bool:
        """Whether a record lies there, be it readable or not: papers of old have none."""
        return (self.home / self.folder / RECORD).is_file()

    @property
    def files(self) -> Mapping[str, str]:
        """The SHA-256 of each file that was released, by its name in the folder."""
        return _files(self.record)

    @property
    def before(self) -> Mapping[str, Mapping[str, Any]] | None:
        """The releases that it names as those before it, by folder; None where it names none.

        Records made before releases formed a chain have no such list.
        """
        chain = (self.record or {}).get(CHAIN)
        found = chain.get("before") if isinstance(chain, dict) else None
        if not isinstance(found, dict):
            return None
        return {name: told for name, told in found.items() if isinstance(told, dict)}

    @property
    def first(self) -> str:
        """The folder of the release with which its chain begins; empty without a chain."""
        chain = (self.record or {}).get(CHAIN)
        return str(chain.get("first", "")) if isinstance(chain, dict) else ""

    def seal(self, name: str) -> str | None:
        """The SHA-256 of a file of the folder as it is now; None where it is missing."""
        path = self.home / self.folder / name
        return file_sha256(path) if path.is_file() else None


def read_releases(home: Path, months: Collection[Month] | None = None) -> tuple[Release, ...]:
    """Every released version below `home`, or of some months, in the order of month and place."""
    found = list[Release]()
    for folder in sorted((home / RELEASED).glob("*/*/*")):
        month = _month(folder)
        if month is None or (months is not None and month not in months):
            continue
        for place, version in _versions(folder):
            name = place.relative_to(home).as_posix()
            found.append(Release(home, name, month, folder.name, version))
    return tuple(found)


def release_of(home: Path, file: str) -> Release | None:
    """The release that a file of `data/released` belongs to, by its path below `home`."""
    parts = (
        Path(file).relative_to(RELEASED).parts if file.startswith(f"{RELEASED.as_posix()}/") else ()
    )
    month = _month(home / RELEASED / Path(*parts[:3])) if len(parts) > 3 else None
    if month is None:
        return None
    found = VERSION.fullmatch(parts[3])
    version = int(found[1]) if found and len(parts) > 4 else 1
    return Release(home, Path(file).parent.as_posix(), month, parts[2], version)


def is_altered(file: Path, seal: str) -> bool:
    """Whether a file of a release, of which `seal` was read, is not what the record beside it says.

    A file beside which there is no record is held to none.
    """
    told = _files(_read_record(file.parent)).get(file.name)
    return told is not None and told != seal


def altered_in(folder: Path, names: Iterable[str] = (FILE,)) -> tuple[str, ...]:
    """The files of a folder, among some, that are not what the release record beside them says."""
    there = (folder / name for name in names if (folder / name).is_file())
    return tuple(path.name for path in there if is_altered(path, file_sha256(path)))


def in_sight(month: Month, compared: Iterable[Month]) -> tuple[Month, ...]:
    """The months whose release records a paper holds: since the first that it is compared with.

    >>> [month.code for month in in_sight(Month(2023, 6), [Month(2023, 3)])]
    ['M03', 'M04', 'M05']
    >>> [month.code for month in in_sight(Month(2023, 6), [])]
    ['M05']
    """
    first = min((*compared, month.earlier(1)))
    return tuple(month.earlier(back) for back in reversed(range(1, month.since(first) + 1)))


def chain_link(home: Path, folder: str, month: Month, place: str) -> dict[str, Any]:
    """What a release into `folder` names as before it: its place's last, and what none names yet.

    Its place's last is the version before, else the latest of an earlier month. Whatever was
    released last, of any place and month, is named by the next release of any.
    """
    standing = read_releases(home)
    named = {name for release in standing for name in release.before or ()}
    own = [r for r in standing if r.place == place and r.month <= month]
    last = max(own, key=lambda release: (release.month, release.version), default=None)
    before = [r for r in standing if r.folder not in named or r == last]
    firsts = sorted({release.first for release in standing if release.first})
    return {
        "first": firsts[0] if firsts else folder,
        "before": {r.folder: {"record": r.seal(RECORD), "register": r.seal(FILE)} for r in before},
    }


def _versions(folder: Path) -> Iterator[tuple[Path, int]]:
    numbered = [
        (found, int(match[1]))
        for found in folder.glob("v*")
        if (match := VERSION.fullmatch(found.name))
    ]
    for path, version in sorted([(folder, 1), *numbered], key=lambda pair: pair[1]):
        if (path / FILE).is_file() or (path / RECORD).is_file():
            yield path, version


def _month(folder: Path) -> Month | None:
    try:
        return parse_month(folder.parent.parent.name, folder.parent.name)
    except UsageFault:
        return None


def _read_record(folder: Path) -> Mapping[str, Any] | None:
    found: Any = None
    with suppress(OSError, ValueError):
        found = json.loads((folder / RECORD).read_bytes())
    return found if isinstance(found, dict) else None


def _files(record: Mapping[str, Any] | None) -> dict[str, str]:
    found = (record or {}).get("files")
    pairs = found.items() if isinstance(found, dict) else ()
    return {str(name): value for name, value in pairs if isinstance(value, str)}
