"""What is suppressed by case, on a register of a few figures: each edge, and each way to a count.

That nobody gets a count back from whole papers is held by `test_small_numbers.py`.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from made_figures import made_figure
from month_six import paper_for

from boardpack.figures.draft import Draft
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.figures.small_numbers import forget_rows, suppress_small_numbers
from boardpack.reading.cells import Cell, ranges

COUNT = "chc.bexley.fnc.clients"


def _count(identity: str, value: int = 3, **more: object) -> Figure:
    return made_figure(identity, value, unit="COUNT", **more)


def _hidden(*figures: Figure) -> set[str]:
    """What is suppressed of these figures; those with a formula are computed, in their order."""
    register = Register()
    for figure in figures:
        register.derive(figure) if figure.formula else register.add(figure)
    draft = cast(Draft, SimpleNamespace(register=register, paper=paper_for()))
    suppress_small_numbers(draft)
    hidden = {figure.id for figure in register.suppressed}
    assert {figure.id for figure in register} == {figure.id for figure in figures} - hidden
    return hidden


def _made(identity: str, formula: str) -> Figure:
    return _count(identity, source=formula, step=None)


@pytest.mark.parametrize(
    ("value", "is_small"), [(-1, False), (0, False), (1, True), (7, True), (8, False)]
)
def test_a_count_is_small_from_the_lowest_to_the_highest(value: int, is_small: bool) -> None:
    assert _hidden(_count(COUNT, value)) == ({COUNT} if is_small else set())


@pytest.mark.parametrize("measure", ["clients", "patients", "people", "spells", "attendances"])
def test_all_that_counts_people_is_a_count_of_people(measure: str) -> None:
    for name in (measure, f"new_{measure}", f"{measure}_in_month"):
        assert _hidden(_count(f"chc.bexley.fnc.{name}")) == {f"chc.bexley.fnc.{name}"}


@pytest.mark.parametrize(
    "figure",
    [
        _count("chc.icb.fnc.clients"),  # of all places together
        made_figure(COUNT, 3),  # pounds
        made_figure(COUNT, 3, unit="PCT"),
        _count("chc.bexley.fnc.practices"),
        _count("chc.bexley.fnc.clientsweeks"),  # another word
    ],
)
def test_what_is_no_count_of_a_place_s_people_is_shown(figure: Figure) -> None:
    assert _hidden(figure) == set()


def test_a_computed_count_is_not_small_by_itself() -> None:
    parts = [_count("chc.bexley.fnc.clients", 10), _count("chc.bexley.chc.clients", 12)]
    less = "chc.bexley.chc.clients - chc.bexley.fnc.clients"
    assert _hidden(*parts, _made("chc.bexley.more.clients", less)) == set()


@pytest.mark.parametrize(
    ("beside", "is_hidden"),
    [
        (made_figure("chc.bexley.fnc.average_price", 219), True),  # of the same row
        (made_figure("chc.bexley.chc.average_price", 219), False),
        (made_figure("chc.bromley.fnc.average_price", 219), False),
        (made_figure("cash.bexley.fnc.average_price", 219), False),
        (made_figure("chc.bexley.fnc.average_price", 219, period="2023/24 M05"), False),
    ],
)
def test_what_stands_beside_a_small_count_in_its_extract(beside: Figure, is_hidden: bool) -> None:
    assert _hidden(_count(COUNT), beside) == {COUNT} | ({beside.id} if is_hidden else set())


def test_what_stands_beside_what_is_only_told_with_it_is_shown() -> None:
    found = _hidden(
        _count(COUNT),
        _count("chc.bromley.chc.clients", 40),
        _made("chc.bromley.both.clients", f"{COUNT} + chc.bromley.chc.clients"),
        made_figure("chc.bromley.both.average_price", 219),
    )
    assert found == {COUNT, "chc.bromley.both.clients"}


def test_what_is_computed_from_it_however_far_down() -> None:
    found = _hidden(
        _count(COUNT),
        _count("chc.bromley.fnc.clients", 40),
        _made("chc.icb.all.clients", f"{COUNT} + chc.bromley.fnc.clients"),
        _made("chc.icb.all.double", "chc.icb.all.clients * 2"),
        _made("chc.icb.all.four", "chc.icb.all.double * 2"),
        _made("chc.icb.all.other", "chc.bromley.fnc.clients * 2"),
    )
    assert found == {COUNT, "chc.icb.all.clients", "chc.icb.all.double", "chc.icb.all.four"}


def test_what_is_printed_of_it_and_of_what_is_printed_small() -> None:
    growth = "chc.bexley.total.growth"
    found = _hidden(
        _count(COUNT),
        made_figure(f"{growth}.printed", 5, unit="PCT"),
        _made(growth, f"{COUNT} * 2"),
        made_figure("chc.bexley.other.growth.printed", 5, unit="PCT"),
    )
    assert found == {COUNT, growth, f"{growth}.printed"}
    printed = "chc.bexley.fnc.clients.printed"
    whole = made_figure(COUNT, 30, unit="COUNT", period="2023/24")
    assert _hidden(whole, _count(printed)) == {COUNT, printed}


def test_the_same_quantity_of_all_places_is_hidden_where_it_was_read() -> None:
    found = _hidden(
        _count(COUNT),
        _count("chc.icb.fnc.clients", 90),
        _count("chc.icb.fnc.clients.m05", 80),
        _count("chc.icb.chc.clients", 70),
        _count("cash.icb.fnc.clients", 60),
        _count("chc.bexley.day.a.clients", 5, measure="clients"),
        _count("chc.icb.day.a.clients", 50, measure="clients"),
    )
    assert found == {
        COUNT,
        "chc.icb.fnc.clients",
        "chc.bexley.day.a.clients",
        "chc.icb.day.a.clients",
    }


def _of_rows(
    file: str, *, lines: tuple[int, ...] = (4, 9), method: str | None = "counted"
) -> SourceCell:
    return SourceCell(Cell(file, None, 4, "client", ""), "ab12", rows=ranges(lines), method=method)


def _rows_of(register: Register) -> dict[str, list[tuple[str, int, tuple[int, ...]]]]:
    return {
        figure.id: [(item.cell.file, item.cell.row, item.lines) for item in figure.cells]
        for figure in register
    }


def test_rows_of_a_file_from_which_anything_is_suppressed_are_not_named() -> None:
    register = Register(
        [
            _count(COUNT, source=(_of_rows("people.csv"),)),
            _count("chc.bromley.fnc.clients", 40, source=(_of_rows("people.csv"),)),
            _count(
                "chc.bromley.one.clients",
                40,
                source=(_of_rows("other.csv"), _of_rows("people.csv")),
            ),
            _count("chc.bromley.two.clients", 40, source=(_of_rows("other.csv"),)),
            _count("chc.bromley.three.clients", 40, source=(_of_rows("people.csv", lines=()),)),
        ]
    )
    suppress_small_numbers(cast(Draft, SimpleNamespace(register=register, paper=paper_for())))
    assert _rows_of(register) == {
        "chc.bromley.fnc.clients": [("people.csv", 1, ())],
        "chc.bromley.one.clients": [("other.csv", 4, (4, 9)), ("people.csv", 1, ())],
        "chc.bromley.two.clients": [("other.csv", 4, (4, 9))],
        "chc.bromley.three.clients": [("people.csv", 4, ())],
    }
    (item,) = register["chc.bromley.fnc.clients"].cells
    assert (item.method, item.sha256, item.cell.column) == ("counted", "ab12", "client")


def test_a_count_of_a_cell_lets_rows_be_named() -> None:
    counted = _count("chc.bromley.fnc.clients", 40, source=(_of_rows("people.csv"),))
    small = _count(COUNT, source=(_of_rows("people.csv", lines=(), method=None),))
    register = Register([small, counted])
    suppress_small_numbers(cast(Draft, SimpleNamespace(register=register, paper=paper_for())))
    assert _rows_of(register) == {counted.id: [("people.csv", 4, (4, 9))]}


def test_no_file_is_no_reason_to_forget() -> None:
    register = Register([_count(COUNT, source=(_of_rows("people.csv"),))])
    forget_rows(register, set())
    assert _rows_of(register) == {COUNT: [("people.csv", 4, (4, 9))]}
    forget_rows(register, {"people.csv"})
    assert _rows_of(register) == {COUNT: [("people.csv", 1, ())]}
