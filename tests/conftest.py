"""What many tests share: the project, the month's parameters, and the computed register."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from boardpack.checks import Check, run_checks
from boardpack.figures.chapters import NEEDS, compute
from boardpack.figures.register import Register
from boardpack.params import Paper, load_paper
from boardpack.periods import parse_month

PROJECT = Path(__file__).resolve().parents[1]
REFERENCE = PROJECT.parent / "shared" / "reference"


@lru_cache
def paper_for(place: str = "bromley") -> Paper:
    """The Month 6 2023/24 paper of a place."""
    return load_paper(PROJECT, parse_month("2023-24", "M06"), place)


@lru_cache
def whole_register(place: str = "bromley") -> Register:
    """Every figure of the Month 6 2023/24 paper of a place."""
    return compute(paper_for(place), *NEEDS)


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's folder."""
    return PROJECT


@pytest.fixture(scope="session")
def paper() -> Paper:
    """The Bromley Month 6 paper's parameters."""
    return paper_for()


@pytest.fixture(scope="session")
def register() -> Register:
    """All figures of the Bromley Month 6 paper."""
    return whole_register()


@pytest.fixture(scope="session")
def checks() -> tuple[Check, ...]:
    """All checks of the Bromley Month 6 paper."""
    return run_checks(whole_register(), paper_for())


@pytest.fixture(scope="session")
def reference() -> Path:
    """The public reference files beside the project; tests skip where they are absent."""
    if not REFERENCE.exists():
        pytest.skip("the public reference files are not beside this checkout")
    return REFERENCE
