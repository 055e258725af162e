"""Numbers as extracts write them, and plain arithmetic, for verification alone.

Money is in pounds; an adverse variance is negative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, localcontext
from typing import NamedTuple

NIL = Decimal(0)
HALF = Decimal("0.5")
THOUSAND = Decimal(1000)
SCALES = {"k": THOUSAND, "m": THOUSAND * THOUSAND}
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"

Results = dict[str, Decimal]
"""What the second implementation found by figure id: exact values, NaN for what is not supplied."""


class Number(NamedTuple):
    """A value, and how far the exact quantity may lie from it because print was rounded."""

    value: Decimal
    doubt: Decimal = NIL

    def less(self, other: Number) -> Number:
        """The difference; doubts add up."""
        return Number(self.value - other.value, self.doubt + other.doubt)


ABSENT = Number(Decimal("NaN"))
"""What is not supplied, because a part of it is not there; so is all that is made of it."""


def number(
    text: str, unit: Decimal = Decimal(1), debit_is_positive: bool | None = None
) -> Number | None:
    """The number that a cell prints, in pounds where `unit` is a thousand; None for no number.

    `debit_is_positive` says what DR means; without it a number with CR or DR is none.
    """
    plain = _bare(text)
    if plain == "-":
        return Number(NIL, HALF * unit)
    side = re.fullmatch(r"(.*\d)(cr|dr)\.?", plain)
    if side is not None and debit_is_positive is not None:
        plain = side[1] if (side[2] == "dr") == debit_is_positive else f"-{side[1]}"
    parts = re.fullmatch(r"([(-])?\+?(\d+)(?:\.(\d+))?([km])?(\)|-)?", plain)
    if parts is None:
        return None
    scale = unit * SCALES.get(parts[4] or "", Decimal(1))
    size = Decimal(f"{parts[2]}.{parts[3] or 0}") * scale
    step = scale / 10 ** len(parts[3] or "")
    return Number(-size if parts[1] or parts[5] else size, step * HALF)


def _bare(text: str) -> str:
    """A cell without spaces, thousands commas and signs of currency, its dashes all alike."""
    plain = "".join(text.split()).lower().lstrip("'’")
    for dash in DASHES:
        plain = plain.replace(dash, "-")
    for mark in (",", "£", "%", "\u200b", "\ufeff"):
        plain = plain.replace(mark, "")
    return plain


def total(numbers: Iterable[Number | None]) -> Number:
    """The sum of parts that must all be there; not supplied where one is not, or there is none."""
    parts = list(numbers)
    there = [item for item in parts if item is not None]
    if not there or len(there) < len(parts):
        return ABSENT
    value = sum((item.value for item in there), NIL)
    return Number(value, sum((item.doubt for item in there), NIL))


def total_if_any(numbers: Iterable[Number | None]) -> Number | None:
    """The sum of what is there, of records that leave a cell blank for nothing; None of none."""
    there = [item for item in numbers if item is not None]
    return total(there) if there else None


def is_whole(numbers: Iterable[Number | None], printed: Number | None) -> bool:
    """Whether the parts that are there are all of a printed total, so that a blank is nil."""
    there = total_if_any(numbers)
    if there is None or printed is None:
        return False
    return abs(printed.value - there.value) <= printed.doubt + there.doubt


def sparse_total(numbers: Iterable[Number | None], printed: Number | None) -> Number:
    """The sum in a schedule that leaves cells blank for nothing, as far as its print says so."""
    parts = list(numbers)
    there = [item for item in parts if item is not None]
    return total(there if is_whole(parts, printed) else parts)


def settled(computed: Number, printed: Number | None) -> Number:
    """The printed number where rounding explains its difference and it is as sure, else ours.

    A number that prints as the printed one does is no different: ours stands, as sure as the print.
    """
    if computed.value.is_nan() or printed is None:
        return computed
    if printed.doubt > computed.doubt or not printed.doubt:
        return computed
    step = printed.doubt * 2
    whole = int(abs(computed.value) / step + HALF) * step
    if printed.value == (-whole if computed.value < 0 else whole):
        return Number(computed.value, printed.doubt)
    allowed = computed.doubt + printed.doubt
    if not computed.value % step:
        allowed = allowed // step * step
    return printed if abs(printed.value - computed.value) <= allowed else computed


DIGITS, SPECK = 28, Decimal("1e-12")
"""How many digits must agree, and what sums of shares may differ by where they are added otherwise:
a millionth of a millionth, in pounds, counts or per cent."""


def is_same(one: Decimal, other: Decimal) -> bool:
    """Whether two values agree in as many digits as count.

    >>> is_same(Decimal(1) / 3, Decimal("0.333333333333333333"))
    True
    >>> is_same(Decimal(1), Decimal("1.01"))
    False
    """
    with localcontext() as context:
        context.prec = 60
        return abs(one - other) <= max(abs(one).scaleb(-DIGITS), SPECK)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """`part` in per cent of `whole`; None of nothing.

    >>> share(Decimal(50), Decimal(200)), share(Decimal(50), Decimal(0))
    (Decimal('25'), None)
    """
    return divided(part * 100, whole)


def divided(part: Decimal, whole: Decimal) -> Decimal | None:
    """An exact division as far as 50 digits go; None by nothing.

    >>> divided(Decimal(1), Decimal(8)), divided(Decimal(1), Decimal(0))
    (Decimal('0.125'), None)
    """
    if not whole:
        return None
    with localcontext() as context:
        context.prec = 50
        return part / whole


def kept(found: Results, name: str, value: Decimal | None) -> None:
    """Keep a result; a share of nothing is no result."""
    if value is not None:
        found[name] = value


def slug(text: str) -> str:
    """A printed name as an id says it.

    >>> slug("Acute Services")
    'acute_services'
    """
    return re.sub(r"[^a-z0-9]+", "_", text.lower().replace("&", " and ")).strip("_")
