"""The register as one script for the pages: what the lineage panel shows, down to the cells.

A page opened from a folder may not fetch anything, but it may load a script. This one assigns
`boardpackRegister`; a page loads it when a reader first opens a number. It is kept small: files,
periods and bases are listed once, and a formula or a check names a figure by its place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from boardpack.figures.figure import PRINTED, Figure, SourceCell
from boardpack.figures.formula import FIGURE_ID
from boardpack.figures.register import Register
from boardpack.outputs.figure_text import exact_text

SCRIPT = "register.js"
_RELEASED = "data/released/"

Checks = Sequence[Mapping[str, Any]]


def register_script(register: Register, checks: Checks) -> str:
    """The script's text.

    A figure is a list: id, label, value, place of its period, place of its basis, 1 for an
    estimate, its source (a formula with `{place}` for each figure, or a list of cells), the places
    of what earlier papers released for it (latest first), and the places of the checks that touch
    it. Places count from 0.
    """
    tables = _Tables(register, checks)
    figures = [tables.figure(figure) for figure in register]
    data = {
        "files": [list(key) for key in tables.files],
        "periods": list(tables.periods),
        "bases": list(tables.bases),
        "figures": figures,
        "checks": [[check["title"], check["status"], _said(check)] for check in checks],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"window.boardpackRegister={text};\n"


class _Tables:
    """What the figures refer to by place."""

    def __init__(self, register: Register, checks: Checks) -> None:
        self.places = {figure.id: place for place, figure in enumerate(register)}
        self.files: dict[tuple[str, str | None, str | None], int] = {}
        self.periods: dict[str, int] = {}
        self.bases: dict[str, int] = {}
        self._released = _released(register, self.places)
        self._checks: dict[str, list[int]] = {}
        for place, check in enumerate(checks):
            for identity in dict.fromkeys(check["figures"]):
                self._checks.setdefault(identity, []).append(place)

    def figure(self, figure: Figure) -> list[Any]:
        """One figure, in the order that `register_script` states."""
        return [
            figure.id,
            figure.label,
            exact_text(figure),
            self.periods.setdefault(figure.period, len(self.periods)),
            self.bases.setdefault(figure.basis, len(self.bases)),
            int(figure.is_estimate),
            self._source(figure),
            self._released.get(figure.id.removesuffix(f".{PRINTED}"), []),
            self._checks.get(figure.id, []),
        ]

    def _source(self, figure: Figure) -> str | list[list[Any]]:
        if figure.formula is None:
            return [self._cell(item) for item in figure.cells]
        return FIGURE_ID.sub(lambda found: f"{{{self.places[found[0]]}}}", figure.formula)

    def _cell(self, item: SourceCell) -> list[Any]:
        cell = item.cell
        file = self.files.setdefault((cell.file, cell.sheet, item.sha256), len(self.files))
        corrected = [] if item.used is None else [item.used, item.why]
        text = cell.text if item.method is None else item.made_from
        return [file, cell.row, cell.column, text, *corrected]


def _released(register: Register, places: Mapping[str, int]) -> dict[str, list[int]]:
    """The places of released figures by the id they were released under, latest first."""
    found: dict[str, list[Figure]] = {}
    for figure in register:
        for item in figure.cells:
            if item.cell.file.startswith(_RELEASED):
                found.setdefault(item.cell.column, []).append(figure)
    return {
        identity: [places[f.id] for f in sorted(figures, key=_month, reverse=True)]
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
