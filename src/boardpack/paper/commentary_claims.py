"""What the assurance chapter shows of the commentary: the claims that no figure bears out."""

from __future__ import annotations

import json
import re

from boardpack.home import CHECKOUT
from boardpack.home_chapters import NOTEBOOKS, chapter_name, own_notebooks
from boardpack.paper.blocks import Column, Narrative, Row, Table
from boardpack.paper.chapter import ChapterPaper
from boardpack.paper.content import read_chapter
from boardpack.prose.claim import Claim
from boardpack.prose.commentary import (
    Acceptance,
    acceptance_of,
    commentary_claims,
    read_accepted,
)

STANDING = {
    "contradicted": "Contradicted by the figures",
    "unsupported": "No such figure",
    "rounding": "Agrees within rounding only",
    "stated": "Stated by the author",
}
_ORDER = tuple(STANDING)
_BEFORE_STOP = re.compile(r" (?=[.,;:](?: |$))")
"""What is left where an author's mark of a source stood."""


def commentary_table(paper: ChapterPaper) -> Table | Narrative:
    """Every claim of the commentary that is not plainly supported, the contradicted ones first."""
    accepted = read_accepted(paper.paper)
    claims = commentary_claims(paper.paper, paper.register)
    shown = [(c, claim) for c, found in claims.items() for claim in found if _is_shown(claim)]
    if not shown:
        return paper.narrate("no_claim")
    shown.sort(key=lambda pair: _ORDER.index(pair[1].status))
    columns = (
        Column("Where", "left"),
        Column("Words", "left"),
        Column("Standing", "left"),
        Column("Why", "left"),
    )
    rows = tuple(_row(paper, chapter, claim, accepted) for chapter, claim in shown)
    title = "Claims in the commentary that rest on no figure"
    return Table("assurance-commentary", title, columns, rows)


def _is_shown(claim: Claim) -> bool:
    return claim.status in STANDING


def _row(paper: ChapterPaper, chapter: str, claim: Claim, accepted: tuple[Acceptance, ...]) -> Row:
    answer = acceptance_of(chapter, claim, accepted)
    where = f"{_title(paper, chapter)}, line {claim.line}"
    words = _BEFORE_STOP.sub("", " ".join(claim.text.split()))
    if answer is None:
        return Row((where, words, STANDING[claim.status], claim.reason))
    return Row((where, words, f"Accepted by {answer.reviewer_role}", answer.reason))


def _title(paper: ChapterPaper, chapter: str) -> str:
    """The chapter's title, as the home or its notebook has it; else its name."""
    entry = paper.paper.report.chapters.get(chapter)
    if entry is not None and entry.title is not None:
        return entry.title
    notebooks = (*(CHECKOUT / NOTEBOOKS).glob("*.ipynb"), *own_notebooks(paper.paper.home))
    found = [path for path in notebooks if chapter_name(path.stem) == chapter]
    if not found:
        return chapter
    return read_chapter(chapter, json.loads(found[0].read_text(encoding="utf-8"))).title
