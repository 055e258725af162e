"""Any number of a small book that is changed beyond rounding is caught, and its root is found."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from hypothesis import given, settings
from hypothesis import strategies as st
from month_six import paper_for
from small_books import MEASURES, Printed, book, print_book

from boardpack.checks import Check
from boardpack.checks.engine import run_checks
from boardpack.checks.phrases import base
from boardpack.core.params import Paper
from boardpack.figures.figure import PRINTED
from boardpack.figures.formula import operands
from changed_cells import Lineage, differing

PLACES = ("bexley", "bromley", "lambeth")
LINES = ("acute", "community", "prescribing")
TIE_OUT = ("printed.", "cast.", "cross.", "agreement.")
CELLS = [
    (place, line, measure)
    for place in (*PLACES, "icb")
    for line in (*LINES, "total")
    for measure in MEASURES
]
AMOUNTS = st.fixed_dictionaries(
    {
        (place, line): st.tuples(st.integers(-9_000_000, 90_000_000), st.integers(0, 90_000_000))
        for place in PLACES
        for line in LINES
    }
)


@lru_cache
def unpublished() -> Paper:
    """The month's parameters, with no earlier paper to compare with."""
    paper = paper_for()
    return paper.model_copy(update={"run": paper.run.model_copy(update={"compare_with": []})})


def failures(table: Printed) -> list[Check]:
    """The tie-out checks that fail on a printed table."""
    checks = run_checks(book(table, PLACES, LINES), unpublished())
    return [check for check in checks if check.is_open and check.id.startswith(TIE_OUT)]


@given(amounts=AMOUNTS)
@settings(max_examples=25, deadline=None)
def test_a_book_that_was_rounded_once_raises_nothing(
    amounts: dict[tuple[str, str], tuple[int, int]],
) -> None:
    assert failures(print_book(amounts, PLACES, LINES)) == []


@given(
    amounts=AMOUNTS,
    cell=st.sampled_from(CELLS),
    units=st.integers(6, 5_000),
    up=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_any_single_changed_cell_is_caught(
    amounts: dict[tuple[str, str], tuple[int, int]],
    cell: tuple[str, str, str],
    units: int,
    up: bool,
) -> None:
    table = print_book(amounts, PLACES, LINES)
    table[cell] += Decimal(1000 * units * (1 if up else -1))
    register = book(table, PLACES, LINES)
    compared = [base(one) for check in failures(table) for one in check.figures]
    formulas = [register[one].formula or "" for one in compared]
    touched = {*compared, *(base(one) for text in formulas for one in operands(text))}
    assert f"overview.{'.'.join(cell)}" in touched


@given(
    amounts=AMOUNTS,
    cell=st.sampled_from(CELLS),
    units=st.integers(-5_000, 5_000).filter(bool),
)
@settings(max_examples=80, deadline=None)
def test_any_single_changed_cell_moves_what_is_made_from_it_and_nothing_else(
    amounts: dict[tuple[str, str], tuple[int, int]], cell: tuple[str, str, str], units: int
) -> None:
    table = print_book(amounts, PLACES, LINES)
    before = book(table, PLACES, LINES)
    table[cell] += Decimal(1000 * units)
    figure = f"overview.{'.'.join(cell)}"
    read = frozenset([f"{figure}.{PRINTED}" if f"{figure}.{PRINTED}" in before else figure])
    moved = differing(before, book(table, PLACES, LINES))
    assert read <= moved <= Lineage(before).made_from(read)


def test_one_wrong_line_is_one_point_with_its_consequences() -> None:
    amounts = {
        (p, line): (1_000_000 + 1000 * i, 900_000) for i, p in enumerate(PLACES) for line in LINES
    }
    table = print_book(amounts, PLACES, LINES)
    table["bromley", "acute", "ytd_actual"] += 90_000
    found = failures(table)
    assert len(found) > 3
    roots = {check.root or check.id for check in found}
    assert roots == {"printed.overview.bromley.acute.ytd_variance"}
    (point,) = [check for check in found if check.root is None]
    assert "Acute, ytd_actual being £900k instead of £990k (book.csv" in point.cause


def test_two_wrong_lines_are_two_points() -> None:
    amounts = {
        (p, line): (1_000_000 + 7000 * i, 900_000) for i, p in enumerate(PLACES) for line in LINES
    }
    table = print_book(amounts, PLACES, LINES)
    table["bromley", "total", "ytd_variance"] += 50_000
    table["lambeth", "acute", "ytd_variance"] += 70_000
    own = [check.id for check in failures(table) if check.root is None]
    assert "printed.overview.bromley.total.ytd_variance" in own
    assert "printed.overview.lambeth.acute.ytd_variance" in own
