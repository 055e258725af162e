"""What is not supplied for want of a part: one finding for each gap, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from made_figures import made_figure

from boardpack.checks.absence import KIND, REMEDY, Gap, check_absence, few, gaps_of, named
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell


def lacking(identity: str, *missing: str, cell: SourceCell | None = None) -> Figure:
    """A figure that lacks parts, or that a blank cell leaves without a value."""
    made = made_figure(f"position.{identity}")
    source = (cell,) if cell else ()
    return replace(made, missing=missing or (made.label,), source=source)


def register_of(*absent: Figure) -> Register:
    """A register that lacks these figures, as its own list of them says."""
    register = Register()
    for figure in absent:
        register.add(figure)
    return register


def blank(row: int, column: str = "ytd_actual", file: str = "data/raw/position.csv") -> SourceCell:
    return SourceCell(Cell(file, None, row, column, ""))


BUDGET, ACTUAL = "Acute, budget", "Acute, actual"


@pytest.mark.parametrize(
    ("missing", "groups"),
    [
        ([(BUDGET,), (BUDGET,)], [["0", "1"]]),
        ([(BUDGET,), ("Community, budget",)], [["0", "1"]]),  # one kind of amount
        ([(BUDGET,), (ACTUAL,)], [["0"], ["1"]]),
        ([("Acute, annual budget",), (BUDGET,)], [["0"], ["1"]]),
        # what lacks both joins them
        ([(BUDGET,), (ACTUAL,), (BUDGET, ACTUAL)], [["1", "0", "2"]]),
        ([(BUDGET,), (ACTUAL,), (BUDGET,)], [["1"], ["0", "2"]]),
        ([("budget",), ("Acute, and more, budget",)], [["0", "1"]]),
        ([], []),
    ],
)
def test_figures_that_lack_one_kind_of_amount_are_one_gap(
    missing: Sequence[tuple[str, ...]], groups: list[list[str]]
) -> None:
    figures = [lacking(f"bromley.l{at}.actual", *parts) for at, parts in enumerate(missing)]
    gaps = gaps_of(register_of(*figures))
    assert [[figure.line[1:] for figure in gap.figures] for gap in gaps] == groups


def test_a_gap_names_each_part_once_and_its_totals_first() -> None:
    figures = [
        lacking("bromley.acute.ytd_budget", BUDGET),
        lacking("bexley.total.ytd_budget", "Community, budget", BUDGET),
    ]
    (gap,) = gaps_of(register_of(*figures))
    assert gap.missing == (BUDGET, "Community, budget")
    assert [figure.id for figure in gap.figures] == [
        "position.bexley.total.ytd_budget",
        "position.bromley.acute.ytd_budget",
    ]
    assert gap.concerns("bromley")
    assert gap.concerns("icb", "bexley")
    assert not gap.concerns("icb")
    assert not gap.concerns()
    assert not Gap((), ()).concerns("bromley")


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (
            0,
            "Bromley, Total, ytd budget, is not supplied, because this is not there: Acute,"
            " budget.",
        ),
        (
            1,
            "Bromley, Total, ytd budget, and 1 figure that rests on it are not supplied, because"
            " this is not there: Acute, budget; Line0, budget.",
        ),
        (
            4,
            "Bromley, Total, ytd budget, and 4 figures that rest on it are not supplied, because"
            " this is not there: Acute, budget; Line0, budget; Line1, budget; and 2 more.",
        ),
    ],
)
def test_a_total_without_a_part_is_one_failure_with_what_is_not_there(
    paper: Paper, others: int, said: str
) -> None:
    figures = [lacking("bromley.total.ytd_budget", BUDGET)]
    figures += [
        lacking(f"bromley.line{at}.ytd_budget", f"Line{at}, budget") for at in range(others)
    ]
    (check,) = check_absence(register_of(*figures), paper)
    assert check.id == "absent.position.bromley.total.ytd_budget"
    assert check.title == "Bromley, Total, ytd budget, with all its parts"
    assert (check.kind, check.severity, check.status) == (KIND, "error", "fail")
    assert check.sentence == said
    assert check.cause == REMEDY


def test_each_gap_is_a_failure(paper: Paper) -> None:
    figures = [lacking("bromley.a.ytd_budget", BUDGET), lacking("bromley.a.ytd_actual", ACTUAL)]
    assert [check.id for check in check_absence(register_of(*figures), paper)] == [
        "absent.position.bromley.a.ytd_budget",
        "absent.position.bromley.a.ytd_actual",
    ]
    assert list(check_absence(Register(), paper)) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            (blank(2),),
            "Bromley, A0, clients is not supplied: the cell is blank (position.csv, ytd_actual: row"
            " 2).",
        ),
        (
            (blank(2), blank(7)),
            "Bromley, A0, clients, and 1 more like it, are not supplied: the cell is blank"
            " (position.csv, ytd_actual: row 2; row 7).",
        ),
        (
            (blank(2), blank(7, "budget"), blank(8), blank(9), blank(10)),
            "Bromley, A0, clients, and 4 more like it, are not supplied: the cell is blank"
            " (position.csv, ytd_actual, position.csv, budget: row 2; row 7; row 8; and 2 more).",
        ),
    ],
)
def test_cells_that_are_blank_are_told_with_their_rows(
    paper: Paper, cells: tuple[SourceCell, ...], said: str
) -> None:
    register = Register()
    for at, cell in enumerate(cells):
        register.note_left_blank(lacking(f"bromley.a{at}.clients", "Clients", cell=cell))
    (check,) = check_absence(register, paper)
    assert check.sentence == said


def test_a_figure_is_named_with_its_place_once(paper: Paper) -> None:
    figure = made_figure("position.bromley.total.ytd_budget")
    assert named(figure, paper) == "Bromley, Total, ytd budget"
    assert named(replace(figure, label="Bromley, total"), paper) == "Bromley, total"


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "p0"), (3, "p0; p1; p2"), (4, "p0; p1; p2; and 1 more"), (9, "p0; p1; p2; and 6 more")],
)
def test_the_first_of_many_are_told(count: int, said: str) -> None:
    assert few(f"p{at}" for at in range(count)) == said
