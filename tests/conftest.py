"""What many tests share: the project, the month's parameters, and the computed register."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from month_six import PROJECT, REFERENCE, paper_for, whole_register
from whole_build import rendered_once

from boardpack.checks import Check
from boardpack.checks.engine import run_checks
from boardpack.core.params import Paper
from boardpack.figures.register import Register

settings.register_profile("boardpack", deadline=None)  # how fast a machine is proves nothing
settings.load_profile("boardpack")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Ask for the whole demonstration year, which takes some minutes."""
    said = "render all twelve months of the demonstration, not a few"
    parser.addoption("--all-months", action="store_true", help=said)


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
def whole_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the whole Bromley Month 6 paper, rendered once; nobody may change it."""
    return rendered_once(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def reference() -> Path:
    """The public reference files beside the project; tests skip where they are absent."""
    if not REFERENCE.exists():
        pytest.skip("the public reference files are not beside this checkout")
    return REFERENCE
