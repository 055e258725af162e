"""Each line of the truth as accounts of the ledger, and each account under its analysis codes.

A real ledger has a hundred accounts where the truth has a line. Amounts are shared out in whole
pence by fixed weights, a column at a time, and always add up to the line's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt

from boardpack_demo.chance import Chance, pence
from boardpack_demo.truth import Truth

Pence = npt.NDArray[np.int64]
NO_ANALYSIS = "00000"
WEIGHTS = (37, 23, 17, 13, 10)
"""How an account's amount falls on its analysis codes, again and again where there are more."""


class Accounts:
    """The accounts of every line, `each` to a line, with `further` analysis codes to each account.

    Weights are drawn once for a seed, so that an account keeps its share from month to month.
    """

    def __init__(self, truth: Truth) -> None:
        self._lines = truth.lines
        rows = truth.body.ledger_rows
        self.each = max(1, round(rows / len(self._lines)))
        self.further = max(1, round(truth.body.balance_rows / max(1, rows)))
        self._weights = np.array(
            [self._drawn(truth.lasting_seed, *line.key) for line in self._lines], np.int64
        )

    def _drawn(self, seed: int, *key: str) -> list[int]:
        chance = Chance(seed, "accounts", *key)
        return [chance.between(60, 140) for _ in range(self.each)] if self.each > 1 else [1]

    def split(self, amounts: Sequence[Decimal]) -> Pence:
        """An amount of each line in pounds as pence of its accounts, line after line."""
        exact = np.array([int(pence(amount) * 100) for amount in amounts], np.int64)
        return _shared(exact, self._weights)

    def split_further(self, amounts: Pence) -> Pence:
        """An amount of each account under its analysis codes, account after account."""
        weights = [WEIGHTS[n % len(WEIGHTS)] for n in range(self.further)]
        return _shared(amounts, np.array([weights], np.int64))

    def named_in_the_ledger(self) -> tuple[Sequence[str], ...]:
        """Cost centre, its description, subjective and its description, each a column."""
        columns = zip(*(self._named(line_at) for line_at in range(len(self._lines))), strict=True)
        return tuple([cell for cells in column for cell in cells] for column in columns)

    def _named(self, line_at: int) -> tuple[Sequence[str], ...]:
        line = self._lines[line_at]
        parts = range(self.each)
        digits = max(2, len(str(self.each - 1)))
        return (
            [line.centre.code] * self.each,
            [line.centre.description] * self.each,
            [f"{line.subjective[:-2]}{part:0{digits}d}" for part in parts],
            [f"{line.description}{f' {part + 1}' if part else ''}" for part in parts],
        )

    def named_in_the_balance(self) -> Iterator[tuple[str, str, str, str, str]]:
        """Cost centre, subjective, its description and two analysis codes of every balance."""
        centre, _, subjective, description = self.named_in_the_ledger()
        accounts = zip(centre, subjective, description, strict=True)
        codes = [NO_ANALYSIS if n == 0 else f"{n:05d}" for n in range(self.further)]
        return ((*account, code, NO_ANALYSIS) for account, code in product(accounts, codes))


@cache
def accounts_of(truth: Truth) -> Accounts:
    """The accounts of a truth, whose weights are drawn once for all its months."""
    return Accounts(truth)


def _shared(amounts: Pence, weights: Pence) -> Pence:
    """Each amount by the weights of its row, in whole pence that add up to it exactly."""
    upto = np.cumsum(weights, axis=1)
    shares = amounts[:, None] * upto // upto[:, -1:]
    return np.diff(shares, axis=1, prepend=0).ravel()


def written(amounts: Pence) -> list[str]:
    """Amounts of pence as pounds with two decimals."""
    return [f"{'-' * (p < 0)}{abs(p) // 100}.{abs(p) % 100:02d}" for p in amounts.tolist()]
