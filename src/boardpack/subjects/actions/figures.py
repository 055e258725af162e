"""Actions are words: the chapter has no figures of its own."""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.subjects.actions.extract import read_actions


def actions_figures(draft: Draft) -> None:
    """Enter nothing; the extract is read so that its faults are told with all the others."""
    read_actions(draft.folder)
