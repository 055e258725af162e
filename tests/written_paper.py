"""What a paper would say, in one process: every cell of its notebooks run on one register.

Nothing is rendered. The blocks that the chapters show are collected by chapter.
"""

from __future__ import annotations

import json
from pathlib import Path

from homes import PROJECT

from boardpack.checks.engine import run_checks
from boardpack.core.params import Paper
from boardpack.document.blocks import Block, Workings
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register
from boardpack.outputs import notebook
from boardpack.render.records import write_register

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))


def written(paper: Paper, folder: Path) -> tuple[Register, dict[str, list[Block]]]:
    """The register of a paper, and the blocks of each chapter; `folder` is for its records."""
    register = compute(paper, *NEEDS)
    checks = tuple(check.to_json() for check in run_checks(register, paper))
    write_register(folder, paper, register, checks)
    told = {"year": paper.month.year_folder, "month": paper.month.code, "place": paper.place}
    told |= {"home": str(paper.home), "register": str(folder)}
    return register, {path.stem: _shown(path, told) for path in NOTEBOOKS}


def _shown(path: Path, told: dict[str, str]) -> list[Block]:
    """The blocks that a notebook shows, without its workings."""
    blocks: list[Block] = []
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    shown, notebook.show = notebook.show, lambda *found: blocks.extend(b for b in found if b)
    try:
        for cell in (one for one in cells if one["cell_type"] == "code"):
            is_told = "parameters" in cell["metadata"].get("tags", ())
            exec("" if is_told else "".join(cell["source"]), names)
            names.update(told if is_told else {})
    finally:
        notebook.show = shown
    return [block for block in blocks if not isinstance(block, Workings)]
