"""No template of a chapter has words of the software's own trade, or a riddle, for a board."""

from __future__ import annotations

from pathlib import Path

import pytest
from plain_sentences import hard_sentences, software_s_own

from boardpack.core.home import CHECKOUT
from boardpack.document.blocks import KeyFigure, KeyFigures, Narrative, Number
from boardpack.document.content import Chapter
from boardpack.document.templates import wording

TEMPLATES = sorted((CHECKOUT / "templates" / "chapters").iterdir())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_a_template_speaks_to_a_board(path: Path) -> None:
    found = [software_s_own(text) for text in wording(path.read_text("utf-8"))]
    assert [one for one in found if one] == []


@pytest.mark.parametrize(
    ("text", "is_hard"),
    [
        ("The extracts do not say why.", True),
        ("No register released for an earlier month holds the figures of this chapter.", True),
        ("Taken one way at a time, nil makes the variance look too good.", True),
        ("Of the 2 stretches between papers this year, none was as good.", True),
        ("58 do not agree.", True),
        ("£2,427.2m is left.", True),
        ("The plans add up to £8.77m, £703 more.", True),
        ("The plans add up to £8.77m, £7k more.", False),
        ("The bed costs £703.", False),
        ("What is left is £2,427.2m.", False),
        ("The register of risks is reviewed every month.", False),
        ("The estimates were extracted by hand.", False),
    ],
)
def test_what_is_hard_to_follow_is_found(text: str, is_hard: bool) -> None:
    chapter = Chapter("02_x", "X", (Narrative("x-y", text),))
    assert [one for _, one in hard_sentences(chapter)] == ([text] if is_hard else [])


def test_a_fragment_may_begin_with_its_amount_and_the_team_s_words_are_its_own() -> None:
    card = KeyFigure("Year to date", Number("£2m", "a.b.c.d", "2"), context="2.0% over budget")
    words = Narrative("x-commentary", "58 extracts do not agree.", "commentary")
    chapter = Chapter("02_x", "X", (KeyFigures("x-k", (card,)), words))
    assert list(hard_sentences(chapter)) == []
