"""The register as scripts for the pages: what the lineage panel shows, down to the cells.

A page opened from a folder may not fetch anything, but it may load a script. The index is loaded
when a reader first opens a number; it says which part has a figure, by the first and the last id in
it, and only that part is loaded. A part stands by itself and is kept small: files, periods, bases
and checks are listed once in it, and a formula or a check is named by its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from typing import Any

from boardpack.figures.figure import PRINTED, Figure, SourceCell
from boardpack.figures.formula import FIGURE_ID
from boardpack.figures.register import Register
from boardpack.outputs.figure_text import exact_text

INDEX, PARTS = "register.js", "register"
"""The index in `_static`, and the folder of the parts beside it."""
MOST = 400
"""So many figures stand in one part."""
_RELEASED = "data/released/"

Checks = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Group:
    """The figures that one chapter owns, under its title; `page` leads to the chapter."""

    title: str
    page: str
    figures: tuple[str, ...]


def register_scripts(groups: Iterable[Group], register: Register, checks: Checks) -> dict[str, str]:
    """The text of each script by its place in `_static`: the index first, then its parts.

    The index lists the groups that have figures, in the order of the paper (title, page, how many
    figures), and the parts (name, place of its group, first and last id).

    A part lists its figures by id. A figure is a list: id, label, value, place of its period, place
    of its basis, 1 for an estimate, its source (a formula with `{place}` for each figure, or a list
    of cells), the places of what earlier papers released for it (latest first), and the places of
    the checks that touch it. Places count from 0; those of figures go on into `others`, which has
    id, label and value of each figure that is named and stands in another part.
    """
    named = [group for group in groups if group.figures]
    known = _Known(register, checks)
    parts: list[list[Any]] = []
    scripts: dict[str, str] = {}
    for place, group in enumerate(named):
        for number, ids in zip(count(1), _cut(group.figures)):
            name = f"{group.page.rpartition('/')[2]}-{number}"
            parts.append([name, place, ids[0], ids[-1]])
            told = _json(_Part(known, ids).told())
            scripts[f"{PARTS}/{name}.js"] = f'window.boardpackParts["{name}"]={told};\n'
    listed = [[group.title, group.page, len(group.figures)] for group in named]
    index = _json({"groups": listed, "parts": parts})
    return {INDEX: f"window.boardpackRegister={index};\n", **scripts}


def _cut(figures: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The figures of a group in order, in runs of one chapter's ids and no more than a part has."""
    for _, own in groupby(sorted(figures), key=lambda identity: identity.partition(".")[0]):
        ids = tuple(own)
        yield from (ids[start : start + MOST] for start in range(0, len(ids), MOST))


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


class _Known:
    """All figures, what was released of each, and the checks that touch it."""

    def __init__(self, register: Register, checks: Checks) -> None:
        self.register, self.checks = register, checks
        self.released = _released(register)
        self.touching: dict[str, list[int]] = {}
        for place, check in enumerate(checks):
            for identity in dict.fromkeys(check["figures"]):
                self.touching.setdefault(identity, []).append(place)


class _Part:
    """What the figures of a part refer to by place."""

    def __init__(self, known: _Known, ids: Sequence[str]) -> None:
        self._known, self._ids = known, ids
        self._places = {identity: place for place, identity in enumerate(ids)}
        self._files: dict[tuple[str, str | None, str | None], int] = {}
        self._periods: dict[str, int] = {}
        self._bases: dict[str, int] = {}
        self._checks: dict[int, int] = {}

    def told(self) -> dict[str, Any]:
        """The part as `register_scripts` states it."""
        figures = [self._figure(self._known.register[identity]) for identity in self._ids]
        others = [self._known.register[identity] for identity in [*self._places][len(self._ids) :]]
        checks = [self._known.checks[place] for place in self._checks]
        return {
            "files": [list(key) for key in self._files],
            "periods": list(self._periods),
            "bases": list(self._bases),
            "figures": figures,
            "others": [[other.id, other.label, _value(other)] for other in others],
            "checks": [[check["title"], check["status"], _said(check)] for check in checks],
        }

    def _figure(self, figure: Figure) -> list[Any]:
        """One figure, in the order that `register_scripts` states."""
        released = self._known.released.get(figure.id.removesuffix(f".{PRINTED}"), ())
        return [
            figure.id,
            figure.label,
            exact_text(figure),
            self._periods.setdefault(figure.period, len(self._periods)),
            self._bases.setdefault(figure.basis, len(self._bases)),
            int(figure.is_estimate),
            self._source(figure),
            [self._place(identity) for identity in released],
            [
                self._checks.setdefault(place, len(self._checks))
                for place in self._known.touching.get(figure.id, ())
            ],
        ]

    def _place(self, identity: str) -> int:
        return self._places.setdefault(identity, len(self._places))

    def _source(self, figure: Figure) -> str | list[list[Any]]:
        if figure.formula is None:
            return [self._cell(item) for item in figure.cells]
        return FIGURE_ID.sub(lambda found: f"{{{self._place(found[0])}}}", figure.formula)

    def _cell(self, item: SourceCell) -> list[Any]:
        cell = item.cell
        file = self._files.setdefault((cell.file, cell.sheet, item.sha256), len(self._files))
        corrected = [] if item.used is None else [item.used, item.why]
        if item.method is not None:  # made from many rows: no one of them is where it was read
            return [file, None, cell.column, item.made_from]
        return [file, cell.row, cell.column, cell.text, *corrected]


def _value(figure: Figure) -> str:
    return exact_text(figure) + (" (estimate)" if figure.is_estimate else "")


def _released(register: Register) -> dict[str, list[str]]:
    """The released figures by the id they were released under, latest first."""
    found: dict[str, list[Figure]] = {}
    for figure in register:
        for item in figure.cells:
            if item.cell.file.startswith(_RELEASED):
                found.setdefault(item.cell.column, []).append(figure)
    return {
        identity: [figure.id for figure in sorted(figures, key=_month, reverse=True)]
        for identity, figures in found.items()
    }


def _month(figure: Figure) -> str:
    return figure.cells[0].cell.file


def _said(check: Mapping[str, Any]) -> str:
    """What a check that did not simply agree says for itself, or who has answered for it."""
    if check["status"] in ("pass", "rounding", "not_applicable"):
        return ""
    if check["status"] == "documented":
        return f"{check['sentence']} {check['cause']}"
    return str(check.get("waiver") or check.get("sentence") or "")
