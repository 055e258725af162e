"""The month's folder of extracts: each file read once, held to its contract, its hash kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.core.report import Report, load_report
from boardpack.core.structure import PARTS, Part
from boardpack.reading.contract import Column, Contract, Kind, read_extract
from boardpack.reading.corrections import Correction, read_corrections
from boardpack.reading.extract import Extract, Row
from boardpack.reading.file_names import arrived
from boardpack.reading.month_and_place import Occasion
from boardpack.reading.readers import MADE_FROM
from boardpack.reading.row_view import RowView

REFERENCE = Path("data/reference")
"""The home's folder of small facts that hold for more than a month: rates, mappings, prices."""


class Folder:
    """`data/raw/<year>/<month>/` of one paper.

    `hashes` gives the SHA-256 of every file read so far, for the lineage of its figures. An extract
    that the month's parameters name under `not_supplied` reads as empty. `corrections` are read
    from the folder unless given.
    """

    def __init__(self, paper: Paper, corrections: Sequence[Correction] | None = None) -> None:
        self.paper = paper
        self.path = paper.raw.relative_to(paper.home)
        self.corrections = (
            read_corrections(paper.home, self.path) if corrections is None else corrections
        )
        self.hashes: dict[str, str] = {}
        self._read: dict[str, Extract] = {}

    def copy(self, paper: Paper) -> Folder:
        """The folder with what has been read of it so far, for the same paper."""
        other = Folder(paper, self.corrections)
        other.hashes, other._read = dict(self.hashes), dict(self._read)
        return other

    @property
    def report(self) -> Report:
        """The report's parameters, where the known places and directorates stand."""
        return self.paper.report

    def read(self, contract: Contract) -> Extract:
        """The extract of this contract; InputFaults tells everything that is wrong with it."""
        if contract.file in self.paper.run.not_supplied:
            return Extract(contract.file, "", ())
        if contract.file not in self._read:
            extract = read_extract(
                self.paper.home, self.path, contract, self.corrections, self._occasion
            )
            self.hashes[extract.file] = extract.sha256
            self._read[contract.file] = extract
        return self._read[contract.file]

    def has(self, file: str) -> bool:
        """Whether the month's folder holds this extract, and the parameters do not disclaim it.

        `ledger.csv` may have come as `ledger.xlsx`; a form that is not read counts as there, so
        that it is told.
        """
        there = arrived(self.paper.home, self.path, file)
        return bool(there) and file not in self.paper.run.not_supplied

    def read_if_there(self, contract: Contract) -> Extract:
        """The extract of this contract; an empty one where the folder does not hold the file."""
        if not self.has(contract.file):
            return Extract(contract.file, "", ())
        return self.read(contract)

    def read_reference(self, contract: Contract, needed: bool = False) -> Extract:
        """The reference file of this contract, kept for lineage; empty where the home has none.

        InputFaults where the file is `needed` and is not there, and for all that is wrong with it.
        """
        file = REFERENCE / contract.file
        if not needed and not (self.paper.home / file).exists():
            return Extract(file.as_posix(), "", ())
        extract = read_extract(self.paper.home, REFERENCE, contract)
        self.hashes[extract.file] = extract.sha256
        return extract

    def read_or_make(self, contract: Contract, make: Callable[[Folder], Extract]) -> Extract:
        """A schedule where the folder holds it, else made from the unit-level file of it.

        Holding both is a fault: the paper would not say which of them it stands on.
        """
        if contract.file in self.paper.run.not_supplied:
            return self.read(contract)
        detail = f"{MADE_FROM[Path(contract.file).stem]}.csv"
        if not self.has(detail):
            self._refuse_neither(contract.file, detail)
            return self.read(contract)
        if self.has(contract.file):
            expected = f"one source: {detail} gives this schedule too"
            file = (self.path / contract.file).as_posix()
            raise InputFaults([Fault(file, expected, "Keep the one that the paper stands on.")])
        if contract.file not in self._read:
            self._read[contract.file] = make(self)
        return self._read[contract.file]

    def _refuse_neither(self, schedule: str, detail: str) -> None:
        if schedule not in self._read and not arrived(self.paper.home, self.path, schedule):
            expected = f"this extract, or {detail}, from which it is made"
            remedy = "Put one there, or name it under not_supplied in the month's parameters."
            raise InputFaults([Fault((self.path / schedule).as_posix(), expected, remedy)])

    @property
    def _occasion(self) -> Occasion:
        return Occasion(self.paper.month, self.paper.place, self.report.places)

    @property
    def columns(self) -> tuple[str, ...]:
        """The places, the central column and the ICB total, in print order."""
        return (*self.report.places, "central", "icb")

    @property
    def file_path(self) -> Path:
        """The folder's path below home."""
        return self.path


