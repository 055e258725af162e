"""The shape of an extract: its columns, what each holds, and what tells its rows apart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from boardpack.core.periods import Month

Kind = Literal[
    "text",
    "word",
    "date",
    "pounds",
    "thousands",
    "millions",
    "percent",
    "plain_percent",
    "count",
    "decimal",
    "any_amount",
    "thousands_or_percent",
]
AMOUNTS: dict[str, tuple[str, int]] = {
    "thousands": ("GBP", 1000),
    "millions": ("GBP", 1_000_000),
    "pounds": ("GBP", 1),
    "percent": ("PCT", 1),
    "plain_percent": ("PCT", 1),
    "count": ("COUNT", 1),
    "decimal": ("RATE", 1),
    "any_amount": ("", 1),
    "thousands_or_percent": ("", 1000),
}
ADDITIVE = ("thousands", "millions", "pounds", "count")
NOT_AVAILABLE = frozenset({"", "na", "n/a", "NA", "N/A"})


@dataclass(frozen=True)
class Column:
    """One column: what it holds, whether a cell may be empty, and which words it may say.

    `thousands` holds £000s, `millions` £m and `pounds` whole pounds; all are read into pounds.
    `any_amount` carries its own unit in its text (`£1.2m`, `9.22%`), `thousands_or_percent` is a
    share where it says `%`, and `plain_percent` is one that is printed without its sign. `step`
    overrules the last printed unit, where a system pads its print with zeros (`9.30%` that was
    rounded to 9.3%); "0" says that the cells are exact. An `optional` column may be absent from
    the file. A `date` may come in any of the usual forms, and is given as `2024-03-31`. `also` are
    further words, each with the one that it is read as. With `so_far` its words are the months of
    a year up to that one: every form in which systems print a month is taken, and given as `M06`.
    `no_amount` are texts that say that there is no amount, such as `>95%`.

    >>> share = Column("share", "percent", no_amount=(">95%",))
    >>> share.is_amount, share.says_none(">95%"), share.says_none("n/a"), share.says_none("0%")
    (True, True, True, False)
    >>> Column("actual", "pounds", step="0").is_exact
    True
    """

    name: str
    kind: Kind
    empty: bool = False
    words: tuple[str, ...] = ()
    step: str | None = None
    optional: bool = False
    also: tuple[tuple[str, str], ...] = ()
    so_far: Month | None = None
    no_amount: tuple[str, ...] = ()

    @property
    def is_amount(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in AMOUNTS

    def says_none(self, text: str) -> bool:
        """Whether a cell says that there is nothing to read in it."""
        return text in NOT_AVAILABLE or text in self.no_amount

    @property
    def is_exact(self) -> bool:
        """Whether its cells are said to be unrounded."""
        return self.step is not None and Decimal(self.step) == 0


@dataclass(frozen=True)
class Contract:
    """The shape of one extract: its file, its columns, and the columns that tell rows apart.

    `file` names the extract; what comes may be `.csv`, `.xlsx` or `.xlsm`. Rows of an extract
    without a `key` may repeat. A fault of a `client_level` extract never tells the value of a cell.
    `extra_columns` says whether columns that the contract does not name may stand in the file, to
    be left unread; unless it says so, they may in a unit-level extract and not in a schedule.
    `may_be_empty` says that a month may have nothing to tell in it: no row is then no fault.
    `period` names the column that must say the paper's month in every row. With `totals_apart` a
    row that totals others is held against them and left out, as it is in a unit-level extract; in a
    printed schedule it is a row like others. A table that `is_declared` is short, and its lines are
    told apart as objects: it is never read by column.

    >>> schedule = Contract("position", (Column("line", "word"), Column("actual", "thousands")))
    >>> schedule.is_unit_level, schedule.allows_extra
    (False, False)
    """

    file: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    client_level: bool = False
    extra_columns: bool | None = None
    period: str | None = None
    may_be_empty: bool = False
    totals_apart: bool = False
    is_declared: bool = False

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    @property
    def is_unit_level(self) -> bool:
        """Whether its rows are a system's own records (exact amounts), not a printed schedule."""
        return self.client_level or any(column.is_exact for column in self.columns)

    @property
    def allows_extra(self) -> bool:
        """Whether the file may hold columns that are not read."""
        return self.is_unit_level if self.extra_columns is None else self.extra_columns
