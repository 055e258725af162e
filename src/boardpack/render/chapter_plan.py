"""Which chapters a paper has, in which order and from where: the project's, and a home's own.

`book/_toc.yml` lists the project's chapters; `chapters:` of `params/report.yml` changes that list
for one home, an entry at a time, in the order in which the entries stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from boardpack.core.errors import BuildFault, Fault, InputFaults, nearest
from boardpack.core.home import REPORT
from boardpack.core.home_chapters import (
    NEEDED,
    NOTEBOOKS,
    TEMPLATES,
    ChapterEntry,
    chapter_name,
    own_notebooks,
)
from boardpack.core.in_print import USUAL, InPrint, worded
from boardpack.core.parameter_files import part_of_an_id, row_of
from boardpack.document.chapter import SCHEDULES
from boardpack.figures.chapters import NEEDS
from boardpack.schedules.load import declares

TOC = Path("book/_toc.yml")
_TITLE = re.compile(r"^# +\S")


@dataclass(frozen=True)
class Planned:
    """One chapter of a paper: its notebook, and what the home says of it.

    `words` are the body's for what the project's own headings speak of.
    """

    notebook: Path
    title: str | None = None
    left_out: str | None = None
    words: InPrint = USUAL

    @property
    def name(self) -> str:
        """The notebook's name without its ending: `02_position`."""
        return self.notebook.stem


@dataclass(frozen=True)
class PlannedPart:
    """One part of the book: its title and its chapters in order."""

    title: str
    chapters: tuple[Planned, ...]


def plan_of(
    project: Path, home: Path, entries: Mapping[str, ChapterEntry], words: InPrint = USUAL
) -> tuple[PlannedPart, ...]:
    """The parts of a paper, with the chapters that are left out where they would stand.

    InputFaults where the home asks for what cannot be, BuildFault where the project's own list and
    notebooks do not agree.
    """
    faults = [*plan_faults(project, home, entries)]
    if faults:
        raise InputFaults(faults)
    listed = _project_parts(project)
    _refuse_unlisted(project, listed, entries)
    own = _by_name(_own(project, home))
    parts = [[chapter_name(name) for name in names] for _, names in listed]
    for name, entry in entries.items():
        _place(parts, name, entry)
    files = {name: paths[0] for name, paths in own.items()}
    files |= {chapter_name(path.stem): path for path in (project / NOTEBOOKS).glob("*.ipynb")}

    def planned(name: str) -> Planned:
        entry = entries.get(name, ChapterEntry())
        said = USUAL if name in own else words
        return Planned(files[name], entry.title, entry.leave_out, said)

    has_tables = declares(home)
    return tuple(
        PlannedPart(
            worded(title, words),
            tuple(planned(n) for n in names if n != SCHEDULES or has_tables),
        )
        for (title, _), names in zip(listed, parts, strict=True)
    )


def _place(parts: list[list[str]], name: str, entry: ChapterEntry) -> None:
    """Put a chapter where its entry says; a new one without a place ends the first part."""
    beside = entry.after or entry.before
    stands = any(name in names for names in parts)
    if beside is None and stands:
        return
    if beside is None:
        parts[0].append(name)
        return
    for names in parts:
        if name in names:
            names.remove(name)
    for names in parts:
        if beside in names:
            names.insert(names.index(beside) + (entry.after is not None), name)
            return
    parts[0].append(name)  # its neighbour comes further down in the list, and is told as a fault


def plan_faults(project: Path, home: Path, entries: Mapping[str, ChapterEntry]) -> Iterator[Fault]:
    """What cannot be of what a home says of chapters, and of the notebooks and templates it has."""
    own = _by_name(_own(project, home))
    theirs = {chapter_name(name) for _, names in _project_parts(project) for name in names}
    theirs |= {chapter_name(path.stem) for path in (project / NOTEBOOKS).glob("*.ipynb")}
    for name, entry in entries.items():
        yield from _entry_faults(home, name, entry, entries, theirs, own)
    for name, paths in own.items():
        yield from _notebook_faults(name, paths, name in entries, theirs)
    yield from _template_faults(project, home)


def _entry_faults(
    home: Path,
    name: str,
    entry: ChapterEntry,
    entries: Mapping[str, ChapterEntry],
    theirs: set[str],
    own: Mapping[str, list[Path]],
) -> Iterator[Fault]:
    def fault(expected: str, remedy: str, part: str = "", value: str | None = None) -> Fault:
        path = ("chapters", name, *([part] if part else ()))
        row = row_of(home, REPORT, *path)
        return Fault(REPORT.as_posix(), expected, remedy, row, ".".join(path), value)

    known = [*sorted(theirs), *own]
    if name not in theirs and name not in own:
        expected = f"a chapter of the paper, or a notebook {NOTEBOOKS}/{name}.ipynb of your own"
        yield fault(expected, nearest(name, known), value=name)
        return
    if name in NEEDED and entry.leave_out is not None:
        yield fault(f"{name} in every paper: {NEEDED[name]}", "Take leave_out out.", "leave_out")
    part = "after" if entry.after is not None else "before"
    beside = entry.after or entry.before
    if name == "summary" and beside is not None:
        yield fault(f"summary first: {NEEDED[name]}", f"Take {part} out.", part, beside)
    elif beside == name:
        yield fault("another chapter beside it", "Name its neighbour.", part, beside)
    elif beside == "summary" and part == "before":
        yield fault(f"summary first: {NEEDED[beside]}", "Say after: summary.", part, beside)
    elif beside is not None and beside not in known:
        yield fault("a chapter of the paper", nearest(beside, known), part, beside)
    elif beside in own and _place_in(entries, name) < _place_in(entries, beside):
        remedy = f"Write the entry of {beside} above this one."
        yield fault("a chapter that is listed above", remedy, part, beside)


