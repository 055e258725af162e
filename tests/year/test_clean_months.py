"""The clean months of the made-up ICB, for a place and for the ICB: nothing is raised in any.

A control that fails where nothing is wrong is soon waived without a look, so this is what every
control is held to (decision 53). `scripts/test_year.py` runs it; it takes some minutes.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render.examine import examine
from boardpack_demo.icb import START
from boardpack_demo.make import make_demo

pytestmark = pytest.mark.skipif(
    "BOARDPACK_YEAR" not in os.environ, reason="takes some minutes: run scripts/test_year.py"
)
RAISES_NOTHING = {"pass", "rounding", "not_applicable"}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of the made-up ICB in which nothing is planted."""
    home = Path(tmp_path_factory.mktemp("clean")) / "demo"
    make_demo(home)
    return home


@pytest.mark.parametrize("paper", ["alderwick", "icb"])
@pytest.mark.parametrize("number", range(1, 13))
def test_a_clean_month_raises_nothing(clean: Path, number: int, paper: str) -> None:
    register, checks = examine(load_paper(clean, Month(START, number), paper))
    assert [(one.id, one.sentence) for one in checks if one.status not in RAISES_NOTHING] == []
    assert register.absent == ()
    assert len(checks) > 1000, "and it is asked a great deal"
