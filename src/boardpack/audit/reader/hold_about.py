"""What a workbook or slides say of themselves beside what they show: their properties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.words import plain, says_something

_KNOWN = ("title", "subject", "creator", "contentStatus")
_LIBRARY = "generated using python-pptx"


def hold_properties(passages: Iterable[Passage]) -> Iterator[tuple[str, str]]:
    """A file says its title, its month, whose it is and its status, and no number but dates."""
    for one in passages:
        if one.where == "properties":
            name, said = one.cells
            is_known = name in _KNOWN or said == _LIBRARY
            if not is_known or says_something(plain(said)):
                yield one.where, f"say {said!r} as the file's {name}, which the paper does not."
