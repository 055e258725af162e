"""What a board acts on, computed a second time from the extracts alone.

That is: the position of each place and of the ICB, to date and forecast, by directorate, with the
rates of page 1; the resource limit; savings and efficiency totals; the mental health investment
standard; clients and cost of continuing care; prescribing spend, forecast and variance. Nothing of
the register is believed here, its formulas no more than its values.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation, localcontext

from boardpack.audit.second.care import continuing_care
from boardpack.audit.second.funding import mental_health_standard, resource_limit
from boardpack.audit.second.numbers import Results, is_same
from boardpack.audit.second.position import positions
from boardpack.audit.second.prescribing import prescribing
from boardpack.audit.second.records import Month
from boardpack.audit.second.savings import efficiency, savings

SUBJECTS = {
    "position and forecast": positions,
    "savings": savings,
    "efficiency": efficiency,
    "prescribing": prescribing,
    "continuing healthcare": continuing_care,
    "mental health investment standard": mental_health_standard,
    "resource limit": resource_limit,
}


def headlines(month: Month) -> Results:
    """Every headline figure of the month by its id, from the extracts alone.

    What lacks a part is no number (NaN), and neither is what is made of it: nothing is more or less
    than it.
    """
    found: Results = {}
    with localcontext() as context:
        context.prec = 50
        context.traps[InvalidOperation] = False
        for read in SUBJECTS.values():
            found.update(read(month))
    return found


def differing(found: Results, register: Mapping[str, str | None]) -> dict[str, tuple[str, str]]:
    """The figures of a register that are not what was found: what it says, and what was found.

    A figure that the register does not have, or has suppressed, is passed over.
    """
    told: dict[str, tuple[str, str]] = {}
    for name, value in found.items():
        said = register.get(name)
        if said is not None and (value.is_nan() or not is_same(Decimal(said), value)):
            told[name] = (said, said_of(value))
    return told


def said_of(value: Decimal) -> str:
    """A value as a finding says it."""
    return "not supplied" if value.is_nan() else format(value.normalize(), "f")
