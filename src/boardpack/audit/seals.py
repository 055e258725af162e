"""The seals of a build: every file that its manifest names, and the manifest itself.

A changed, missing or additional file is named, and so is a manifest whose own bytes changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from boardpack.audit.finding import Finding, Step
from boardpack.audit.sealed import GROUPS, Sealed, leads_outside
from boardpack.build.manifest import (
    NAME,
    SCHEMA,
    SEAL,
    code_places,
    input_places,
    parameter_places,
    present,
    sealed_text,
)
from boardpack.errors import UsageFault
from boardpack.home import CHECKOUT
from boardpack.periods import Month, parse_month
from boardpack.sources.cells import file_sha256
from boardpack.sources.release_records import FILE

CHANGED = "has changed: its bytes are not those that were sealed."
MISSING = "is missing, though it was sealed."
ADDITIONAL = "is additional: it was not there when the build was sealed."


def check_seals(sealed: Sealed) -> Step:
    """Hold every file of the build and of its inputs and code to its seal."""
    findings = [*_manifest(sealed)]
    count = 1
    for group in GROUPS:
        named = {n: d for n, d in sealed.group(group).items() if n not in _absent(sealed, group)}
        count += len(named)
        findings += _changed(sealed.root(group), named)
    findings += other_version(sealed)
    if sealed.record is not None:
        findings += _additional(sealed)
    found = tuple(dict.fromkeys(findings))
    return Step("Seals", count, "files held to their hashes", found, *withheld_note(sealed))


def withheld_note(sealed: Sealed) -> tuple[str, bool]:
    """What a step says of inputs that were withheld, and whether it is complete without them."""
    names = ", ".join(sorted(sealed.withheld))
    return (f"Withheld from the bundle and not looked at: {names}." if names else "", not names)


def _absent(sealed: Sealed, group: str) -> frozenset[str]:
    return sealed.withheld if group == "inputs" else frozenset()


def _manifest(sealed: Sealed) -> Iterator[Finding]:
    """Whether the manifest says what was sealed, in the very bytes of the seal."""
    record = sealed.record
    if record is None:
        yield Finding(NAME, "has changed: it cannot be read as JSON any more.")
        return
    if record.get("schema") != SCHEMA:
        yield Finding(NAME, f"states the schema {record.get('schema')!r}, not {SCHEMA!r}.")
    if SEAL not in record:
        yield Finding(NAME, "bears no seal of its own. Render the paper again to seal it.")
    elif (sealed.build / NAME).read_bytes() != sealed_text(record).encode(errors="replace"):
        yield Finding(NAME, "has changed: its own seal does not match what it says.")
    if sealed.month is None:
        yield Finding(NAME, "names no financial year and month.")


def _changed(root: Path, named: dict[str, str]) -> Iterator[Finding]:
    for name, digest in named.items():
        if leads_outside(name):
            yield Finding(name, "leads outside the build; it is not opened.")
        elif not (root / name).is_file():
            yield Finding(name, MISSING)
        elif file_sha256(root / name) != digest:
            yield Finding(name, CHANGED)


def other_version(sealed: Sealed) -> Iterator[Finding]:
    """Whether the program that verifies is the one that was sealed, where it stands elsewhere."""
    if sealed.project == CHECKOUT:
        return
    for name, digest in sealed.group("code").items():
        path = CHECKOUT / name
        if not name.startswith("src/") or leads_outside(name):
            continue
        if not path.is_file() or file_sha256(path) != digest:
            yield Finding(name, "is another version in the program that verifies.")


def _additional(sealed: Sealed) -> Iterator[Finding]:
    known = {(sealed.root(group), name) for group in GROUPS for name in sealed.group(group)}
    known.add((sealed.build, NAME))
    for root, places in _places(sealed):
        for name in present(root, places):
            if (root, name) not in known:
                yield Finding(name, ADDITIONAL)


def _places(sealed: Sealed) -> Iterator[tuple[Path, Iterable[Path]]]:
    """The folders in which everything must have been sealed, each with its root."""
    yield sealed.build, list(sealed.build.iterdir())
    yield sealed.project, code_places(sealed.project)
    month, home = sealed.month, sealed.home
    if month is not None and sealed.place:
        replaced = sealed.version.replaces if sealed.version else 0
        yield home, input_places(home, month, sealed.place, compared_months(sealed), replaced)
        yield home, parameter_places(home, month, sealed.place)


def compared_months(sealed: Sealed) -> Iterator[Month]:
    """The months whose released registers were sealed."""
    parts = [PurePosixPath(name).parts for name in sealed.group("inputs")]
    registers = (found for found in parts if found[-1:] == (FILE,))
    released = {found[2:4] for found in registers if found[:2] == ("data", "released")}
    own = sealed.month and (sealed.month.year_folder, sealed.month.code)  # what it replaces
    for folder in sorted(released - {own}):
        with suppress(UsageFault):  # a name that is no month: it is found elsewhere
            yield parse_month(*folder)
