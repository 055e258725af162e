"""The month performed again from its sealed inputs, in a home of its own, and held to the build.

Only the extracts and parameters that the manifest names are taken along, so a build that leaned on
anything else does not come out the same. The notebooks are the verifier's own, but for those that
he accepted by name (see `own_code`); they run in stock kernels, by the route that a render takes.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.json_object import read_object
from boardpack.audit.verification.links import leads_out
from boardpack.audit.verification.own_code import accepts, compose, own_files
from boardpack.audit.verification.sealed import INPUTS, Sealed, is_data
from boardpack.core.errors import BuildFault
from boardpack.core.held_folder import held_folder
from boardpack.core.params import load_paper
from boardpack.core.workers import workers
from boardpack.document.blocks import MIME
from boardpack.document.content import SHOWN
from boardpack.render.layout import Layout
from boardpack.render.manifest import ALL, present
from boardpack.render.progress import Progress
from boardpack.render.render import render
from boardpack.render.status import with_status

SAFE_PATH = "PYTHONSAFEPATH"
Items = Mapping[str, Mapping[str, Any]]


@contextmanager
def performed(sealed: Sealed, progress: Progress, accept: Collection[str] = ()) -> Iterator[Path]:
    """The build made again, in a folder that is thrown away; BoardpackError where it cannot be."""
    if sealed.month is None or not sealed.place:
        raise BuildFault("The manifest does not say which month of which place it is.")
    with held_folder() as folder:
        home = folder / "home"
        for name in (name for group in INPUTS for name in sealed.group(group) if is_data(name)):
            _take_along(sealed.home, home, name)
        for other in own_files(sealed):
            if accepts(accept, other.name):
                _take_along(sealed.home, home, other.name)
        project = compose(sealed, accept, home.with_name("project"))
        paper = load_paper(home, sealed.month, sealed.place)
        layout = with_status(Layout(project, paper), sealed.status, sealed.version)
        with _own_path(), workers() as pool:
            yield render(layout, True, progress, pool=pool).target


@contextmanager
def _own_path() -> Iterator[None]:
    """No Python that is started takes code from the folder in which the verifier happens to be."""
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


def _take_along(source: Path, home: Path, name: str) -> None:
    path, target = source / name, (home / name).resolve()
    if path.is_file() and target.is_relative_to(home) and not leads_out(source, name):
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def records(build: Path, file: str, name: str) -> Items:
    """The figures or checks of a build by id, as their file has them; none where it is damaged."""
    found = (read_object(build / file) or {}).get(name)
    items = found if isinstance(found, list) else []
    return {str(item["id"]): item for item in items if isinstance(item, dict) and "id" in item}


def compare_records(sealed: Path, again: Path, file: str, name: str) -> Step:
    """Every figure (or check) of the build with the one performed again: all that it says."""
    old, new = records(sealed, file, name), records(again, file, name)
    findings = [*_heads(sealed, again, file, name), *_repeated(sealed, file, name)]
    for item in (*new, *(item for item in old if item not in new)):
        if item not in old:
            findings.append(Finding(item, f"is missing from {file}."))
        elif item not in new:
            findings.append(Finding(item, f"stands in {file}, but no notebook makes it."))
        elif old[item] != new[item]:
            findings.append(Finding(item, _told(old[item], new[item])))
    return Step(name.capitalize(), len(new), f"{name} performed again", tuple(findings))


def _heads(sealed: Path, again: Path, file: str, name: str) -> Iterator[Finding]:
    old, new = (read_object(build / file) or {} for build in (sealed, again))
    for field in sorted({*old, *new} - {name}):
        if old.get(field) != new.get(field):
            yield Finding(file, f"states {field} {old.get(field)!r}, not {new.get(field)!r}.")


def _repeated(build: Path, file: str, name: str) -> Iterator[Finding]:
    found = (read_object(build / file) or {}).get(name)
    if isinstance(found, list) and len(found) != len(records(build, file, name)):
        yield Finding(file, "holds an id twice, or an entry without one.")


def _told(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    fields = [field for field in sorted({*old, *new}) if old.get(field) != new.get(field)]
    if "value" in fields:
        return f"the build says {old.get('value')}; performed again it is {new.get('value')}."
    return f"differs from what was performed again in its {', '.join(fields)}."


def compare_blocks(sealed: Path, again: Path) -> Step:
    """Every block that the notebooks show with the one shown when they were run again."""
    findings: list[Finding] = []
    count = 0
    for name in files_of(sealed, again, "notebooks"):
        old, new = _blocks(sealed / name), _blocks(again / name)
        count += len(new)
        for block in dict.fromkeys((*new, *old)):
            if old.get(block) != new.get(block):
                findings.append(Finding(name, f"{block} is not what it is when run again."))
    return Step("Blocks", count, "blocks performed again", tuple(findings))


def _blocks(notebook: Path) -> dict[str, str]:
    """The blocks of an executed notebook as text, by kind and id; a repeated id is numbered."""
    found: dict[str, str] = {}
    for block in shown(notebook):
        name = f"the {block.get('kind')} {block.get('id')}"
        name = f"{name} ({len(found)})" if name in found else name
        found[name] = json.dumps(block, sort_keys=True)
    return found


def shown(notebook: Path) -> Iterator[dict[str, Any]]:
    """The blocks that an executed notebook shows, as data; of a damaged one what can be read."""
    cells = (read_object(notebook) or {}).get("cells")
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict):
            yield from (data for data in _of_cell(cell) if isinstance(data, dict))


def _of_cell(cell: Mapping[str, Any]) -> Iterator[object]:
    """What a cell carries: the blocks of its outputs; of a Markdown cell those in its metadata."""
    own = cell.get("metadata")
    noted = own.get("boardpack") if isinstance(own, dict) else None
    yield from _listed(noted.get(SHOWN) if isinstance(noted, dict) else None)
    for output in _listed(cell.get("outputs")):
        bundled = output.get("data") if isinstance(output, dict) else None
        yield bundled.get(MIME) if isinstance(bundled, dict) else None


def _listed(found: object) -> list[Any]:
    return found if isinstance(found, list) else []


def files_of(sealed: Path, again: Path, folder: str = ".") -> list[str]:
    """The files of either build below a folder, sorted; none passes by its name."""
    found = (present(build, [build / folder], ALL) for build in (sealed, again))
    return sorted({name for names in found for name in names})
