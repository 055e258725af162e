"""What a cell of a workbook shows: its number as its number format writes it, all digits kept.

A format may state what the number does not hold: a unit (`£#,##0"k"`), a scale (`#,##0,`), a side
(`#,##0.00" Cr"`), a sign (`(#,##0.00)`). A reader of the sheet takes what is seen. So words of the
format become words of the cell, and its column decides whether it takes them; where what is seen
and what is held are two different amounts, the cell is refused and the format named.
"""

from __future__ import annotations

from decimal import Decimal

from boardpack.reading.format_sections import Section, section_for, sections_of
from boardpack.reading.grids import Flaw

_NIL = frozenset({"", "-", "\u2212", "\u2013", "nil", "zero"})

_HOLD = "Give the cells a plain number format and save it again."


def _flaw(what: str, form: str) -> Flaw:
    return Flaw(f"{what} (number format {form})", _HOLD)


def is_day(form: str, number: Decimal) -> bool:
    """Whether a number format shows a number as a day or a time.

    >>> is_day("dd/mm/yyyy", Decimal(45382)), is_day("#,##0", Decimal(45382))
    (True, False)
    """
    section, _ = section_for(form, number)
    return section.is_date


def shown_number(number: Decimal, form: str) -> str | Flaw:
    """What a cell that holds a number shows, with all its digits; a flaw where that misleads.

    `£#,##0"k"` over 900 shows £900k, `0.0%` over 0.095 shows 9.5%, `0000` over 12 shows 0012.

    >>> shown_number(Decimal(900), '£#,##0"k"'), shown_number(Decimal("0.095"), "0.0%")
    ('£900k', '9.5%')
    >>> shown_number(Decimal(-12), "#,##0;(#,##0)"), shown_number(Decimal(12), "0000")
    ('-12', '0012')
    >>> shown_number(Decimal(900_000), "#,##0,").expected
    'a number that shows all its digits; its format shows thousands (number format #,##0,)'
    """
    if form in ("General", "@"):
        return plain_digits(number)
    section, keeps_minus = section_for(form, number)
    if not section.has_digits:
        return _worded(number, f"{section.before}{section.after}".strip(), form)
    if section.parts_digits:
        return _flaw("a number whose digits are not parted by other signs", form)
    sign = _sign(number, section, keeps_minus, form)
    if isinstance(sign, Flaw):
        return sign
    return _written(number, section, sign, form)


def _worded(number: Decimal, words: str, form: str) -> str | Flaw:
    """What a section without digits shows: nil may be a dash, a word or nothing at all."""
    if number != 0 or not any(section.has_digits for section in sections_of(form)):
        return _flaw("a number that is shown", form)
    return "0" if words.casefold() in _NIL else words


def shown_text(text: str, form: str) -> str | Flaw:
    """What a cell that holds text shows.

    >>> shown_text("Acute", "General"), shown_text("Acute", '@" total"')
    ('Acute', 'Acute total')
    """
    sections = sections_of(form)
    own = sections[3:4] or [section for section in sections if "@" in section.bare]
    if not own:
        return text
    if "@" not in own[0].bare:
        return _flaw("a text that is shown", form)
    return f"{own[0].before}{text}{own[0].after}".strip()


def _sign(number: Decimal, section: Section, keeps_minus: bool, form: str) -> str | Flaw:
    """The minus that is seen; a flaw where it is seen and not held, or held and not seen."""
    if number > 0:
        if section.is_signed:
            return _flaw("an amount whose sign is seen as it is held: this one is above nil", form)
        return ""
    if number == 0 or (section.has_side and not keeps_minus and not section.is_signed):
        return ""
    if keeps_minus or section.is_signed or section.is_red:
        return "-"
    return _flaw("an amount whose sign is seen as it is held: this one is below nil", form)


def _written(number: Decimal, section: Section, sign: str, form: str) -> str | Flaw:
    if not section.tells_scale:
        return _flaw("a number that shows all its digits; its format shows thousands", form)
    size = abs(number)
    digits = plain_digits(size.scaleb(2 * section.percent) if section.percent else size)
    if section.noughts and digits.isdigit():
        digits = digits.zfill(section.noughts)
    return f"{section.head}{sign}{section.pounds}{digits}{section.tail}"


def plain_digits(number: Decimal) -> str:
    """A number as digits, without an exponent or noughts at its end.

    >>> plain_digits(Decimal("1E+6")), plain_digits(Decimal("9.50"))
    ('1000000', '9.5')
    """
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
