"""The release of a paper in two acts: one person prepares it, another approves it.

Preparing is refused while anything stands against a release. It records exactly what is proposed,
by the seal of its build. Approving releases that and nothing else: the paper is rendered without
the draft mark, and its register, checks, wording, manifest and PDF are frozen in `data/released/`,
with who prepared and who approved it, and when. Nothing released is ever written over: what comes
later is a new version in a folder of its own, with why, and a list of what it changes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from boardpack.audit.comparison.changed_figures import Changed, changed_figures, changes_csv
from boardpack.audit.comparison.differences import differences
from boardpack.audit.comparison.sides import CHECKS, FIGURES, WORDING, read_edition, wording_of
from boardpack.audit.verification.sealed import Sealed
from boardpack.audit.verification.seals import check_seals
from boardpack.core.errors import FINDINGS, BoardpackError, BuildFault
from boardpack.core.params import unconfirmed
from boardpack.core.run_log import now
from boardpack.core.workers import workers
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.outputs.print_job import PDF
from boardpack.prose.commentary import commentary_claims, read_accepted
from boardpack.prose.commentary import release_findings as commentary_findings
from boardpack.prose.notebook_claims import held_claims
from boardpack.prose.stale_words import stale_sentences
from boardpack.reading.cells import file_sha256
from boardpack.reading.release_records import CHAIN, RECORD, SCHEMAS, chain_link
from boardpack.reading.released import latest_version, version_folder
from boardpack.render.layout import Layout
from boardpack.render.manifest import NAME
from boardpack.render.progress import Progress
from boardpack.render.proposal import (
    Person,
    Proposal,
    proposal_file,
    read_proposal,
    write_proposal,
)
from boardpack.render.records import write
from boardpack.render.render import Rendered, render
from boardpack.render.status import made_from, of_the_month, releases_of, with_status
from boardpack.render.swap import locked

SCHEMA = SCHEMAS[-1]
CHANGES, CHANGES_TABLE = "changes.txt", "changes.csv"
FROZEN = (FIGURES, CHECKS, NAME, PDF)


class ReleaseRefused(BoardpackError):
    """What stands against a release, a reason a line."""

    exit_code = FINDINGS

    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(["the paper is not released:", *reasons]))


@dataclass(frozen=True)
class Released:
    """A released version: where its register is kept, what it changes, and the build.

    `changed` are the figures that the version before had otherwise, the largest change first.
    """

    version: int
    folder: Path
    changes: str
    changed: tuple[Changed, ...]
    rendered: Rendered


def prepare(layout: Layout, by: Person, reason: str, progress: Progress) -> Proposal:
    """Propose a rendered paper for release; ReleaseRefused says everything that stands against it.

    `reason` says why it replaces the version before it. A paper that does not say so yet is
    rendered once more, so that whoever approves reads it on page 1.
    """
    with locked(_lock(layout)):
        reasons = preparation_findings(layout, reason)
        if reasons:
            raise ReleaseRefused(reasons)
        version = layout.paper.version
        if version and reason.strip() and version.reason != reason.strip():
            version = version.model_copy(update={"reason": " ".join(reason.split())})
            layout = with_status(layout, "draft", version)
            _render_alike(layout, progress)
        proposal = Proposal(
            version=version.number if version else 1,
            prepared=by,
            when=now(),
            reason=version.reason if version else "",
            made_from=made_from(layout),
            manifest=file_sha256(layout.target / NAME),
        )
        write_proposal(layout, proposal)
        return proposal


def release(layout: Layout, by: Person, progress: Progress) -> Released:
    """Release what was prepared; ReleaseRefused says everything that stands against it."""
    with locked(_lock(layout)):
        reasons = approval_findings(layout, by)
        proposal = read_proposal(layout)
        if reasons or proposal is None:
            raise ReleaseRefused(reasons)
        rendered = _render_alike(with_status(layout, "released", layout.paper.version), progress)
        done = _freeze(layout, proposal, by, rendered)
        proposal_file(layout).unlink()
        return done


def _lock(layout: Layout) -> Path:
    return layout.builds / f".lock-release-{layout.name}"


def _render_alike(layout: Layout, progress: Progress) -> Rendered:
    """Render a paper in another status or with a reason; its figures and checks must not change."""
    before = _records(layout.target)
    with workers() as pool:
        rendered = render(layout, False, progress, pool=pool)
    if _records(layout.target) != before:
        raise BuildFault(
            "Rendered for release, the figures or checks came out differently."
            " Nothing was released. Render the paper again and look at what has changed."
        )
    return rendered


def preparation_findings(layout: Layout, reason: str) -> tuple[str, ...]:
    """Everything that stands against preparing a paper, a reason a line."""
    return (*_without_reason(layout, reason), *release_findings(layout))


def approval_findings(layout: Layout, by: Person) -> tuple[str, ...]:
    """Everything that stands against approving a paper as it was prepared, a reason a line."""
    found = release_findings(layout)
    proposal = read_proposal(layout)
    if proposal is None:
        return found if layout.paper.run.status == "released" else (*found, _unprepared(layout))
    return (*found, *_same_person(proposal.prepared, by), *_not_as_prepared(layout, proposal))


def _unprepared(layout: Layout) -> str:
    paper = layout.paper
    verb = f"boardpack prepare {paper.month.year_folder} {paper.month.code} --place {paper.place}"
    return f"Nobody has prepared this paper for release: {verb} --by 'NAME, ROLE'"


def _not_as_prepared(layout: Layout, proposal: Proposal) -> Iterator[str]:
    manifest = layout.target / NAME
    if manifest.is_file() and file_sha256(manifest) != proposal.manifest:
        yield (
            f"The paper is not the one that {proposal.prepared.in_words} prepared on"
            f" {proposal.when[:10]}: something changed since. Prepare it again."
        )


def _same_person(prepared: Person, by: Person) -> Iterator[str]:
    for what, one, other in (
        ("person", prepared.name, by.name),
        ("role", prepared.role, by.role),
    ):
        if _plain(one) == _plain(other):
            yield f"{other} prepared this paper: another {what} must approve it."


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _without_reason(layout: Layout, reason: str) -> Iterator[str]:
    version = layout.paper.version
    if layout.paper.run.status == "released":
        return
    if version is None and reason.strip():
        yield "This is the first version of this paper: --reason says why one replaces another."
    if version is not None and not (version.reason or reason.strip()):
        yield f"Version {version.replaces} has been released: say with --reason why it is replaced."


def release_findings(layout: Layout) -> tuple[str, ...]:
    """Everything that stands against releasing a paper, whoever does it, each reason in a line."""
    reasons = [*unconfirmed(layout.paper.home, layout.paper.month)]
    target = layout.target
    if not (target / NAME).is_file():
        return (*reasons, f"There is no build in {target}: render the paper first.")
    stale = check_seals(Sealed(target, layout.paper.home, layout.project)).findings
    if stale:
        reasons += [f"{finding}" for finding in stale]
        return (*reasons, "The build is not of what is there now: render the paper again.")
    if layout.paper.run.status == "released":
        reasons.append("This paper has been released, and nothing has changed since.")
    return (*reasons, *_failing(target), *_commentary(layout))


def _failing(target: Path) -> Iterator[str]:
    checks = json.loads((target / CHECKS).read_text(encoding="utf-8"))["checks"]
    for check in checks:
        if check["status"] == "fail" and check["severity"] == "error":
            said = check.get("sentence") or check["title"]
            yield f"The check {check['id']} fails and no waiver answers for it: {said}"


def _commentary(layout: Layout) -> Iterator[str]:
    """Words that the figures contradict, that no reviewer has accepted, or that have gone stale."""
    record = json.loads((layout.target / FIGURES).read_text(encoding="utf-8"))
    register = Register(figure_from_json(item) for item in record["figures"])
    claims = commentary_claims(layout.paper, register)
    claims |= held_claims(layout.target / "notebooks")
    yield from commentary_findings(claims, read_accepted(layout.paper))
    yield from map(str, stale_sentences(layout.paper, register))


def _records(target: Path) -> tuple[str, str]:
    return file_sha256(target / FIGURES), file_sha256(target / CHECKS)


def _freeze(layout: Layout, proposal: Proposal, by: Person, rendered: Rendered) -> Released:
    """Keep the release: written beside, then moved into its place as a whole."""
    folder = releases_of(layout)
    last = latest_version(folder)
    place, staged = version_folder(folder, last + 1), _staged(layout)
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    for name in FROZEN:
        shutil.copyfile(layout.target / name, staged / name)
    _write_json(staged / WORDING, wording_of(layout.target))
    changes, changed = "", tuple[Changed, ...]()
    if last:
        before, after = read_edition(folder), read_edition(layout.target)
        changes = differences(before, after).text() + "\n"
        changed = changed_figures(before.figures, after.figures)
        write(staged / CHANGES, changes)
        write(staged / CHANGES_TABLE, changes_csv(changed))
    record = {**_record(rendered, layout, proposal, by), **_held(layout, staged, place)}
    _write_json(staged / RECORD, record)
    _move(staged, place)
    return Released(last + 1, place, changes, changed, rendered)


def _staged(layout: Layout) -> Path:
    """Beside the releases and on their disk, so that a move is one step; no input is read there."""
    return layout.paper.home / "data" / f".new-{layout.name}"


def _record(rendered: Rendered, layout: Layout, proposal: Proposal, by: Person) -> dict[str, Any]:
    """What was released and from what, who prepared and who approved it, and when."""
    paper, target = rendered.paper, layout.target
    return {
        "schema": SCHEMA,
        "financial_year": paper.month.year,
        "month": paper.month.number,
        "place": paper.place,
        "version": proposal.version,
        "prepared": {**asdict(proposal.prepared), "when": proposal.when},
        "approved": {**asdict(by), "when": now()},
        "replaces": paper.version.model_dump(mode="json") if paper.version else None,
        "data_cut": paper.run.data_cut.isoformat(),
        "made_from": proposal.made_from,
        "of_the_month": of_the_month(layout),
        "proposed_manifest": proposal.manifest,
        "manifest": file_sha256(target / NAME),
    }


def _held(layout: Layout, staged: Path, place: Path) -> dict[str, Any]:
    """What holds a release: the hashes of its files, and the releases that stood before it."""
    paper = layout.paper
    folder = place.relative_to(paper.home).as_posix()
    return {
        "files": {path.name: file_sha256(path) for path in sorted(staged.iterdir())},
        CHAIN: chain_link(paper.home, folder, paper.month, paper.place),
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
