"""Whether a paper is a draft or released: a release stands for what it was made from, and no more.

A release leaves `release.json` beside the register that it froze. While inputs, parameters and code
are those that it names, the paper renders without the draft mark; when any of them has changed, it
is a draft again, of the next version. `status` in the month's parameters decides nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from boardpack.build.layout import Layout
from boardpack.build.manifest import sources_of
from boardpack.errors import Fault, InputFaults
from boardpack.sources.released import latest_version, released_folder, version_folder

RECORD = "release.json"
Status = Literal["draft", "released"]


def standing_layout(layout: Layout) -> Layout:
    """The paper with the status that it has by its last release."""
    return with_status(layout, status_of(layout))


def with_status(layout: Layout, status: Status) -> Layout:
    """The same paper, to be rendered as a draft or as released."""
    run = layout.paper.run.model_copy(update={"status": status})
    return replace(layout, paper=layout.paper.model_copy(update={"run": run}))


def status_of(layout: Layout) -> Status:
    """`released` where the latest version was made from what is there now, else `draft`."""
    record = release_record(layout)
    same = record is not None and record.get("made_from") == made_from(layout)
    return "released" if same else "draft"


def made_from(layout: Layout) -> str:
    """The SHA-256 over the hashes of a paper's inputs, parameters and code."""
    found = list(sources_of(layout).values())
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def release_record(layout: Layout) -> dict[str, Any] | None:
    """What the latest release of a paper recorded; None for a paper released before boardpack."""
    folder = releases_of(layout)
    path = version_folder(folder, latest_version(folder)) / RECORD
    if not path.exists():
        return None
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        name = path.relative_to(layout.paper.home).as_posix()
        raise InputFaults([Fault(name, "a release record", f"Restore it ({error}).")]) from None
    return found if isinstance(found, dict) else None


def releases_of(layout: Layout) -> Path:
    """The folder of all released versions of a paper."""
    return layout.paper.home / released_folder(layout.paper, layout.paper.month)
