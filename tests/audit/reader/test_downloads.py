"""What the pages lead to: copies that are copies, and a search that gives what the pages say."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.audit.reader.downloads import hold_copies, hold_search
from boardpack.audit.reader.passage import Passage

READ = {
    "html/index.html": [
        Passage("‘Why’", "text", ("Prescribing is £2.21m overspent.",)),
        Passage("‘Why’, table 1", "row", ("Prescribing", "(2,213)")),
        Passage("‘Why’", "look", ("hidden", "display", "Nothing is overspent.")),
    ]
}
"""What an auditor's reader finds on the page: what is hidden there is not read."""


@pytest.fixture
def build(tmp_path: Path) -> Path:
    for name in ("board-paper.pdf", "html/downloads/board-paper.pdf", "html/_static/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF of the paper")
    return tmp_path


def test_a_copy_is_the_document(build: Path) -> None:
    assert list(hold_copies(build)) == []


def test_a_copy_that_says_something_else_is_named(build: Path) -> None:
    copy = "html/downloads/board-paper.pdf"
    (build / copy).write_bytes(b"%PDF of another")
    assert list(hold_copies(build)) == [(copy, copy, "is not the same as board-paper.pdf.")]


def test_a_document_of_no_paper_is_named(build: Path) -> None:
    other = "html/downloads/better.pdf"
    (build / other).write_bytes(b"%PDF of the paper")
    assert list(hold_copies(build)) == [
        (other, other, "is a document that the paper does not have.")
    ]


def searched(build: Path, script: str) -> list[str]:
    (build / "html/_static/passages.js").write_text(script, encoding="utf-8")
    return [said for _, _, said in hold_search(build, READ)]


@pytest.mark.parametrize(
    ("passage", "said"),
    [
        ('["index.html","s","Why","Prescribing is £2.21m overspent."]', []),
        ('["index.html","s","Why","Prescribing (2,213)"]', []),
        (
            '["index.html","s","Why","Prescribing is £2.31m overspent."]',
            ["'Prescribing is £2.31m overspent.' is not on that page."],
        ),
        (
            '["index.html","s","Why","Nothing is overspent."]',
            ["'Nothing is overspent.' is not on that page."],
        ),
        (
            '["elsewhere.html","s","Why","Prescribing (2,213)"]',
            ["'Prescribing (2,213)' is not on that page."],
        ),
        ('["index.html"]', ["is damaged: it does not give the passages of the pages."]),
    ],
)
def test_a_passage_of_the_search_is_on_its_page(build: Path, passage: str, said: list[str]) -> None:
    assert searched(build, f"window.boardpackPassages=[\n{passage}\n];\n") == said


def test_a_search_that_does_anything_else_is_named(build: Path) -> None:
    damaged = ["is damaged: it does not give the passages of the pages."]
    assert searched(build, "window.boardpackPassages=[];\ndocument.title='x';\n") == damaged


def test_a_search_without_passages_is_named(build: Path) -> None:
    assert [said for _, _, said in hold_search(build, READ)] == ["is missing."]
