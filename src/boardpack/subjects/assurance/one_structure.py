"""What page 1 says where the months compared had another structure: what changed, and on which.

Movements and run rates are shown on the structure and the map of the paper's own month (see
`figures.one_structure` and `figures.one_map`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from boardpack.core.dated import in_force
from boardpack.core.periods import Month, named_month
from boardpack.core.structure import ICB, PARTS, Structure, StructureChange
from boardpack.document.chapter import ChapterPaper
from boardpack.reading.folder import Folder
from boardpack.reading.moved_centres import ledger_of, moved_centres
from boardpack.reading.released import read_registers


@dataclass(frozen=True)
class Changed:
    """One change of the structure between the months compared, in words.

    `was` became, joined or was moved to `now` from `since` on; `number` counts cost centres.
    """

    what: Literal["renamed", "joined", "left", "moved"]
    was: str
    now: str
    since: str
    why: str = ""
    number: int = 0
    is_restated: bool = True


def structure_changes(paper: ChapterPaper) -> list[Changed]:
    """What has changed since the earliest month that is compared; nothing where none is."""
    months = [m for m in paper.paper.compared if read_registers(paper.paper, m)]
    if not months:
        return []
    first = min(months)
    return [*_parts(paper, first), *_names(paper, first), *_centres(paper, months)]


def _parts(paper: ChapterPaper, first: Month) -> Iterator[Changed]:
    """Places and directorates that became part of another, or have left."""
    structure = paper.paper.report.structure
    for change in structure.since(first):
        was = structure.name(change.part, change.slug)
        now = _name(structure, change) if change.target else ""
        if change.leaves:
            yield Changed("left", was, now, change.since.name, change.why)
        elif change.into or len(structure.parts(change.part, change.target, first)) > 1:
            yield Changed("joined", was, now, change.since.name, change.why)
        elif was != now:
            yield Changed("renamed", was, now, change.since.name, change.why)


def _name(structure: Structure, change: StructureChange) -> str:
    """What the target was called before the change; of one that began with it, since."""
    before = structure.in_force(change.part, change.since.earlier(1)).get(change.target)
    return before.name if before else structure.name(change.part, change.target)


def _names(paper: ChapterPaper, first: Month) -> Iterator[Changed]:
    """Places and directorates that have another name now."""
    report = paper.paper.report
    for part in PARTS:
        then = report.structure.in_force(part, first)
        for slug, now in report.names(part).items():
            entry = in_force(report.structure.of(part)[slug], paper.paper.month)
            if slug in then and then[slug].name != now and entry and entry.first:
                yield Changed("renamed", then[slug].name, now, entry.first.name)


def _centres(paper: ChapterPaper, months: list[Month]) -> Iterator[Changed]:
    """Cost centres of this place, or of any for the ICB, that have moved from one line to another.

    Told by the lines that they moved between.
    """
    folder, report = Folder(paper.paper), paper.paper.report
    found: dict[tuple[str, str, str], int] = {}
    for moved in moved_centres(folder, min(months)):
        homes = moved.homes
        if paper.place in (homes[0][0], homes[1][0], ICB):
            was, now = (f"{report.directorates[d]} of {report.place_name(p)}" for p, d in homes)
            if homes[0][0] == homes[1][0] == paper.place:
                was, now = (report.directorates[directorate] for _, directorate in homes)
            began = named_month(moved.now["from"])
            key = (was, now, began.name if began else "")
            found[key] = found.get(key, 0) + 1
    touched = [month for month in months if moved_centres(folder, month)]
    is_restated = all(ledger_of(folder, month) is not None for month in touched)
    for (was, now, since), number in found.items():
        yield Changed("moved", was, now, since, number=number, is_restated=is_restated)
