"""What a workbook's cell shows by its number format, read a second time, for verification alone.

Only formats that the product reads need come out right: what it refuses never becomes a figure.
"""

from __future__ import annotations

import re
from decimal import Decimal

PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].'
    r"|(?P<digits>General|[0#?.,%@]+|E[+-])|(?P<other>.)",
    re.DOTALL,
)
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
NIL = ("", "-", "–", "\u2212", "nil", "zero")
THOUSAND, MILLION = (
    ("k", "000", "000s", "thousand", "thousands"),
    ("m", "mn", "million", "millions"),
)


def section_of(form: str, number: Decimal) -> tuple[str, bool]:
    """The part of a format that is for a number, and whether it is for negatives alone."""
    sections = re.findall(
        r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+|(?<=;)(?=;|$)|^(?=;)', form or "General"
    )
    sections = sections[:3]
    if any(CONDITION.search(section) for section in sections):
        return next((part for part in sections if _meets(part, number)), sections[-1]), False
    which = 1 if number < 0 else 2 if number == 0 else 0
    is_there = which < len(sections)
    return sections[which if is_there else 0], is_there and number < 0


def _meets(section: str, number: Decimal) -> bool:
    found = CONDITION.search(section)
    if found is None:
        return True
    limit = Decimal(found[2])
    is_equal, sign = number == limit, found[1]
    if is_equal:
        return "=" in sign
    return sign == "<>" or ("<" in sign if number < limit else ">" in sign)


def shown(number: Decimal, section: str, is_for_negatives: bool = False) -> str:
    """The text of a cell that holds a number: its digits, with what the format says of them."""
    before = after = digits = ""
    for piece in PIECE.finditer(section):
        said = piece["quoted"] or piece["escaped"] or piece["money"] or piece["other"] or ""
        if piece["digits"]:
            digits += piece["digits"]
            after = "" if re.search("[0#?]", piece["digits"]) else after
        elif digits:
            after += said
        else:
            before += said
    if not digits:
        words = (before + after).strip()
        return "0" if words.lower() in NIL else words
    pounds = "£" if "£" in before + after or "GBP" in before + after else ""
    name = re.sub(r"[£(\s]+$|^[-–\u2212(\s]+", "", before.replace("GBP", ""))
    text = _digits(abs(number), digits)
    unit = _unit(after, is_smaller=re.search(r"[0#?],+(?![0#?])", digits) is not None)
    is_signed = before.strip("£ ") in ("-", "(")
    has_side = unit in (" CR", " DR") and is_for_negatives and not is_signed
    minus = "-" if number < 0 and not has_side else ""
    return f"{before.replace('£', '').lstrip() if name else ''}{minus}{pounds}{text}{unit}".strip()


def _digits(size: Decimal, placeholders: str) -> str:
    percent = placeholders.count("%")
    text = shortest(size * 100**percent)
    if re.fullmatch("00+", placeholders) and text.isdigit():
        text = text.zfill(len(placeholders))
    return text + "%" * percent


def _unit(after: str, is_smaller: bool) -> str:
    """`k`, `m`, ` CR` or the words themselves; none where the number is only shown smaller."""
    words = re.sub(r"^[-–\u2212)\s]+|[()\s]+$", "", after)
    bare = re.sub(r"[£'’,()\s]", "", words).lower()
    if is_smaller:
        return ""
    if bare in THOUSAND:
        return "k"
    if bare in MILLION:
        return "m"
    if bare in ("cr", "dr", "cr.", "dr."):
        return f" {bare[:2].upper()}"
    return f" {words}" if after[:1].isspace() and words else words


def shortest(number: Decimal) -> str:
    """A number as digits, without an exponent or noughts at its end.

    >>> shortest(Decimal("1E+6")), shortest(Decimal("9.50"))
    ('1000000', '9.5')
    """
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
