"""Released registers held to their records, and to the releases after them, which name them.

A release record names its files by their SHA-256, so an altered file shows. A later release names
the record and register before it, so a record that was altered with its register shows too, and so
does a version that was removed. What was released last is named by no other yet: only a signed
bundle, or a certificate, holds that. Records of old have no such list, and papers published before
boardpack no record; both are named by the release that begins the chain.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boardpack.core.periods import Month
from boardpack.reading.release_records import (
    ALTERED,
    BY_ROLE,
    FILE,
    RECORD,
    SCHEMAS,
    Release,
    read_releases,
    release_of,
)

RESTORE = "Restore the folder from a copy, or from the paper's bundle, and find out who changed it."


@dataclass(frozen=True)
class Broken:
    """One thing that is wrong with a released version, which `folder` names."""

    folder: str
    what: str

    def __str__(self) -> str:
        return f"{self.folder}: {self.what}"


@dataclass(frozen=True)
class Held:
    """Releases held to their records and to each other; `notes` are what a reader must know."""

    releases: tuple[Release, ...]
    broken: tuple[Broken, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class Chain:
    """The releases in sight: those of `months`, with the registers of some of them.

    A paper holds what it reads: the records of the months since the first that it is compared with,
    and the registers of those, and `also` the release that it replaces. None is everything below
    `home`, with every file that was released.
    """

    home: Path
    months: Collection[Month] | None = None
    registers: Collection[Month] | None = None
    also: Release | None = None
    found: dict[str, Release] = field(init=False)

    def __post_init__(self) -> None:
        self.found = {one.folder: one for one in read_releases(self.home, self.months)}
        if self.also is not None:
            self.found[self.also.folder] = self.also

    def held(self) -> Held:
        """Everything that is wrong, a cause a line, in the order of the folders."""
        broken: dict[str, str] = {}
        for told in (self._own(), self._named(), self._unnamed()):
            for folder, what in told:
                broken.setdefault(folder, what)
        listed = tuple(Broken(folder, broken[folder]) for folder in sorted(broken))
        return Held(tuple(self.found.values()), listed, tuple(self._notes()))

    def _own(self) -> Iterator[tuple[str, str]]:
        for release in self.found.values():
            for what in (*record_faults(release), *self._files(release)):
                yield release.folder, what

    def _files(self, release: Release) -> Iterator[str]:
        names = release.files if self.registers is None else {FILE} & release.files.keys()
        if self._has_register(release):
            for name in sorted(names):
                yield from _altered(release, name)

    def _named(self) -> Iterator[tuple[str, str]]:
        for by in self.found.values():
            for folder, told in (by.before or {}).items():
                named = release_of(self.home, f"{folder}/{FILE}")
                if named is None:
                    yield by.folder, f"names {folder!r} as before it, which is no release."
                elif self.months is None or named.month in self.months:
                    yield from self._as_named(named, told, by)

    def _as_named(
        self, named: Release, told: Mapping[str, Any], by: Release
    ) -> Iterator[tuple[str, str]]:
        said = f"as {by.name}, released after it, names it."
        if named.folder not in self.found:
            yield named.folder, self._gone(named, by)
        elif told.get("record") and not named.has_record:
            yield named.folder, f"its release record was removed. It had one, {said}"
        elif told.get("record") != named.seal(RECORD):
            yield named.folder, f"its release record was altered or replaced: it is not {said}"
        elif self._has_register(named) and told.get("register") != named.seal(FILE):
            yield named.folder, f"its register was altered or replaced: it is not {said}"

    def _has_register(self, release: Release) -> bool:
        return self.registers is None or release.month in self.registers or release == self.also

    def _gone(self, named: Release, by: Release) -> str:
        left = [one.version for one in self.found.values() if _same_paper(one, named)]
        said = f"was removed: {by.name}, released after it, names it"
        if left and max(left) < named.version:
            return f"{said}. The paper was rolled back to version {max(left)}."
        return f"{said}."

    def _unnamed(self) -> Iterator[tuple[str, str]]:
        """What has no place in a chain whose beginning is in sight: put there, or its record lost.

        The release that begins a chain names everything that stood then.
        """
        if not any(one.first == one.folder for one in self.found.values()):
            return
        named = {folder for one in self.found.values() for folder in one.before or ()}
        for folder, release in self.found.items():
            if release.before is None and folder not in named:
                what = "has a record of the old form" if release.has_record else "has no record"
                yield (
                    folder,
                    f"{what}, and no release made since names it: it was put there, or its"
                    " record was replaced or removed.",
                )

    def _notes(self) -> Iterator[str]:
        every = self.found.values()
        old = sum(one.before is None and one.has_record for one in every)
        bare = sum(not one.has_record for one in every)
        if old:
            yield f"{old} of {len(every)} releases were made before releases named each other."
        if bare:
            yield f"{bare} of {len(every)} were published before boardpack and have no record."
        yield from dict.fromkeys(self._restated())

    def _restated(self) -> Iterator[str]:
        """Later papers that rest on a version which was replaced after they were released."""
        for by in self.found.values():
            for folder in by.before or ():
                named = self.found.get(folder)
                if named is None or named.place != by.place or named.month >= by.month:
                    continue
                same = (one for one in self.found.values() if _same_paper(one, named))
                newer = [one for one in same if one.version > named.version]
                if newer:
                    yield f"{newer[-1].name} came after {by.name}, which names {named.name}."


def own_faults(release: Release, names: Collection[str] | None = None) -> Iterator[str]:
    """What is wrong with a release by its own record: the record, and each of its files.

    `names` are the files that are there to be held, where that is not all.
    """
    yield from record_faults(release)
    for name in sorted(release.files if names is None else release.files.keys() & set(names)):
        yield from _altered(release, name)


def record_faults(release: Release) -> Iterator[str]:
    """What is wrong with a release record by itself; nothing of a paper that has none."""
    record = release.record
    if record is None:
        if release.has_record:
            yield "its release record cannot be read."
        return
    if record.get("schema") not in SCHEMAS:
        yield f"its release record states the form {record.get('schema')!r}, which is not known."
    told = [record.get(name) for name in ("financial_year", "month", "place", "version")]
    month = release.month
    if told != [month.year, month.number, release.place, release.version]:
        yield "its release record is that of another paper."
    if FILE not in release.files:
        yield "its release record does not say which register was released."
    if record.get("schema") != BY_ROLE:
        yield from _acts(record)


def _acts(record: Mapping[str, Any]) -> Iterator[str]:
    """Two acts by two people in two roles, the preparing before the approving."""
    acts = [record.get(act) for act in ("prepared", "approved")]
    parts = ("name", "role", "when")
    said = [
        {part: _plain(act.get(part)) for part in parts} for act in acts if isinstance(act, dict)
    ]
    if len(said) != len(acts) or not all(all(act.values()) for act in said):
        yield "its release record does not say who prepared it and who approved it, and when."
        return
    prepared, approved = said
    if prepared["name"] == approved["name"] or prepared["role"] == approved["role"]:
        yield "its release record has it prepared and approved by one person, or in one role."
    if prepared["when"] > approved["when"]:
        yield "its release record has it approved before it was prepared."


def _plain(words: object) -> str:
    return " ".join(words.casefold().split()) if isinstance(words, str) else ""


def _altered(release: Release, name: str) -> Iterator[str]:
    seal = release.seal(name) if Path(name).name == name else None
    if seal is None:
        yield f"{name} is missing: it was removed since it was released."
    elif seal != release.files[name]:
        yield f"{name} {ALTERED}"


def _same_paper(one: Release, other: Release) -> bool:
    return (one.month, one.place) == (other.month, other.place)
