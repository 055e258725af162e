"""Every file of a build with the file that comes out when it is made again: bytes, then content.

What is compared, and how, is the verifier's decision. Where his Python and platform are those that
the manifest names, bytes must be the same, and where they are not, the second reader says what is
seen otherwise. Where it names another, bytes may differ, and what is seen may not. So whatever a
manifest says of itself, nothing is held to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boardpack.audit.reader.compare import seen_differently
from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.json_object import read_object
from boardpack.audit.verification.performed_again import files_of
from boardpack.audit.verification.sealed import Sealed
from boardpack.reading.cells import file_sha256
from boardpack.render.manifest import NAME

OTHER = "is not the file that comes out when it is made again."
SHOWS_OTHER = "does not show what comes out when it is made again."
MISSING = "is missing: it comes out when the paper is made again."
ADDITIONAL = "is additional: it does not come out when the paper is made again."
MOST = 3
"""As many differences of a file are told in words; the rest are counted."""


@dataclass
class _Held:
    """What became of the files of a build."""

    findings: list[Finding] = field(default_factory=list)
    by_content: int = 0
    unread: list[str] = field(default_factory=list)


def compare_files(sealed: Sealed, again: Path, explained: Iterable[str] = ()) -> Step:
    """Every file of the build; `explained` are those of which a finding already says more."""
    known, names = set(explained), [n for n in files_of(sealed.build, again) if n != NAME]
    held = _Held([*_accounts(sealed, again)])
    for name in names:
        if name not in known:
            _hold(name, sealed.build / name, again / name, sealed.made_here, held)
    counted = "files made again, byte for byte"
    if not sealed.made_here:
        counted = "files made again, content for content where bytes differ"
    note, findings = _note(sealed, held), tuple(held.findings)
    return Step("Outputs", len(names), counted, findings, note, complete=not held.unread)


def _hold(name: str, old: Path, new: Path, strictly: bool, held: _Held) -> None:
    if not old.is_file():
        held.findings.append(Finding(name, MISSING))
    elif not new.is_file():
        held.findings.append(Finding(name, ADDITIONAL))
    elif file_sha256(old) != file_sha256(new):
        said = seen_differently(old, new)
        if strictly or said:
            held.findings += [Finding(name, OTHER if strictly else SHOWS_OTHER)]
            held.findings += (Finding(name, one) for one in _first(said or []))
        elif said is None:
            held.unread.append(name)
        else:
            held.by_content += 1


def _first(said: list[str]) -> Iterator[str]:
    yield from said[:MOST]
    if len(said) > MOST:
        yield f"{len(said) - MOST:,} more differences in what is seen."


def _note(sealed: Sealed, held: _Held) -> str:
    """What a reader must know where the build says that it was made elsewhere."""
    if sealed.made_here:
        return ""
    made = (sealed.record or {}).get("made_with")
    said = (
        f"The build says that it was made with {made}, which is not what this is: "
        f"{held.by_content:,} files of other bytes held content for content."
    )
    if held.unread:
        said += f" Not held, because nothing here reads such a file: {', '.join(held.unread)}."
    return said


def _accounts(sealed: Sealed, again: Path) -> Iterator[Finding]:
    """The manifest's own account: which paper it is, what it tells, what it is made from."""
    old, new = sealed.record or {}, read_object(again / NAME) or {}
    if old.get("paper") != new.get("paper"):
        yield Finding(NAME, f"names the paper {old.get('paper')}, not {new.get('paper')}.")
    if old.get("notes") != new.get("notes"):
        yield Finding(NAME, f"tells its reader {old.get('notes')}, not {new.get('notes')}.")
    for group in ("inputs", "parameters"):
        for name in sorted(_keys(old, group) ^ _keys(new, group)):
            yield Finding(NAME, f"names {name} among its {group}, or leaves it out, wrongly.")


def _keys(record: Mapping[str, Any], group: str) -> set[str]:
    found = record.get(group)
    return set(found) if isinstance(found, dict) else set()
