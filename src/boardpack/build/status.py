"""Whether a paper is a draft or released: a release stands for what it was made from, and no more.

A release leaves `release.json` beside the register that it froze. While inputs, parameters and code
are those that it names, the paper renders without the draft mark; when any of them has changed, it
is a draft again, of the next version. `status` in the month's parameters decides nothing.

What a version replaces, from when and why, is told to the paper from these records too, so that no
clock enters it. A draft has the reason from what was last prepared for release.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from boardpack.build.layout import Layout
from boardpack.build.manifest import sources_of
from boardpack.build.proposal import read_proposal
from boardpack.errors import Fault, InputFaults
from boardpack.params import Version
from boardpack.sources.released import latest_version, released_folder, version_folder

RECORD = "release.json"
Status = Literal["draft", "released"]


def standing_layout(layout: Layout) -> Layout:
    """The paper with its status by its last release, and what it replaces."""
    last = latest_version(releases_of(layout))
    record = release_record(layout, last)
    if record is not None:
        released = with_status(layout, "released", _replaced_then(layout, last, record))
        if record.get("made_from") == made_from(released):
            return released
    return with_status(layout, "draft", _replaced_now(layout, last, record))


def with_status(layout: Layout, status: Status, version: Version | None) -> Layout:
    """The same paper, to be rendered as a draft or as released, and as this version."""
    run = layout.paper.run.model_copy(update={"status": status})
    told = {"run": run, "version": version}
    return replace(layout, paper=layout.paper.model_copy(update=told))


def status_of(layout: Layout) -> Status:
    """`released` where the latest version was made from what is there now, else `draft`."""
    return standing_layout(layout).paper.run.status


def made_from(layout: Layout) -> str:
    """The SHA-256 over the hashes of a paper's inputs, parameters and code."""
    return seal_of(sources_of(layout))


def seal_of(sources: Mapping[str, Any]) -> str:
    """The SHA-256 over the hashes of inputs, parameters and code, as a manifest has them too."""
    found = [sources.get(group) for group in ("inputs", "parameters", "code")]
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def release_record(layout: Layout, version: int) -> dict[str, Any] | None:
    """What the release of a version recorded; None for a paper released before boardpack."""
    path = version_folder(releases_of(layout), version) / RECORD
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _damaged(layout, version, str(error)) from None
    return found if isinstance(found, dict) else None


def releases_of(layout: Layout) -> Path:
    """The folder of all released versions of a paper."""
    return layout.paper.home / released_folder(layout.paper, layout.paper.month)


def _replaced_then(layout: Layout, version: int, record: Mapping[str, Any]) -> Version | None:
    """What a released version said that it replaces."""
    told = record.get("replaces")
    try:
        return Version.model_validate(told) if told else None
    except ValidationError:
        raise _damaged(layout, version, "what it replaces cannot be read") from None


def _replaced_now(layout: Layout, last: int, record: Mapping[str, Any] | None) -> Version | None:
    """What a draft made now would replace; the reason as it was prepared, else none yet."""
    if not last:
        return None
    said, proposal = record or {}, read_proposal(layout)
    is_of_it = proposal is not None and proposal.version == last + 1
    return Version(
        number=last + 1,
        replaces=last,
        released=_day(said.get("approved", {}).get("when")),
        data_cut=_day(said.get("data_cut")),
        reason=proposal.reason if proposal is not None and is_of_it else "",
    )


def _day(moment: object) -> dt.date | None:
    return dt.date.fromisoformat(moment[:10]) if isinstance(moment, str) else None


def _damaged(layout: Layout, version: int, why: str) -> InputFaults:
    path = version_folder(releases_of(layout), version) / RECORD
    name = path.relative_to(layout.paper.home).as_posix()
    return InputFaults([Fault(name, "a release record", f"Restore it ({why}).")])
