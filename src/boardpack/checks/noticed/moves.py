"""How an input may be wrong: by the material amount, a unit slip, a lost sign, last month's value.

An error is a set of values that its figures would have had. One that moves nothing by the material
amount cannot matter, and is not asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from boardpack.checks.noticed.errors import FACTORS, MATERIAL, SIGN, STALE
from boardpack.checks.noticed.inputs import Input
from boardpack.figures.register import Register

Values = dict[str, Decimal]
"""What figures would be, by id."""


def moves(
    given: Input, error: str, register: Register, material: Decimal, last: Mapping[str, Decimal]
) -> tuple[Values, ...]:
    """What an error would make of an input's figures; nothing where it cannot be, or matter.

    The material amount is tried both ways: an error that only one sign of would show is not held.
    It is an amount of money; other units can only slip, and any slip of theirs may matter.
    `last` is what the figures of the month before were, where that was published.
    """
    if error == MATERIAL:
        ways = (material, -material) if given.is_money else ()
        return tuple(_shifted(given, register, way) for way in ways)
    if error == STALE:
        found = {one: last[one] for one in given.figures if one in last}
        known = given.is_whole and len(found) == len(given.figures)
        return _material(given, register, material, found) if known else ()
    factor = Decimal(-1) if error == SIGN else FACTORS[error]
    if given.is_whole and len(given.rows) <= 1:
        values = {one: register[one].value * factor for one in given.figures}
    else:
        values = _shifted(given, register, given.amount * (factor - 1))
    return _material(given, register, material, values)


def _shifted(given: Input, register: Register, by: Decimal) -> Values:
    """Its figures with so much more in each; less in one that has it with the other sign."""
    first = register[given.figures[0]].value
    turned = given.is_whole and len(given.rows) <= 1
    return {
        one: register[one].value + (-by if turned and register[one].value * first < 0 else by)
        for one in given.figures
    }


def _material(
    given: Input, register: Register, material: Decimal, values: Values
) -> tuple[Values, ...]:
    apart = max(abs(value - register[one].value) for one, value in values.items())
    least = material if given.is_money else Decimal(0)
    return (values,) if apart and apart >= least else ()
