"""What a reader must know before relying on page 1: said there, and nowhere weightier.

Each subject says its own, one bullet a notice, in the block `notices` of the summary's template.
"""

from __future__ import annotations

from typing import Any

from boardpack.checks.absence import few, gaps_of, named
from boardpack.paper.adjustments import adjustments_told
from boardpack.paper.blocks import Narrative
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.corrections import corrections_told
from boardpack.paper.extracts import extract_notices
from boardpack.paper.one_structure import structure_changes
from boardpack.paper.versions import version_notice
from boardpack.structure import ICB


def notices_narrative(paper: ChapterPaper) -> Narrative | None:
    """The notices of this paper; None where there is nothing to say."""
    told: dict[str, Any] = {
        "version": version_notice(paper),
        **extract_notices(paper),
        "gaps": _gaps(paper),
        **adjustments_told(paper),
        "structure": structure_changes(paper),
        **corrections_told(paper),
    }
    if not any(told.values()):
        return None
    return paper.narrate("notices", **told)


def _gaps(paper: ChapterPaper) -> list[tuple[str, str]]:
    """Figures of the place or the ICB that lack a part, and the part; one for each cause."""
    return [
        (named(gap.figures[0], paper.paper), few(gap.missing))
        for gap in gaps_of(paper.register)
        if gap.concerns(paper.place, ICB)
    ]
