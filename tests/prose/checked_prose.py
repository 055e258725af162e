"""What the tests of prose share: one register, described once."""

from __future__ import annotations

from functools import lru_cache

from month_six import paper_for, whole_register

from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim


@lru_cache
def checker(place: str = "bromley") -> ProseChecker:
    """The checker of the Month 6 paper of a place."""
    return ProseChecker(whole_register(place), paper_for(place))


def claims_of(text: str, place: str = "bromley") -> list[Claim]:
    """The claims of a text, held against the Month 6 paper of a place."""
    return checker(place).check(text)
