"""Cash drawdown: drawdowns, balances and their limits month by month, in £000s."""

from __future__ import annotations

from boardpack.sources.contract import Column, Contract
from boardpack.sources.extract import Extract
from boardpack.sources.folder import Folder, columns


def read_cash_drawdown(folder: Folder) -> Extract:
    """One row per month; `printed_month` is the label in print, which may contradict the year."""
    money = ("main_drawdown", "supplementary_drawdown", "cumulative_drawdown")
    return folder.read(
        Contract(
            "cash_drawdown.csv",
            (
                Column("month", "word", words=(*(f"M{n:02d}" for n in range(1, 13)), "Total")),
                Column("printed_month", "text", empty=True),
                *columns("thousands", *money, empty=True),
                Column("proportion_of_acdr", "percent", empty=True, step="0.1"),
                *columns("thousands", "kpi_limit", "month_end_balance", empty=True),
                Column("balance_proportion", "percent", empty=True),
            ),
            ("month",),
        )
    )
