"""A month on unit-level extracts, computed once for the tests of the second implementation."""

from __future__ import annotations

from typing import Any

import pytest

from boardpack.audit.second.records import Month
from boardpack.audit.verification.recomputed import told_month
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.figures.chapters import NEEDS, compute
from unit_home import unit_home


@pytest.fixture(scope="session")
def unit_paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """The paper of a home on unit-level extracts; its files are not to be changed."""
    home = unit_home(tmp_path_factory.mktemp("unit") / "home")
    return load_paper(home, parse_month("2023-24", "M06"), "bromley")


@pytest.fixture(scope="session")
def unit_figures(unit_paper: Paper) -> dict[str, dict[str, Any]]:
    """Its register as a build writes it, what is suppressed too."""
    register = compute(unit_paper, *NEEDS)
    return {figure.id: figure.to_json() for figure in (*register, *register.suppressed)}


@pytest.fixture(scope="session")
def unit_month(unit_paper: Paper, unit_figures: dict[str, dict[str, Any]]) -> Month:
    """The same month as the second implementation is told of it."""
    assert unit_figures
    return told_month(unit_paper)
