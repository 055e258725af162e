"""Parameters and words as they stood earlier: kept before they are written over, and brought back.

What is kept of `params/2024-25/M07/alderwick` stands in `params/.earlier/2024-25/M07/alderwick/`,
a numbered folder each time, with `kept.json` beside it saying when, by whom and why. No
paper reads there. Nothing that is kept is ever removed by boardpack; a person may delete it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpack.core.errors import UsageFault
from boardpack.core.run_log import now, who

EARLIER = Path("params/.earlier")
_RECORD = "kept.json"


@dataclass(frozen=True)
class Kept:
    """A parameter file or folder as it stood: its number, when it was kept, by whom and why.

    `copy` is where it stands now.
    """

    number: int
    when: str
    who: str
    why: str
    copy: Path


def keep_before(home: Path, path: Path, why: str) -> Kept | None:
    """Keep a file or folder of `params/` as it stands, before an act that may change it.

    Returns None where there is nothing to keep, or where the last that was kept is the same. The
    copy appears whole or not at all. `path` is below `home`, or relative to it.
    """
    standing = home / path
    if not standing.exists():
        return None
    kept = kept_of(home, path)
    if kept and content_of(kept[-1].copy) == content_of(standing):
        return None
    folder = _folder(home, path)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as parts:
        staged = Path(parts) / "kept"
        staged.mkdir()
        if standing.is_dir():
            shutil.copytree(standing, staged / standing.name)
        else:
            shutil.copyfile(standing, staged / standing.name)
        said = {"when": now(), "who": who(), "why": why}
        (staged / _RECORD).write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
        number = kept[-1].number + 1 if kept else 1
        while not _placed(staged, folder / f"{number:04}"):
            number += 1
    return Kept(number, **said, copy=folder / f"{number:04}" / standing.name)


def kept_of(home: Path, path: Path) -> tuple[Kept, ...]:
    """What is kept of a file or folder, the earliest first."""
    found = (folder for folder in _folder(home, path).glob("[0-9]*") if folder.name.isdecimal())
    ordered = sorted(found, key=lambda folder: int(folder.name))
    return tuple(_kept(folder, path.name) for folder in ordered if (folder / path.name).exists())


def bring_back(home: Path, path: Path, number: int | None = None) -> tuple[Kept, tuple[str, ...]]:
    """Bring back what was kept: that of a number, else the last that is not what stands now.

    What stands is kept first, so that bringing back can itself be undone. Returns what was brought
    back and the files, by their paths below home, that it changed.
    """
    kept = kept_of(home, path)
    now_there = content_of(home / path)
    wanted = [item for item in kept if number in (None, item.number)]
    differing = [item for item in wanted if content_of(item.copy) != now_there]
    if not differing:
        raise UsageFault(_nothing(path, kept, number))
    keep_before(home, path, "before undo")
    chosen = differing[-1]
    return chosen, tuple(_restore(home, path, content_of(chosen.copy), now_there))


def content_of(path: Path) -> dict[str, bytes]:
    """The files of a folder by their paths below it, or a file under an empty path."""
    if path.is_file():
        return {"": path.read_bytes()}
    files = (file for file in path.rglob("*") if file.is_file())
    return {file.relative_to(path).as_posix(): file.read_bytes() for file in files}


def _restore(
    home: Path, path: Path, wanted: dict[str, bytes], standing: dict[str, bytes]
) -> Iterable[str]:
    for name in sorted({*wanted, *standing}):
        file = home / path / name if name else home / path
        if name not in wanted:
            file.unlink()
        elif wanted[name] != standing.get(name):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(wanted[name])
        else:
            continue
        yield (path / name).as_posix() if name else path.as_posix()


def _nothing(path: Path, kept: tuple[Kept, ...], number: int | None) -> str:
    if not kept:
        return f"Nothing earlier is kept of {path.as_posix()}."
    numbers = ", ".join(str(item.number) for item in kept)
    if number is not None and number not in [item.number for item in kept]:
        return f"Of {path.as_posix()} there is no number {number}; kept are {numbers}."
    return f"{path.as_posix()} is as it was kept (kept are {numbers}). Nothing was changed."


def _folder(home: Path, path: Path) -> Path:
    below = (home / path).relative_to(home / "params")
    return home / EARLIER / below


def _kept(folder: Path, name: str) -> Kept:
    said: dict[str, Any] = {}
    with suppress(OSError, ValueError):  # a damaged note makes what is kept no less whole
        said = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    told = {key: str(said.get(key, "not recorded")) for key in ("when", "who", "why")}
    return Kept(int(folder.name), **told, copy=folder / name)


def _placed(staged: Path, place: Path) -> bool:
    """Move into a free place; False where another command has taken the number."""
    if place.exists():
        return False
    try:
        staged.rename(place)
    except FileExistsError:
        return False
    return True
