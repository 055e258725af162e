"""A page that hides that a paper is a draft, or says that it is released, is named."""

from __future__ import annotations

import pytest

from boardpack.audit.reader.hold_status import CLAIMED, UNSAID, WRONG, hold_status
from boardpack.audit.reader.passage import Passage

TITLE = "Bromley finance report, September 2023"
SAID = {
    "page 2, head or foot": "DRAFT",
    "slide 1": f"{TITLE}  DRAFT",
    "sheet Cover, row 2": f"{TITLE} · DRAFT",
    "header or footer 3, paragraph 1": "DRAFT, ILLUSTRATIVE",
    "the top of the page": "draft",
}
"""How each output says it."""


def shown(where: str, words: str, kind: str = "text") -> list[Passage]:
    return [Passage(where, "text", ("Prescribing",)), Passage(where, kind, (words,))]


@pytest.mark.parametrize("where", SAID)
def test_a_page_says_what_the_paper_is(where: str) -> None:
    page = where.partition(", ")[0]
    passages = shown(where, SAID[where])
    assert list(hold_status(passages, "draft")) == []
    assert list(hold_status(passages, "released")) == [(page, WRONG)]
    assert list(hold_status(passages, "")) == []


@pytest.mark.parametrize("where", SAID)
@pytest.mark.parametrize("words", ["", "The budget"])
def test_a_page_that_hides_that_it_is_a_draft_is_named(where: str, words: str) -> None:
    page = where.partition(", ")[0]
    assert list(hold_status(shown(where, words), "draft")) == [(page, UNSAID)]
    assert list(hold_status(shown(where, words), "released")) == []


@pytest.mark.parametrize("words", ["Released", "FINAL", "approved."])
def test_a_draft_that_calls_itself_released_is_named(words: str) -> None:
    passages = [*shown("page 1", "DRAFT"), *shown("page 1", words)]
    assert list(hold_status(passages, "draft")) == [("page 1", CLAIMED.format(words=words))]


def test_what_is_not_seen_says_nothing() -> None:
    passages = shown("slide 1", "DRAFT", kind="aid")
    assert list(hold_status(passages, "draft")) == [("slide 1", UNSAID)]


def test_the_foot_of_a_page_may_say_its_number_alone() -> None:
    foot = [Passage("header or footer 2, paragraph 1", "text", ("Bromley Page 1 of 1",))]
    assert list(hold_status(foot, "draft")) == []
