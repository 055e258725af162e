"""Estimates that the team keys, beside last month's file: still open, or proved near what was said.

An estimate that is open stays in the file until its actual is known. One that leaves it before has
taken its amount out of the year to date without a word.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.file_control import ONE, FileControl, of_lines, said_ratio, short
from boardpack.checks.once import once
from boardpack.checks.phrases import said
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder
from boardpack.subjects.estimates.extract import is_settled, last_estimates, read_estimates

OPEN = FileControl(
    "estimate_open",
    "An estimate that was open last month is open or settled",
    ONE,
    ONE,
    "An estimate stays in the file until its actual is known.",
)
PROVED = FileControl(
    "estimate_proved",
    "An estimate came to about what was said",
    Decimal(1) / 3,
    Decimal(3),
    "An estimate has a basis: its actual has its sign and its order of size.",
)
ENTER = "Enter it again, or give its actual, or say why it was dropped."
GBP = "GBP"
LOOK = "Look whether both are in pounds and of one sign; correct one, or say why."


def check_open_estimates(paper: Paper) -> tuple[Check, ...]:
    """Questions by reference of the estimate; none where the month has no file of estimates."""
    return once(paper, "open estimates", lambda one: tuple(_checks(Folder(one))))


def _checks(folder: Folder) -> Iterator[Check]:
    now = read_estimates(folder)
    if not now.rows:
        return
    file, before = short(now.file), _before(folder)
    if before is not None:
        here = {row["ref"] for row in now}
        gone = {
            row["ref"]: f"{file} has no {row['ref']}, which was open last month (row {row.line})."
            for row in before
            if not is_settled(row) and row["ref"] not in here
        }
        yield from of_lines(OPEN, file, gone, ENTER)
    yield from of_lines(PROVED, file, dict(_far(now, file)), LOOK)


def _before(folder: Folder) -> Extract | None:
    try:
        return last_estimates(folder)
    except InputFaults:  # its own paper says what is wrong with it
        return None


def _far(now: Extract, file: str) -> Iterator[tuple[str, str]]:
    """Estimates whose actual is another order of size, or of the other side."""
    for row in now:
        estimate = row.amounts["amount"].amount
        if not is_settled(row) or not estimate:
            continue
        actual = row.amounts["actual"].amount
        if not PROVED.holds(ratio := actual / estimate):
            times = f"{said_ratio(ratio)} the" if ratio >= 0 else "not of the side of the"
            yield (
                row["ref"],
                f"{file} row {row.line}: the actual of {row['ref']}, {said(actual, GBP)}, is"
                f" {times} estimate of {said(estimate, GBP)}.",
            )
