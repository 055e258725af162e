"""One cell of a month's extracts changed, and what lineage says must move with it."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from boardpack.checks import Check
from boardpack.checks.phrases import base
from boardpack.figures.figure import Figure
from boardpack.figures.formula import operands
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell


@dataclass(frozen=True)
class Lineage:
    """Which figures of a register are made from which cell, and from which other figures."""

    register: Register

    def cells(self, folder: str) -> list[Cell]:
        """The cells below a folder that figures were read from, in order, each once."""
        found = {
            place_of(item.cell): item.cell
            for figure in self.register
            for item in figure.cells
            if item.cell.file.startswith(folder)
        }
        return [found[key] for key in sorted(found)]

    def read_from(self, cell: Cell) -> frozenset[str]:
        """The figures that were read from a cell."""
        return frozenset(
            figure.id
            for figure in self.register
            if any(place_of(cell) == place_of(item.cell) for item in figure.cells)
        )

    def dependent(self, cell: Cell) -> frozenset[str]:
        """The figures made from a cell, at any remove."""
        return self.made_from(self.read_from(cell))

    def made_from(self, figures: frozenset[str]) -> frozenset[str]:
        """These figures and all that are made from them, at any remove.

        A formula takes the computed or the printed figure of a quantity, whichever is agreed, so
        that both can move what is made from either.
        """
        users = self._users
        found = set(figures)
        waiting = list(found)
        while waiting:
            for user in users[base(waiting.pop())] - found:
                found.add(user)
                waiting.append(user)
        return frozenset(found)

    @cached_property
    def _users(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for figure in self.register:
            for used in operands(figure.formula or ""):
                found[base(used)].add(figure.id)
        return found


def place_of(cell: Cell) -> tuple[str, int, str]:
    """Where a cell stands, whatever it says."""
    return cell.file, cell.row, cell.column


def beyond_lineage(before: Lineage, after: Register, cell: Cell) -> frozenset[str]:
    """The figures that a changed cell moved although their lineage does not lead to it.

    A figure that only one of the registers has, such as a share of what is nil in the other, is
    judged by the lineage of the one that has it.
    """
    moved = differing(before.register, after) - before.dependent(cell)
    appeared = {one for one in moved if one not in before.register}
    return moved - (appeared & Lineage(after).dependent(cell) if appeared else frozenset())


def differing(before: Register, after: Register) -> frozenset[str]:
    """The figures that are not the same in both, but for the hash of their file."""
    ours, theirs = _unhashed(before), _unhashed(after)
    return frozenset(
        identity
        for identity in ours.keys() | theirs.keys()
        if ours.get(identity) != theirs.get(identity)
    )


def _unhashed(register: Register) -> dict[str, Figure]:
    return {
        figure.id: replace(
            figure, source=tuple(replace(item, sha256=None) for item in figure.cells)
        )
        if figure.cells
        else figure
        for figure in register
    }


def newly_failing(before: tuple[Check, ...], after: tuple[Check, ...]) -> list[str]:
    """The checks that fail on the changed month, and not on the month as it was."""
    failed = {check.id for check in before if check.is_open}
    return [check.id for check in after if check.is_open and check.id not in failed]


def newly_said(before: tuple[Check, ...], after: tuple[Check, ...]) -> list[str]:
    """The checks that find another amount or outcome than they did."""
    known = {check.id: _outcome(check) for check in before}
    return [check.id for check in after if known.get(check.id) != _outcome(check)]


def _outcome(check: Check) -> tuple[object, ...]:
    return check.status, check.expected, check.actual, check.sentence


def other_digit(text: str, place: int, by: int) -> str:
    """The text with one of its digits another: the first, second ... of them, counted round."""
    digits = [i for i, character in enumerate(text) if character.isdigit()]
    if not digits:
        return str(by)
    at = digits[place % len(digits)]
    return f"{text[:at]}{(int(text[at]) + by) % 10}{text[at + 1 :]}"


def put(home: Path, cell: Cell, text: str) -> None:
    """Write other text into one cell of an extract."""
    path = home / cell.file
    records = list(_records(path))
    row, column = cell.row - 1, records[0].index(cell.column)
    assert records[row][column].strip() == cell.text.strip(), cell
    records[row][column] = text
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(records)
    path.write_text(written.getvalue(), encoding="utf-8")


def _records(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.reader(lines)