def _place_in(entries: Mapping[str, ChapterEntry], name: str | None) -> int:
    return next((place for place, one in enumerate(entries) if one == name), -1)


def _notebook_faults(
    name: str, paths: list[Path], is_listed: bool, theirs: set[str]
) -> Iterator[Fault]:
    file = f"{NOTEBOOKS}/{paths[0].name}"
    try:
        part_of_an_id(name)
    except ValueError as error:
        yield Fault(file, str(error), "Rename the notebook.", value=name)
        return
    if len(paths) > 1:
        names = " and ".join(path.name for path in paths)
        yield Fault(file, "one notebook for a chapter", f"Keep one of {names}.", value=name)
    if name in theirs or name in NEEDS:
        what = "a chapter of the project" if name in theirs else "figures of the project"
        expected = f"a name that is not that of {what}"
        yield Fault(file, expected, "Rename the notebook.", value=name)
    elif not is_listed:
        expected = f"an entry for it under chapters in {REPORT.as_posix()}"
        remedy = f"Write there “{name}: {{after: position}}”, or take the notebook away."
        yield Fault(file, expected, remedy, value=name)
    for path in paths:
        yield from _text_faults(path)


def _text_faults(path: Path) -> Iterator[Fault]:
    """A file that is no notebook, or has no title."""
    file = f"{NOTEBOOKS}/{path.name}"
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        titles = [cell for cell in cells if is_title(cell)]
    except (OSError, ValueError, KeyError, TypeError):
        yield Fault(file, "a Jupyter notebook", "Save it from Jupyter, or write it anew.")
        return
    if not titles:
        expected = "a cell of text that begins with “# ” and the chapter's title"
        yield Fault(file, expected, "Write it as the first cell.")


def is_title(cell: Mapping[str, Any]) -> bool:
    """Whether a cell of a notebook holds the chapter's title."""
    return cell["cell_type"] == "markdown" and bool(_TITLE.match("".join(cell["source"])))


def _template_faults(project: Path, home: Path) -> Iterator[Fault]:
    if home.resolve() == project.resolve():
        return
    theirs = {path.name for path in (project / TEMPLATES).glob("*.j2")}
    for path in sorted((home / TEMPLATES).glob("*")):
        file = f"{TEMPLATES.as_posix()}/{path.name}"
        if path.name in theirs:
            expected = "a name that no template of the project has"
            yield Fault(file, expected, "Rename it: the project's own wording is not replaced.")
        elif not path.name.endswith(".j2") and not path.name.startswith("."):
            yield Fault(file, "a template, NAME.md.j2", "Rename it, or take it away.")


def _own(project: Path, home: Path) -> tuple[Path, ...]:
    """A home's own notebooks; none where the home is the project, whose notebooks are listed."""
    if home.resolve() == project.resolve():
        return ()
    return own_notebooks(home)


def _by_name(paths: Iterable[Path]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in paths:
        found.setdefault(chapter_name(path.stem), []).append(path)
    return found


def _project_parts(project: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The parts of the project's book, each with its title and the names of its notebooks.

    Where it has no list, that is one part without chapters.
    """
    toc = project / TOC
    return _parts_in(toc.read_text(encoding="utf-8") if toc.is_file() else "{}")


@cache
def _parts_in(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    data = yaml.safe_load(text)
    groups = data.get("parts") or [{"chapters": data.get("chapters", [])}]
    return tuple(
        (group.get("caption", ""), tuple(Path(item["file"]).stem for item in group["chapters"]))
        for group in groups
    )


def _refuse_unlisted(
    project: Path,
    listed: Iterable[tuple[str, tuple[str, ...]]],
    entries: Mapping[str, ChapterEntry],
) -> None:
    names = [name for _, chapters in listed for name in chapters]
    present = {path.stem for path in (project / NOTEBOOKS).glob("*.ipynb")}
    faults = [
        f"book/_toc.yml lists {name}, but there is no notebooks/{name}.ipynb."
        for name in names
        if name not in present
    ]
    faults += [
        f"notebooks/{name}.ipynb is not listed in book/_toc.yml."
        for name in sorted(present.difference(names))
        if chapter_name(name) not in entries
    ]
    if faults:
        raise BuildFault("\n".join(faults))
