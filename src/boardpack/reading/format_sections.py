"""The sections of a workbook's number format: which of them shows a number, and what it says.

`#,##0.00" Dr";#,##0.00" Cr"` has one for what is above nil and one for what is below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

_CURRENCY = "£#,##0{0};-£#,##0{0}"
_BRACKETS = "#,##0{0};(#,##0{0})"
BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{5: _CURRENCY.format(""), 6: _CURRENCY.format(""), 7: _CURRENCY.format(".00")},
    **{8: _CURRENCY.format(".00"), 12: "# ?/?", 13: "# ??/??", 49: "@"},
    **{37: _BRACKETS.format(""), 38: _BRACKETS.format(""), 39: _BRACKETS.format(".00")},
    **{40: _BRACKETS.format(".00"), 48: "##0.0E+0"},
    **{41: _BRACKETS.format(""), 42: "£#,##0;(£#,##0)", 43: _BRACKETS.format(".00")},
    **{44: "£#,##0.00;(£#,##0.00)", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0"},
    **dict.fromkeys((*range(14, 18), *range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm"},
}
"""Formats that a workbook names by number only, with the currency that Excel shows in England."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<exponent>E[+-])|(?P<digit>[0#?])|(?P<mark>[.,%@;])|(?P<date>[dmyhs]+|AM/PM|A/P)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_SCALE = re.compile(r"[0#?](,+)(?![0#?])")
_PARTED = re.compile(r"[^\s'’/]")
_UNITS = {"k": 1, "000": 1, "thousand": 1, "m": 2, "mn": 2, "million": 2, "bn": 3, "billion": 3}
_LETTERS = {"k": "k", "000": "k", "thousand": "k", "m": "m", "mn": "m", "million": "m"}
_SIDES = re.compile(r"(cr|dr)\.?", re.IGNORECASE)
_MINUS = frozenset("-\u2212\u2013")


@dataclass(frozen=True)
class Section:
    """One part of a number format: the words about its digits, and what it does to them.

    `bare` holds its signs for digits, points, commas and `%`; `within` what else stands between
    digits. `colour` and `condition` are what its brackets say.
    """

    before: str
    after: str
    within: str
    bare: str
    is_date: bool
    is_red: bool
    condition: tuple[str, Decimal] | None

    @cached_property
    def has_digits(self) -> bool:
        """Whether it shows the number at all."""
        return any(sign in self.bare for sign in "0#?@G")

    @cached_property
    def shown_smaller(self) -> int:
        """By how many thousands the number is shown smaller than it is held."""
        return sum(len(found[1]) for found in _SCALE.finditer(self.bare))

    @cached_property
    def is_signed(self) -> bool:
        """Whether it puts a minus or brackets about the digits."""
        before, after = _without_pounds(self.before), _without_pounds(self.after)
        if before.endswith("(") and ")" in after:
            return True
        return before in _MINUS or after[:1] in _MINUS

    @cached_property
    def unit(self) -> str:
        """The words after the digits, without a sign: `k`, `Cr`, `weeks`."""
        return re.sub(r"^[-\u2212\u2013)\s]+|[()\s]+$", "", self.after)

    @cached_property
    def tells_scale(self) -> bool:
        """Whether it says by how much a number is shown smaller, as `#,##0,"k"` does."""
        return not self.shown_smaller or _UNITS.get(_plain_unit(self.unit)) == self.shown_smaller

    @cached_property
    def head(self) -> str:
        """The words before the digits, without sign and currency."""
        bare = re.sub(r"[(\s]+$|^[-\u2212\u2013(\s]+", "", self.before.replace("£", ""))
        return self.before.replace("£", "").lstrip() if bare else ""

    @cached_property
    def pounds(self) -> str:
        """The pound sign, where it has one."""
        return "£" if "£" in self.before + self.after else ""

    @cached_property
    def tail(self) -> str:
        """What a column reads after the digits: `k`, `m`, ` CR`, `%` or words."""
        unit = _plain_unit(self.unit)
        if self.shown_smaller:
            told = ""  # £900k stands over 900,000: what is seen is what is held
        elif unit in _LETTERS:
            told = _LETTERS[unit]
        elif found := _SIDES.fullmatch(self.unit):
            told = f" {found[1].upper()}"
        else:
            told = f" {self.unit}" if self.after[:1].isspace() and self.unit else self.unit
        return "%" * self.percent + told

    @cached_property
    def has_side(self) -> bool:
        """Whether it says CR or DR."""
        return _SIDES.fullmatch(self.unit) is not None

    @cached_property
    def percent(self) -> int:
        """How many times over it shows hundredths as whole numbers."""
        return self.bare.count("%")

    @cached_property
    def noughts(self) -> int:
        """How many digits it shows at least, where it is of noughts alone, as codes are."""
        return len(self.bare) if re.fullmatch("0{2,}", self.bare) else 0

    @cached_property
    def parts_digits(self) -> bool:
        """Whether other signs than a space stand between the digits, as in 12-34-56."""
        return _PARTED.search(self.within) is not None


def _plain_unit(unit: str) -> str:
    """`£000s`, `'000`, `(k)` and ` K` as the units that they are."""
    bare = re.sub(r"[£'’,()\s]", "", unit).casefold()
    return bare.removesuffix("s") if bare.removesuffix("s") in _UNITS else bare


def _without_pounds(words: str) -> str:
    return re.sub(r"[£\s]", "", words)


def section_for(form: str, number: Decimal) -> tuple[Section, bool]:
    """The section of a format that shows a number, and whether Excel writes the minus itself.

    >>> dr_cr = '#,##0" Dr";#,##0" Cr"'
    >>> section_for(dr_cr, Decimal(-5))[0].unit, section_for(dr_cr, Decimal(5))[0].unit
    ('Cr', 'Dr')
    """
    sections = sections_of(form)[:3]
    if "[" in form and any(section.condition for section in sections):
        for section in sections:
            if section.condition is None or _holds(section.condition, number):
                return section, True
        return sections[-1], True
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _holds(condition: tuple[str, Decimal], number: Decimal) -> bool:
    sign, limit = condition
    return {
        "<": number < limit,
        "<=": number <= limit,
        ">": number > limit,
        ">=": number >= limit,
        "=": number == limit,
        "<>": number != limit,
    }[sign]


@lru_cache(maxsize=512)
def sections_of(form: str) -> tuple[Section, ...]:
    """The sections of a number format, which semicolons part.

    >>> [section.is_signed for section in sections_of("#,##0;(#,##0)")]
    [False, True]
    """
    return tuple(map(_read_section, _parted(form or "General")))


def _parted(form: str) -> Iterator[list[re.Match[str]]]:
    section: list[re.Match[str]] = []
    for token in _TOKEN.finditer(form):
        if token["mark"] == ";":
            yield section
            section = []
        else:
            section.append(token)
    yield section


def _read_section(tokens: list[re.Match[str]]) -> Section:
    words, bare = ["", "", ""], ""
    is_date = is_red = False
    condition = None
    for token in tokens:
        sign = token["digit"] or token["mark"] or ("G" if token["general"] else "")
        bracket = token["bracket"]
        if token["date"]:
            is_date = True
        elif bracket is not None and not bracket.startswith("$"):
            is_date = is_date or bool(re.fullmatch("[hms]+", bracket, re.IGNORECASE))
            is_red = is_red or bracket.casefold().replace(" ", "") in ("red", "color3")
            if found := _CONDITION.fullmatch(bracket):
                condition = found[1], Decimal(found[2])
        elif token["exponent"]:
            bare += "E"
        elif sign:
            bare += sign
            if sign not in ",%":
                words[1] += words[2]
                words[2] = ""
        else:
            said = _said(token)
            place = 2 if re.search("[0#?@G]", bare) else 0
            words[place] += said
    exponent = "E" in bare
    within = "" if exponent else words[1]
    return Section(words[0], words[2], within, bare, is_date, is_red, condition)


def _said(token: re.Match[str]) -> str:
    """What a part of a format that is not for digits shows."""
    if token["bracket"] is not None:
        name = token["bracket"][1:].partition("-")[0]
        return "£" if name.upper() == "GBP" else name
    return next((token[kind] for kind in ("quoted", "escaped", "other") if token[kind]), "")
