"""Words that cannot be as they are said, by case: what is offset by its like, what is eased."""

from __future__ import annotations

import pytest

from boardpack.prose.directions import Spoken
from boardpack.prose.passages import Sentence
from boardpack.prose.terms import check_terms

OVER = "An overspend cannot be offset by another."
UNDER = "An underspend cannot be offset by another."
EASED = "Only an overspend is mitigated or recovered, not an underspend."


def _found(text: str) -> list[Spoken]:
    return list(check_terms(Sentence(7, text, (), (), (), breaks=(4, 20))))


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Overspends on care are offset by overspends elsewhere.", [OVER]),
        ("Underspends on care are offset by underspends elsewhere.", [UNDER]),
        ("Overspends on care are offset by underspends elsewhere.", []),
        ("Underspends on care are offset by overspends elsewhere.", []),
        # a pressure is a loss, and so is a shortfall
        ("Cost pressures are offset by a shortfall elsewhere.", [OVER]),
        ("A pressure is netted off against a deficit.", [OVER]),
        ("Pressures are balanced by underspends.", []),
        # every word for it
        ("Overspends are compensated for by overspends.", [OVER]),
        ("Overspends are BALANCED AGAINST overspends.", [OVER]),
        ("Overspends are offset with overspends.", []),
        # one side is not told
        ("Overspends are offset by reserves.", []),
        ("Reserves are offset by overspends.", []),
        ("Reserves are offset by reserves.", []),
        ("Reserves are offset by underspends.", []),
        ("Underspends are offset by reserves.", []),
        # the last that is named before counts, in its own clause
        ("Underspends and overspends are offset by overspends.", [OVER]),
        ("Overspends and underspends are offset by overspends.", []),
        ("Overspends are small; these are offset by overspends.", []),
        ("Reserves fell; overspends are offset by overspends.", [OVER]),
        ("Overspends; reserves; they are offset by overspends.", []),
        ("Reserves fell; overspends rose; these are offset by overspends.", []),
        # the first that is named after counts, in its own clause
        ("Overspends are offset by overspends and underspends.", [OVER]),
        ("Overspends are offset by underspends and overspends.", []),
        ("Overspends are offset by reserves, overspends remain.", []),
        ("Overspends are offset by reserves; overspends remain.", []),
        ("Overspends are offset by reserves but overspends remain.", []),
        ("Overspends are offset by reserves while overspends remain.", []),
        ("Overspends are offset by reserves leaving overspends.", []),
        ("Overspends are offset by reserves which overspends use.", []),
        ("Overspends are offset by £1,200k of overspends.", [OVER]),  # no clause ends in a number
        ("Overspends are offset by £1.2m of overspends.", [OVER]),
        # denied, within three words
        ("Overspends are not offset by overspends.", []),
        ("Overspends are never really fully offset by overspends.", []),
        ("Overspends are not so very much more offset by overspends.", [OVER]),
        ("Overspends cannot be offset by overspends.", []),
        # each offset by itself
        (
            "Overspends are offset by overspends; underspends are offset by underspends.",
            [OVER, UNDER],
        ),
        ("Overspends are offset by underspends; overspends are offset by overspends.", [OVER]),
    ],
)
def test_a_loss_is_not_offset_by_a_loss_nor_a_gain_by_a_gain(text: str, reasons: list[str]) -> None:
    assert [spoken.claim.reason for spoken in _found(text)] == reasons


@pytest.mark.parametrize("word", ["mitigate", "recover", "contain", "address", "tackle"])
@pytest.mark.parametrize("its", ["the", "this", "its", "an", "any", "their", "our"])
def test_an_underspend_is_nothing_to_ease(word: str, its: str) -> None:
    assert [s.claim.reason for s in _found(f"We {word} {its} underspend.")] == [EASED]
    assert _found(f"We {word} {its} overspend.") == []
    assert _found(f"We do not {word} {its} underspend.") == []


@pytest.mark.parametrize(
    ("text", "is_false"),
    [
        ("The team mitigates the large forecast underspend.", True),
        ("The team mitigated the underspend.", True),
        ("The team is addressing the underspend.", True),
        ("The team recovers the underspends.", True),
        ("The team mitigates the very large forecast underspend.", False),  # too far to be sure
        ("The team mitigates the overspend by underspends.", False),
        ("The team mitigates the gap with underspends.", False),
        ("The team mitigates the gap through underspends.", False),
        ("The team mitigates underspends.", False),
    ],
)
def test_what_is_eased_stands_right_after(text: str, is_false: bool) -> None:
    assert [s.claim.reason for s in _found(text)] == [EASED] * is_false


def test_the_claim_says_where_it_stands_and_in_which_words() -> None:
    (first,) = _found("Now overspends are offset by overspends.")
    assert (first.start, first.claim.line) == (19, 8)
    claim = first.claim
    assert (claim.text, claim.mark) == ("offset by", "offset by")
    assert (claim.value, claim.unit, claim.status) == (None, "direction", "contradicted")
    assert claim.figures == ()
    (second,) = _found("In this month we do mitigate the underspend.")
    assert (second.start, second.claim.line) == (20, 8)
    assert second.claim.text == "mitigate the underspend"
    (third,) = _found("In this month we all mitigate the underspend.")
    assert (third.start, third.claim.line) == (21, 9)


def test_a_date_is_no_word() -> None:
    assert [s.claim.text for s in _found("At 30 June overspends are offset by overspends.")] == [
        "offset by"
    ]
