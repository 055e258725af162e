"""Whether every page of an output says that a paper is a draft, and none of a released one does.

No block says it: it stands in heads and feet. A page that hides it passes a draft for a paper that
a board may rely on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from boardpack.audit.reader.passage import Passage

DRAFT = "draft"
UNSAID = "does not say that the paper is a draft."
CLAIMED = "says {words!r} of a paper that is a draft."
WRONG = "says that the paper is a draft, and the manifest that it is released."
_PAGES = re.compile(r"page \d+|slide \d+|sheet Cover|header or footer \d+|the top of the page")
_SAID = re.compile(r"\bdraft\b", re.IGNORECASE)
_MARK = re.compile(r"(?:.* · )?(?:draft|DRAFT)(?:,.*)?|.* DRAFT")
_CLAIM = re.compile(r"(?:released|final|approved|signed off)\W*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:.* )?page \d+ of \d+", re.IGNORECASE)
"""What the foot of a page may say by itself: whose it is, and its number."""


def hold_status(passages: Sequence[Passage], status: str) -> Iterator[tuple[str, str]]:
    """What is seen of an output against the status that the manifest gives, where it gives one.

    Of a workbook the cover is looked at, and of a page its top: sheets are held to their cover.
    """
    pages: dict[str, list[str]] = {}
    for passage in passages:
        found = _PAGES.match(passage.where)
        if found and passage.kind in ("text", "row"):
            pages.setdefault(found[0], []).extend(passage.cells)
    for page, words in pages.items():
        if status == DRAFT:
            yield from ((page, CLAIMED.format(words=one)) for one in words if _CLAIM.fullmatch(one))
            if not any(_SAID.search(one) for one in words) and not _is_bare(words):
                yield page, UNSAID
        elif status and any(_MARK.fullmatch(one) for one in words):
            yield page, WRONG


def _is_bare(words: Sequence[str]) -> bool:
    return all(_NUMBERED.fullmatch(one) for one in words)
