"""The manifest: what a build was made from and what it is, by SHA-256, so that it can be verified.

No clock and no path of a machine is in it: the same inputs, parameters and code on the same Python
and platform give the same manifest.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from boardpack import __version__
from boardpack.build.layout import Layout
from boardpack.params import Paper
from boardpack.sources.cells import file_sha256

SCHEMA = "boardpack/manifest/1"
NAME = "manifest.json"
CODE = (
    "src",
    "templates",
    "notebooks",
    "book",
    "_config.yml",
    "pyproject.toml",
    "requirements.txt",
)
_PASSING = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


def manifest_record(layout: Layout) -> str:
    """The manifest of a build that is otherwise complete, as text."""
    home, project, new = layout.paper.home, layout.project, layout.new
    record = {
        "schema": SCHEMA,
        "paper": _identity(layout.paper),
        "made_with": _made_with(),
        "inputs": hashes(home, _inputs(layout.paper)),
        "parameters": hashes(home, _parameters(layout.paper)),
        "code": hashes(project, (project / name for name in CODE)),
        "notebooks": hashes(new, [new / "notebooks"]),
        "records": hashes(new, [new / "figures.json", new / "checks.json"]),
        "outputs": hashes(new, _outputs(new)),
    }
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def hashes(root: Path, places: Iterable[Path]) -> dict[str, str]:
    """The SHA-256 of each file, of each folder's files too, by its path below `root`, sorted."""
    files = {file for place in places for file in _files(place)}
    named = {file.relative_to(root).as_posix(): file for file in files}
    return {name: file_sha256(named[name]) for name in sorted(named)}


def _files(place: Path) -> Iterable[Path]:
    if place.is_file():
        return [place]
    found = (path for path in place.rglob("*") if path.is_file())
    return [path for path in found if not _PASSING.intersection(path.parts)]


def _identity(paper: Paper) -> dict[str, Any]:
    return {
        "financial_year": paper.month.year,
        "month": paper.month.number,
        "place": paper.place,
        "status": paper.run.status,
        "data_cut": paper.run.data_cut.isoformat(),
    }


def _made_with() -> dict[str, str]:
    return {
        "boardpack": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "platform": f"{sys.platform}-{platform.machine().lower()}",
    }


def _inputs(paper: Paper) -> Iterable[Path]:
    """The month's extracts, the registers compared with, and the reference files."""
    data, month = paper.home / "data", paper.month
    yield paper.raw
    for earlier in paper.run.compare_with:
        yield data / "released" / month.year_folder / earlier / paper.place
    yield data / "reference"


def _parameters(paper: Paper) -> Iterable[Path]:
    params, month = paper.home / "params", paper.month
    yield params / "report.yml"
    yield params / month.year_folder / f"{month.code}.yml"
    yield params / month.year_folder / month.code / paper.place


def _outputs(new: Path) -> Iterable[Path]:
    sealed = {"notebooks", "figures.json", "checks.json", NAME}
    return [path for path in new.iterdir() if path.name not in sealed]
