"""What the ICB's own chapters share: they show the same for every place."""

from __future__ import annotations

from boardpack.document.blocks import NotSupplied
from boardpack.document.chapter import ChapterPaper

WHY = "The ICB's report was not supplied for this month."


def not_supplied(paper: ChapterPaper, what: str) -> NotSupplied:
    """A block that says what the ICB did not supply, whichever place the paper is for."""
    return paper.not_supplied(what, WHY)
