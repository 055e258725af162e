"""The month's extracts, read before anything is made, so that all faults are told at once."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import boardpack.sources
from boardpack.errors import Fault, InputFaults
from boardpack.params import Paper
from boardpack.sources.folder import Folder
from boardpack.sources.yearly import yearly_faults


class Received(Protocol):
    """What a reader gives: the rows of a file, or what the rows of a long one come to."""

    @property
    def file(self) -> str:
        """The file that it was read or made from, below home."""

    @property
    def sha256(self) -> str:
        """The file's hash; empty where it is not there, or was made from others."""

    @property
    def row_count(self) -> int:
        """How many records it has."""

    @property
    def notes(self) -> tuple[Fault, ...]:
        """What is odd and stops nothing."""


Reader = Callable[[Folder], Received]


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


@cache
def readers() -> Mapping[str, Reader]:
    """The reader of each extract by its name: `read_x(folder)` of `boardpack.sources.x`."""
    found: dict[str, Reader] = {}
    for module in pkgutil.iter_modules(boardpack.sources.__path__):
        source = importlib.import_module(f"boardpack.sources.{module.name}")
        reader = getattr(source, f"read_{module.name}", None)
        if reader is not None and list(inspect.signature(reader).parameters) == ["folder"]:
            found[module.name] = reader
    return found


def arrivals(paper: Paper) -> tuple[Arrival, ...]:
    """What has come of each extract, by reading it; the corrections too, where they are wrong.

    Reference files that lack the year are told as `reference`.
    """
    folder, faults = _folder(paper)
    told = {"corrections": faults, "reference": tuple(yearly_faults(folder))}
    wrong = tuple(Arrival(name, None, found) for name, found in told.items() if found)
    return (*wrong, *(_arrival(folder, name, reader) for name, reader in readers().items()))


def check_inputs(paper: Paper) -> None:
    """Read every extract; the faults of all of them are raised at once (InputFaults)."""
    faults = [fault for arrival in arrivals(paper) for fault in arrival.faults]
    if faults:
        raise InputFaults(faults)


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