def earlier_folder(folder: Folder, month: Month, corrected: str = "") -> Folder:
    """The folder of an earlier month, read as its own paper read it: with the structure of then.

    `corrected` names the file whose corrections of that month count. Whoever compares what is in it
    brings it `on_this_structure`.
    """
    paper, faults = folder.paper, list[Fault]()
    report = load_report(paper.home, month, faults)
    if report is None:
        raise InputFaults(faults)
    run = paper.run.model_copy(update={"not_supplied": {}})
    then = paper.model_copy(update={"month": month, "run": run, "report": report})
    path = then.raw.relative_to(then.home)
    return Folder(then, read_corrections(then.home, path, corrected) if corrected else ())


def state_of(paper: Paper) -> str:
    """What a paper is made from, as it stands now: its parameters, and its files by size and time.

    Equal states give equal figures, so that a process may keep what it has computed. It is no seal:
    the manifest has the hashes.
    """
    paper = paper.model_copy(update={"home": paper.home.resolve()})
    told = [(str(f), f.stat().st_size, f.stat().st_mtime_ns) for f in files_of(paper, words=True)]
    return f"{paper!r} {told}"


def files_of(paper: Paper, words: bool = False) -> list[Path]:
    """The files that a paper may rest on, in order; with its commentary where `words` is asked."""
    home = paper.home.resolve()
    year = paper.raw.parent.relative_to(paper.home)
    folders = ("params", year, "data/reference", "data/released")
    found = (file for folder in folders for file in (home / folder).rglob("*"))
    kept = (file for file in found if words or file.parent.name != "commentary")
    return sorted(file for file in kept if file.is_file())


def columns(kind: Kind, *names: str, empty: bool = False) -> tuple[Column, ...]:
    """Several columns of one kind."""
    return tuple(Column(name, kind, empty) for name in names)


def place_column(folder: Folder, *more: str) -> Column:
    """The column that names a place by slug or by its own name, with `more` such as `icb`."""
    report, words = folder.report, (*folder.report.places, *more)
    names = tuple((report.place_name(slug), slug) for slug in words)
    also = (*report.other_labels("place", folder.paper.month), *names)
    return Column("place", "word", words=words, also=also)


def directorate_column(folder: Folder, *more: str) -> Column:
    """The column that names a directorate as printed, and `more` labels such as `Total`."""
    names = folder.report.directorates
    others = folder.report.other_labels("directorate", folder.paper.month)
    also = tuple((label, names[slug]) for label, slug in others)
    return Column("directorate", "word", words=(*names.values(), *more), also=also)


def column_of_all_months(folder: Folder, part: Part, *more: str) -> Column:
    """The column of a reference file that names a place or directorate of any month so far.

    Whoever reads it has `on_this_structure` say what they are part of now.
    """
    return Column(part, "word", words=(*folder.report.structure.labels(part), *more))


def on_this_structure(folder: Folder, extract: Extract) -> Extract:
    """Rows of earlier months under the place and directorate that they are part of now.

    A label is given as this month's label, a slug as a slug. Rows of what has left are left out.
    """
    if isinstance(extract.rows, RowView) and not extract.rows.says(*PARTS):
        return extract
    rows = (_on_this_structure(folder.report, row) for row in extract)
    return replace(extract, rows=tuple(row for row in rows if row is not None))


def _on_this_structure(report: Report, row: Row) -> Row | None:
    words = dict(row.words)
    for part in PARTS:
        names = report.names(part)
        slug = report.structure.labels(part).get(words.get(part, ""))
        if slug is not None:
            now = report.structure.stands(part, slug)
            if now not in names:
                return None
            words[part] = now if words[part] in report.structure.of(part) else names[now]
    return replace(row, words=words)
