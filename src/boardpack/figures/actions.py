"""Actions are words: the chapter has no figures of its own."""

from __future__ import annotations

from boardpack.figures.draft import Draft


def actions_figures(draft: Draft) -> None:
    """Enter nothing; the chapter shows the extract's words and the figures of other chapters."""
