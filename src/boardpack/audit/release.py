"""The release of a paper: what stands against it, and what is kept of it for good.

A release is refused while anything stands against it. Then the paper is rendered without the draft
mark, and its register, checks, wording, manifest and PDF are frozen in `data/released/`, with who
prepared and who reviewed it. Nothing released is ever written over: what comes later is a new
version in a folder of its own, with a list of what it changes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpack.audit.diff import diff
from boardpack.audit.edition import CHECKS, FIGURES, WORDING, wording_of
from boardpack.audit.sealed import Sealed
from boardpack.audit.seals import check_seals
from boardpack.build.layout import Layout
from boardpack.build.manifest import NAME
from boardpack.build.progress import Progress
from boardpack.build.records import write
from boardpack.build.render import Rendered, render
from boardpack.build.status import (
    RECORD,
    made_from,
    of_the_month,
    releases_of,
    status_of,
    with_status,
)
from boardpack.build.swap import locked
from boardpack.errors import FINDINGS, BoardpackError, BuildFault
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.outputs.print_job import PDF
from boardpack.prose.commentary import commentary_claims, read_accepted
from boardpack.prose.commentary import release_findings as commentary_findings
from boardpack.sources.cells import file_sha256
from boardpack.sources.released import latest_version, version_folder

SCHEMA = "boardpack/release/1"
CHANGES = "changes.txt"
FROZEN = (FIGURES, CHECKS, NAME, PDF)


class ReleaseRefused(BoardpackError):
    """What stands against a release, a reason a line."""

    exit_code = FINDINGS

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(["the paper is not released.", *reasons]))


@dataclass(frozen=True)
class Released:
    """A released version: where its register is kept, what it changes, and the build."""

    version: int
    folder: Path
    changes: str
    rendered: Rendered


def release(layout: Layout, preparer: str, reviewer: str, progress: Progress) -> Released:
    """Release a rendered paper; ReleaseRefused says everything that stands against it."""
    with locked(layout.builds / f".lock-release-{layout.work.name}"):
        reasons = release_findings(layout, preparer, reviewer)
        if reasons:
            raise ReleaseRefused(reasons)
        before = _records(layout.target)
        rendered = render(with_status(layout, "released"), False, progress)
        if _records(layout.target) != before:
            raise BuildFault(
                "Rendered for release, the figures or checks came out differently."
                " Nothing was released. Render the paper again and look at what has changed."
            )
        return _freeze(layout, preparer.strip(), reviewer.strip(), rendered)


def release_findings(layout: Layout, preparer: str, reviewer: str) -> tuple[str, ...]:
    """Everything that stands against releasing a paper, each reason in one line."""
    reasons = [*_roles(preparer, reviewer)]
    target = layout.target
    if not (target / NAME).is_file():
        return (*reasons, f"There is no build in {target}: render the paper first.")
    stale = check_seals(Sealed(target, layout.paper.home, layout.project)).findings
    if stale:
        reasons += [f"{finding}" for finding in stale]
        return (*reasons, "The build is not of what is there now: render the paper again.")
    if status_of(layout) == "released":
        reasons.append("This paper has been released, and nothing has changed since.")
    return (*reasons, *_failing(target), *_commentary(layout))


def _roles(preparer: str, reviewer: str) -> Iterator[str]:
    if not preparer.strip() or not reviewer.strip():
        yield "A release needs the role of who prepared it and the role of who reviewed it."
    elif _plain(preparer) == _plain(reviewer):
        yield f"Preparer and reviewer are both {preparer.strip()}: two different roles are needed."


def _plain(role: str) -> str:
    return " ".join(role.casefold().split())


def _failing(target: Path) -> Iterator[str]:
    checks = json.loads((target / CHECKS).read_text(encoding="utf-8"))["checks"]
    for check in checks:
        if check["status"] == "fail" and check["severity"] == "error":
            said = check.get("sentence") or check["title"]
            yield f"The check {check['id']} fails and no waiver answers for it: {said}"


def _commentary(layout: Layout) -> Iterator[str]:
    """What the team's commentary says against the figures, or without one and not accepted."""
    record = json.loads((layout.target / FIGURES).read_text(encoding="utf-8"))
    register = Register(figure_from_json(item) for item in record["figures"])
    claims = commentary_claims(layout.paper, register)
    yield from commentary_findings(claims, read_accepted(layout.paper))


def _records(target: Path) -> tuple[str, str]:
    return file_sha256(target / FIGURES), file_sha256(target / CHECKS)


def _freeze(layout: Layout, preparer: str, reviewer: str, rendered: Rendered) -> Released:
    """Keep the release: written beside, then moved into its place as a whole."""
    folder = releases_of(layout)
    last = latest_version(folder)
    place, staged = version_folder(folder, last + 1), _staged(layout)
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    for name in FROZEN:
        shutil.copyfile(layout.target / name, staged / name)
    _write_json(staged / WORDING, wording_of(layout.target))
    _write_json(staged / RECORD, _record(layout, last + 1, preparer, reviewer))
    changes = diff(folder, layout.target).text() + "\n" if last else ""
    if changes:
        write(staged / CHANGES, changes)
    _move(staged, place)
    return Released(last + 1, place, changes, rendered)


def _staged(layout: Layout) -> Path:
    """Beside the releases and on their disk, so that a move is one step; no input is read there."""
    return layout.paper.home / "data" / f".new-{layout.work.name}"


def _record(layout: Layout, version: int, preparer: str, reviewer: str) -> dict[str, Any]:
    """What was released, by whom, and from what; dated by the data cut, not by a clock."""
    paper, target = layout.paper, layout.target
    return {
        "schema": SCHEMA,
        "financial_year": paper.month.year,
        "month": paper.month.number,
        "place": paper.place,
        "version": version,
        "preparer": preparer,
        "reviewer": reviewer,
        "data_cut": paper.run.data_cut.isoformat(),
        "made_from": made_from(layout),
        "of_the_month": of_the_month(layout),
        "manifest": file_sha256(target / NAME),
        "files": {name: file_sha256(target / name) for name in FROZEN},
    }


def _write_json(path: Path, data: object) -> None:
    write(path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def _move(staged: Path, place: Path) -> None:
    """Put a version in its place, which must be free: nothing released is written over."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and any(place.iterdir()):
        raise BuildFault(f"{place} holds files already, and a release writes over nothing.")
    if place.exists():
        place.rmdir()
    staged.rename(place)
