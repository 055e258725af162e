"""Who changed what of a month's papers, and when: its released versions, and the runs on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpack.core.run_log import Run, read_log
from boardpack.reading.released import latest_version, version_folder
from boardpack.render.layout import Layout
from boardpack.render.proposal import read_proposal
from boardpack.render.status import release_record, releases_of


@dataclass(frozen=True)
class Ran:
    """A run, and the inputs and parameters that are not as at the run before it on that paper."""

    run: Run
    changed: tuple[str, ...]


def versions_of(layout: Layout) -> Iterator[str]:
    """Each released version of a paper, and what waits for approval, a line each."""
    folder = releases_of(layout)
    for version in range(1, latest_version(folder) + 1):
        if (version_folder(folder, version) / "figures.json").exists():
            yield _version(version, release_record(layout, version))
    proposal = read_proposal(layout)
    if proposal is not None:
        who, when = proposal.prepared.in_words, proposal.when
        why = f": {proposal.reason}" if proposal.reason else ""
        yield f"Version {proposal.version} waits for approval; prepared by {who}, {when}{why}"


def _version(version: int, record: Mapping[str, Any] | None) -> str:
    if record is None:
        return f"Version {version}: published before boardpack, without a record"
    if "approved" not in record:
        preparer, reviewer = record.get("preparer"), record.get("reviewer")
        return f"Version {version}: prepared by the {preparer}, reviewed by the {reviewer}"
    acts = (("prepared", record["prepared"]), ("approved", record["approved"]))
    told = ", ".join(f"{act} by {p['name']}, {p['role']}, {p['when']}" for act, p in acts)
    replaced = record.get("replaces")
    why = f". Why: {replaced['reason']}" if replaced else ""
    return f"Version {version}: {told}{why}"


def runs_of(home: Path, month: str, place: str | None) -> tuple[Ran, ...]:
    """The runs on a month (`2024-25 M07`) and on one of its papers or all, the earliest first."""
    runs = [run for run in read_log(home) if run.month == month]
    shown = [run for run in runs if place is None or run.place in (place, "")]
    return tuple(_compared(shown))


def _compared(runs: Iterable[Run]) -> Iterator[Ran]:
    last: dict[str, Run] = {}
    for run in sorted(runs, key=lambda run: run.when):
        before = last.get(run.place)
        if not run.files:
            yield Ran(run, ())
            continue
        yield Ran(run, () if before is None else tuple(_changed(before, run)))
        last[run.place] = run


def _changed(before: Run, run: Run) -> Iterator[str]:
    for name in sorted({*before.files, *run.files}):
        if name not in run.files:
            yield f"{name} (gone)"
        elif before.files.get(name) != run.files[name]:
            yield name if name in before.files else f"{name} (new)"
    if before.made_from != run.made_from and before.files == run.files:
        yield "the program"
