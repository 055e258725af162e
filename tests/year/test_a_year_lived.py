"""A year of the made-up ICB and the first month of the next, lived as a finance team lives it.

`scripts/test_year.py` runs these, for the better part of an hour; it sets the variable without
which they are skipped. Failing checks are exactly those that `lived_events.py` declares as planted.
"""

from __future__ import annotations

import os

import pytest

from lived_year import Turn, Year, turns

pytestmark = pytest.mark.skipif(
    "BOARDPACK_YEAR" not in os.environ, reason="takes most of an hour: run scripts/test_year.py"
)


@pytest.mark.parametrize("turn", list(turns()), ids=str)
def test_a_paper_is_made_and_released_and_fails_only_what_was_planted(
    year: Year, turn: Turn
) -> None:
    now = year.live(turn)
    assert now.unexpected == [], "failing, and nobody planted it"
    assert now.unseen == [], "planted, and nothing fails by it"
    assert now.is_released, now.said
