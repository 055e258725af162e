"""The register of a paper as files, one for each chapter that owns figures.

A render computes the register once and leaves it to its notebooks, each of which reads the chapters
that it needs. The file of a chapter holds its figures as `figures.json` has them, the cells that
were left blank, and how its figures have moved since they were released; that of the movements
holds what is of no other chapter. So a notebook rests on no more than what it reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from boardpack.core.seen import Seen, count, unseen
from boardpack.figures.figure import Figure, figure_from_json
from boardpack.figures.ids import Ids
from boardpack.figures.movements import CHAPTER as MOVEMENTS
from boardpack.figures.movements import line_of, moved_chapters
from boardpack.figures.register import Register

ORDER = "-order"
"""The file of the order in which movements are entered: by the month that they are since."""


@dataclass(frozen=True)
class Part:
    """What the file of one chapter holds."""

    figures: tuple[Figure, ...]
    moved: tuple[Figure, ...]
    left_blank: tuple[Figure, ...]
    blank: dict[str, str]
    nil: tuple[str, ...]


def write_register_files(folder: Path, chapters: Iterable[str], register: Register) -> None:
    """Write the register into a folder, a file for each of its `chapters`.

    A file that would come out as it stands is left, and whoever has read it need not again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = ("figures", "moved", "left_blank")
    parts: dict[str, dict[str, Any]] = {
        chapter: {name: [] for name in names} | {"blank": {}, "nil": []} for chapter in chapters
    }
    moved, told = moved_chapters(register), register.to_json()
    order = []
    for figure in told["figures"]:
        chapter = _chapter(figure["id"])
        if chapter == MOVEMENTS:
            parts[moved.get(line_of(figure["id"]), MOVEMENTS)]["moved"].append(figure)
            order.append(figure["id"])
        else:
            parts[chapter]["figures"].append(figure)
    for figure in told["left_blank"]:
        parts[_chapter(figure["id"])]["left_blank"].append(figure)
    for identity, label in told["blank"].items():
        parts[_chapter(identity)]["blank"][identity] = label
    for identity in told["nil"]:
        parts[_chapter(identity)]["nil"].append(identity)
    for name, data in ({ORDER: order} | parts).items():
        file, text = _file(folder, name), json.dumps(data, ensure_ascii=False)
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")


def read_register_files(folder: Path, chapters: Sequence[str], ids: Ids | None) -> Register:
    """The register of these chapters, in this order, and of how their figures have moved."""
    register = Register(ids=ids)
    parts = [_part(_file(folder, chapter)) for chapter in chapters]
    with unseen():  # no two that stay change places unless their released register changes
        order = _order(*_stamped(_file(folder, ORDER)))
    for part in parts:
        for figure in part.figures:
            register.add(figure)
        for figure in part.left_blank:
            register.note_left_blank(figure)
        for identity, label in part.blank.items():
            register.note_blank(identity, label)
        register.note_nil(part.nil)
    moved = (figure for part in parts for figure in part.moved)
    for figure in sorted(moved, key=lambda one: order[one.id]):
        register.add(figure)
    return register


def _chapter(identity: str) -> str:
    return identity.partition(".")[0]


def _file(folder: Path, chapter: str) -> Path:
    return folder / f"{chapter}.json"


def _part(file: Path) -> Part:
    """What a file holds, as it was read before unless it has changed; it counts as looked at."""
    count(Seen({str(file.absolute())}))
    return _read(*_stamped(file))


def _stamped(file: Path) -> tuple[Path, int, int]:
    stat = file.stat()
    return file, stat.st_size, stat.st_mtime_ns


@lru_cache(maxsize=1)
def _order(file: Path, *_stamp: int) -> dict[str, int]:
    listed = json.loads(file.read_text(encoding="utf-8"))
    return {identity: place for place, identity in enumerate(listed)}


@lru_cache(maxsize=64)
def _read(file: Path, *_stamp: int) -> Part:
    data = json.loads(file.read_text(encoding="utf-8"))
    return Part(
        tuple(map(figure_from_json, data["figures"])),
        tuple(map(figure_from_json, data["moved"])),
        tuple(map(figure_from_json, data["left_blank"])),
        data["blank"],
        tuple(data["nil"]),
    )
