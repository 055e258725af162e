"""Notebooks run as anybody runs them: by papermill, in a kernel, in some folder, told little."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import papermill

from boardpack.document.blocks import MIME
from boardpack.render.stock import clean_jupyter, stock_options

SIDE_BY_SIDE = 2


@dataclass(frozen=True)
class Run:
    """One run: which notebook, in which folder, told which parameters."""

    notebook: Path
    folder: Path
    told: Mapping[str, str] = field(default_factory=dict)


def blocks_of(notebook: Mapping[str, Any]) -> list[Any]:
    """The blocks that an executed notebook shows, as data."""
    outputs = (output for cell in notebook["cells"] for output in cell.get("outputs", ()))
    return [data[MIME] for output in outputs if MIME in (data := output.get("data", {}))]


def kept_blocks(notebook: Path) -> list[Any]:
    """The blocks of a notebook that a render kept."""
    return blocks_of(json.loads(notebook.read_text(encoding="utf-8")))


def shown_by(runs: Iterable[Run]) -> list[list[Any] | str]:
    """What each run shows, in their order: its blocks, or the words of what went wrong."""
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(SIDE_BY_SIDE, spawned) as pool:
        return list(pool.map(_shown, runs))


def _shown(run: Run) -> list[Any] | str:
    source = nbformat.read(run.notebook, as_version=4)
    with clean_jupyter():
        try:
            executed = papermill.execute_notebook(
                source,
                None,
                dict(run.told),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                cwd=run.folder,
                **stock_options(),
            )
        except papermill.PapermillExecutionError as error:
            return "\n".join(error.traceback)
    return blocks_of(executed)
