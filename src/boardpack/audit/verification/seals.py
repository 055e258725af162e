"""The seals of a build: every file that its manifest names, and the manifest itself.

A changed, missing or additional file is named, and so is a manifest whose own bytes changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.links import OUT, leads_out, links_in, links_out
from boardpack.audit.verification.sealed import (
    GROUPS,
    INPUTS,
    Sealed,
    is_data,
    is_hidden,
    is_own_code,
    leads_outside,
)
from boardpack.core.errors import UsageFault
from boardpack.core.periods import Month, parse_month
from boardpack.reading.cells import file_sha256
from boardpack.reading.release_records import FILE
from boardpack.render.manifest import (
    ALL,
    NAME,
    OWN_CODE,
    SCHEMA,
    SEAL,
    code_places,
    input_places,
    own_code_places,
    parameter_places,
    present,
    sealed_text,
)

CHANGED = "has changed: its bytes are not those that were sealed."
MISSING = "is missing, though it was sealed."
ADDITIONAL = "is additional: it was not there when the build was sealed."
STRANGE = "is sealed as an input, but no paper is made from such a file; it is not used."
STRANGE_CODE = "is sealed as a chapter of the home, but stands where no such file is used."
HIDDEN = "is a hidden file, which no render makes."


def check_seals(sealed: Sealed) -> Step:
    """Hold every file of the build and of its inputs and code to its seal."""
    findings = [*_manifest(sealed)]
    count = 1
    for group in GROUPS:
        named = {n: d for n, d in sealed.group(group).items() if n not in _absent(sealed, group)}
        count += len(named)
        findings += _changed(sealed.root(group), named)
        if group in INPUTS:
            findings += (Finding(n, STRANGE) for n in named if not is_data(n))
        if group == OWN_CODE:
            findings += (Finding(n, STRANGE_CODE) for n in named if not is_own_code(n))
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
        elif leads_out(root, name):
            yield Finding(name, OUT)
        elif not (root / name).is_file():
            yield Finding(name, MISSING)
        elif file_sha256(root / name) != digest:
            yield Finding(name, CHANGED)


def _additional(sealed: Sealed) -> Iterator[Finding]:
    known = {(sealed.root(group), name) for group in GROUPS for name in sealed.group(group)}
    known.add((sealed.build, NAME))
    for name in present(sealed.build, [sealed.build], ALL):
        if (sealed.build, name) not in known:
            yield Finding(name, ADDITIONAL)
        elif is_hidden(name):
            yield Finding(name, HIDDEN)
    for root, places in made_from_places(sealed):
        for name in present(root, places):
            if (root, name) not in known:
                yield Finding(name, ADDITIONAL)


def check_links(sealed: Sealed) -> Step:
    """Links in the build, and links out of its home and its project, before anything is opened."""
    findings = [*links_in(sealed.build)]
    if not findings:
        for root, places in made_from_places(sealed):
            findings += links_out(root, places)
    return Step("Links", 1, "build looked through for links", tuple(dict.fromkeys(findings)))


def made_from_places(sealed: Sealed) -> Iterator[tuple[Path, Iterable[Path]]]:
    """The places, each with its root, of all that a build was made from: all of it was sealed."""
    yield sealed.project, code_places(sealed.project)
    yield sealed.home, own_code_places(sealed.project, sealed.home)
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
