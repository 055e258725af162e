"""The manifest: what a build was made from and what it is, by SHA-256, so that it can be verified.

No clock and no path of a machine is in it: the same inputs, parameters and code on the same Python
and platform give the same manifest.
"""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from boardpack import __version__
from boardpack.core.home import WORD_REFERENCE, month_folder
from boardpack.core.home_chapters import OWN_FOLDERS
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.core.structure import ICB
from boardpack.reading.cells import file_sha256
from boardpack.reading.file_names import arrived, last_month
from boardpack.reading.release_records import FILE, RECORD, in_sight
from boardpack.reading.released import version_folder
from boardpack.render.layout import Layout

SCHEMA = "boardpack/manifest/1"
NAME = "manifest.json"
SEAL = "seal"
CODE = (
    "src",
    "templates",
    "notebooks",
    "book",
    "_config.yml",
    "GLOSSARY.md",
    "pyproject.toml",
    "requirements.txt",
)
OWN_CODE = "own_code"
"""The group of a home's own notebooks and templates: code, and not the program's."""
Sources = dict[str, dict[str, str]]
"""Hashes by the name of a group (`inputs`), and in it by the name of a file."""

COMPARED_WITH = ("ledger.csv", "corrections.csv")
"""Of each month compared with: what was on cost centres that have moved since."""
PICTURES = ("*.png", "*.svg")
"""Below `params`: a body's logo stands among them, by the name that its report gives."""
WORDS_OF_ICB = ("commentary", "accepted.csv")
"""What of the ICB's own folder stands in every place's paper too."""
PASSING = frozenset({"__pycache__", ".ipynb_checkpoints", ".DS_Store"})
"""What programs leave beside a source. In a build nothing passes by its name."""
ALL: frozenset[str] = frozenset()


def manifest_record(layout: Layout, sources: Sources, notes: Sequence[str] = ()) -> str:
    """The manifest of a build that is otherwise complete, as text.

    `sources` are what it was made from, `notes` what a reader of the summary must know of it.
    """
    told = {"notes": list(notes)}
    return sealed_text({**account(layout.paper), **sources, **contents(layout.new), **told})


def account(paper: Paper) -> dict[str, Any]:
    """What a manifest says of a paper besides its files: which one it is, and made with what."""
    return {"schema": SCHEMA, "paper": _identity(paper), "made_with": made_with()}


def sources_of(layout: Layout) -> Sources:
    """The hashes of a paper's inputs, parameters and code as they are now, by group and name."""
    paper, project = layout.paper, layout.project
    home, month, place = paper.home, paper.month, paper.place
    return {
        "inputs": hashes(
            home, input_places(home, month, place, paper.compared, replaced_by(paper))
        ),
        "parameters": hashes(home, parameter_places(home, month, place)),
        "code": hashes(project, code_places(project)),
        OWN_CODE: hashes(home, own_code_places(project, home)),
    }


def contents(build: Path) -> Sources:
    """The hashes of all files of a build but its manifest, by group and name."""
    return {
        "notebooks": hashes(build, [build / "notebooks"], ALL),
        "records": hashes(build, [build / "figures.json", build / "checks.json"], ALL),
        "outputs": hashes(build, _outputs(build), ALL),
    }


def different(before: Mapping[str, Any], now: Sources) -> tuple[str, ...]:
    """The files, by name, whose hashes in the groups of `now` are not those of `before`."""
    found: list[str] = []
    for group, hashed in now.items():
        told = before.get(group)
        known = told if isinstance(told, dict) else {}
        names = sorted({*known, *hashed})
        found += [name for name in names if known.get(name) != hashed.get(name)]
    return tuple(found)


def sealed_text(record: Mapping[str, Any]) -> str:
    """The one text of a manifest, its seal last: the SHA-256 of all that is before it.

    A manifest says the same in no other bytes, so that a change of any byte of it shows.
    """
    bare = {name: value for name, value in record.items() if name != SEAL}
    seal = hashlib.sha256(_text(bare).encode(errors="replace")).hexdigest()
    return _text({**bare, SEAL: seal})


def _text(record: Mapping[str, Any]) -> str:
    return json.dumps(record, indent=1, ensure_ascii=False) + "\n"


