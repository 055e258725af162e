"""What a reader must know before relying on page 1: said there, and nowhere weightier.

Each subject says its own, one bullet a notice, in the block `notices` of the summary's template.
"""

from __future__ import annotations

from typing import Any

from boardpack.paper.blocks import Narrative
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.extracts import extract_notices


def notices_narrative(paper: ChapterPaper) -> Narrative | None:
    """The notices of this paper; None where there is nothing to say."""
    told: dict[str, Any] = {**extract_notices(paper)}
    if not any(told.values()):
        return None
    return paper.narrate("notices", **told)
