"""Whether a paper that calls itself released was released, and what its registers of then are.

The word in a manifest proves nothing. A released build has to have its release record, made by two
people, and to be the paper that the record names; a build that was rendered again since, of more
registers or by a later program, has to come to the figures and failing checks that were frozen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from boardpack.audit.bundles.ro_crate import METADATA
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.json_object import read_object
from boardpack.audit.verification.performed_again import records
from boardpack.audit.verification.sealed import Sealed
from boardpack.audit.verification.seals import compared_months
from boardpack.figures.chapters import needs_of
from boardpack.reading.cells import file_sha256
from boardpack.reading.release_records import FILE, RECORD, RELEASED, Release, in_sight
from boardpack.reading.released import version_folder
from boardpack.reading.released_chain import Chain, own_faults
from boardpack.render.manifest import NAME
from boardpack.render.status import seal_of

CHECKS = "checks.json"
KEPT = (RECORD, FILE, CHECKS)
"""What a bundle brings of the release of its paper, so that it can be held."""
COUNTED = "released versions held to their records"


def check_release(sealed: Sealed) -> Step:
    """Hold the status of a build to its release, and the registers that it reads to theirs."""
    if sealed.month is None or not sealed.place:
        told = (Finding(NAME, "names no paper, so that no release can be looked up."),)
        return Step("Release", 0, COUNTED, told)
    own = own_release(sealed)
    compared = tuple(compared_months(sealed))
    months = in_sight(sealed.month, compared)
    held = Chain(sealed.home, months, {*compared, sealed.month.earlier(1)}, own).held()
    findings = [] if own is None else [*_own(sealed, own)]
    findings += [Finding(one.folder, one.what) for one in held.broken if not _is(own, one.folder)]
    notes = ["A draft: nobody has released it." if own is None else _told(own), *held.notes]
    return Step("Release", len(held.releases), COUNTED, tuple(findings), " ".join(notes))


def own_release(sealed: Sealed) -> Release | None:
    """The release that a build claims to be; None for a draft."""
    if sealed.status != "released" or sealed.month is None:
        return None
    number = sealed.version.number if sealed.version else 1
    paper = RELEASED / sealed.month.year_folder / sealed.month.code / sealed.place
    folder = version_folder(paper, number).as_posix()
    return Release(sealed.home, folder, sealed.month, sealed.place, number)


def kept_release(sealed: Sealed) -> list[str]:
    """The files of its own release that travel with a build, by their names below home."""
    own = own_release(sealed)
    names = [] if own is None else [f"{own.folder}/{name}" for name in KEPT]
    return [name for name in names if (sealed.home / name).is_file()]


def _is(own: Release | None, folder: str) -> bool:
    return own is not None and own.folder == folder


def _told(own: Release) -> str:
    record = own.record or {}
    acts = (("prepared", record.get("prepared")), ("approved", record.get("approved")))
    said = [
        f"{act} by {person.get('name')}, {person.get('role')}, {person.get('when')}"
        for act, person in acts
        if isinstance(person, dict)
    ]
    return f"Released as {own.name}{': ' if said else ''}{'; '.join(said)}."


def _own(sealed: Sealed, own: Release) -> Iterator[Finding]:
    """What is wrong with the release that the build claims to be."""
    if not own.has_record:
        said = f"calls the paper released, and there is no {RECORD} in {own.folder}."
        yield Finding(NAME, said)
        return
    faults = [*_faults(sealed, own)]
    yield from (Finding(own.folder, fault) for fault in faults)
    if not faults:
        yield from _as_released(sealed, own)
    for check in records(sealed.build, CHECKS, "checks").values():
        if check.get("status") == "fail" and check.get("severity") == "error":
            yield Finding(str(check["id"]), "fails and no waiver answers for it, in a release.")


def _faults(sealed: Sealed, own: Release) -> Iterator[str]:
    """Of the record and its files; in a bundle, of those that travel."""
    is_bundled = sealed.home == sealed.project and (sealed.home / METADATA).is_file()
    yield from own_faults(own, KEPT if is_bundled else None)
    told, said = own.record or {}, sealed.paper
    if told.get("replaces") != said.get("version") or told.get("data_cut") != said.get("data_cut"):
        yield f"its release record and the {NAME} of the build tell of another version or data cut."


def _as_released(sealed: Sealed, own: Release) -> Iterator[Finding]:
    """The build against what was released: to the byte, or by outcome where it was made again."""
    record = own.record or {}
    manifest = sealed.record or {}
    if file_sha256(sealed.build / NAME) == record.get("manifest"):
        for name in own.files.keys() & {FILE, CHECKS, *sealed.group("outputs")}:
            path = sealed.build / name
            if not path.is_file() or file_sha256(path) != own.files[name]:
                yield Finding(name, f"is not the file that {own.name} released.")
        if seal_of(manifest) != record.get("made_from"):
            yield Finding(own.folder, "its release record names other inputs, parameters or code.")
        return
    frozen = sealed.home / own.folder
    yield from _other_figures(sealed, read_object(frozen / FILE) or {}, own)
    then = {_id(one) for one in _listed(read_object(frozen / CHECKS), "checks") if _fails(one)}
    now = {name for name, one in records(sealed.build, CHECKS, "checks").items() if _fails(one)}
    for name in sorted(then ^ now):
        yield Finding(name, f"fails in one of the build and {own.name} as released, and not both.")


def _other_figures(sealed: Sealed, frozen: Mapping[str, Any], own: Release) -> Iterator[Finding]:
    listed = (one for one in _listed(frozen, "figures") if not one.get("missing"))
    computed = needs_of(sealed.home)
    then = {_id(one): one.get("value") for one in listed if _id(one).split(".")[0] in computed}
    now = {n: one.get("value") for n, one in records(sealed.build, FILE, "figures").items()}
    for name in (name for name in then if then[name] != now.get(name)):
        said = f"the build says {now.get(name)}; {own.name} released {then[name]}."
        yield Finding(name, said)


def _fails(check: Mapping[str, Any]) -> bool:
    return check.get("status") == "fail"


def _id(item: Mapping[str, Any]) -> str:
    return str(item.get("id"))


def _listed(found: Mapping[str, Any] | None, name: str) -> list[dict[str, Any]]:
    items = (found or {}).get(name)
    return [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
