"""The actions chapter: whose actions are shown where, and dates that are missing or past."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from homes import Record, change_rows, copied_home, leave_out
from opened_chapter import PROJECT, cells, opened, said, table

from boardpack.document.blocks import NotSupplied
from boardpack.document.wording import count_words
from boardpack.subjects.actions import tables as actions

chapter = partial(opened, "actions", reads=("prescribing",))


def test_the_board_sees_its_own_open_actions_only() -> None:
    shown = cells(actions.actions_table(chapter()))
    assert list(shown) == [f"A{number:02d}" for number in range(3, 13)]
    assert shown["A03"][1:] == [
        "Associate Director of Finance (Bromley)",
        "None given",
        "In progress",
    ]
    assert shown["A04"][2] == "Month 7 2023/24"


def test_the_narrative_counts_in_words() -> None:
    words = said(actions.actions_narrative(chapter()))
    assert words.startswith("Ten actions of this board are open. Nine of them have no due date")
    assert "Two more are answered and closed" in words
    assert "Twenty-five others, raised in the reports behind this paper, are open too" in words
    assert "A22 will be past its date when the board meets" in words


def test_the_whole_list_stands_under_where_actions_were_raised() -> None:
    block = actions.all_actions_table(chapter())
    headings = [row.cells[0] for row in table(block).rows if row.kind == "heading"]
    assert headings[0] == "Month 4 minutes"
    shown = cells(block)
    assert len(shown) == 42 + len(headings)
    assert shown["A22"][2] == "31 October 2023 (past)"
    assert shown["A13"][1] == "None named"
    assert shown["A14"][2] == "27 June 2023"


@pytest.mark.parametrize("place", ["lambeth", "icb"])
def test_another_paper_has_the_icb_s_actions_only(place: str) -> None:
    assert actions.actions_table(chapter(place)) is None
    words = said(actions.actions_narrative(chapter(place)))
    assert "No actions of this board were supplied. Twenty-two actions, raised in" in words
    assert "are open; the appendix lists them all" in words
    listed = cells(actions.all_actions_table(chapter(place)))
    assert "A01" not in listed
    assert "A40" not in listed
    assert "A35" in listed


def test_a_board_that_has_done_everything_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    change_rows(home, "actions.csv", lambda r: {**r, "status": "closed"})
    words = said(actions.actions_narrative(chapter(home=home)))
    assert "No action of this board is open. Twelve are answered and closed" in words
    assert "others" not in words
    assert "past its date" not in words


def test_one_action_is_told_in_the_singular(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def only(record: Record) -> Record | None:
        return record if record["ref"] in ("A05", "A35") else None

    change_rows(home, "actions.csv", only)
    words = said(actions.actions_narrative(chapter(home=home)))
    assert "One action of this board is open. One of them has no due date" in words
    assert "One other, raised in the reports behind this paper, is open too" in words


def test_a_month_without_actions_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "actions.csv")
    for make in (actions.actions_narrative, actions.actions_table, actions.all_actions_table):
        assert isinstance(make(chapter(home=home)), NotSupplied)


def test_the_answers_resolve() -> None:
    assert "about 1.6% of Bromley's GP prescribing budget" in said(chapter().commentary())


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "none"), (12, "twelve"), (20, "twenty"), (35, "thirty-five"), (100, "100")],
)
def test_counts_are_written_out(number: int, words: str) -> None:
    assert count_words(number) == words
