"""Amounts as finance papers print them: read into exact Decimals, shown rounded half up.

Money is held in pounds; thousands are a choice of display. An adverse amount is negative
and printed in brackets.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext

THOUSAND = Decimal(1000)
MILLION = Decimal(1_000_000)
_AMOUNT = re.compile(
    r"^(?P<minus>-)?(?P<open>\()?(?P<inner>-)?£?(?P<number>(\d{1,3}(,\d{3})+|\d+)(\.\d+)?)"
    r"(?P<suffix>[km%])?(?P<close>\))?$",
    re.IGNORECASE,
)
_SUFFIX = {"": Decimal(1), "k": THOUSAND, "m": MILLION, "%": Decimal(1)}
NIL = frozenset({"-", "–"})


def parse_amount(text: str) -> tuple[Decimal, Decimal]:
    """The amount a printed cell states, and its last printed unit (`12.5` has 0.1).

    Understands thousands commas, `£`, brackets or a minus for a negative, `k`, `m`, `%`, and `-`
    for nil. Raises ValueError for anything else: an amount is never guessed.

    >>> [str(part) for part in parse_amount("(£1,234)")]
    ['-1234', '1']
    >>> [str(part) for part in parse_amount("12.5k")]
    ['12500.0', '100.0']
    >>> parse_amount("1,23")
    Traceback (most recent call last):
        ...
    ValueError: 1,23
    """
    stripped = re.sub(r"\s", "", text)
    if stripped in NIL:
        return Decimal(0), Decimal(1)
    match = _AMOUNT.match(stripped)
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise ValueError(text)
    signs = [match["minus"], match["open"], match["inner"]]
    if sum(sign is not None for sign in signs) > 1:
        raise ValueError(text)
    try:
        number = Decimal(match["number"].replace(",", ""))
    except InvalidOperation as error:  # pragma: no cover - the pattern admits digits only
        raise ValueError(text) from error
    scale = _SUFFIX[(match["suffix"] or "").lower()]
    unit = Decimal(1).scaleb(int(number.as_tuple().exponent))
    return (-number if any(signs) else number) * scale, unit * scale


def round_half_up(value: Decimal, unit: Decimal = Decimal(1)) -> Decimal:
    """`value` to the nearest multiple of `unit`, halves away from zero (4,812.5 is 4,813).

    >>> round_half_up(Decimal("4812.5")), round_half_up(Decimal("-4812.5"))
    (Decimal('4813'), Decimal('-4813'))
    >>> round_half_up(Decimal("2212865"), THOUSAND)
    Decimal('2213000')
    """
    with localcontext() as context:
        context.prec = 50
        return (value / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit


def plain(value: Decimal) -> str:
    """The exact decimal as digits, without an exponent or trailing zeros: `-2213000`, `9.54`.

    >>> plain(Decimal("-2.213E+6")), plain(Decimal("9.540")), plain(Decimal("-0.00"))
    ('-2213000', '9.54', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def brackets(value: Decimal, unit: Decimal = THOUSAND, places: int = 0) -> str:
    """As a finance table prints it: in `unit`s, with commas, a negative in brackets.

    A small negative that rounds to nothing keeps its sign, as `(0)`; exact nil is `-`.

    >>> brackets(Decimal(-2_212_865)), brackets(Decimal(812_500))
    ('(2,213)', '813')
    >>> brackets(Decimal(-40)), brackets(Decimal(0))
    ('(0)', '-')
    """
    if value == 0:
        return "-"
    return signed_brackets(value < 0, digits(abs(value), unit, places))


def digits(value: Decimal, unit: Decimal = Decimal(1), places: int = 0) -> str:
    """The size of `value` in `unit`s, with commas and `places` decimals, rounded half up.

    >>> digits(Decimal("-1234.565"), places=2)
    '1,234.57'
    >>> digits(Decimal(2_212_865), MILLION, 2)
    '2.21'
    """
    step = Decimal(1).scaleb(-places)
    return f"{round_half_up(abs(value) / unit, step):,.{places}f}"


def exact_pounds(value: Decimal) -> str:
    """Pounds and pence for a sentence: `£1,234.50`, `minus £0.05`.

    >>> exact_pounds(Decimal("1234.5")), exact_pounds(Decimal("-0.05"))
    ('£1,234.50', 'minus £0.05')
    """
    text = f"£{digits(value, places=2)}"
    return f"minus {text}" if value < 0 else text


def signed_brackets(negative: bool, text: str) -> str:
    """`text` in brackets when it stands for a negative.

    >>> signed_brackets(True, "2,213"), signed_brackets(False, "2,213")
    ('(2,213)', '2,213')
    """
    return f"({text})" if negative else text
