"""How a body's papers are printed: the unit of money, and what its board and its places are called.

It is the group `in_print` of `params/report.yml`. What is not said there is as the project has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Annotated, Literal

from pydantic import AfterValidator

from boardpack.core.parameter_files import Strict


@dataclass(frozen=True)
class MoneyUnit:
    """A unit in which amounts of pounds are printed: its name, its size, and its decimals.

    >>> MoneyUnit("£m", Decimal(1_000_000), 2).step
    Decimal('10000.00')
    """

    name: str
    size: Decimal
    places: int

    @property
    def step(self) -> Decimal:
        """The last unit that is printed, in pounds."""
        return self.size.scaleb(-self.places)


UNITS = {
    "£000s": MoneyUnit("£000s", Decimal(1000), 0),
    "£m": MoneyUnit("£m", Decimal(1_000_000), 2),
    "£": MoneyUnit("£", Decimal(1), 0),
}
THOUSANDS = UNITS["£000s"]


def _noun(said: str) -> str:
    if not re.fullmatch(r"[A-Za-z]+(?:[ -][A-Za-z]+)*", said):
        raise ValueError("a noun in the singular, such as committee or borough")
    return said.lower()


Noun = Annotated[str, AfterValidator(_noun)]
"""What something is called within a sentence: small letters, in the singular."""


class InPrint(Strict):
    """What the body's readers read: `money` in tables and sentences, and its own two words.

    `board` is what receives the paper (committee, joint board), `place` what a part of the area is
    called (borough, locality).

    >>> InPrint().unit.step, InPrint(money="£m").unit.step
    (Decimal('1000'), Decimal('10000.00'))
    """

    money: Literal["£000s", "£m", "£"] = "£000s"
    board: Noun = "board"
    place: Noun = "place"

    @property
    def unit(self) -> MoneyUnit:
        """The unit of money."""
        return UNITS[self.money]


USUAL = InPrint()


def worded(text: str, words: InPrint) -> str:
    """A text of the project's own with the body's words for its board and its places.

    A capital within a sentence is a name's (Integrated Care Board), which is left as it is.

    >>> words = InPrint.model_validate({"place": "locality"})
    >>> worded("Each place has a budget.", words)
    'Each locality has a budget.'
    """
    for usual, own in (("board", words.board), ("place", words.place)):
        if own != usual:
            found = rf"\b({usual}|(?<!\w ){usual.capitalize()})(s?)\b(?! [A-Z])"
            text = re.sub(found, partial(_as_written, own=own), text)
    return text


def _as_written(found: re.Match[str], *, own: str) -> str:
    """The body's word in the number and with the capital of the one that stood there."""
    word = own
    if found[2]:
        word = f"{own[:-1]}ies" if re.search(r"[^aeiou]y$", own) else f"{own}s"
    return word.capitalize() if found[1][0].isupper() else word
