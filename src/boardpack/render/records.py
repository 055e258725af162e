"""The records of a build: the figures and checks as they stand in `figures.json`, `checks.json`."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from boardpack.checks.noticed.figures import FILE as NOTICED
from boardpack.core.errors import BoardpackError
from boardpack.core.params import Paper
from boardpack.document.blocks import Workings
from boardpack.document.commentary_marks import write_claims
from boardpack.document.content import Chapter
from boardpack.document.earlier_chapters import CHAPTERS, REGISTER, VERSION
from boardpack.figures.chapters import write_all
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.prose.notebook_claims import HELD
from boardpack.render.layout import Layout

FIGURES, CHECKS = "boardpack/figures/1", "boardpack/checks/1"
_json = json.JSONEncoder(ensure_ascii=False).encode


def collect_register(chapters: Iterable[Chapter]) -> Register:
    """The figures that the chapters' workings carry; an id used twice is refused (BuildFault)."""
    return Register(
        figure_from_json(item)
        for chapter in chapters
        for block in chapter.blocks
        if isinstance(block, Workings)
        for item in block.figures
    )


def figures_record(paper: Paper, register: Register) -> str:
    """`figures.json`: one figure a line, so that a change shows as a line."""
    head: dict[str, Any] = {
        "schema": FIGURES,
        "financial_year": paper.month.year,
        "month": paper.month.number,
        "place": paper.place,
    }
    if paper.report.illustrative:
        head["illustrative"] = True
    listed = (*register, *register.suppressed, *register.absent)
    return _lines(head, "figures", [figure.to_json() for figure in listed])


def checks_record(checks: Sequence[Mapping[str, Any]]) -> str:
    """`checks.json`: one check a line."""
    return _lines({"schema": CHECKS}, "checks", checks)


def write_computed(layout: Layout) -> None:
    """Compute the register, hold the commentary against it, and leave both for the notebooks.

    Each notebook of the first wave reads the chapters that it needs, and each its own claims. Where
    an extract lacks what some chapter computes with, nothing is left: each notebook then computes
    by itself, and all that cannot say what they lack.
    """
    (layout.register / REGISTER).unlink(missing_ok=True)  # a watch has found another one before
    try:
        write_all(layout.paper, layout.register / CHAPTERS)
        write_claims(layout.paper, layout.register)
    except BoardpackError:
        shutil.rmtree(layout.register / CHAPTERS, ignore_errors=True)


def write_register(
    folder: Path,
    paper: Paper,
    register: Register,
    checks: Sequence[Mapping[str, Any]],
    noticed: Mapping[str, Any] | None = None,
    held: Mapping[str, Any] | None = None,
) -> None:
    """Write the records into a folder for the second wave, with the version that is being made.

    `noticed` is what the checks would notice; None where that was not computed, which is then said.
    `held` is what notebooks say in plain words that no figure bears out (see
    `prose.notebook_claims`).
    """
    folder.mkdir(parents=True, exist_ok=True)
    version = paper.version.model_dump(mode="json") if paper.version else None
    write(folder / VERSION, _json(version))
    write(folder / REGISTER, figures_record(paper, register))
    write(folder / "checks.json", checks_record(checks))
    write(folder / NOTICED, _json(noticed))
    write(folder / HELD, _json(held or {}))


def write(path: Path, text: str) -> None:
    """Write text with the same bytes on every platform."""
    path.write_text(text, encoding="utf-8", newline="\n")


def _lines(head: Mapping[str, Any], name: str, items: Sequence[Mapping[str, Any]]) -> str:
    opening = _json(head)[:-1]
    rows = ",\n".join(f"  {_json(item)}" for item in items)
    return f'{opening}, "{name}": [\n{rows}\n]}}\n'
