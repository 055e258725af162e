"""Amounts are shared out in whole pence that add up: both signs, nil, and the last penny."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

import numpy as np
import pytest

from boardpack_demo.accounts import Accounts, written
from boardpack_demo.make import SEED
from boardpack_demo.sizes import Body
from boardpack_demo.truth import Truth

LINES = Truth(SEED).lines


@lru_cache
def _accounts(rows: int, balances: int) -> Accounts:
    return Accounts(Truth(SEED, body=Body(ledger_rows=rows, balance_rows=balances)))


@pytest.mark.parametrize("pence", [0, 1, -1, 7, -7, 99_999_999_999, -99_999_999_999])
@pytest.mark.parametrize(("rows", "balances"), [(0, 0), (3, 3), (96, 480), (960, 4_800)])
def test_parts_add_up_to_the_penny_and_no_part_is_of_another_sign(
    pence: int, rows: int, balances: int
) -> None:
    lines = len(LINES)
    accounts = _accounts(rows * lines, balances * lines)
    assert accounts.each == max(1, rows)
    assert accounts.further == (balances // rows if rows else 1)
    parts = accounts.split([Decimal(pence) / 100] * lines)
    further = accounts.split_further(parts)
    assert set(parts.reshape(lines, -1).sum(axis=1).tolist()) == {pence}
    assert further.reshape(len(parts), -1).sum(axis=1).tolist() == parts.tolist()
    signs = set(np.sign(further).tolist()) - {0}
    assert signs <= {np.sign(pence)}


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (-100, "-1.00"),
        (123_456, "1234.56"),
        (-123_456, "-1234.56"),
    ],
)
def test_pence_are_written_as_pounds(pence: int, said: str) -> None:
    assert written(np.array([pence], np.int64)) == [said]
