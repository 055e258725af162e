"""Whether a paper is a draft or released: a release stands for what it was made from, and no more.

A release leaves `release.json` beside the register that it froze. A paper stays that release while
what belongs to its month is as it was, to the byte: its extracts, its parameters, its commentary,
and the report as it stood then. What it shares with other months (reference files, layouts, the
registers of other papers, the program) goes on growing: there the outcome decides. While every
figure that was released comes out the same, and no other check fails, nothing has changed for the
reader. Otherwise the paper is a draft again, of the next version. `status` in the month's
parameters decides nothing.

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

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.money import plain
from boardpack.core.params import Version
from boardpack.reading.release_records import RECORD, Release
from boardpack.reading.released import latest_version, released_folder, version_folder
from boardpack.reading.released_chain import own_faults
from boardpack.render.layout import Layout
from boardpack.render.manifest import OWN_CODE, hashes, sources_of
from boardpack.render.proposal import read_proposal

TELLS_NO_READER = {"sensitive", "budget_holders", "item_engine"}
"""Parameters of the report that no page shows and no figure rests on."""
SINCE = frozenset({"chapters", "in_print", "design"})
"""Parameters that came later: a record from before says nothing of those that are not given."""
Status = Literal["draft", "released"]


def standing_layout(layout: Layout) -> Layout:
    """The paper with its status by its last release, and what it replaces."""
    last = latest_version(releases_of(layout))
    record = release_record(layout, last)
    if record is not None:
        released = with_status(layout, "released", _replaced_then(layout, last, record))
        if not _broken(layout, last) and _stands(released, record):
            return released
    return with_status(layout, "draft", _replaced_now(layout, last, record))


def with_status(layout: Layout, status: Status, version: Version | None) -> Layout:
    """The same paper, to be rendered as a draft or as released, and as this version."""
    run = layout.paper.run.model_copy(update={"status": status})
    told = {"run": run, "version": version}
    return replace(layout, paper=layout.paper.model_copy(update=told))


def status_of(layout: Layout) -> Status:
    """`released` where the latest version is what would be made now, else `draft`."""
    return standing_layout(layout).paper.run.status


def _broken(layout: Layout, version: int) -> bool:
    """Whether a release is not what its record says: one that was forged or altered is none."""
    paper = layout.paper
    folder = version_folder(released_folder(paper, paper.month), version).as_posix()
    release = Release(paper.home, folder, paper.month, paper.place, version)
    return any(own_faults(release))


def _stands(layout: Layout, record: Mapping[str, Any]) -> bool:
    """Whether a released paper is what would be made now."""
    if record.get("made_from") == made_from(layout):
        return True
    return record.get("of_the_month") == of_the_month(layout) and comes_out_the_same(layout)


def made_from(layout: Layout) -> str:
    """The SHA-256 over the hashes of a paper's inputs, parameters and code."""
    return seal_of(sources_of(layout))


def seal_of(sources: Mapping[str, Any]) -> str:
    """The SHA-256 over the hashes of inputs, parameters and code, as a manifest has them too."""
    found = [sources.get(group) for group in ("inputs", "parameters", "code")]
    found += [own] if (own := sources.get(OWN_CODE)) else []
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def of_the_month(layout: Layout) -> str:
    """The SHA-256 over what belongs to a paper's month alone, and its report as it stood then."""
    paper = layout.paper
    month = paper.home / "params" / paper.month.year_folder
    places = (paper.raw, month / f"{paper.month.code}.yml", month / paper.month.code / paper.place)
    report = paper.report.model_dump(mode="json", exclude=TELLS_NO_READER)
    report = {name: said for name, said in report.items() if said or name not in SINCE}
    told = {"files": hashes(paper.home, places), "report": report}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def comes_out_the_same(layout: Layout) -> bool:
    """Whether each figure of the last release has its value now, and the same checks fail."""
    from boardpack.figures.chapters import chapters_of
    from boardpack.render.examine import (
        examine,  # it brings in all sources: only where it is needed
    )

    folder = releases_of(layout)
    released = version_folder(folder, latest_version(folder))
    try:
        register, checks = examine(layout.paper)
        figures = json.loads((released / "figures.json").read_text(encoding="utf-8"))["figures"]
        then = json.loads((released / "checks.json").read_text(encoding="utf-8"))["checks"]
    except (InputFaults, OSError):
        return False
    now = {figure.id: plain(figure.value) for figure in register}
    computed = chapters_of(layout.paper)
    told = {
        f["id"]: f["value"]
        for f in figures
        if f["id"].split(".")[0] in computed and not f.get("missing")
    }
    failing = {check.id for check in checks if check.is_open}
    return all(now.get(name) == value for name, value in told.items()) and failing == {
        check["id"] for check in then if check["status"] == "fail"
    }


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
