"""What a watched paper is made of: which files, which have changed, and what a change touches.

Files are looked at by size and time, several times a second; one that looks changed is confirmed
by its SHA-256, so that saving a file as it was does nothing.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from boardpack.core.home_chapters import own_notebooks
from boardpack.reading.cells import file_sha256
from boardpack.render.layout import Layout
from boardpack.render.manifest import (
    code_places,
    input_places,
    own_code_places,
    parameter_places,
    present,
    replaced_by,
)

_PASSING = (".", "~", "#")
_UNFINISHED = (".tmp", ".swp", ".part", ".crdownload", "~")
BOOK = ("book", "_config.yml")
"""What makes the book around the blocks: it is compiled again when any of it changes."""
PROGRAM = ("src", "pyproject.toml", "requirements.txt", "templates/design.yml")
"""What this process has taken in when it began."""
PRINT = ("templates/typst", "templates/word", "templates/page", "templates/audit")
"""What the pages of the book have nothing of."""

STILL = 0.05
"""Seconds for which a changed file must stand still."""

Stamp = tuple[int, int]


@dataclass(frozen=True)
class Reach:
    """What a change touches.

    `first` are the chapters that bear the name of a changed file, `files` the changed files below
    home that figures may rest on. Where not `of_chapters`, no chapter is touched. `of_book`
    compiles the book again; `of_program` needs another process.
    """

    first: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    of_chapters: bool = False
    of_book: bool = False
    of_program: bool = False

    @property
    def is_none(self) -> bool:
        """Whether nothing of the pages is touched."""
        return not self.of_chapters and not self.of_book


@dataclass
class Watched:
    """The files of a paper as they were when last looked at."""

    layout: Layout
    _stamps: dict[Path, Stamp] = field(default_factory=dict)
    _seals: dict[Path, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stamps = self._looked()
        self._seals = {file: _seal(file) for file in self._stamps}

    def changed(self) -> frozenset[Path]:
        """Files that are new, gone or of other content since the last time; empty while moving.

        A file is taken only when it has stood still for a moment: an editor may still be writing.
        """
        now = self._looked()
        moved = {file for file in {*now, *self._stamps} if now.get(file) != self._stamps.get(file)}
        if not moved:
            return frozenset()
        time.sleep(STILL)
        if now != self._looked():
            return frozenset()
        seals = {file: _seal(file) for file in moved if file in now}
        found = frozenset(file for file in moved if seals.get(file) != self._seals.get(file))
        self._stamps = now
        for file in moved:
            self._seals.pop(file, None)
        self._seals.update(seals)
        return found

    def _looked(self) -> dict[Path, Stamp]:
        found: dict[Path, Stamp] = {}
        for file in files_of(self.layout):
            try:
                stat = file.stat()
            except OSError:
                continue
            found[file] = (stat.st_size, stat.st_mtime_ns)
        return found


def files_of(layout: Layout) -> Iterator[Path]:
    """Every file that the paper's pages are made of, without what editors leave beside them."""
    paper, home, project = layout.paper, layout.paper.home, layout.project
    told = paper.compared, replaced_by(paper)
    inputs = input_places(home, paper.month, paper.place, *told)
    parameters = parameter_places(home, paper.month, paper.place)
    own = own_code_places(project, home)
    for root, places in ((home, (*inputs, *parameters, *own)), (project, code_places(project))):
        for name in present(root, places):
            file = root / name
            if not file.name.startswith(_PASSING) and not file.name.endswith(_UNFINISHED):
                yield file


def reach_of(changed: Iterable[Path], layout: Layout) -> Reach:
    """What these changed files touch; of what is not known, everything."""
    files = [file for file in changed if not _is_below(file, layout.project, PRINT)]
    book = [file for file in files if _is_below(file, layout.project, BOOK)]
    program = [file for file in files if _is_below(file, layout.project, PROGRAM)]
    rest = [file for file in files if file not in {*book, *program} - {layout.toc}]
    first = [name for file in rest for name in _opened_as(file.name.split(".")[0], layout)]
    return Reach(
        tuple(dict.fromkeys(first)),
        tuple(_of_figures(rest, layout)),
        of_chapters=bool(rest),
        of_book=bool(book),
        of_program=bool(program),
    )


def _of_figures(files: Iterable[Path], layout: Layout) -> Iterator[str]:
    """The inputs and parameters among these files, by their paths below home, without the words."""
    home = layout.paper.home
    for file in sorted(files):
        if file.parent.name != "commentary" and _is_below(file, home, ("data", "params")):
            yield file.relative_to(home).as_posix()


def _opened_as(stem: str, layout: Layout) -> tuple[str, ...]:
    """The notebooks that are named so, or open the chapter of this name."""
    opening = json.dumps(f'open_chapter("{stem}"')[1:-1]
    paths = dict.fromkeys((*layout.notebooks.glob("*.ipynb"), *own_notebooks(layout.paper.home)))
    return tuple(
        path.stem
        for path in sorted(paths)
        if path.stem == stem or opening in path.read_text(encoding="utf-8")
    )


def _is_below(file: Path, folder: Path, names: tuple[str, ...]) -> bool:
    return any(file.is_relative_to(folder / name) for name in names)


def _seal(file: Path) -> str:
    try:
        return file_sha256(file)
    except OSError:
        return ""
