"""The paper's headline figures by a second, plain implementation, and where a register differs.

It takes nothing from the product: its own reading of the extracts, its own arithmetic, its own idea
of rounding. The import contract holds it to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation, localcontext

from boardpack.audit.second.budget import care_against_budget
from boardpack.audit.second.care import continuing_care
from boardpack.audit.second.corporate import control, corporate
from boardpack.audit.second.declared import declared
from boardpack.audit.second.drivers import drivers
from boardpack.audit.second.funding import (
    mental_health_standard,
    resource_limit,
)
from boardpack.audit.second.numbers import Results
from boardpack.audit.second.position import positions
from boardpack.audit.second.prescribing import prescribing
from boardpack.audit.second.reading import Month
from boardpack.audit.second.schemes import programmes, schemes
from boardpack.audit.second.tracker import savings

PARTS = (
    positions,
    savings,
    schemes,
    programmes,
    prescribing,
    continuing_care,
    drivers,
    care_against_budget,
    mental_health_standard,
    resource_limit,
    corporate,
    control,
    declared,
)
DIGITS, SPECK = 28, Decimal("1e-12")
"""How many digits must agree, and what sums of shares may differ by where they are added otherwise:
a millionth of a millionth, in pounds, counts or per cent."""


def headlines(month: Month) -> Results:
    """Every headline figure of the month by its id, from the extracts alone.

    What lacks a part is no number (NaN), and neither is what is made of it: nothing is more or less
    than it.
    """
    found: Results = {}
    with localcontext() as context:
        context.prec = 50
        context.traps[InvalidOperation] = False
        for part in PARTS:
            found.update(part(month))
    return found


def differing(found: Results, register: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
    """The figures of a register that are not what was found: what it says, and what was found.

    A figure that the register does not have, or has suppressed, is passed over.
    """
    told: dict[str, tuple[str, str]] = {}
    for name, value in found.items():
        said = register.get(name)
        if said is not None and (value.is_nan() or not _same(Decimal(said), value)):
            told[name] = (said, said_of(value))
    return told


def said_of(value: Decimal) -> str:
    """A value as a finding says it."""
    return "not supplied" if value.is_nan() else format(value.normalize(), "f")


def _same(one: Decimal, other: Decimal) -> bool:
    with localcontext() as context:
        context.prec = 50
        return abs(one - other) <= max(abs(one).scaleb(-DIGITS), SPECK)
