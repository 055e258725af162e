"""A chapter of a home's own to start from: a notebook that works, and its entry.

Its text stands in `templates/home/`. Nothing that stands is ever overwritten.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from boardpack.core.earlier import keep_before
from boardpack.core.errors import Fault, InputFaults, UsageFault
from boardpack.core.home import CHECKOUT, REPORT
from boardpack.core.home_chapters import (
    NOTEBOOKS,
    TEMPLATES,
    ChapterEntry,
    chapter_name,
    own_notebooks,
)
from boardpack.core.parameter_files import part_of_an_id
from boardpack.core.periods import Month
from boardpack.core.report import load_report
from boardpack.figures.chapters import NEEDS
from boardpack.render.chapter_plan import plan_faults

TEXT = CHECKOUT / "templates" / "home" / "chapter.py.j2"
AFTER = "position"
_CELL = re.compile(r"^# %% (\[markdown\] )?([a-z-]+)\n", re.MULTILINE)
_CHAPTERS = re.compile(r"^chapters:[ \t]*(#.*)?$", re.MULTILINE)
_ABOUT = "# What of the chapters is printed, where, and which are our own (docs/inputs.md)."


@dataclass(frozen=True)
class NewChapter:
    """A chapter that was begun: the files that were written or changed, below its home."""

    name: str
    home: Path
    files: tuple[str, ...]

    def text(self) -> str:
        """What was written, and what to do next."""
        return "\n".join(
            (
                f"The chapter {self.name} is begun in {self.home}:",
                *(f"  {file}" for file in self.files),
                "",
                "Next: open the notebook in Jupyter, or run boardpack watch and change its words.",
            )
        )


def begin_chapter(home: Path, name: str, month: Month, title: str = "") -> NewChapter:
    """Write the notebook of a chapter, and list it in the home's parameters.

    UsageFault where the name is taken or is none, InputFaults where the parameters are wrong.
    """
    if home.resolve() == CHECKOUT:
        raise UsageFault(
            "A chapter of the project itself is written as CONTRIBUTING.md says. Name a --home."
        )
    faults: list[Fault] = []
    report = load_report(home, month, faults)
    if report is None:
        raise InputFaults(faults)
    _refuse_name(home, name, report.chapters)
    told = {
        "name": name,
        "title": title or name.replace("_", " ").capitalize(),
        "year": month.year_folder,
        "month": month.code,
        "place": report.default_place,
    }
    file, text = NOTEBOOKS / f"{name}.ipynb", notebook_text(_filled(told))
    listed = _listed((home / REPORT).read_text(encoding="utf-8"), name)
    (home / file).parent.mkdir(parents=True, exist_ok=True)
    (home / file).write_text(text, encoding="utf-8", newline="\n")
    keep_before(home, REPORT, f"before new-chapter {name}")
    (home / REPORT).write_text(listed, encoding="utf-8", newline="\n")
    return NewChapter(name, home, (file.as_posix(), REPORT.as_posix()))


def notebook_text(cells: str) -> str:
    """The notebook of a text whose cells begin with a line `# %% name`, as Jupyter saves it.

    A cell `# %% [markdown] name` is text, and the one named `parameters` is what a run is told.
    """
    _, *parts = _CELL.split(cells)
    found = [
        _cell(bool(is_text), name, source.strip("\n"))
        for is_text, name, source in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    whole = {"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _cell(is_text: bool, name: str, source: str) -> dict[str, Any]:
    lines = source.splitlines(keepends=True)
    if is_text:
        return {"cell_type": "markdown", "id": name, "metadata": {}, "source": lines}
    tags = {"tags": [name]} if name == "parameters" else {}
    found = {"cell_type": "code", "id": name, "metadata": tags, "source": lines}
    return {**found, "execution_count": None, "outputs": []}


def _refuse_name(home: Path, name: str, listed: Mapping[str, ChapterEntry]) -> None:
    try:
        part_of_an_id(name)
    except ValueError as error:
        raise UsageFault(f"{name!r} cannot be a chapter's name: it takes {error}.") from None
    project = {chapter_name(path.stem) for path in (CHECKOUT / NOTEBOOKS).glob("*.ipynb")}
    templates = {path.name.partition(".")[0] for path in (CHECKOUT / TEMPLATES).glob("*.j2")}
    if name in project | templates | set(NEEDS):
        raise UsageFault(f"The project has {name!r} already. Choose another name.")
    own = {chapter_name(path.stem) for path in own_notebooks(home)}
    if name in own or name in listed or (home / TEMPLATES / f"{name}.md.j2").exists():
        raise UsageFault(f"This home has a chapter {name!r} already. Choose another name.")
    if faults := list(plan_faults(CHECKOUT, home, listed)):
        raise InputFaults(faults)


def _listed(report: str, name: str) -> str:
    """The parameters with an entry for the chapter, everything else as it stands."""
    entry = f"  {name}: {{after: {AFTER}}}"
    found = _CHAPTERS.search(report)
    if found:
        return f"{report[: found.end()]}\n{entry}{report[found.end() :]}"
    if re.search(r"^chapters:", report, re.MULTILINE):
        raise UsageFault(
            f"Write chapters: in {REPORT.as_posix()} with an entry on each line below it,"
            " so that one can be added."
        )
    return f"{report.rstrip()}\n\n{_ABOUT}\nchapters:\n{entry}\n"


def _filled(told: Mapping[str, str]) -> str:
    text = TEXT.read_text(encoding="utf-8")
    template = jinja2.Template(text, undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    filled: str = template.render(**told)
    return filled
