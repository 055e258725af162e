"""The outcomes of checks judged a second time from what they compare.

A check states what was expected, what was found and how far rounding may part them: beyond that it
fails, unless somebody has answered for it, and within it it does not. A check of a printed figure
compares the figure with what was printed, one with an earlier paper the figure with that: those
amounts are the register's. Whether something is plausible, or a duty met, has rules of its own and
is judged only when the month is performed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

FAILING = frozenset({"fail", "waived", "documented"})
SPECK = Decimal("1e-12")
"""What shares may differ by where they are added in another order."""
BY_RULE = frozenset({"plausibility", "duty"})
"""Kinds of check whose outcome is not a matter of how far two amounts are apart."""

Items = Mapping[str, Mapping[str, Any]]


def wrong_checks(checks: Items, figures: Items) -> tuple[int, list[tuple[str, str]], int]:
    """How many checks were judged, which are not as they say, and how many were not judged."""
    wrong, count = [], 0
    for name, check in checks.items():
        try:
            faults = list(_faults(name, check, figures))
            count += _is_judged(check)
        except (InvalidOperation, KeyError, TypeError, ValueError):
            faults = ["cannot be read as a check."]
        wrong += [(name, fault) for fault in faults]
    return count, wrong, len(checks) - count


def _is_judged(check: Mapping[str, Any]) -> bool:
    compares = check["expected"] is not None and check["actual"] is not None
    return compares and check["kind"] not in BY_RULE


def _faults(name: str, check: Mapping[str, Any], figures: Items) -> Iterator[str]:
    missing = [one for one in check["figures"] if one not in figures]
    if missing:
        yield f"names {missing[0]}, which the register does not have."
    if check["expected"] is None or check["actual"] is None:
        return
    expected, actual = Decimal(check["expected"]), Decimal(check["actual"])
    if Decimal(check["difference"]) != actual - expected:
        yield f"states a difference of {check['difference']}; it is {actual - expected}."
    for amount, figure in _compared(name, check):
        said = figures.get(figure, {}).get("value")
        if said is not None and not _shows(amount, Decimal(said)):
            yield f"compares {amount} as {figure}; the register says {said}."
    if _is_judged(check):
        yield from _outcome(check, abs(actual - expected), Decimal(check["tolerance"]))


def _compared(name: str, check: Mapping[str, Any]) -> Iterator[tuple[Decimal, str]]:
    """The amounts of a check that are the values of figures, with those figures."""
    named = check["figures"]
    kind = name.split(".")[0]
    if kind == "printed" and len(named) == 2:
        yield Decimal(check["expected"]), named[0]
        yield Decimal(check["actual"]), named[1]
    elif kind == "released" and len(named) == 1:
        yield Decimal(check["actual"]), named[0]


def _shows(amount: Decimal, value: Decimal) -> bool:
    """Whether an amount is a value, rounded to its last digit if at all."""
    last = Decimal(1).scaleb(min(0, int(amount.as_tuple().exponent)))
    return abs(amount - value) <= last / 2


def _outcome(check: Mapping[str, Any], apart: Decimal, allowed: Decimal) -> Iterator[str]:
    status = check["status"]
    if apart > allowed + SPECK and status not in FAILING:
        yield f"says {status!r}, though the two are {apart} apart and may be {allowed}."
    if apart <= allowed and status == "fail":
        yield f"says 'fail', though the two are {apart} apart and may be {allowed}."
