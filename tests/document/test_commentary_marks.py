"""A draft's commentary marks what no figure bears out; what may be released has no mark."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import PROJECT, copied_home

from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.core.seen import seeing
from boardpack.document.commentary_marks import marked_commentary, write_claims
from boardpack.outputs.pdf.typst_text import prose
from boardpack.outputs.prose import prose_html

WRITTEN = """The month in short.

Prescribing is **£2,313k overspent**. Mental health is £348k overspent.

We saw 4,612 patients in the hall.
"""


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return load_paper(copied_home(PROJECT, tmp_path), parse_month("2023-24", "M06"), "bromley")


def marked_words(paper: Paper, text: str) -> str:
    """The words as the position chapter's commentary, marked."""
    file = paper.home / "params/2023-24/M06/bromley/commentary/position.md"
    file.write_text(text, encoding="utf-8")
    return marked_commentary(text, "position", paper)


def test_only_open_claims_are_marked_and_the_rest_stays(paper: Paper) -> None:
    marked = marked_words(paper, WRITTEN)
    assert marked.count("⟪contradicted") == marked.count("⟪unsupported") == 1
    html = prose_html(marked)
    assert '">£2,313k <span class="doubt-word">[contradicted by the figures' in html
    assert '">4,612 <span class="doubt-word">[no such figure' in html
    assert "£2,213k" in html.split("<mark", 1)[1].split(">", 1)[0]
    assert "⟪" not in html


def test_a_render_holds_the_words_once_and_a_chapter_looks_at_its_own_claims_alone(
    paper: Paper, tmp_path: Path
) -> None:
    alone = marked_words(paper, WRITTEN)
    told = tmp_path / "told"
    write_claims(paper, told)
    with seeing() as seen:
        assert marked_commentary(WRITTEN, "position", paper, told) == alone
    assert seen.files == {str(told / "claims" / "position.json")}
    changed = paper.model_copy(update={"place": "lewisham"})  # what is told is not found again
    assert marked_commentary(WRITTEN, "position", changed, told) == alone


def test_the_pdf_underlines_and_says_it_in_words(paper: Paper) -> None:
    typst = prose(marked_words(paper, WRITTEN))
    assert '#doubt("contradicted by the figures")[#"£2,313k";];' in typst


def test_an_accepted_claim_and_true_words_bear_no_mark(paper: Paper) -> None:
    true = "Prescribing is £2,213k overspent. We saw 4,612 patients in the hall."
    folder = paper.home / "params/2023-24/M06/bromley"
    (folder / "accepted.csv").write_text(
        "chapter,sentence,reviewer,reviewer_role,date,reason\n"
        'position,"We saw 4,612 patients in the hall.",'
        "Ann Lee,Director of Finance,2023-11-01,Counted at the door\n",
        encoding="utf-8",
    )
    assert marked_words(paper, true) == true


def test_the_months_own_commentary_bears_no_mark(paper: Paper) -> None:
    month = paper.home / "params/2023-24/M06"
    for path in (month / "icb/commentary/overview.md", month / "bromley/commentary/position.md"):
        text = path.read_text(encoding="utf-8")
        assert marked_commentary(text, path.stem, paper) == text
