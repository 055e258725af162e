"""A run of a verb on a paper, added to the run log with what the paper was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from boardpack.core.errors import BoardpackError
from boardpack.core.run_log import Run, log_run
from boardpack.render.layout import Layout
from boardpack.render.manifest import NAME, sources_of
from boardpack.render.status import seal_of

SHORT = 12
"""How much of a file's hash the log keeps: enough to see that it changed."""


def log_paper(layout: Layout, command: str, code: int, said: str, built: bool = False) -> None:
    """Add a run to the log of the paper's home.

    What it was made from is taken from the build that stands, where the run has `built` it or
    found it unchanged; else from what is there now.
    """
    sources = _sealed(layout) if built else _there_now(layout)
    files = {
        name: str(digest)[:SHORT]
        for group in ("inputs", "parameters")
        for name, digest in sources.get(group, {}).items()
    }
    paper = layout.paper
    month = f"{paper.month.year_folder} {paper.month.code}"
    seal = seal_of(sources) if sources else ""
    log_run(paper.home, Run(command, month, paper.place, code, said, seal, files))


def log_month(home: Path, command: str, month: str, place: str, code: int, said: str) -> None:
    """Add a run that got to no paper: one on a whole month, or one that failed before."""
    log_run(home, Run(command, month, place, code, said))


def _sealed(layout: Layout) -> Mapping[str, Any]:
    try:
        found = json.loads((layout.target / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _there_now(layout: Layout) -> Mapping[str, Any]:
    try:
        return sources_of(layout)
    except (OSError, BoardpackError):
        return {}
