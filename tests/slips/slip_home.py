"""A home with a month to slip in: the months before it released, the month itself as it is true.

Every slip is made in the same home and taken back, so that what it does not touch is read and
computed once. Slips are examined as `check` examines a month, and page 1 is written as `render`
writes it.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from boardpack.checks import Check, once
from boardpack.checks.absence import check_absence
from boardpack.checks.engine import run_checks, untraced_checks
from boardpack.checks.likely_causes import without_causes
from boardpack.checks.unadjusted import unadjusted_figures
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.document.chapter import ChapterPaper
from boardpack.figures import computed
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register
from boardpack.reading import released
from boardpack.reading.release_records import FILE
from boardpack.reading.released import released_folder, version_folder
from boardpack.render.examine import examine
from boardpack.render.inputs import check_inputs
from boardpack.render.records import figures_record
from boardpack.subjects.assurance.notices import notices_narrative
from boardpack_demo.make import make_demo
from slip import MONTH, Slip, place_of, slipped_files

PLACE = "alderwick"
"""Whose paper is examined; the registers of a month's papers hold the ICB's figures too."""
RELEASED = 6
"""The month whose paper is released, for a comparison to hold to."""
Stamps = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """What a paper says of a month: faults, or what its checks, page 1 and notes say, and figures.

    What fails is told by id and sentence: one that fails otherwise than before says something new.
    """

    faults: tuple[str, ...] = ()
    failing: frozenset[tuple[str, str]] = frozenset()
    page: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    figures: dict[str, Decimal] | None = None
    broken: str = ""


class SlipHome:
    """The home, and what its paper says of the month as it is true."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        make_demo(folder, months=MONTH.number)
        with _read_once():
            self._release()
            self.register, self.checks = examine(self.paper())
            self.clean = Found(failing=_open(self.checks))
            self.clean = self._found()
        self._kept, self._kept_of = dict(computed._KEPT), computed._OF[0]
        self._once = dict(once._KEPT)
        gc.collect()
        gc.freeze()  # what is kept would be walked through again and again

    def paper(self) -> Paper:
        """The paper of the month."""
        return load_paper(self.folder, MONTH, PLACE)

    def _release(self) -> None:
        paper = load_paper(self.folder, MONTH.earlier(MONTH.number - RELEASED), PLACE)
        register, _ = examine(paper)
        folder = version_folder(self.folder / released_folder(paper, paper.month), 1)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / FILE).write_text(figures_record(paper, register), encoding="utf-8")

    def slipped(self, slip: Slip) -> Found:
        """What the paper says of the month with a slip in it."""
        computed._KEPT.clear()
        computed._KEPT.update(self._kept)  # what was computed of the true month is at hand
        computed._OF[0] = self._kept_of
        once._KEPT.update(self._once)
        with self._made(slip), _read_once():
            return self._found()

    @contextmanager
    def _made(self, slip: Slip) -> Iterator[None]:
        """The slip in the home; afterwards every file is what it was, to its time."""
        changed = slipped_files(slip)
        kept = {name: _kept(self.folder / place_of(name)) for name in changed}
        try:
            for name, content in changed.items():
                _put(self.folder / place_of(name), content)
            yield
        finally:
            for name, (content, stamps) in kept.items():
                path = self.folder / place_of(name)
                _put(path, content)
                if content is not None:
                    os.utime(path, ns=stamps)

    def _found(self) -> Found:
        """As `examine` does; and what page 1 says, where nothing fails that did not.

        What fails is known before it is traced to its root, which would be most of the work.
        """
        try:
            paper = self.paper()
            arrived = check_inputs(paper)
            register = compute(paper, *NEEDS)
            with without_causes():
                fails = _open((*check_absence(register, paper), *untraced_checks(register, paper)))
            is_new = bool(fails - self.clean.failing)
            page = () if is_new else _notices(paper, register, run_checks(register, paper))
        except InputFaults as refused:
            return Found(faults=tuple(map(str, refused.faults)))
        except Exception as error:  # what nobody foresaw is a finding of its own
            return Found(broken=f"{type(error).__name__}: {error}")
        return Found(
            failing=fails,
            page=frozenset(page),
            notes=frozenset(
                str(note)
                for one in arrived
                for note in (one.extract.notes if one.extract is not None else ())
            ),
            figures={figure.id: figure.value for figure in register},
        )


def _open(checks: Iterable[Check]) -> frozenset[tuple[str, str]]:
    return frozenset((one.id, one.sentence) for one in checks if one.is_open)


@contextmanager
def _read_once() -> Iterator[None]:
    """The released register is read once: no slip touches it, and it is as long as a paper."""
    read = released._read
    released._read = _READ
    try:
        yield
    finally:
        released._read = read


_READ = lru_cache(released._read)


def _notices(paper: Paper, register: Register, checks: tuple[Check, ...]) -> tuple[str, ...]:
    """The notices of page 1, a line each."""
    told = tuple(check.to_json() for check in checks)
    known = Register(register)
    for figure in unadjusted_figures(checks, known, paper):
        known.add(figure)
    said = notices_narrative(ChapterPaper("summary", paper, known, (), told))
    return tuple(line for line in said.markdown.splitlines() if line.strip()) if said else ()


def _kept(path: Path) -> tuple[bytes | None, Stamps]:
    if not path.exists():
        return None, (0, 0)
    stat = path.stat()
    return path.read_bytes(), (stat.st_atime_ns, stat.st_mtime_ns)


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.write_bytes(content)
