"""What a cell shows by its number format, as spreadsheets print it.

Digits, commas, scales, per cent, brackets and words. A format of another sort (days, fractions,
exponents) is told of beside the stored value, for no cell of a paper has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<money>[^\]-]*)[^\]]*\]|\[(?P<told>[^\]]*)\]'
    r"|(?P<room>[_*].)|(?P<end>;)|(?P<digits>[0#.,]*[0#][0#.,]*)|(?P<other>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[\d.]+)")
_AS_IT_IS = frozenset(" -+()£$€¥:!^&'~{}<>=%,.·–—")
"""Signs that a format prints without quotation marks; `%` also multiplies by a hundred."""
BUILT_IN = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"},
    **{37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 49: "@"},
    40: "#,##0.00;-#,##0.00",
}
"""The formats that have a number only; the others show days, fractions or exponents."""

Section = list[re.Match[str]]


@lru_cache(maxsize=65_536)
def printed(value: str, code: str) -> str:
    """The text that a cell with this stored number shows.

    >>> printed("-2212.865", "#,##0_);(#,##0)"), printed("0.095", "0.0%")
    ('(2,213)', '9.5%')
    """
    try:
        number = Decimal(format(float(value), ".15g"))
    except (ValueError, InvalidOperation):
        return f"{value} [no number]"
    if code in ("General", "@"):
        return _general(number)
    section, gives_sign = _section_of(_sections(code), number)
    shown = _written(abs(number), section)
    minus = "-" if number < 0 and not gives_sign else ""
    return f"{value} [{code}]" if shown is None else f"{minus}{shown}".strip()


def printed_text(text: str, code: str) -> str:
    """What a cell with a text shows: itself, but for a format with a part of its own for text."""
    sections = _sections(code)
    if len(sections) < 4:
        return text
    said = (
        text if token["other"] == "@" else token["quoted"] or token["escaped"] or ""
        for token in sections[3]
    )
    return "".join(said)


def _general(number: Decimal) -> str:
    """Eleven characters at most, as in a wide cell."""
    whole = len(str(abs(int(number))))
    rounded = number.quantize(Decimal(1).scaleb(-max(0, 10 - whole)), ROUND_HALF_UP)
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=512)
def _sections(code: str) -> list[Section]:
    """The parts of a format: for numbers above nil, below nil, nil, and for text."""
    parts: list[Section] = [[]]
    for token in _TOKEN.finditer(code):
        if token["end"]:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _section_of(sections: list[Section], number: Decimal) -> tuple[Section, bool]:
    """The part that prints a number, and whether it says itself that it is below nil."""
    numeric = sections[:3]
    if any(_limit(section) for section in numeric):
        meeting = (one for one in numeric if _meets(number, _limit(one)))
        return next(meeting, numeric[-1]), False
    which = 1 if number < 0 else 2 if number == 0 else 0
    if which < len(numeric):
        return numeric[which], True
    return numeric[0], False


def _limit(section: Section) -> re.Match[str] | None:
    found = (_CONDITION.fullmatch(token["told"] or "") for token in section)
    return next(filter(None, found), None)


def _meets(number: Decimal, limit: re.Match[str] | None) -> bool:
    if limit is None:
        return True
    sign, other = limit[1], Decimal(limit[2])
    if number == other:
        return sign in ("=", "<=", ">=")
    return sign == "<>" or ("<" in sign if number < other else ">" in sign)


def _written(size: Decimal, section: Section) -> str | None:
    """A size as a part of a format prints it; None where it is no format of plain numbers."""
    percent = sum(token["other"] == "%" for token in section)
    shapes = [token["digits"] for token in section if token["digits"]]
    if len(shapes) > 1:
        return None
    made = list(_pieces(size * Decimal(100) ** percent, section))
    return None if None in made else "".join(piece for piece in made if piece is not None)


def _pieces(size: Decimal, section: Section) -> Iterator[str | None]:
    for token in section:
        if token["digits"]:
            yield _digits(size, token["digits"])
        elif token["other"]:
            yield token["other"] if token["other"] in _AS_IT_IS else None
        else:
            yield token["quoted"] or token["escaped"] or token["money"] or ""


def _digits(size: Decimal, shape: str) -> str:
    """The digits: commas at the end divide by a thousand each, one between them groups."""
    whole, _, after = shape.partition(".")
    bare = shape.rstrip(",")
    scaled = size.scaleb(-3 * (len(shape) - len(bare)))
    after = after.rstrip(",")
    whole = whole.rstrip(",") if "." not in shape else whole
    rounded = scaled.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in whole else "f")
    before, _, places = text.partition(".")
    least = after.count("0")
    while len(places) > least and places.endswith("0"):
        places = places[:-1]
    if before == "0" and "0" not in whole:
        before = ""
    before = before.zfill(whole.count("0"))
    return f"{before}.{places}" if after else before
