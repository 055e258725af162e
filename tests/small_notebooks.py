"""Notebooks written for a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import nbformat

PARAMETERS = 'year = "2023-24"\nmonth = "M06"\nplace = "bromley"\nhome = ""\nregister = ""'

WriteNotebook = Callable[..., Path]


def notebook(cells: Sequence[str], metadata: dict[str, Any] | None = None) -> nbformat.NotebookNode:
    """A notebook of these cells; one that begins with `#` and a blank is text."""
    parameters = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    written = [
        nbformat.v4.new_markdown_cell(source)
        if source.startswith("# ")
        else nbformat.v4.new_code_cell(source)
        for source in cells
    ]
    return nbformat.v4.new_notebook(cells=[parameters, *written], metadata=metadata or {})
