"""One edition of a paper, as two are compared: its figures, its checks and its wording.

An edition is read from a build, or from a released register, which keeps its wording in
`wording.json`. Registers of papers published before boardpack have figures only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from boardpack.core.errors import Fault, InputFaults, UsageFault
from boardpack.document.blocks import (
    MARKER,
    Block,
    Chart,
    KeyFigures,
    Narrative,
    NotSupplied,
    Picture,
    Table,
    Workings,
)
from boardpack.document.content import Chapter, Heading, read_chapter
from boardpack.reading.release_records import altered_in
from boardpack.reading.released import latest_version, version_folder

FIGURES, CHECKS, WORDING, NOTEBOOKS = "figures.json", "checks.json", "wording.json", "notebooks"
_DIGITS = re.compile(r"\d(?:[\d,.]*\d)?(?:[mk]\b)?")

Record = Mapping[str, Any]


@dataclass(frozen=True)
class Edition:
    """Figures and checks by id, and the paragraphs of each chapter; None for what is not kept.

    `altered` are files of a released paper that are not what its release record says.
    """

    figures: Mapping[str, Record]
    checks: Mapping[str, Record] | None
    wording: Mapping[str, list[str]] | None
    altered: tuple[str, ...] = ()


def read_edition(folder: Path) -> Edition:
    """The edition in a folder: of a released paper, its latest version."""
    found = version_folder(folder, latest_version(folder))
    if not (found / FIGURES).is_file():
        raise UsageFault(
            f"{folder} is no edition of a paper: it holds no {FIGURES}."
            " Name a build or a folder of data/released."
        )
    checks = found / CHECKS
    return Edition(
        _by_id(found / FIGURES, "figures"),
        _by_id(checks, "checks") if checks.is_file() else None,
        _wording(found),
        altered_in(found, (FIGURES, CHECKS, WORDING)),
    )


def wording_of(build: Path) -> dict[str, list[str]]:
    """The paragraphs of each chapter of a build, from its executed notebooks.

    Numbers are left out, for the figures say how they changed: `£2.21m overspent` is
    `£… overspent`, so that a turned direction shows and a changed amount does not.
    """
    return {path.stem: _paragraphs(path) for path in sorted((build / NOTEBOOKS).glob("*.ipynb"))}


def chapters_of(build: Path) -> Iterator[Chapter]:
    """The chapters of a build as its executed notebooks carry them, in order of their names."""
    for path in sorted((build / NOTEBOOKS).glob("*.ipynb")):
        yield read_chapter(path.stem, _json(path))


def _by_id(path: Path, name: str) -> dict[str, Record]:
    try:
        return {item["id"]: item for item in _json(path)[name]}
    except (KeyError, TypeError):
        raise _unreadable(path) from None


def _wording(folder: Path) -> dict[str, list[str]] | None:
    if (folder / NOTEBOOKS).is_dir():
        return wording_of(folder)
    kept = folder / WORDING
    return dict(_json(kept)) if kept.is_file() else None


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _unreadable(path) from None


def _unreadable(path: Path) -> InputFaults:
    expected = "a record that boardpack wrote"
    return InputFaults([Fault(path.as_posix(), expected, "Restore it or render again.")])


def _paragraphs(path: Path) -> list[str]:
    said: list[str] = []
    for item in read_chapter(path.stem, _json(path)).items:
        texts = [item.text] if isinstance(item, Heading) else _texts(item)
        said += [without_numbers(part) for text in texts for part in text.split("\n\n")]
    return [text for text in said if text]


def _texts(block: Block) -> list[str]:
    """What a block says in words."""
    match block:
        case Narrative():
            return [block.markdown]
        case Table():
            return [block.caption, *block.notes]
        case Chart():
            return [block.title]
        case KeyFigures():
            return [f"{item.label}: {item.context}" for item in block.items]
        case NotSupplied():
            return [f"{block.what}: {block.why}"]
        case Picture() | Workings():
            return []
        case _:
            assert_never(block)


def without_numbers(text: str) -> str:
    """A paragraph on one line, the number of each figure in it replaced by an ellipsis.

    >>> without_numbers("It is ⟦a.b.c.d|£2.21m⟧ over at Month 6.")
    'It is £… over at Month 6.'
    """
    marked = MARKER.sub(lambda found: _DIGITS.sub("…", found[2]), text)
    return " ".join(marked.split())
