"""The month's extracts, read before anything is made, so that all faults are told at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from boardpack.build.manifest import input_places, parameter_places, replaced_by
from boardpack.errors import Fault, InputFaults
from boardpack.home import month_folder
from boardpack.params import Paper
from boardpack.sources.arrived import delivered
from boardpack.sources.folder import Folder
from boardpack.sources.links import link_faults
from boardpack.sources.named_extracts import name_faults
from boardpack.sources.readers import Reader, Received, readers
from boardpack.sources.yearly import yearly_faults

PROVENANCE = "provenance"


@dataclass(frozen=True)
class Arrival:
    """One extract of the month: its rows, or what is wrong with it, or that it is not there."""

    name: str
    extract: Received | None
    faults: tuple[Fault, ...] = ()
    is_missing: bool = False
    is_declared: bool = False

    @property
    def is_expected(self) -> bool:
        """Whether the month is to bring it: it came, was made, has faults or was disclaimed."""
        came = self.extract is not None and bool(self.extract.sha256)
        return came or bool(self.faults) or self.is_declared


def arrivals(paper: Paper) -> tuple[Arrival, ...]:
    """What has come of each extract, by reading it.

    The corrections, the parameters that name extracts, and the reference files that lack the year,
    stand among them where they are wrong. Nothing is read while a link leads out of the home.
    """
    linked = _linked(paper)
    if linked:
        return (Arrival("links", None, linked),)
    folder, faults = _folder(paper)
    told = {
        "corrections": faults,
        "parameters": tuple(name_faults(paper)),
        "reference": tuple(yearly_faults(folder)),
    }
    wrong = (Arrival(name, None, found) for name, found in told.items() if found)
    return (*wrong, *(_arrival(folder, name, reader) for name, reader in readers().items()))


def check_inputs(paper: Paper) -> tuple[Arrival, ...]:
    """Read every extract; the faults of all of them are raised at once (InputFaults).

    One cause is told once: a month without any file, and a file that has not come and that
    `provenance.csv` names too.
    """
    found = arrivals(paper)
    faults = [fault for arrival in found for fault in arrival.faults]
    folder = month_folder(paper.month)
    if faults and not delivered(paper.home, folder):
        remedy = "Put the files there: `status` names what last month brought."
        raise InputFaults([Fault(folder.as_posix(), "the month's extracts", remedy)])
    absent = {Path(f.file).name for arrival in found if arrival.is_missing for f in arrival.faults}
    faults = [f for f in faults if Path(f.file).stem != PROVENANCE or f.value not in absent]
    if faults:
        raise InputFaults(faults)
    return found


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
