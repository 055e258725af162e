"""Absent is not nil: a total without one of its parts has no value, and nothing rests on it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.errors import BuildFault
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register, UnknownFigure
from boardpack.figures.scope import Scope
from boardpack.sources.cells import Cell
from boardpack.sources.extract import Value

THOUSAND = Decimal(1000)
LINES = ("acute", "community", "prescribing")


def scope_of(register: Register, line: str = "total", place: str = "bromley") -> Scope:
    label = f"{place.capitalize()}, {line}"
    return Scope(register, "position", place, line, label, "2023/24 M06", "ledger", {})


def printed(thousands: int | None) -> Value | None:
    if thousands is None:
        return None
    amount = Decimal(thousands) * THOUSAND
    cell = Cell("data/position.csv", None, 2, "ytd_budget", str(thousands))
    return Value(cell, amount, amount, "GBP", THOUSAND)


def register_of(parts: Sequence[int | None]) -> Register:
    """A register with a budget of each line; None is a blank cell."""
    register = Register()
    for line, part in zip(LINES, parts, strict=False):
        scope_of(register, line).read("ytd_budget", printed(part))
    return register


def budgets(lines: Sequence[str] = LINES, place: str = "bromley") -> list[str]:
    return [f"position.{place}.{line}.ytd_budget" for line in lines]


BLANK = "year to date budget"


@pytest.mark.parametrize(
    ("parts", "total", "missing"),
    [
        ((1, 2, 3), 6, ()),
        ((0, 2, 3), 5, ()),
        ((-4, 2, -3), -5, ()),
        ((0, 0, 0), 0, ()),
        ((None, 2, 3), None, ("acute",)),
        ((1, None, 3), None, ("community",)),
        ((1, 2, None), None, ("prescribing",)),
        ((-1, None, 1), None, ("community",)),
        ((None, -2, None), None, ("acute", "prescribing")),
        ((None, None, None), None, LINES),
    ],
)
def test_a_sum_has_a_value_only_where_every_part_has_one(
    parts: tuple[int | None, ...], total: int | None, missing: tuple[str, ...]
) -> None:
    register = register_of(parts)
    made = scope_of(register).total("ytd_budget", budgets())
    assert made.missing == tuple(f"Bromley, {line}, {BLANK}" for line in missing)
    assert (made.id in register) == (total is not None)
    assert register.is_absent(made.id) == (total is None)
    if total is not None:
        assert register[made.id].value == total * THOUSAND


@pytest.mark.parametrize("said", [None, 0, 3, 5, 6])
def test_no_print_makes_a_whole_of_a_table_with_a_blank(said: int | None) -> None:
    """A total over a blank is printed by any spreadsheet, as if the blank were nil."""
    register = register_of((None, 2, 3))
    made = scope_of(register).total("ytd_budget", budgets(), printed=printed(said))
    assert made.id not in register
    assert f"{made.id}.printed" not in register


@pytest.mark.parametrize(
    ("parts", "said", "total"),
    [
        ((None, 2, 3), 5, 5),
        ((None, 2, -3), -1, -1),
        ((1, None, None), 1, 1),
        ((None, 2, 3), 6, 5),  # half a unit for each cell: the rest may be rounding
        ((None, 2, 3), 7, None),
        ((None, 2, 3), 3, None),
        ((None, 2, 3), None, None),
        ((None, None, None), 0, None),  # a sum of nothing: a total over blanks prints nil too
        ((None, None, None), 4, None),
    ],
)
def test_a_sparse_schedule_says_by_its_total_that_a_blank_is_nil(
    parts: tuple[int | None, ...], said: int | None, total: int | None
) -> None:
    register = register_of(parts)
    made = scope_of(register).total("ytd_budget", budgets(), printed=printed(said), is_sparse=True)
    assert (made.id in register) == (total is not None)
    if total is not None:
        assert register[made.id].value == total * THOUSAND


def test_what_one_total_says_is_nil_is_nil_in_another() -> None:
    register = register_of((None, 2, 3))
    scope_of(register).total("ytd_budget", budgets(), printed=printed(5), is_sparse=True)
    across = scope_of(register, "two_lines").total("ytd_budget", budgets(LINES[:2]))
    assert across.value == 2 * THOUSAND
    nothing = scope_of(register, "one_line").total("ytd_budget", budgets(LINES[:1]))
    assert nothing.value == 0


def test_a_sum_of_no_parts_is_absent() -> None:
    register = Register()
    made = scope_of(register).total("ytd_budget", [])
    assert made.missing == (f"Bromley, total, {BLANK}",)


def test_a_part_that_no_row_gave_is_missing_under_its_id() -> None:
    register = register_of((1, 2))
    assert scope_of(register).total("ytd_budget", budgets()).missing == (budgets()[2],)


def test_absence_goes_on_through_every_formula_and_names_its_root() -> None:
    register = register_of((1, None, 3))
    scope = scope_of(register)
    scope.total("ytd_budget", budgets())
    scope.read("ytd_actual", printed(9))
    variance = scope.derive("ytd_variance", "ytd_budget - ytd_actual", printed=printed(-3))
    share = scope.derive("ytd_variance_share", "ytd_variance / ytd_budget * 100", "PCT")
    of_all = scope_of(register, place="icb").total("ytd_budget", budgets(["total"]))
    root = (f"Bromley, community, {BLANK}",)
    assert {one.missing for one in (variance, share, of_all)} == {root}
    assert [one.id for one in register.absent][1:] == [variance.id, share.id, of_all.id]
    assert f"{variance.id}.printed" not in register


def test_a_blank_operand_makes_a_difference_absent_and_an_unknown_one_is_a_fault() -> None:
    register = register_of((None,))
    acute = scope_of(register, "acute")
    acute.read("ytd_actual", printed(9))
    assert acute.derive("ytd_variance", "ytd_budget - ytd_actual").missing
    with pytest.raises(UnknownFigure, match="There is no figure"):
        acute.derive("odd", "ytd_bugdet - ytd_actual")


def test_an_absent_figure_cannot_be_had_and_says_why() -> None:
    register = register_of((1, None, 3))
    made = scope_of(register).total("ytd_budget", budgets())
    with pytest.raises(UnknownFigure, match="is not supplied, because this is not: Bromley, comm"):
        register[made.id]
    with pytest.raises(BuildFault, match="used twice"):
        scope_of(register).total("ytd_budget", budgets(LINES[:1]))


def test_an_absent_figure_keeps_its_parts_in_the_record_and_in_a_copy() -> None:
    register = register_of((1, None, 3))
    made = scope_of(register).total("ytd_budget", budgets())
    record = made.to_json()
    assert record["value"] is None
    assert record["missing"] == [f"Bromley, community, {BLANK}"]
    assert figure_from_json(record) == made
    again = Register([figure_from_json(record)])
    assert (len(again), again.is_absent(made.id)) == (0, True)
    copy = register.copy()
    assert copy.is_absent(made.id)
    assert copy.missing(budgets()) == made.missing


PARTS = st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6)


@given(st.lists(PARTS, min_size=1, max_size=4), st.data())
def test_a_part_taken_away_leaves_no_figure_that_rests_on_it(
    places: list[list[int]], data: st.DataObject
) -> None:
    """Places of lines, totals of lines, a total of places: all above the part go, no other."""
    place = data.draw(st.integers(0, len(places) - 1))
    line = data.draw(st.integers(0, len(places[place]) - 1))
    register = Register()
    totals = []
    for p, lines in enumerate(places):
        names = [f"l{n}" for n in range(len(lines))]
        for n, amount in enumerate(lines):
            taken = (p, n) == (place, line)
            value = None if taken else printed(amount)
            scope_of(register, names[n], f"p{p}").read("ytd_budget", value)
        total = scope_of(register, place=f"p{p}")
        totals.append(total.total("ytd_budget", budgets(names, f"p{p}")))
    whole = scope_of(register, place="icb").total("ytd_budget", [one.id for one in totals])
    assert whole.id not in register
    for p, (lines, total) in enumerate(zip(places, totals, strict=True)):
        assert (total.id in register) == (p != place)
        if p != place:
            assert register[total.id].value == sum(lines) * THOUSAND
