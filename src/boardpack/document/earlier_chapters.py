"""What the other chapters of a paper found, for a chapter that reads them all.

A render tells such a chapter the folder where the wave before left it. A notebook that somebody
runs by itself finds it in the paper as it was made last: figures from its register, which version
it is from its manifest; the checks and what they would notice are made again from these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpack.checks.engine import run_checks
from boardpack.checks.noticed.figures import FILE as NOTICED
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.core.errors import UsageFault
from boardpack.core.home import build_folder, month_folder, to_render
from boardpack.core.params import Paper, Version
from boardpack.document.content import chapter_of
from boardpack.figures.figure import figure_from_json
from boardpack.figures.ids import ids_of
from boardpack.figures.register import Register
from boardpack.figures.versions import CHAPTER as ASSURANCE
from boardpack.prose.notebook_claims import HELD, held_record
from boardpack.reading.cells import file_sha256

VERSION = "version.json"
"""What chapters of the second wave are told of the version that is being made, in its file."""
REGISTER = "register.json"
"""What the first wave found, in the folder that a render tells its notebooks."""
CHAPTERS = "chapters"
"""The register by chapter, in the same folder (see `figures.register_files`)."""
FIGURES, MANIFEST = "figures.json", "manifest.json"
_WORDS = "/commentary/"
"""In the name of a parameter that is the team's words, on which no figure rests."""


@dataclass(frozen=True)
class Found:
    """The figures of the chapters that ran before, their checks, and what these would notice.

    `paper` is told which version it is.
    """

    paper: Paper
    register: Register
    checks: tuple[dict[str, Any], ...]
    noticed: dict[str, Any] | None
    held: dict[str, Any]
    """What notebooks say in plain words that no figure bears out (see `prose.notebook_claims`)."""


def is_found(folder: Path) -> bool:
    """Whether a render's first wave has left what it found in this folder."""
    return (folder / REGISTER).is_file()


def read_found(paper: Paper, folder: Path) -> Found:
    """What a render left in a folder for its second wave."""
    version, checks = _read(folder / VERSION), _read(folder / "checks.json")["checks"]
    figures = _read(folder / REGISTER)["figures"]
    told = _as_version(paper, version)
    noticed_then, held = _read(folder / NOTICED), _read(folder / HELD)
    return Found(told, _register(told, figures), tuple(checks), noticed_then, held)


def find_built(paper: Paper) -> Found:
    """What the paper that was made last holds.

    UsageFault says which command comes first where there is none, or where an extract or a
    parameter is not as it was then: old figures beside new ones would be read as one paper.
    """
    build = build_folder(paper.home, paper.month, paper.place)
    first = f"Make it first: {to_render(paper.home, paper.month, paper.place)}"
    if not (build / MANIFEST).is_file():
        raise UsageFault(
            "This chapter reads what all others found, and the paper of"
            f" {paper.place_name}, {paper.month.name}, is not made yet. {first}"
        )
    manifest = _read(build / MANIFEST)
    changed = next(_changed(paper, manifest), None)
    if changed is not None:
        raise UsageFault(
            "This chapter reads what all others found, and since the paper was made, this changed:"
            f" {changed}. {first}"
        )
    paper = _as_version(paper, manifest["paper"].get("version"))
    figures = _read(build / FIGURES)["figures"]
    before = (one for one in figures if not one["id"].startswith(f"{ASSURANCE}."))
    register = _register(paper, before)
    made = run_checks(register, paper, complete=False)
    would = noticed_record(noticed(register, made, paper), register, paper)
    checks = tuple(check.to_json() for check in made)
    return Found(paper, register, checks, would, held_record(build / "notebooks", _titles(build)))


def _titles(build: Path) -> dict[str, str]:
    """The titles of a build's notebooks, by their names."""
    notebooks = sorted((build / "notebooks").glob("*.ipynb"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in notebooks}
    return {name: chapter_of(name, text).title for name, text in texts.items()}


def _changed(paper: Paper, manifest: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The extracts and parameters that figures rest on and that are not as the manifest says."""
    inputs, parameters = manifest["inputs"], manifest["parameters"]
    for name, sealed in (*inputs.items(), *parameters.items()):
        file = paper.home / name
        if _WORDS not in name and (not file.is_file() or file_sha256(file) != sealed):
            yield name
    folder = paper.home / month_folder(paper.month)
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        name = file.relative_to(paper.home).as_posix()
        if name not in inputs and not file.name.startswith("."):
            yield name


def _register(paper: Paper, figures: Iterable[dict[str, Any]]) -> Register:
    return Register(map(figure_from_json, figures), ids_of(paper))


def _as_version(paper: Paper, version: Any) -> Paper:
    told = Version.model_validate(version) if version else None
    return paper.model_copy(update={"version": told})


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))