def hashes(root: Path, places: Iterable[Path], passing: Container[str] = PASSING) -> dict[str, str]:
    """The SHA-256 of each file, of each folder's files too, by its path below `root`, sorted."""
    return {name: file_sha256(root / name) for name in present(root, places, passing)}


def present(root: Path, places: Iterable[Path], passing: Container[str] = PASSING) -> list[str]:
    """The files of some places, by their paths below `root`, sorted; some names pass unseen."""
    files = {file for place in places for file in _files(place, passing)}
    return sorted(file.relative_to(root).as_posix() for file in files)


def _files(place: Path, passing: Container[str]) -> Iterable[Path]:
    if place.is_file():
        return [place]
    found = (path for path in place.rglob("*") if path.is_file())
    return [path for path in found if not any(part in passing for part in path.parts)]


def replaced_by(paper: Paper) -> int:
    """The number of the version that a paper replaces; 0 for the first version."""
    return paper.version.replaces if paper.version else 0


def _identity(paper: Paper) -> dict[str, Any]:
    version = {"version": paper.version.model_dump(mode="json")} if paper.version else {}
    return {
        "financial_year": paper.month.year,
        "month": paper.month.number,
        "place": paper.place,
        "status": paper.run.status,
        "data_cut": paper.run.data_cut.isoformat(),
        **version,
    }


def made_with() -> dict[str, str]:
    """What a build is made with here; on the same, the same inputs give the same bytes."""
    return {
        "boardpack": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "platform": f"{sys.platform}-{platform.machine().lower()}",
    }


def input_places(
    home: Path, month: Month, place: str, compared: Iterable[Month], replaced: int = 0
) -> Iterable[Path]:
    """The month's extracts, every place's registers compared with, the reference files.

    The extracts that came last too: the paper looks back at them, and says what has not come again.
    Of every month compared with, and of the month before, which figures continue from, the ledger;
    of this month, the register of the version that the paper replaces. Registers come with the
    release records that hold them: their own, and those of all releases since.
    """
    data, last = home / "data", last_month(home, month)
    compared = tuple(compared)
    for one in (month, *([] if last is None else [last])):
        yield home / month_folder(one)
    for earlier in dict.fromkeys((*compared, month.earlier(1))):
        for file in COMPARED_WITH:
            yield from (home / path for path in arrived(home, month_folder(earlier), file))
        released = data / "released" / earlier.year_folder / earlier.code
        yield released / place
        yield from released.glob("*/figures.json")
        yield from released.glob("*/v*/figures.json")
    for earlier in in_sight(month, compared):
        released = data / "released" / earlier.year_folder / earlier.code
        yield from released.glob(f"*/{RECORD}")
        yield from released.glob(f"*/v*/{RECORD}")
    if replaced:
        own = data / "released" / month.year_folder / month.code / place
        yield from (version_folder(own, replaced) / name for name in (FILE, RECORD))
    yield data / "reference"


def parameter_places(home: Path, month: Month, place: str) -> Iterable[Path]:
    """The parameters of the report, of the month, and of the place's paper with its commentary."""
    params = home / "params"
    yield params / "report.yml"
    yield params / "layouts.yml"
    yield params / "programmes"
    yield params / "schedules"
    yield params / WORD_REFERENCE
    for kind in PICTURES:
        yield from params.glob(kind)
    yield params / month.year_folder / f"{month.code}.yml"
    yield params / month.year_folder / month.code / place
    if place != ICB:  # the ICB's words stand in its paper too
        yield from (params / month.year_folder / month.code / ICB / one for one in WORDS_OF_ICB)


def code_places(project: Path) -> Iterable[Path]:
    """The program, the chapters, the wording and the requirements."""
    return [project / name for name in CODE]


def own_code_places(project: Path, home: Path) -> Iterable[Path]:
    """A home's own notebooks and templates; none where the home is the project itself."""
    if home.resolve() == project.resolve():
        return ()
    return tuple(home / name for name in OWN_FOLDERS)


def _outputs(new: Path) -> Iterable[Path]:
    sealed = {"notebooks", "figures.json", "checks.json", NAME}
    return [path for path in new.iterdir() if path.name not in sealed]
