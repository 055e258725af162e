"""A year of the made-up ICB and the first month of the next: what is planted fails, and no more.

The same year as `scripts/test_year.py` lives, without rendering: minutes and not the better part of
an hour.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from examined_year import ExaminedYear
from lived_year import Turn, turns


@pytest.fixture(scope="module")
def examined(tmp_path_factory: pytest.TempPathFactory) -> ExaminedYear:
    return ExaminedYear(Path(tmp_path_factory.mktemp("examined")))


@pytest.mark.parametrize("turn", list(turns()), ids=str)
def test_a_paper_fails_only_what_was_planted(examined: ExaminedYear, turn: Turn) -> None:
    now = examined.live(turn)
    assert now.said == ""
    assert now.unexpected == [], "failing, and nobody planted it"
    assert now.unseen == [], "planted, and nothing fails by it"
