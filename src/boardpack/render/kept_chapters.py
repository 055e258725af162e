"""Chapters kept: an executed notebook that would come out as it stands is not run again.

Beside a build stands what each of its chapters was made from: the files that it opened, the
parameters that it asked for and what it was told of the commentary, by their seals. What every
chapter rests on counts as one: the program, what it is made with, and which files there are, since
a file that was not there may be there now. A release and `--again` run every chapter.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from boardpack.core.home import CHECKOUT
from boardpack.core.params import load_paper
from boardpack.core.seen import Seen, answer_seal
from boardpack.prose.commentary_files import commentary_file, commentary_files
from boardpack.reading.cells import file_sha256
from boardpack.render.chapters import planned_chapters
from boardpack.render.layout import Layout
from boardpack.render.manifest import OWN_CODE, Sources, code_places, hashes, made_with

OPENED = ("notebooks/", "book/", "_config.yml", "GLOSSARY.md", "templates/")
"""The parts of the code that a chapter rests on only where it opens them."""
ALWAYS = "templates/design.yml"
EVERY = "every chapter"
PLANNED = "planned"
"""What the home does with a chapter: its title, and why it is left out."""
OF_HOME = ("inputs", "parameters", OWN_CODE)
"""The groups of files that stand below home."""


@dataclass(frozen=True)
class Trace:
    """The seal of an executed notebook, and by name those of all that it was made from."""

    notebook: str
    made_from: dict[str, str]


class Now:
    """What chapters may be made from, as it stands now: the seal of each thing by its name.

    `sources` are the hashes of the paper's files, taken before any chapter runs.
    """

    def __init__(self, layout: Layout, sources: Sources) -> None:
        self._layout, self._sources = layout, sources
        home, project = layout.paper.home.resolve(), layout.project.resolve()
        self._roots = {
            "found": layout.register.resolve(),
            "program": CHECKOUT,
            "project": project,
            "home": home,
        }
        told = [pair for group in OF_HOME for pair in sources[group].items()]
        self._sealed = {home / name: seal for name, seal in told}
        self._sealed |= {project / name: seal for name, seal in sources["code"].items()}
        self._names: dict[str, str | None] = {}
        self._known = {EVERY: self._every()}

    def seal(self, name: str) -> str:
        """The seal of a thing; empty for what is not there."""
        group, _, rest = name.partition(" ")
        if group == "found":  # each wave is told what those before it found
            return self._file(self._roots[group] / rest)
        if name not in self._known:
            self._known[name] = self._looked_up(group, rest)
        return self._known[name]

    def trace(self, notebook: Path, seen: Seen) -> Trace:
        """What a chapter that has just been run was made from."""
        named = (self._named(file) for file in seen.files)
        made_from = {name: self.seal(name) for name in named if name is not None}
        made_from |= {" ".join(question): answer for question, answer in seen.asked.items()}
        every = {name: self.seal(name) for name in (EVERY, f"{PLANNED} {notebook.stem}")}
        return Trace(file_sha256(notebook), every | dict(sorted(made_from.items())))

    def _named(self, file: str) -> str | None:
        """A file's name here; None for the program, which counts as one, and what is no source."""
        if file not in self._names:
            self._names[file] = self._name_of(Path(file).resolve())
        return self._names[file]

    def _name_of(self, file: Path) -> str | None:
        """By the innermost folder that holds it: an environment may lie in a project, or around."""
        passing = (Path(sys.prefix).resolve(), CHECKOUT / "src", self._layout.builds.resolve())
        within = [(root, f"{name} ") for name, root in self._roots.items()]
        within += [(folder, "") for folder in passing]
        around = [(len(root.parts), name) for root, name in within if file.is_relative_to(root)]
        if not around:
            return None
        depth, group = max(around, key=lambda one: one[0])
        return f"{group}{'/'.join(file.parts[depth:])}" if group else None

    def _looked_up(self, group: str, rest: str) -> str:
        paper = self._layout.paper
        if group in self._roots:
            return self._file(self._roots[group] / rest)
        if group == PLANNED:
            planned = planned_chapters(self._layout).get(rest)
            return answer_seal(planned and (planned.title, planned.left_out, planned.words))
        if group == "commentary":
            if not rest:
                return answer_seal(commentary_files(paper))
            file = commentary_file(paper, rest)
            return answer_seal(file.as_posix() if (paper.home / file).exists() else "")
        told = load_paper(paper.home, paper.month, paper.place)  # as a chapter loads it
        return answer_seal(getattr({"Report": told.report, "Run": told.run}[group], rest))

    def _file(self, file: Path) -> str:
        if file in self._sealed:
            return self._sealed[file]
        return file_sha256(file) if file.is_file() else ""

    def _every(self) -> str:
        paper, sources = self._layout.paper, self._sources
        own = self._layout.project.resolve() == CHECKOUT
        code = sources["code"] if own else hashes(CHECKOUT, code_places(CHECKOUT))
        program = {n: seal for n, seal in code.items() if n == ALWAYS or not n.startswith(OPENED)}
        names = [
            name
            for group in OF_HOME
            for name in sources[group]
            if not (paper.home / name).is_relative_to(self._layout.commentary)
        ]
        templates = [name for name in code if name.startswith("templates/")]
        return answer_seal((program, names, templates, made_with(), str(paper.month), paper.place))


class Kept:
    """The executed notebooks that are kept in a folder, by what each was made from."""

    def __init__(self, folder: Path, traces: Mapping[str, Trace]) -> None:
        self._folder, self.traces = folder, dict(traces)

    def stands(self, name: str, now: Now) -> bool:
        """Whether a chapter would come out as the notebook that is kept."""
        trace, notebook = self.traces.get(name), self._folder / f"{name}.ipynb"
        if trace is None or not notebook.is_file() or file_sha256(notebook) != trace.notebook:
            return False
        return all(now.seal(thing) == seal for thing, seal in trace.made_from.items())

    def take(self, names: Iterable[str], executed: Path, now: Now) -> tuple[str, ...]:
        """Put into `executed` the chapters that would come out the same; gives their names."""
        standing = tuple(name for name in names if self.stands(name, now))
        for name in standing:
            shutil.copyfile(self._folder / f"{name}.ipynb", executed / f"{name}.ipynb")
        return standing

    def note(self, executed: Path, seen: Mapping[str, Seen], now: Now) -> None:
        """Note what the chapters that were run have looked at."""
        for name, looked in seen.items():
            self.traces[name] = now.trace(executed / f"{name}.ipynb", looked)


def read_kept(layout: Layout) -> Kept:
    """The chapters of the good build; none where there is no account of them."""
    try:
        record: dict[str, Any] = json.loads(layout.kept.read_text(encoding="utf-8"))
        traces = {name: Trace(**trace) for name, trace in record.items()}
    except (OSError, ValueError, TypeError):
        traces = {}
    return Kept(layout.target / "notebooks", traces)


def write_kept(layout: Layout, kept: Kept) -> None:
    """Keep the account of a build's chapters beside it; it is no part of what is sealed."""
    record = {name: asdict(trace) for name, trace in sorted(kept.traces.items())}
    beside = layout.kept.with_name(f"{layout.kept.name}.new")
    beside.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    beside.replace(layout.kept)
