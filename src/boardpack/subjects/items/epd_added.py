"""Files of items added up by an engine: what of it stays in memory, and where the rest stands."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from hashlib import sha256
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from boardpack.core.errors import BuildFault, Fault, InputFaults
from boardpack.core.held_folder import shared_by_run
from boardpack.core.periods import Month
from boardpack.reading.calendar import read_month
from boardpack.reading.long_files import ItemFile
from boardpack.subjects.items import job as item_job
from boardpack.subjects.items.epd_layout import EpdLayout, epd_layout
from boardpack.subjects.items.job import Engine, EngineCannotRead, Job, Summary
from boardpack.subjects.items.sums import ItemSums, OddRows, read_sums, sum_items

OtherKey = tuple[Month, str, str]
_PLAIN = slice(4, 9)
_BREACHES, _CHEMICAL, _UNREADABLE = 9, 10, 11


@dataclass(frozen=True)
class AddedFile:
    """One file: its months, and what is odd in it."""

    name: str
    sha256: str
    months: tuple[Month, ...]
    unknown_headings: tuple[str, ...]
    breaches: OddRows
    odd_snomed: OddRows
    odd_chemical: OddRows


@dataclass(frozen=True)
class Added:
    """Files added up: `placed` by month and practice of the lookup, `others` by PCO too.

    `pcos` are those of the lookup's practices. `folder` holds the sums by presentation.
    """

    files: tuple[AddedFile, ...]
    placed: Mapping[tuple[Month, str], ItemSums]
    others: Mapping[OtherKey, ItemSums]
    pcos: frozenset[str]
    practice_names: Mapping[str, str]
    descriptions: Mapping[str, str]
    folder: Path

    @property
    def months(self) -> list[Month]:
        """The months of the files, in order."""
        return sorted({month for file in self.files for month in file.months})

    @property
    def own(self) -> dict[OtherKey, ItemSums]:
        """Practices that the lookup lacks in a PCO of the lookup: the ICB's own, then."""
        return {key: sums for key, sums in self.others.items() if self._is_own(key)}

    @property
    def outside(self) -> dict[OtherKey, ItemSums]:
        """Practices of PCOs that the lookup has none of."""
        return {key: sums for key, sums in self.others.items() if not self._is_own(key)}

    def _is_own(self, key: OtherKey) -> bool:
        return not key[2] or key[2] in self.pcos


@lru_cache(maxsize=2)
def add_up(items: tuple[ItemFile, ...], known: frozenset[str], engine: Engine) -> Added:
    """The files added up, once in a run: they are told apart by their hashes.

    Raises InputFaults for cells that cannot be read exactly, and for a month that stands in two
    files.
    """
    layouts = tuple(epd_layout(item) for item in items)
    summary, folder = _found(items, layouts, known, engine)
    _refuse_twice(items, summary)
    return _added(items, layouts, known, summary, folder / item_job.SUMS)


def _found(
    items: Sequence[ItemFile], layouts: Sequence[EpdLayout], known: frozenset[str], engine: Engine
) -> tuple[Summary, Path]:
    """The sums that another process of this run has left, else made now; and where they stand.

    Two processes that begin at once both make them, and one of the two is kept.
    """
    told = [(item.name, item.sha256) for item in items], sorted(known), engine
    whole = _folder_of_the_run() / sha256(repr(told).encode()).hexdigest()
    if whole.exists():
        return _summary(items, layouts, known, engine, whole), whole
    begun = Path(tempfile.mkdtemp(dir=whole.parent))
    summary = _summary(items, layouts, known, engine, begun)
    try:
        begun.rename(whole)
    except OSError:  # the other was sooner
        shutil.rmtree(begun, ignore_errors=True)
    return summary, whole


def _folder_of_the_run() -> Path:
    """The folder that a run shares, else one that goes when this process ends."""
    shared = shared_by_run()
    if shared is not None:
        return shared
    folder = Path(tempfile.mkdtemp(prefix="boardpack-items-"))
    Finalize(None, shutil.rmtree, (folder, True), exitpriority=0)
    return folder


def _summary(
    items: Sequence[ItemFile],
    layouts: Sequence[EpdLayout],
    known: frozenset[str],
    engine: Engine,
    folder: Path,
) -> Summary:
    """The sums of the files as they stand; else, having looked at their rows, of mended copies."""
    pairs = list(zip(items, layouts, strict=True))
    sources = [_source(item, layout) for item, layout in pairs]
    try:
        summary = item_job.run(Job(engine, tuple(sources), tuple(sorted(known)), str(folder)))
        wrong = {row[0] for row in summary.practices if row[_UNREADABLE]}
    except EngineCannotRead:
        wrong = set(range(len(items)))
    if not wrong:
        return summary
    shutil.rmtree(folder / item_job.SUMS, ignore_errors=True)
    mended = _mended(pairs, wrong, sources, folder)
    try:
        summary = item_job.run(Job(engine, tuple(mended), tuple(sorted(known)), str(folder)))
    except EngineCannotRead as error:
        raise BuildFault(f"The items could not be added up: {error}") from None
    if any(row[_UNREADABLE] for row in summary.practices):
        raise BuildFault("The items could not be added up: rows and engine disagree about a cell.")
    return summary


