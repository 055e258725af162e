"""A notebook run by either engine in a process of its own, with what it stores."""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import papermill

from boardpack.render.repeatable import repeatable
from boardpack.render.stock import clean_jupyter


def _run(source: Path, target: Path, options: dict[str, Any]) -> None:
    with clean_jupyter(), suppress(papermill.PapermillExecutionError):
        papermill.execute_notebook(
            str(source),
            str(target),
            {"year": "2024-25"},
            kernel_name="python3",
            language="python",
            progress_bar=False,
            **options,
        )


def executed(source: Path, target: Path, start: str, **options: Any) -> nbformat.NotebookNode:
    """The notebook run in a process of its own, errors and all."""
    context = multiprocessing.get_context(start)
    child: Any = context.Process(target=_run, args=(source, target, options))  # type: ignore[attr-defined]
    child.start()
    child.join(60)
    assert child.exitcode == 0
    return nbformat.read(target, as_version=4)


def fast(source: Path, start: str = "fork") -> nbformat.NotebookNode:
    return executed(source, source.with_suffix(".fast.ipynb"), start, engine_name="boardpack")


def write(folder: Path, *cells: str) -> Path:
    path = folder / "torture.ipynb"
    cells_ = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=cells_), path)
    return path


def shown(notebook: nbformat.NotebookNode) -> list[dict[str, Any]]:
    """What is stored for each cell, once what cannot repeat is taken out."""
    cells: list[dict[str, Any]] = repeatable(notebook, {})["cells"]
    return cells
