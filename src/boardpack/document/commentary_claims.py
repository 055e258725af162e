"""What the assurance chapter shows of the commentary: the claims that no figure bears out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from boardpack.core.home import CHECKOUT
from boardpack.core.home_chapters import NOTEBOOKS, chapter_name, own_notebooks
from boardpack.document.blocks import Column, Narrative, Row, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.document.content import read_chapter
from boardpack.document.untraced import UNIT
from boardpack.prose.claim import Claim
from boardpack.prose.commentary import Acceptance, acceptance_of, commentary_claims, read_accepted
from boardpack.prose.commentary_files import commentary_files
from boardpack.prose.notebook_claims import claim_from_json
from boardpack.prose.notebook_claims import where as place_of

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
    """Every claim of the commentary that is not plainly supported, the contradicted ones first.

    What notebooks say in plain words is among them, and each block with untraced numbers.
    """
    accepted = read_accepted(paper.paper)
    claims = commentary_claims(paper.paper, paper.register) | _held(paper)
    shown = [(c, claim) for c, found in claims.items() for claim in found if _is_shown(claim)]
    if not shown:
        return paper.narrate("no_claim", written=bool(commentary_files(paper.paper)))
    shown.sort(key=lambda pair: _ORDER.index(pair[1].status))
    columns = (
        Column("Where", "left"),
        Column("Words", "left"),
        Column("Standing", "left"),
        Column("Why", "left"),
    )
    titles = {key: told["title"] for key, told in paper.held.items()}
    rows = tuple(_row(paper, titles, chapter, claim, accepted) for chapter, claim in shown)
    title = "Claims in the commentary that rest on no figure"
    return Table("assurance-commentary", title, columns, rows)


def untraced_table(paper: ChapterPaper) -> Table | None:
    """By chapter, how much of what its notebook shows rests on no figure; None where all does.

    Accepted or not, it is counted: an acceptance says that somebody answers for it, not that it is
    a figure.
    """
    held = _held(paper)
    if not held:
        return None
    accepted = read_accepted(paper.paper)
    rows = tuple(
        Row((paper.held[key]["title"], *_counts(key, claims, accepted)))
        for key, claims in held.items()
    )
    columns = (
        Column("Chapter", "left"),
        Column("Untraced numbers"),
        Column("Sentences in doubt"),
        Column("Accepted by a reviewer"),
    )
    notes = ("A picture counts as one number.",)
    caption = "What notebooks show that no figure stands behind"
    return Table("assurance-untraced", caption, columns, rows, notes=notes)


def _counts(key: str, claims: list[Claim], accepted: tuple[Acceptance, ...]) -> tuple[str, ...]:
    blocks = [claim for claim in claims if claim.unit == UNIT]
    sentences = {claim.sentence for claim in claims if claim.unit != UNIT}
    answered = {c.sentence for c in claims if acceptance_of(key, c, accepted)}
    numbers = sum(int(claim.value or 0) for claim in blocks)
    shown = (numbers, len(sentences), len(answered))
    return tuple(f"{count:,}" if count else "-" for count in shown)


def _held(paper: ChapterPaper) -> dict[str, list[Claim]]:
    told = paper.held.items()
    return {key: [claim_from_json(item) for item in one["claims"]] for key, one in told}


def _is_shown(claim: Claim) -> bool:
    return claim.status in STANDING


def _row(
    paper: ChapterPaper,
    titles: Mapping[str, str],
    chapter: str,
    claim: Claim,
    accepted: tuple[Acceptance, ...],
) -> Row:
    answer = acceptance_of(chapter, claim, accepted)
    title = titles[chapter] if chapter in titles else _title(paper, chapter)
    where = f"{title}, {place_of(chapter, claim.line)}"
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
