"""The demonstration year, written once for all tests of it, and the months that are rendered."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack_demo.make import make_demo

A_FEW = (1, 6, 12)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole year without a fault. Tests read it, and build nowhere else in it."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    make_demo(folder)
    return folder


@pytest.fixture(scope="session")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year without a fault, and the one after it. Tests read it, and build nowhere else."""
    folder = tmp_path_factory.mktemp("demo") / "two_years"
    make_demo(folder, months=24)
    return folder


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A few months, or all twelve where they are asked for."""
    if "rendered_month" in metafunc.fixturenames:
        is_whole = metafunc.config.getoption("--all-months")
        metafunc.parametrize("rendered_month", range(1, 13) if is_whole else A_FEW)
