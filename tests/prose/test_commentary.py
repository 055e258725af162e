"""The team's commentary: checked by chapter, held against a release, shown in assurance."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import copied_home
from month_six import paper_for, whole_register

from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.prose.commentary import COLUMNS, commentary_claims, read_accepted, release_findings

PLACE = Path("params/2023-24/M06/bromley")
BY = "Ann Lee,Director of Finance,2023-11-01"
WRITTEN = """Prescribing is £2,313k overspent.

We saw 4,612 patients in the hall. The panel saw 46 cases {source: panel minutes}.
"""


@pytest.fixture
def home(project: Path, tmp_path: Path) -> Path:
    copied_home(project, tmp_path)
    (tmp_path / PLACE / "commentary" / "position.md").write_text(WRITTEN, encoding="utf-8")
    return tmp_path


def _paper(home: Path) -> Paper:
    return load_paper(home, parse_month("2023-24", "M06"), "bromley")


def _accept(home: Path, *rows: str) -> None:
    text = "\n".join((",".join(COLUMNS), *rows)) + "\n"
    (home / PLACE / "accepted.csv").write_text(text, encoding="utf-8")


def test_the_months_commentary_holds_nothing_against_a_release() -> None:
    claims = commentary_claims(paper_for(), whole_register())
    assert release_findings(claims, ()) == []
    assert [c.status for found in claims.values() for c in found].count("stated") == 1


def test_claims_are_told_by_chapter(home: Path) -> None:
    found = commentary_claims(_paper(home), whole_register())["position"]
    assert [(c.line, c.status) for c in found] == [
        (1, "contradicted"),
        (3, "unsupported"),
        (3, "stated"),
    ]


def test_an_acceptance_answers_for_unsupported_words_only(home: Path) -> None:
    paper = _paper(home)
    claims = commentary_claims(paper, whole_register())
    assert len(release_findings(claims, read_accepted(paper))) == 2
    _accept(
        home,
        f'position,"We saw 4,612 patients in the hall.",{BY},Counted at the door',
        f'position,"Prescribing is £2,313k overspent.",{BY},We think so',
    )
    (left,) = release_findings(claims, read_accepted(paper))
    assert "contradicted" in left
    assert "£2,213k" in left


def test_an_acceptance_of_another_chapter_answers_for_nothing(home: Path) -> None:
    paper = _paper(home)
    _accept(home, f'cash,"We saw 4,612 patients in the hall.",{BY},Counted')
    claims = commentary_claims(paper, whole_register())
    assert len(release_findings(claims, read_accepted(paper))) == 2


def test_all_faults_of_the_acceptances_are_told(home: Path) -> None:
    _accept(home, "position,words,Ann,,2023-11-01,reason", ",words,Ann,role,2023-11-01,")
    with pytest.raises(InputFaults) as caught:
        read_accepted(_paper(home))
    assert [(f.row, f.column) for f in caught.value.faults] == [
        (2, "reviewer_role"),
        (3, "chapter"),
        (3, "reason"),
    ]


def test_a_missing_column_is_named(home: Path) -> None:
    (home / PLACE / "accepted.csv").write_text("chapter,words\n", encoding="utf-8")
    with pytest.raises(InputFaults, match="reviewer_role"):
        read_accepted(_paper(home))


def test_commentary_that_is_not_text_is_an_input_fault(home: Path) -> None:
    (home / PLACE / "commentary" / "position.md").write_bytes(b"\xff\xfe\xa3")
    with pytest.raises(InputFaults, match="UTF-8"):
        commentary_claims(_paper(home), whole_register())


@pytest.mark.parametrize(
    "words",
    [
        "We saw 4,612 patients in the hall.",
        "We saw 4,612 patients in the hall",
        "We saw 4,612 patients in the\nhall.",
        "- We saw 4,612 patients in the hall",
        "**We saw 4,612 patients in the hall**",
        "### Patients\n\nWe saw 4,612 patients in the hall",
    ],
    ids=["sentence", "no full stop", "wrapped", "item", "bold", "under a heading"],
)
def test_a_line_of_commentary_is_read_though_it_looks_like_a_heading(
    home: Path, words: str
) -> None:
    (home / PLACE / "commentary" / "position.md").write_text(words + "\n", encoding="utf-8")
    (claim,) = commentary_claims(_paper(home), whole_register())["position"]
    assert (claim.status, claim.mark) == ("unsupported", "4,612")
