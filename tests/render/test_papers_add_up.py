"""Month 1 and Month 6 of the made-up ICB add up in print: no total, no idea has two amounts.

The real month, Month 7 and Month 12 are executed for other tests, and held to the same there.
"""

from __future__ import annotations

import pytest
from executed_papers import Runner
from sums_of_papers import assert_it_adds_up


@pytest.mark.parametrize("name", ["first alderwick", "first icb", "sixth alderwick", "sixth icb"])
def test_every_total_is_what_its_printed_rows_come_to(
    name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert_it_adds_up(Runner(tmp_path_factory.mktemp("added"))(name))
