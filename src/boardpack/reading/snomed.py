"""SNOMED codes: identifiers of medicines, kept as text, whose last digit checks the others.

A spreadsheet or a float keeps fifteen digits and makes the rest zeros. The check digit (Verhoeff's)
finds such a code, where its length and its digits look right.
"""

from __future__ import annotations

from functools import lru_cache

_SHIFT = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _multiply(a: int, b: int) -> int:
    """The product of two elements of the dihedral group of ten, which the check digit rests on."""
    if a < 5:
        return (a + b) % 5 + (0 if b < 5 else 5)
    return (a - b) % 5 + (5 if b < 5 else 0)


def _shifted(times: int, digit: int) -> int:
    for _ in range(times % 8):
        digit = _SHIFT[digit]
    return digit


@lru_cache(maxsize=200_000)
def is_snomed(text: str) -> bool:
    """Whether `text` is a whole SNOMED code: 6 to 18 digits, the last of which checks the rest.

    >>> is_snomed("322236009"), is_snomed("322236000"), is_snomed("0322236009")
    (True, False, False)
    """
    if not (text.isascii() and text.isdigit() and 6 <= len(text) <= 18 and text[0] != "0"):
        return False
    check = 0
    for position, digit in enumerate(reversed(text)):
        check = _multiply(check, _shifted(position, int(digit)))
    return check == 0
