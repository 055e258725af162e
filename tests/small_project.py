"""A small project of its own for the tests of the build: tiny notebooks, real parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from homes import copied_home
from small_notebooks import WriteNotebook, notebook

from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render.layout import CHECKOUT, Layout

MONTH = Month(2023, 6)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with the real parameters and extracts, and no chapters yet."""
    root = copied_home(CHECKOUT, tmp_path / "project")
    (root / "notebooks").mkdir(parents=True)
    (root / "book").mkdir()
    return root


@pytest.fixture
def layout(project: Path) -> Layout:
    """The folders of the small project's one paper."""
    return Layout(project, load_paper(project, MONTH, "bromley"))


@pytest.fixture
def write_notebook(project: Path) -> WriteNotebook:
    """Write a chapter of the small project: name, cells, and the notebook's metadata."""

    def write(name: str, *cells: str, **metadata: Any) -> Path:
        path = project / "notebooks" / f"{name}.ipynb"
        nbformat.write(notebook(cells, metadata), path)
        return path

    return write
