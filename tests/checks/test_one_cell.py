"""One changed cell of a month moves the figures made from it, no others, and does not go unseen.

What no check can see, because nothing else in the month says it, the seal of the extract shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import pytest
from homes import copied_home
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from month_six import PROJECT, paper_for

from boardpack.audit.verification.sealed import find_sealed
from boardpack.audit.verification.seals import check_seals
from boardpack.checks.engine import run_checks
from boardpack.core.errors import InputFaults
from boardpack.core.money import parse_amount
from boardpack.core.params import load_paper
from boardpack.figures.chapters import NEEDS, compute
from boardpack.reading.cells import Cell
from boardpack.render.manifest import NAME, hashes, input_places, sealed_text
from changed_cells import (
    Lineage,
    beyond_lineage,
    differing,
    newly_failing,
    newly_said,
    other_digit,
    put,
)

EXTRACTS = "data/raw/"


class SealedMonth:
    """A copy of the real month, what it computes to, and a build that seals its inputs.

    No dataclass: Hypothesis would print all that is in it.
    """

    def __init__(self, home: Path) -> None:
        usual = paper_for()
        self.home = home
        self.paper = load_paper(home, usual.month, usual.place)
        self.register = compute(self.paper, *NEEDS)
        self.lineage = Lineage(self.register)
        self.checks = run_checks(self.register, self.paper)
        self._seal()

    def _seal(self) -> None:
        paper = self.paper
        places = input_places(self.home, paper.month, paper.place, paper.compared)
        (self.home / "sealed").mkdir()
        record = {"inputs": hashes(self.home, places)}
        (self.home / "sealed" / NAME).write_text(sealed_text(record))

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells of the extracts that figures were read from."""
        return self.lineage.cells(EXTRACTS)

    @contextmanager
    def changed(self, cell: Cell, text: str) -> Iterator[None]:
        """The month with other text in one cell, until it is put back."""
        path = self.home / cell.file
        as_it_was = path.read_bytes()
        put(self.home, cell, text)
        try:
            yield
        finally:
            path.write_bytes(as_it_was)

    def broken_seals(self) -> set[str]:
        """The inputs whose bytes are not those that were sealed."""
        found = check_seals(find_sealed(self.home / "sealed", self.home)).findings
        return {finding.subject for finding in found if finding.subject.startswith(EXTRACTS)}


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> SealedMonth:
    return SealedMonth(copied_home(PROJECT, tmp_path_factory.mktemp("month") / "home"))


def _is_small(month: SealedMonth, cell: Cell, text: str) -> bool:
    """Whether the cell becomes a count that may not be shown, which withholds its totals too."""
    rule = month.paper.report.small_numbers
    counts = any(month.register[i].unit == "COUNT" for i in month.lineage.read_from(cell))
    return counts and rule.lowest <= parse_amount(text)[0] <= rule.highest


@given(which=st.integers(0, 100_000), digit=st.integers(0, 8), by=st.integers(1, 9))
@settings(max_examples=12, deadline=None, derandomize=True, phases=[Phase.generate])
def test_a_changed_cell_moves_what_is_made_from_it_and_nothing_else(
    month: SealedMonth, which: int, digit: int, by: int
) -> None:
    cell = month.cells[which % len(month.cells)]
    text = other_digit(cell.text, digit, by)
    assume(not _is_small(month, cell, text))
    with month.changed(cell, text):
        assert cell.file in month.broken_seals()
        try:
            after = compute(month.paper, *NEEDS)
        except InputFaults:
            return  # refused before anything is computed
    assert differing(month.register, after) & month.lineage.read_from(cell)
    assert not beyond_lineage(month.lineage, after, cell)


def test_an_unchanged_month_computes_to_the_same_and_keeps_its_seals(month: SealedMonth) -> None:
    assert not differing(month.register, compute(month.paper, *NEEDS))
    assert not month.broken_seals()


def test_a_figure_moved_past_its_lineage_would_be_found(month: SealedMonth) -> None:
    one, other = month.cells[0], month.cells[-1]
    with month.changed(one, other_digit(one.text, 0, 3)):
        after = compute(month.paper, *NEEDS)
    assert not beyond_lineage(month.lineage, after, one)
    assert beyond_lineage(month.lineage, after, other) >= month.lineage.read_from(one)


# A line, a total, a count, a balance, and one of two parts.
SEEN = (
    ("position.csv", 6, "ytd_actual"),
    ("budget_overview.csv", 13, "bexley"),
    ("programme_activity.csv", 3, "m04"),
    ("cash_drawdown.csv", 4, "month_end_balance"),
    ("section75.csv", 5, "icb"),
)


@pytest.mark.parametrize(("file", "row", "column"), SEEN)
def test_a_changed_cell_of_a_table_that_casts_fails_a_check(
    month: SealedMonth, file: str, row: int, column: str
) -> None:
    (cell,) = [
        c
        for c in month.cells
        if (c.file.rsplit("/", 1)[-1], c.row, c.column) == (file, row, column)
    ]
    with month.changed(cell, other_digit(cell.text, 0, 4)):
        checks = run_checks(compute(month.paper, *NEEDS), month.paper)
    assert newly_failing(month.checks, checks)
    assert set(newly_failing(month.checks, checks)) <= set(newly_said(month.checks, checks))
