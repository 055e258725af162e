"""What a board asks of each subject, and which of it a commentary leaves unanswered."""

from __future__ import annotations

import json

import pytest
from opened_chapter import opened, said

from boardpack.core.home import CHECKOUT
from boardpack.document.five_questions import ANSWERS, unanswered

WHY, DONE, BRINGS, WHEN = ANSWERS
BOARD = ("02_position", "03_prescribing", "04_chc", "05_mental_health", "06_savings")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", (WHY, DONE, BRINGS, WHEN)),
        ("**Why.** It grew.", (DONE, BRINGS, WHEN)),
        ("**Why places are overspent.** It grew.", (DONE, BRINGS, WHEN)),
        ("**Drivers.** x\n\n**What is under way.** y", (BRINGS, WHEN)),
        ("**Action.** x\n\n**Effect.** y\n\n**By when.** z", (WHY,)),
        ("**Cause.** a\n\n**Next.** b\n\n**What that should bring.** c\n\n**By when.** d", ()),
        ("It grew, **why.** nobody knows", (WHY, DONE, BRINGS, WHEN)),
        ("**Whyever.** It grew.", (WHY, DONE, BRINGS, WHEN)),
        ("**What is being done, and by when.** x", (WHY, BRINGS)),
        ("**Causes, actions and effects.** x", (WHEN,)),
        ("**Prices and why.** x", (DONE, BRINGS, WHEN)),
        ("Why. It grew.", (WHY, DONE, BRINGS, WHEN)),
    ],
)
def test_a_paragraph_answers_by_the_words_it_begins_with(text: str, left: tuple[str, ...]) -> None:
    assert unanswered(text) == left


def test_a_chapter_says_what_its_words_leave_open() -> None:
    assert said(opened("prescribing").unsaid()) == (
        "The team's words for this chapter do not give the date by which it is expected."
    )
    assert said(opened("position", "lambeth").unsaid()) == (
        "The team supplied no words for this chapter. So it does not give the cause, what is"
        " being done, the effect expected or the date by which it is expected."
    )


@pytest.mark.parametrize("name", BOARD)
def test_each_board_chapter_shows_its_position_and_what_is_left_open(name: str) -> None:
    """The position is computed; of cause, action, effect and date it says what is missing."""
    cells = json.loads((CHECKOUT / "notebooks" / f"{name}.ipynb").read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells)
    subject = name.partition("_")[2]
    what = "savings" if subject == "savings" else "overspend" if "presc" in subject else "position"
    assert f"{what}_narrative(paper)" in code
    assert "show(paper.commentary())\nshow(paper.unsaid())" in code
