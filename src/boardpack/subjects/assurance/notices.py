"""What a reader must know before relying on page 1: said there, and nowhere weightier.

Each subject says its own, one bullet a notice, in the block `notices` of the summary's template.
"""

from __future__ import annotations

from typing import Any

from boardpack.checks.absence import few, gaps_of, named
from boardpack.core.structure import ICB
from boardpack.document.blocks import Narrative
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.adjustments.tables import adjustments_told
from boardpack.subjects.assurance.corrections import corrections_told
from boardpack.subjects.assurance.extracts import extract_notices
from boardpack.subjects.assurance.one_structure import structure_changes
from boardpack.subjects.assurance.versions import version_notice


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
