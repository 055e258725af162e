"""The month performed again from its sealed inputs, in a home of its own, and held to the build.

Only the files that the manifest names are taken along, so a build that leaned on anything else does
not come out the same. The notebooks run in stock kernels, by the route that a render takes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from boardpack.audit.finding import Finding, Step
from boardpack.audit.json_object import read_object
from boardpack.audit.sealed import INPUTS, Sealed
from boardpack.build.layout import Layout
from boardpack.build.manifest import NAME, present
from boardpack.build.progress import Progress
from boardpack.build.render import render
from boardpack.build.status import with_status
from boardpack.errors import BuildFault
from boardpack.paper.blocks import MIME
from boardpack.params import load_paper
from boardpack.sources.cells import file_sha256

Items = Mapping[str, Mapping[str, Any]]


@contextmanager
def performed(sealed: Sealed, progress: Progress) -> Iterator[Path]:
    """The build made again, in a folder that is thrown away; BoardpackError where it cannot be."""
    if sealed.month is None or not sealed.place:
        raise BuildFault("The manifest does not say which month of which place it is.")
    with TemporaryDirectory(prefix="boardpack-", ignore_cleanup_errors=True) as folder:
        home = Path(folder).resolve() / "home"
        for name in (name for group in INPUTS for name in sealed.group(group)):
            _take_along(sealed.home, home, name)
        paper = load_paper(home, sealed.month, sealed.place)
        layout = with_status(Layout(sealed.project, paper), sealed.status, sealed.version)
        yield render(layout, True, progress).target


def _take_along(source: Path, home: Path, name: str) -> None:
    path, target = source / name, (home / name).resolve()
    if path.is_file() and target.is_relative_to(home):
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
    for name in _names(sealed, again, "notebooks"):
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
    for output in _outputs(read_object(notebook) or {}):
        bundled = output.get("data")
        data = bundled.get(MIME) if isinstance(bundled, dict) else None
        if isinstance(data, dict):
            yield data


def _outputs(notebook: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    cells = notebook.get("cells")
    for cell in cells if isinstance(cells, list) else ():
        outputs = cell.get("outputs") if isinstance(cell, dict) else None
        listed = outputs if isinstance(outputs, list) else ()
        yield from (output for output in listed if isinstance(output, dict))


def compare_files(sealed: Sealed, again: Path, explained: Iterable[str]) -> Step:
    """Every file of the build, byte for byte, where it was made on a platform like this one.

    `explained` are files of which a finding already says more. The manifest's own account of the
    paper is compared on any platform; the rest of it is held to its seals.
    """
    findings = [*_accounts(sealed, again)]
    if not sealed.made_here:
        made = (sealed.record or {}).get("made_with")
        note = f"Not compared byte for byte: the build was made with {made}."
        return Step("Outputs", 0, "files made again", tuple(findings), note)
    names = [name for name in _names(sealed.build, again) if name != NAME]
    known = set(explained)
    for name in names:
        if name not in known and not _same(sealed.build / name, again / name):
            findings.append(Finding(name, "is not the file that comes out when it is made again."))
    return Step("Outputs", len(names), "files made again, byte for byte", tuple(findings))


def _accounts(sealed: Sealed, again: Path) -> Iterator[Finding]:
    old, new = sealed.record or {}, read_object(again / NAME) or {}
    if old.get("paper") != new.get("paper"):
        yield Finding(NAME, f"names the paper {old.get('paper')}, not {new.get('paper')}.")


def _same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and file_sha256(one) == file_sha256(other)


def _names(sealed: Path, again: Path, folder: str = ".") -> list[str]:
    """The files of either build below a folder, sorted."""
    found = (present(build, [build / folder]) for build in (sealed, again))
    return sorted({name for names in found for name in names})
