"""Actions beside last month's list: open ones are still there."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from homes import PROJECT, RAW
from ledger_home import paper_of, write_extract

from boardpack.subjects.actions.checks import check_open_actions

BEFORE = RAW.parent / "M05"
HEADER = "ref,raised,question,owner_role,due,status,answer_basis"


def action(ref: str, status: str = "open") -> str:
    return f"{ref},Month 5 meeting,Say how it is going.,Place Lead,,{status},"


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ([action("A1")], [action("A1")], []),
        ([action("A1", "closed")], [action("A1")], []),
        ([action("A2")], [action("A1"), action("A2")], ["action_open.a1"]),
        ([action("A2")], [action("A1", "in progress"), action("A2")], ["action_open.a1"]),
        ([action("A2")], [action("A1", "closed"), action("A2")], []),
        ([action("A1"), action("A2")], [action("A1")], []),  # a new one
        ([action("A1")], [], []),  # last month had no list
        ([], [action("A1")], []),  # that no file has come is said elsewhere
    ],
)
def test_an_open_action_stays_until_it_is_closed(
    tmp_path: Path, now: Sequence[str], before: Sequence[str], expected: list[str]
) -> None:
    shutil.copytree(PROJECT / "params", tmp_path / "params")
    for folder, lines in ((RAW, now), (BEFORE, before)):
        if lines:
            write_extract(tmp_path / folder, "actions.csv", HEADER, lines)
    found = [one for one in check_open_actions(paper_of(tmp_path)) if one.is_open]
    assert [one.id for one in found] == [f"plausible.{one}" for one in expected]
    assert all(one.cause == "Enter it again, with where it stands now." for one in found)


def test_many_actions_that_are_gone_are_one_finding_on_the_file(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "params", tmp_path / "params")
    write_extract(tmp_path / RAW, "actions.csv", HEADER, [action("A99")])
    write_extract(tmp_path / BEFORE, "actions.csv", HEADER, [action(f"A{at}") for at in range(11)])
    (check,) = check_open_actions(paper_of(tmp_path))
    assert check.sentence.startswith("11 lines of actions.csv. The first of them: actions.csv has")
