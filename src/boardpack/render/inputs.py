"""The month's extracts, read before anything is made, so that all faults are told at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.home import month_folder
from boardpack.core.params import Paper
from boardpack.reading.file_names import delivered, named_stem
from boardpack.reading.folder import Folder
from boardpack.reading.links import link_faults
from boardpack.reading.named_extracts import name_faults
from boardpack.reading.readers import MADE_FROM, Reader, readers
from boardpack.reading.unchanged import unchanged
from boardpack.reading.yearly import yearly_faults
from boardpack.render.chapter_plan import plan_faults
from boardpack.render.layout import find_project
from boardpack.render.manifest import input_places, parameter_places, replaced_by
from boardpack.render.one_arrival import Arrival

PROVENANCE = "provenance"
STALE = "Ask for this month's, or give the reason under unchanged in the month's parameters."


def arrivals(paper: Paper) -> tuple[Arrival, ...]:
    """What has come of each extract, by reading it.

    The corrections, the parameters that name extracts, and the reference files that lack the year,
    stand among them where they are wrong. Nothing is read while a link leads out of the home.
    """
    home, linked = paper.home, _linked(paper)
    if linked:
        return (Arrival("links", None, linked),)
    folder, faults = _folder(paper)
    told = {
        "corrections": faults,
        "parameters": tuple(name_faults(paper)),
        "reference": tuple(yearly_faults(folder)),
        "chapters": tuple(plan_faults(find_project(home), home, paper.report.chapters)),
    }
    wrong = (Arrival(name, None, found) for name, found in told.items() if found)
    came = [_arrival(folder, name, reader) for name, reader in readers(paper.home).items()]
    return (*wrong, *_stale_told_once(paper, came))


def check_inputs(paper: Paper) -> tuple[Arrival, ...]:
    """Read every extract; the faults of all of them are raised at once (InputFaults).

    One cause is told once: a month without any file, a file that has not come and that
    `provenance.csv` names too, schedules that one file would give, and a file that is last month's,
    whatever a month more would have it say.
    """
    found = arrivals(paper)
    faults = [*_faults(found, month_folder(paper.month))]
    folder = month_folder(paper.month)
    if faults and not delivered(paper.home, folder):
        remedy = "Put the files there: `status` names what last month brought."
        raise InputFaults([Fault(folder.as_posix(), "the month's extracts", remedy)])
    gone = (Path(fault.file) for fault in faults if not (paper.home / fault.file).exists())
    absent = {named_stem(file) for file in gone}
    faults = [fault for fault in faults if not _is_of(fault, absent)]
    if faults:
        raise InputFaults(faults)
    return found


def _stale_told_once(paper: Paper, came: Sequence[Arrival]) -> Iterator[Arrival]:
    """What came, with one fault for a file that is last month's in place of all that are in it."""
    same = unchanged(paper).items() if any(one.faults for one in came) else ()
    stale = {name for name, is_same in same if is_same and f"{name}.csv" not in paper.run.unchanged}

    def told(fault: Fault) -> Fault:
        is_stale = named_stem(Path(fault.file)) in stale
        expected = "this month's file; its content is last month's"
        return Fault(fault.file, expected, STALE) if is_stale else fault

    for one in came:
        yield replace(one, faults=tuple(dict.fromkeys(map(told, one.faults))))


def _faults(found: Iterable[Arrival], folder: Path) -> Iterator[Fault]:
    """Every fault; where all schedules of a unit-level extract are missing, that it has not come.

    Such a fault is the same for each of them, and InputFaults tells it once.
    """
    listed = tuple(found)
    missing = {arrival.name for arrival in listed if arrival.is_missing}
    for arrival in listed:
        detail = MADE_FROM.get(arrival.name)
        schedules = [name for name, of in MADE_FROM.items() if of == detail]
        if detail and len(schedules) > 1 and missing.issuperset(schedules):
            names = ", ".join(f"{name}.csv" for name in schedules)
            expected = f"this extract, or the schedules that it gives: {names}"
            remedy = "Put it there, or name what does not come under not_supplied."
            yield Fault((folder / f"{detail}.csv").as_posix(), expected, remedy)
        else:
            yield from arrival.faults


def _is_of(fault: Fault, absent: set[str]) -> bool:
    """Whether it tells only that the provenance names one of the extracts that are not there."""
    is_provenance = named_stem(Path(fault.file)) == PROVENANCE
    return is_provenance and named_stem(Path(fault.value or "")) in absent


def _linked(paper: Paper) -> tuple[Fault, ...]:
    home, month, place = paper.home, paper.month, paper.place
    inputs = input_places(home, month, place, paper.compared, replaced_by(paper))
    return tuple(link_faults(home, (*inputs, *parameter_places(home, month, place))))


def _folder(paper: Paper) -> tuple[Folder, tuple[Fault, ...]]:
    """The month's folder; where its corrections are wrong, without them and with their faults."""
    try:
        return Folder(paper), ()
    except InputFaults as error:
        return Folder(paper, corrections=()), error.faults


def _arrival(folder: Folder, name: str, reader: Reader) -> Arrival:
    declared = any(Path(file).stem == name for file in folder.paper.run.not_supplied)
    try:
        return Arrival(name, reader(folder), is_declared=declared)
    except InputFaults as error:
        missing = any(not (folder.paper.home / fault.file).exists() for fault in error.faults)
        return Arrival(name, None, error.faults, missing)
