"""One rounding rule inside a sentence: beside millions, nothing below a thousand pounds is told.

`£950` beside `£2.21m` would look exact where the sentence is not; it reads `less than £1k`. Beside
smaller amounts it stands, because there it is what the reader is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from boardpack.document.blocks import MARKER, mark

SMALL = "less than £1k"
_SENTENCE_END = re.compile(r"((?<=[.?!:])\s+|\n)")
_MILLIONS = re.compile(r"£[\d,.]+m\b")
_POUNDS = re.compile(r"£\d{1,3}(?![\d.,]*\d|[km])")


def without_small_change(text: str, is_money: Callable[[str], bool]) -> str:
    """The prose with small amounts beside millions said as less than a thousand.

    `is_money` says of a figure's id whether it is an amount, and not a price of something.

    >>> text = f"{mark('a.b.c.d', '£2.21m')} less {mark('a.b.c.e', '£950')}."
    >>> without_small_change(text, lambda identity: True)
    '⟦a.b.c.d|£2.21m⟧ less ⟦a.b.c.e|less than £1k⟧.'
    >>> without_small_change(text, lambda identity: False) == text
    True
    """
    if not _MILLIONS.search(text):
        return text
    return "".join(_sentence(part, is_money) for part in _SENTENCE_END.split(text))


def _sentence(sentence: str, is_money: Callable[[str], bool]) -> str:
    if not any(_MILLIONS.search(printed) for _, printed in MARKER.findall(sentence)):
        return sentence

    def said(found: re.Match[str]) -> str:
        identity, printed = found.groups()
        return mark(identity, _POUNDS.sub(SMALL, printed)) if is_money(identity) else found[0]

    return MARKER.sub(said, sentence)
