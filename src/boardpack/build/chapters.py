"""The chapters of a project: their order in the book, and the wave in which each runs."""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml

from boardpack.build.layout import Layout
from boardpack.errors import BuildFault
from boardpack.paper.content import Chapter, Part, chapter_of


@dataclass(frozen=True)
class PartList:
    """One part of the book, as `book/_toc.yml` lists it: its title and its chapters' names."""

    title: str
    chapters: tuple[str, ...]


def book_parts(toc: Path) -> tuple[PartList, ...]:
    """The parts of the book, in order."""
    data = yaml.safe_load(toc.read_text(encoding="utf-8"))
    groups = data.get("parts") or [{"chapters": data.get("chapters", [])}]
    return tuple(
        PartList(
            group.get("caption", ""), tuple(Path(item["file"]).stem for item in group["chapters"])
        )
        for group in groups
    )


def waves(layout: Layout) -> tuple[tuple[str, ...], ...]:
    """The chapters of each wave, in book order.

    A notebook says `"boardpack": {"wave": 2}` in its metadata when it reads what others found.
    """
    found: dict[int, list[str]] = {}
    for name in chapter_names(layout):
        found.setdefault(_wave(layout.notebooks / f"{name}.ipynb"), []).append(name)
    return tuple(tuple(found[number]) for number in sorted(found))


def chapter_names(layout: Layout) -> tuple[str, ...]:
    """All chapters in book order; the book and the folder of notebooks must agree."""
    names = tuple(name for part in book_parts(layout.toc) for name in part.chapters)
    present = {path.stem for path in layout.notebooks.glob("*.ipynb")}
    faults = [
        f"book/_toc.yml lists {name}, but there is no notebooks/{name}.ipynb."
        for name in names
        if name not in present
    ]
    faults += [
        f"notebooks/{name}.ipynb is not listed in book/_toc.yml."
        for name in sorted(present.difference(names))
    ]
    if faults:
        raise BuildFault("\n".join(faults))
    return names


def read_parts(layout: Layout, built: bool = False) -> tuple[Part, ...]:
    """The paper's content in book order, from the executed notebooks of the build being made.

    Where it is `built`, from those of the last build.
    """
    executed = layout.target / "notebooks" if built else layout.executed
    return tuple(
        Part(part.title, tuple(_chapter(executed, name) for name in part.chapters))
        for part in book_parts(layout.toc)
    )


def read_chapters(layout: Layout, run: Container[str]) -> tuple[Chapter, ...]:
    """The chapters that have run, in book order."""
    names = (name for part in book_parts(layout.toc) for name in part.chapters)
    return tuple(_chapter(layout.executed, name) for name in names if name in run)


def _chapter(executed: Path, name: str) -> Chapter:
    path = executed / f"{name}.ipynb"
    with _faults_of(path):
        return chapter_of(name, path.read_text(encoding="utf-8"))


def _wave(path: Path) -> int:
    with _faults_of(path):
        notebook = json.loads(path.read_text(encoding="utf-8"))
    return int(notebook["metadata"].get("boardpack", {}).get("wave", 1))


@contextmanager
def _faults_of(path: Path) -> Iterator[None]:
    """BuildFault where the file that is read in the block is no notebook."""
    try:
        yield
    except ValueError as error:
        raise BuildFault(f"{path.name} is not a notebook: {error}.") from None