def _mended(
    pairs: Sequence[tuple[ItemFile, EpdLayout]],
    wrong: set[int],
    sources: Sequence[dict[str, Any]],
    folder: Path,
) -> list[dict[str, Any]]:
    """Plain copies of files that an engine cannot read; the faults of all are raised at once."""
    from boardpack.subjects.items.epd_rows import mend

    found, faults = list(sources), list[Fault]()
    for number in sorted(wrong):
        target = folder / f"mended_{number}.csv"
        try:
            mend(*pairs[number], target)
        except InputFaults as error:
            faults += error.faults
        found[number] = _plain_source(target)
    if faults:
        raise InputFaults(faults)
    return found


def _source(item: ItemFile, layout: EpdLayout) -> dict[str, Any]:
    """How an engine reads a file; one whose titles hold line breaks is left for mending."""
    from boardpack.subjects.items.engines import Source

    header = layout.table.header
    names: tuple[str, ...] = ()
    skip = 0
    if item.is_parquet:
        names = next(item.records())[1]  # type: ignore[assignment]
    else:
        skip = _lines_above(item, layout.table.line)
    return asdict(Source(str(item.path), item.encoding, skip, len(header), dict(layout.at), names))


def _plain_source(path: Path) -> dict[str, Any]:
    from boardpack.subjects.items.engines import Source
    from boardpack.subjects.items.epd_sums import COLUMNS

    at = {name: place for place, name in enumerate(COLUMNS)}
    return asdict(Source(str(path), "utf-8", 0, len(COLUMNS), at))


def _lines_above(item: ItemFile, header: int) -> int:
    """How many lines stand above the first record: to its own line, or the end of the header."""
    for line, _ in item.records():
        if line > header:
            return line - 1
    return header


def _refuse_twice(items: Sequence[ItemFile], summary: Summary) -> None:
    found: dict[str, set[int]] = {}
    for file, month, *_ in summary.practices:
        found.setdefault(month, set()).add(file)
    faults = []
    for month, files in sorted(found.items()):
        first, *others = sorted(files)
        for other in others:
            expected = f"each month in one file; {read_month(month).name} stands in "
            expected += f"{Path(items[first].name).name} too"
            remedy = "Keep the file that the paper stands on."
            faults.append(Fault(items[other].name, expected, remedy, column="YEAR_MONTH"))
    if faults:
        raise InputFaults(faults)


def _added(
    items: Sequence[ItemFile],
    layouts: Sequence[EpdLayout],
    known: frozenset[str],
    summary: Summary,
    folder: Path,
) -> Added:
    placed: dict[tuple[Month, str], list[ItemSums]] = {}
    others: dict[OtherKey, list[ItemSums]] = {}
    pcos = set()
    for row in summary.practices:
        month, practice, pco = read_month(row[1]), row[2], row[3]
        sums = read_sums(row[_PLAIN])
        if practice in known:
            pcos.add(pco)
            placed.setdefault((month, practice), []).append(sums)
        else:
            others.setdefault((month, practice, pco), []).append(sums)
    return Added(
        tuple(_files(items, layouts, known, summary)),
        {key: sum_items(placed[key]) for key in sorted(placed)},
        {key: sum_items(others[key]) for key in sorted(others)},
        frozenset(pcos),
        dict(summary.practice_names),
        dict(summary.descriptions),
        folder,
    )


def _files(
    items: Sequence[ItemFile],
    layouts: Sequence[EpdLayout],
    known: frozenset[str],
    summary: Summary,
) -> Iterator[AddedFile]:
    from boardpack.subjects.items.epd_rows import odd_lines

    breaches, chemical, snomed = Counter[int](), Counter[int](), dict(summary.odd_snomed)
    for row in summary.practices:
        breaches[row[0]] += row[_BREACHES]
        chemical[row[0]] += row[_CHEMICAL]
    for number, (item, layout) in enumerate(zip(items, layouts, strict=True)):
        counts = breaches[number], snomed.get(number, 0), chemical[number]
        odd = odd_lines(item, layout, known, counts)
        months = {read_month(row[1]) for row in summary.practices if row[0] == number}
        yield AddedFile(item.name, item.sha256, tuple(sorted(months)), layout.unknown, *odd)
