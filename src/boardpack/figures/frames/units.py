"""Units of computed figures: what may be added to what, and what comes of a product or a ratio.

A number without a unit, such as one typed into a notebook, counts as a ratio: it scales what it
multiplies, and cannot be added to pounds. What does not mix is refused in words that name both.
"""

from __future__ import annotations

from boardpack.core.errors import BoardpackError
from boardpack.figures.figure import UNITS

RATE, PERCENT, COUNT, POUNDS = "RATE", "PCT", "COUNT", "GBP"
PRICES = ("GBP_PER_CLIENT_MONTH", "GBP_PER_CLIENT_WEEK")
"""Pounds for one client, which a number of clients makes pounds."""
NAMES = {
    "GBP": "pounds",
    "PCT": "per cent",
    "COUNT": "a count",
    "RATE": "a ratio or plain number",
    "GBP_PER_CLIENT_MONTH": "pounds for a client for a month",
    "GBP_PER_MONTH": "pounds a month",
    "GBP_PER_CLIENT_WEEK": "pounds for a client for a week",
}
"""The units as a sentence names them."""
SAY_UNIT = "If it is meant, say with in_unit(...) what the values are in."


class UnitFault(BoardpackError, TypeError):
    """Figures whose units do not mix, or what cannot be done to a figure and keep its trace."""


def unit_of_sum(one: str, other: str, sign: str = "+") -> str:
    """The unit of a sum or difference: that of both.

    >>> unit_of_sum("GBP", "GBP")
    'GBP'
    >>> unit_of_sum("GBP", "PCT", "-")
    Traceback (most recent call last):
    boardpack.figures.frames.units.UnitFault: pounds - per cent: one cannot be taken from or added
    to ...
    """
    if one != other:
        raise UnitFault(
            f"{NAMES[one]} {sign} {NAMES[other]}: one cannot be taken from or added to the other."
            f" {SAY_UNIT}"
        )
    return one


def unit_of_product(one: str, other: str) -> str:
    """The unit of a product: a ratio scales, a per cent takes its part, a count counts pounds.

    So many clients at a price for each of them are pounds.

    >>> unit_of_product("COUNT", "GBP_PER_CLIENT_MONTH"), unit_of_product("GBP", "PCT")
    ('GBP', 'GBP')
    """
    if RATE in (one, other):
        return other if one == RATE else one
    if PERCENT in (one, other):
        return other if one == PERCENT else one
    if COUNT in (one, other):
        of = other if one == COUNT else one
        if of in (COUNT, POUNDS, *PRICES):
            return POUNDS if of in PRICES else of
    raise UnitFault(f"{NAMES[one]} * {NAMES[other]}: there is no unit for the product. {SAY_UNIT}")


def unit_of_ratio(one: str, other: str) -> str:
    """The unit of a ratio: alike over alike is a ratio, pounds over a count are pounds for each.

    >>> unit_of_ratio("GBP", "GBP"), unit_of_ratio("GBP", "COUNT")
    ('RATE', 'GBP')
    """
    if one == other:
        return RATE
    if other in (RATE, PERCENT) or (other == COUNT and one in (POUNDS, PERCENT, RATE)):
        return one
    raise UnitFault(f"{NAMES[one]} / {NAMES[other]}: there is no unit for the ratio. {SAY_UNIT}")


def known_unit(unit: str) -> str:
    """The unit, if it is one.

    >>> known_unit("POUNDS")
    Traceback (most recent call last):
        ...
    boardpack.figures.frames.units.UnitFault: 'POUNDS' is not a unit; units are GBP, PCT, COUNT,
    RATE, GBP_PER_CLIENT_MONTH, GBP_PER_MONTH, GBP_PER_CLIENT_WEEK.
    """
    if unit not in UNITS:
        raise UnitFault(f"{unit!r} is not a unit; units are {', '.join(UNITS)}.")
    return unit
