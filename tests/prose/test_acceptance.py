"""A reviewer accepts sentences by number: as they stand, never against the figures, all told."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import copied_home
from month_six import whole_register

from boardpack.core.errors import UsageFault
from boardpack.core.params import Paper, load_paper
from boardpack.core.periods import parse_month
from boardpack.prose.acceptance import Doubt, accept, doubts, idle_acceptances
from boardpack.prose.commentary import commentary_claims, read_accepted, release_findings

PLACE = Path("params/2023-24/M06/bromley")
CONTRADICTED = "Prescribing is £2,313k overspent."
HALL = "We saw 4,612 patients in the hall."
BEDS = "The ward has 77,123 beds."
WRITTEN = f"{CONTRADICTED}\n\n{HALL} {BEDS} The panel saw 46 cases {{source: panel minutes}}.\n"
LEE = ("Ann Lee", "Director of Finance")


@pytest.fixture
def paper(project: Path, tmp_path: Path) -> Paper:
    home = copied_home(project, tmp_path)
    for path in (home / PLACE / "commentary").iterdir():
        path.unlink()
    write(home, WRITTEN)
    return load_paper(home, parse_month("2023-24", "M06"), "bromley")


def write(home: Path, words: str) -> None:
    (home / PLACE / "commentary" / "position.md").write_text(words, encoding="utf-8")


def found(paper: Paper) -> tuple[Doubt, ...]:
    return doubts(paper, commentary_claims(paper, whole_register()))


def against(paper: Paper) -> list[str]:
    return release_findings(commentary_claims(paper, whole_register()), read_accepted(paper))


def test_the_doubted_sentences_are_numbered_and_say_what_the_figures_say(paper: Paper) -> None:
    listed = found(paper)
    assert [(d.number, d.sentence, d.is_open) for d in listed] == [
        (1, CONTRADICTED, True),
        (2, HALL, True),
        (3, BEDS, True),
    ]
    first, why = listed[0].told()
    assert first == f"{PLACE.as_posix()}/commentary/position.md, line 1: “{CONTRADICTED}”"
    assert "“£2,313k” is contradicted." in why
    assert "£2,213k" in why


def test_several_are_accepted_at_once_and_numbers_stay(paper: Paper) -> None:
    accept(paper, found(paper), [2, 3, 3], LEE, "Counted\nat the door", "2023-11-01")
    assert [(a.sentence, a.reviewer, a.date, a.reason) for a in read_accepted(paper)] == [
        (HALL, "Ann Lee", "2023-11-01", "Counted at the door"),
        (BEDS, "Ann Lee", "2023-11-01", "Counted at the door"),
    ]
    assert [(d.number, d.is_open) for d in found(paper)] == [(1, True), (2, False), (3, False)]
    assert len(against(paper)) == 1


@pytest.mark.parametrize(
    ("numbers", "reason", "told"),
    [
        ([1], "Because", ["Sentence 1 is contradicted", "nobody can accept"]),
        ([4], "Because", ["There is no sentence 4", "numbered 1 to 3"]),
        ([0, 1], "", ["no sentence 0", "Sentence 1 is contradicted", "Say with --reason"]),
        ([2], " ", ["Say with --reason"]),
    ],
    ids=["contradicted", "unknown", "all at once", "no reason"],
)
def test_what_cannot_be_accepted_is_told_and_nothing_is_recorded(
    paper: Paper, numbers: list[int], reason: str, told: list[str]
) -> None:
    with pytest.raises(UsageFault) as caught:
        accept(paper, found(paper), numbers, LEE, reason, "2023-11-01")
    assert [words for words in told if words not in str(caught.value)] == []
    assert read_accepted(paper) == ()


def test_one_that_is_accepted_already_is_not_accepted_again(paper: Paper) -> None:
    accept(paper, found(paper), [2], LEE, "Counted", "2023-11-01")
    with pytest.raises(UsageFault, match="accepted already, by Ann Lee, Director of Finance"):
        accept(paper, found(paper), [2], ("Bo Ray", "Chair"), "Counted", "2023-11-02")


@pytest.mark.parametrize(
    ("words", "open_", "idle"),
    [
        (WRITTEN, [1, 3], 0),
        (WRITTEN.replace("\n\n", " "), [1, 3], 0),
        (WRITTEN.replace("in the hall", "in the\nhall"), [1, 3], 0),
        (WRITTEN.replace("in the hall", "in the new hall"), [1, 2, 3], 1),
        (WRITTEN.replace("4,612", "4,613"), [1, 2, 3], 1),
        (WRITTEN.replace(HALL, ""), [1, 2], 1),
    ],
    ids=["same", "moved", "wrapped", "another word", "another number", "gone"],
)
def test_a_sentence_that_changes_is_open_again(
    paper: Paper, words: str, open_: list[int], idle: int
) -> None:
    accept(paper, found(paper), [2], LEE, "Counted", "2023-11-01")
    write(paper.home, words)
    listed = found(paper)
    assert [doubt.number for doubt in listed if doubt.is_open] == open_
    assert len(idle_acceptances(paper, listed)) == idle


def test_a_sentence_of_another_chapter_is_its_own(paper: Paper) -> None:
    accept(paper, found(paper), [2], LEE, "Counted", "2023-11-01")
    other = paper.home / PLACE / "commentary" / "chc.md"
    other.write_text(HALL + "\n", encoding="utf-8")
    assert [(d.chapter, d.is_open) for d in found(paper) if d.sentence == HALL] == [
        ("chc", True),
        ("position", False),
    ]
