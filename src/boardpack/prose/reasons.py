"""Figures in the words of a reason."""

from __future__ import annotations

from decimal import Decimal

from boardpack.core.money import plain, round_half_up
from boardpack.figures.figure import Figure

HUNDREDTH = Decimal("0.01")


def amount(figure: Figure) -> str:
    """The figure's value in short: `-£2,213k`, `9.55%`, `46`.

    >>> over = Figure("a.icb.x.variance", "X", Decimal(-2_213_000), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> amount(over)
    '-£2,213k'
    """
    value = figure.value
    sign = "-" if value < 0 else ""
    if figure.unit == "PCT":
        return f"{plain(round_half_up(value, HUNDREDTH))}%"
    if not figure.unit.startswith("GBP"):
        return plain(value)
    if value % 1000 == 0:
        return f"{sign}£{abs(value) / 1000:,.0f}k"
    return f"{sign}£{round_half_up(abs(value)):,.0f}"


def naming(figure: Figure) -> str:
    """The value, what it is of, and the id: what a reader needs to find the figure.

    It stands within a sentence: `The figures give -£1,678,017 for Total, year to date variance
    (bromley, 2023/24 M06; position.bromley.total.ytd_variance).`

    >>> over = Figure("position.icb.total.ytd_variance", "Total", Decimal(-1_678_017), "GBP", "icb",
    ...               "total", "ytd_variance", "2023/24 M06", "ledger", False, ())
    >>> naming(over)
    '-£1,678,017 for Total (icb, 2023/24 M06; position.icb.total.ytd_variance)'
    """
    place = f"{figure.place}, {figure.period}; {figure.id}"
    return f"{amount(figure)} for {figure.label} ({place})"
