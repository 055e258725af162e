"""A small home with a file of an analyst's own, and its paper as a notebook opens it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from afternoon import PLACE, an_afternoon
from boardpack import open_paper
from boardpack.notebook.named_figures import Made
from boardpack.notebook.paper import NotebookPaper


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_afternoon(tmp_path_factory.mktemp("afternoon"))


@pytest.fixture(scope="session")
def opened(home: Path) -> NotebookPaper:
    return open_paper("2024-25", "M06", PLACE, str(home), chapter="bank_agency")


@pytest.fixture
def paper(opened: NotebookPaper) -> NotebookPaper:
    """The paper of a notebook that has made nothing yet."""
    return replace(opened, made=Made("bank_agency", opened.paper, opened.register))
