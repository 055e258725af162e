"""Amounts as extracts really write them, brought to the one form that `money.py` reads.

Every way of writing has one meaning, or is refused with what to do: a number is never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from boardpack.core.money import parse_amount
from boardpack.reading.calendar import read_day
from boardpack.reading.layouts import FILE, SCALES, Layout
from boardpack.reading.table_shape import AMOUNTS, Column

LONGEST_NUMBER = 20
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_SPACED = re.compile(r"[-+(£ ]*\d{1,3}( \d{3})+(\.\d+)?[ km%)]*", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_PLAIN = re.compile(r"-?\d{1,14}(\.\d{1,4})?")
_WIDTH = re.compile(r"#{2,}")
_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")
_SCIENTIFIC = re.compile(r"\d[\d.,]*[eE][+-]?\d+")
_CONTINENTAL = re.compile(r"\d[\d.]*,\d{1,2}(?!\d)|\d{1,3}(\.\d{3}){2,}|\d\.\d{3},\d")
_SIDE = re.compile(r"(?P<number>[^a-z]*\d[^a-z]*?)\s*(?P<side>CR|DR)\.?", re.IGNORECASE)
_MINUS_LAST = re.compile(r"(?P<number>£?[\d,. ]*\d ?[km%]?) ?-", re.IGNORECASE)
_TIME = re.compile(r"[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$")
_UNIT_IN_TEXT = ("any_amount", "plain_percent", "thousands_or_percent")
_SUFFIX = re.compile(r"[km]\)?$", re.IGNORECASE)


PER_CENT = "A share in per cent is no amount: leave its row out, or give the amount."
AS_PER_CENT = "Write it with its sign, such as 95.0%."


class Unreadable(ValueError):
    """A cell that is not read, with what to do."""

    def __init__(self, remedy: str, expected: str | None = None) -> None:
        super().__init__(remedy)
        self.remedy, self.expected = remedy, expected


class Amount(NamedTuple):
    """An amount in its own unit (money in pounds), and its last printed unit."""

    value: Decimal
    step: Decimal
    unit: str


WIDEN = "Widen the column and export it again: the number is not in the file."
MEND = "Mend the formula in the source and export it again."
DIGITS = "The exponent hides digits: format the column as a number and export it again."
POINT = "Export it with a decimal point, and commas between thousands: 1,234.56."
SIDES = f"Say in {FILE.as_posix()} whether a debit is positive or negative (`debit`)."
SUFFIX = "Export the whole amount, not one rounded to k or m."
SPACES = "Take out the space, unless it stands between thousands."
DATE = "Its cells are formatted as dates: format the column as a number and export it again."
BOTH = "It has a sign and a side, CR or DR: export it with one of them."
LONG = f"Check the number: it has more than {LONGEST_NUMBER} digits."


def read_amount(column: Column, text: str, layout: Layout) -> Amount:
    """What an amount cell states; Unreadable where it does not state one exactly.

    >>> column = Column("actual", "thousands")
    >>> read_amount(column, "(1,234.5)", Layout())
    Amount(value=Decimal('-1234500.0'), step=Decimal('100.0'), unit='GBP')
    >>> read_amount(column, "1,234 CR", Layout(debit="positive")).value
    Decimal('-1234000')
    >>> read_amount(column, "9.5%", Layout())
    Traceback (most recent call last):
        ...
    boardpack.reading.amounts.Unreadable: A share in per cent is no amount: leave its row out, or
    give the amount.
    """
    try:
        plain = plain_amount(text, layout)
        number, step = parse_amount(plain)
    except ValueError as error:
        if _is_day(text):
            raise Unreadable(DATE, "an amount; the cell holds a date") from None
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("Correct the cell in the source and export it again.") from None
    _refuse_other_unit(column, plain)
    unit, scale = AMOUNTS[column.kind][0], _scale(column, plain, layout)
    if column.step is not None:
        step = Decimal(column.step)
    sign = -1 if column.name in layout.reversed else 1
    return Amount(number * scale * sign, step * scale, unit or _own_unit(column, plain))


def _is_day(text: str) -> bool:
    """Whether a cell holds a date, with or without the time of day."""
    try:
        read_day(_TIME.sub("", text))
    except ValueError:
        return False
    return True


def _scale(column: Column, plain: str, layout: Layout) -> Decimal:
    unit, scale = AMOUNTS[column.kind]
    if column.kind == "thousands_or_percent":
        return Decimal(1) if _is_share(plain) else _thousands(layout)
    if unit != "GBP" or layout.scale is None or _SUFFIX.search(plain):
        return Decimal(scale)
    return SCALES[layout.scale]


def column_scale(column: Column, layout: Layout) -> Decimal | None:
    """What a money column is in, in pounds; None for a column that is not of money.

    >>> column_scale(Column("actual", "thousands"), Layout())
    Decimal('1000')
    >>> print(column_scale(Column("share", "percent"), Layout()))
    None
    """
    unit, _ = AMOUNTS.get(column.kind, ("", 1))
    return _scale(column, "", layout) if unit == "GBP" else None


def _refuse_other_unit(column: Column, plain: str) -> None:
    if column.kind in _UNIT_IN_TEXT:
        return
    if _is_share(plain) != (column.kind == "percent"):
        raise Unreadable(PER_CENT if column.kind != "percent" else AS_PER_CENT)
    if _SUFFIX.search(plain) and (column.kind != "pounds" or column.is_exact):
        raise Unreadable(SUFFIX)


def _is_share(plain: str) -> bool:
    return plain.rstrip(")").endswith("%")


def _thousands(layout: Layout) -> Decimal:
    return Decimal(1000) if layout.scale is None else SCALES[layout.scale]


def _own_unit(column: Column, plain: str) -> str:
    if column.kind == "thousands_or_percent":
        return "PCT" if _is_share(plain) else "GBP"
    if plain.endswith("%"):
        return "PCT"
    return "GBP" if "£" in plain else "COUNT"


def plain_amount(text: str, layout: Layout) -> str:
    """The same amount with a minus before it, no spaces, and CR or DR as a sign.

    >>> plain_amount(" £ 1 234 - ", Layout()), plain_amount("1,234 DR", Layout(debit="positive"))
    ('-£1234', '1,234')
    >>> plain_amount("1.234,56", Layout())
    Traceback (most recent call last):
        ...
    boardpack.reading.amounts.Unreadable: Export it with a decimal point, and commas between
    thousands: 1,234.56.
    """
    if _PLAIN.fullmatch(text):
        return text
    plain = _SPACE.sub(" ", text).strip().translate(_DASHES)
    if plain[:1] in "'’" and len(plain) > 1:
        plain = plain[1:].strip()
    _refuse(plain)
    plain = _without_spaces(_signed(plain, layout))
    if plain.startswith(("£(", "£-")):
        plain = f"{plain[1]}£{plain[2:]}"
    return plain[1:] if plain.startswith("+") and plain[1:2] not in "+-(" else plain


def _refuse(plain: str) -> None:
    if _WIDTH.fullmatch(plain):
        raise Unreadable(WIDEN)
    if _ERROR.fullmatch(plain):
        raise Unreadable(MEND)
    if _SCIENTIFIC.search(plain):
        raise Unreadable(DIGITS)
    if _CONTINENTAL.search(plain):
        raise Unreadable(POINT)
    if sum(character.isdigit() for character in plain) > LONGEST_NUMBER:
        raise Unreadable(LONG)


def _signed(plain: str, layout: Layout) -> str:
    if found := _MINUS_LAST.fullmatch(plain):
        return f"-{found['number']}"
    found = _SIDE.fullmatch(plain)
    if found is None:
        return plain
    number = found["number"].strip()
    if layout.debit is None:
        raise Unreadable(SIDES)
    if not re.fullmatch(r"£?[\d,. ]+", number):
        raise Unreadable(BOTH)
    is_positive = (found["side"].upper() == "DR") == (layout.debit == "positive")
    return number if is_positive else f"-{number}"


def _without_spaces(plain: str) -> str:
    if re.search(r"\d \d", plain) and not _SPACED.fullmatch(plain):
        raise Unreadable(SPACES)
    return plain.replace(" ", "")


def excel_error(text: str) -> Unreadable | None:
    """Why a cell of any kind cannot be taken, where it holds what Excel shows for no value.

    >>> excel_error("#REF!")
    Unreadable('Mend the formula in the source and export it again.')
    >>> excel_error("#####").remedy
    'Widen the column and export it again: the number is not in the file.'
    >>> print(excel_error("1,234"))
    None
    """
    if not text.startswith("#"):
        return None
    if _ERROR.fullmatch(text):
        return Unreadable(MEND)
    return Unreadable(WIDEN) if _WIDTH.fullmatch(text) else None
