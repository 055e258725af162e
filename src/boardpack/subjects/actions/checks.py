"""What earlier meetings asked for, beside last month's list: still on it, until it is closed."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.checks.check import Check
from boardpack.checks.file_control import ONE, FileControl, of_lines, short
from boardpack.checks.once import once
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.subjects.actions.extract import FILE, is_closed, last_actions, read_actions

OPEN = FileControl(
    "action_open",
    "An action that was open last month is on the list",
    ONE,
    ONE,
    "An action stays on the list until a paper has shown it as closed.",
)
ENTER = "Enter it again, with where it stands now."


def check_open_actions(paper: Paper) -> tuple[Check, ...]:
    """Questions by reference of the action; none where the month has no file of actions."""
    return once(paper, "open actions", lambda one: tuple(_checks(Folder(one))))


def _checks(folder: Folder) -> Iterator[Check]:
    before = _before(folder)
    if before is None or not folder.has(FILE):
        return
    now = read_actions(folder)
    here = {row["ref"] for row in now}
    gone = {
        row["ref"]: f"{short(now.file)} has no {row['ref']}, which was open last month"
        f" (row {row.line})."
        for row in before
        if not is_closed(row) and row["ref"] not in here
    }
    yield from of_lines(OPEN, short(now.file), gone, ENTER)


def _before(folder: Folder) -> Extract | None:
    try:
        return last_actions(folder)
    except InputFaults:  # its own paper says what is wrong with it
        return None
