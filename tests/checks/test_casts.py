"""Casts of printed numbers by case: sign, tolerance and its edges, rounding, what is no cast."""

from __future__ import annotations

from decimal import Decimal

import pytest
from small_books import derive, printed, read

from boardpack.checks import Check
from boardpack.checks.casts import check_blank_totals, check_casts, check_cross_casts
from boardpack.checks.sums import Structure
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell

THOUSANDS = "1000"


def _at(row: int) -> Cell:
    return Cell("data/raw/book.csv", None, row, "m", "5")


def _total(
    parts: tuple[int, ...], total: int, formula: str = "", step: str = THOUSANDS
) -> list[Check]:
    """The casts of a printed total whose first part is itself computed, and printed otherwise.

    The first part's own parts come to a million more than its print, so that the total's formula
    takes another number than the one that is printed.
    """
    register = Register()
    first, *others = parts
    register.add(read("x.bromley.one.m", str(first + 1_000_000), step=step))
    printed(register, "x.bromley.first.m", first, step=step, cell=_at(4))
    derive(register, "x.bromley.first.m", "x.bromley.one.m")
    names = ["x.bromley.first.m"]
    for number, value in enumerate(others):
        names.append(f"x.bromley.p{number}.m")
        register.add(read(names[-1], str(value), step=step, cell=_at(5 + number)))
    printed(register, "x.bromley.total.m", total, step=step, cell=_at(9))
    derive(register, "x.bromley.total.m", formula or " + ".join(names))
    return list(check_casts(Structure(register)))


@pytest.mark.parametrize(
    ("parts", "total", "status", "allowed"),
    [
        # two parts and a total, each within half a unit: one unit may be lost
        ((100_000, 200_000), 300_000, "pass", 1000),
        ((100_000, 200_000), 301_000, "rounding", 1000),
        ((100_000, 200_000), 299_000, "rounding", 1000),
        ((100_000, 200_000), 302_000, "fail", 1000),
        ((100_000, 200_000), 298_000, "fail", 1000),
        # three parts: two units
        ((100_000, 200_000, 50_000), 352_000, "rounding", 2000),
        ((100_000, 200_000, 50_000), 353_000, "fail", 2000),
        ((100_000, 200_000, 50_000), 348_000, "rounding", 2000),
        ((100_000, 200_000, 50_000), 347_000, "fail", 2000),
        # four parts: two units, since half a unit is none
        ((1000, 2000, 3000, 4000), 12_000, "rounding", 2000),
        ((1000, 2000, 3000, 4000), 13_000, "fail", 2000),
        # an overspend among them
        ((100_000, -200_000), -100_000, "pass", 1000),
        ((100_000, -200_000), 100_000, "fail", 1000),
    ],
)
def test_a_printed_total_is_held_against_its_printed_parts(
    parts: tuple[int, ...], total: int, status: str, allowed: int
) -> None:
    (check,) = _total(parts, total)
    assert (check.status, check.tolerance) == (status, Decimal(allowed))
    assert (check.expected, check.actual) == (Decimal(sum(parts)), Decimal(total))
    assert check.id == "cast.x.bromley.total.m"
    assert (check.kind, check.severity) == ("total against its parts", "error")
    assert check.figures[:2] == ("x.bromley.total.m.printed", "x.bromley.first.m.printed")
    assert bool(check.sentence) == (status == "fail")
    assert bool(check.cause) <= (status == "fail")


def test_what_is_taken_off_is_taken_off() -> None:
    formula = "x.bromley.first.m - x.bromley.p0.m"
    (check,) = _total((500_000, 200_000), 300_000, formula)
    assert (check.status, check.expected) == ("pass", Decimal(300_000))
    (check,) = _total((500_000, 200_000), 700_000, formula)
    assert (check.status, check.expected) == ("fail", Decimal(300_000))


def test_units_of_a_pound_are_held_to_the_pound() -> None:
    (check,) = _total((100, 200), 301, step="1")
    assert (check.status, check.tolerance) == ("rounding", Decimal(1))
    (check,) = _total((100, 200), 302, step="1")
    assert check.status == "fail"


def test_the_sentence_names_the_total_and_what_its_parts_come_to() -> None:
    (check,) = _total((100_000, 200_000), 400_000)
    assert check.sentence == (
        "Total, m is £400k (book.csv row 9, m), but its 2 printed parts come to"
        " £300k (book.csv row 4, m, to row 5, m)."
    )
    (check,) = _total((100_000, 200_000, 50_000), 400_000)
    assert check.sentence.endswith(
        "3 printed parts come to £350k (book.csv row 4, m, to row 6, m)."
    )


def test_a_total_that_used_what_is_printed_is_no_cast() -> None:
    register = Register([read("x.bromley.a.m", "100000"), read("x.bromley.b.m", "200000")])
    printed(register, "x.bromley.total.m", "900000")
    derive(register, "x.bromley.total.m", "x.bromley.a.m + x.bromley.b.m")
    assert list(check_casts(Structure(register))) == []


def test_a_part_that_agrees_with_its_print_is_no_reason_for_a_cast() -> None:
    register = Register([read("x.bromley.a.m", "100000"), read("x.bromley.b.m", "200000")])
    printed(register, "x.bromley.sub.m", "100000")
    derive(register, "x.bromley.sub.m", "x.bromley.a.m")
    printed(register, "x.bromley.total.m", "900000")
    derive(register, "x.bromley.total.m", "x.bromley.sub.m + x.bromley.b.m")
    assert list(check_casts(Structure(register))) == []


def test_one_part_alone_is_no_cast() -> None:
    register = Register([read("x.bromley.one.m", "1100000")])
    printed(register, "x.bromley.first.m", "100000")
    derive(register, "x.bromley.first.m", "x.bromley.one.m")
    printed(register, "x.bromley.total.m", "900000")
    derive(register, "x.bromley.total.m", "x.bromley.first.m")
    assert list(check_casts(Structure(register))) == []


def _grid(cells: dict[str, int], corner: int) -> list[Check]:
    """The cross-casts of a grid of two lines and two places; the totals across are as given."""
    register = Register()
    for name in ("a1", "a2", "b1", "b2"):
        line, place = name
        register.add(read(f"x.p{place}.{line}.m", str(cells[name])))
    for line in "ab":
        printed(register, f"x.icb.{line}.m", cells[line])
        derive(register, f"x.icb.{line}.m", f"x.p1.{line}.m + x.p2.{line}.m")
    for place in "12":
        printed(register, f"x.p{place}.total.m", cells[place])
        derive(register, f"x.p{place}.total.m", f"x.p{place}.a.m + x.p{place}.b.m")
    printed(register, "x.icb.total.m", corner)
    derive(register, "x.icb.total.m", "x.p1.total.m + x.p2.total.m")
    return list(check_cross_casts(Structure(register)))


CELLS = {"a1": 1000, "a2": 2000, "b1": 3000, "b2": 4000, "a": 3000, "b": 7000, "1": 4000, "2": 6000}


@pytest.mark.parametrize(
    ("changed", "corner", "status"),
    [
        ({}, 10_000, "pass"),
        ({}, 11_000, "rounding"),
        ({}, 12_000, "fail"),
        ({"a": 5000}, 10_000, "fail"),
        ({"a": 4000}, 10_000, "rounding"),
        ({"1": 9000}, 10_000, "pass"),  # the other way than the one that is added
    ],
)
def test_a_grid_adds_up_the_other_way(changed: dict[str, int], corner: int, status: str) -> None:
    (check,) = _grid(CELLS | changed, corner)
    assert (check.id, check.kind, check.status) == ("cross.x.icb.total.m", "cross-cast", status)
    assert check.figures[1:] == ("x.icb.a.m.printed", "x.icb.b.m.printed")


def test_no_second_way_no_cross_cast() -> None:
    register = Register([read("x.p1.a.m", "1000"), read("x.p2.a.m", "2000")])
    derive(register, "x.icb.a.m", "x.p1.a.m + x.p2.a.m")
    assert list(check_cross_casts(Structure(register))) == []


@pytest.mark.parametrize("places", ["1", "12"])
def test_a_grid_whose_other_totals_leave_cells_out_is_not_cast(places: str) -> None:
    """One column of three, or two of three, do not come to what the rows come to."""
    register = Register()
    for line in "ab":
        for place in "123":
            register.add(read(f"x.p{place}.{line}.m", "1000"))
        derive(register, f"x.icb.{line}.m", " + ".join(f"x.p{place}.{line}.m" for place in "123"))
    for place in places:
        derive(register, f"x.p{place}.total.m", f"x.p{place}.a.m + x.p{place}.b.m")
    printed(register, "x.icb.total.m", "6000")
    derive(register, "x.icb.total.m", "x.icb.a.m + x.icb.b.m")
    assert list(check_cross_casts(Structure(register))) == []


def test_rows_that_share_a_cell_have_no_second_way() -> None:
    register = Register([read(f"x.p1.{line}.m", "1000") for line in "abc"])
    derive(register, "x.p1.one.m", "x.p1.a.m + x.p1.b.m")
    derive(register, "x.p1.two.m", "x.p1.b.m + x.p1.c.m")
    derive(register, "x.p1.total.m", "x.p1.one.m + x.p1.two.m")
    assert list(check_cross_casts(Structure(register))) == []


def _differences(variances: tuple[int, int], total: int, lines: str = "ab") -> list[Check]:
    register = Register()
    for line, budget, actual, variance in zip("ab", (500, 300), (420, 350), variances, strict=True):
        scope = f"x.bromley.{line}"
        register.add(read(f"{scope}.budget", f"{budget}000"))
        register.add(read(f"{scope}.actual", f"{actual}000"))
        if line in lines:
            printed(register, f"{scope}.variance", variance)
            derive(register, f"{scope}.variance", f"{scope}.budget - {scope}.actual")
    for measure in ("budget", "actual"):
        added = f"x.bromley.a.{measure} + x.bromley.b.{measure}"
        derive(register, f"x.bromley.total.{measure}", added)
    printed(register, "x.bromley.total.variance", total)
    derive(register, "x.bromley.total.variance", "x.bromley.total.budget - x.bromley.total.actual")
    return list(check_cross_casts(Structure(register)))


@pytest.mark.parametrize(
    ("variances", "total", "status"),
    [
        ((80_000, -50_000), 30_000, "pass"),
        ((80_000, -50_000), 31_000, "rounding"),
        ((80_000, -50_000), 32_000, "fail"),
        ((80_000, -50_000), -30_000, "fail"),
        ((80_000, 50_000), 30_000, "fail"),
    ],
)
def test_the_total_of_variances_adds_the_variances(
    variances: tuple[int, int], total: int, status: str
) -> None:
    (check,) = _differences(variances, total)
    assert check.status == status
    assert (check.id, check.kind) == ("cross.x.bromley.total.variance", "cross-cast")


@pytest.mark.parametrize("lacking", ["budget", "actual"])
def test_a_total_that_is_no_sum_is_not_cast_across(lacking: str) -> None:
    """Of a total of differences both sides must be sums, of as many lines."""
    for formula in ("", "x.bromley.a.{0} + x.bromley.b.{0} + x.bromley.c.{0}"):
        register = Register()
        for line in "abc":
            for measure in ("budget", "actual"):
                register.add(read(f"x.bromley.{line}.{measure}", "1000"))
            parts = f"x.bromley.{line}.budget - x.bromley.{line}.actual"
            derive(register, f"x.bromley.{line}.variance", parts)
        for measure in ("budget", "actual"):
            added = f"x.bromley.a.{measure} + x.bromley.b.{measure}"
            if measure == lacking:
                added = formula.format(measure)
            if added:
                derive(register, f"x.bromley.total.{measure}", added)
            else:
                register.add(read(f"x.bromley.total.{measure}", "2000"))
        total = "x.bromley.total.budget - x.bromley.total.actual"
        derive(register, "x.bromley.total.variance", total)
        assert list(check_cross_casts(Structure(register))) == []


def test_a_variance_that_is_not_there_is_not_added_as_nil() -> None:
    assert _differences((80_000, -50_000), 80_000, lines="a") == []


BOOK = "data/raw/book.csv"


def _row_of_totals(
    second: int | None,
    cells: str = BOOK,
    total: str = BOOK,
    column: str = "two",
    below: int = 0,
) -> list[Check]:
    """The blank totals of two columns of two rows; the second total is printed, nil or blank.

    The second column's rows may stand so many rows `below` those of the first.
    """
    register = Register()
    for name in ("one", "two"):
        for place, row in (("bexley", 2), ("bromley", 3)):
            row += below if name == "two" else 0
            own = (cells, column) if name == "two" and place == "bromley" else (BOOK, name)
            cell = Cell(own[0], None, row, own[1], "5")
            register.add(read(f"x.{place}.{name}.m", "5", cell=cell))
    for name, value, file in (("one", 10, BOOK), ("two", second, total)):
        if value is not None:
            cell = Cell(file, None, 4, name, str(value))
            shown = read(f"x.icb.{name}.m", str(value), cell=cell)
            register.add(type(shown)(**{**vars(shown), "id": f"{shown.id}.printed"}))
        derive(register, f"x.icb.{name}.m", f"x.bexley.{name}.m + x.bromley.{name}.m")
    return list(check_blank_totals(Structure(register)))


def test_a_total_left_blank_beside_one_that_is_printed_is_named() -> None:
    (check,) = _row_of_totals(None)
    assert (check.id, check.severity, check.status) == ("blank.x.icb.two.m", "warning", "fail")
    assert (check.expected, check.actual) == (Decimal(10), None)
    assert (check.kind, check.tolerance) == ("total left blank", 0)
    assert check.title == "Two, m, not printed"
    assert check.sentence == (
        "Two, m: the parts come to £10, but the total is left blank (book.csv row 4, two) in a row"
        " that prints the other totals."
    )


def test_a_total_that_is_printed_or_in_another_file_is_not_blank() -> None:
    assert _row_of_totals(10) == []
    assert _row_of_totals(10, total="elsewhere.csv") == []
    assert _row_of_totals(None, cells="other.csv") == []
    assert _row_of_totals(None, column="three") == []


@pytest.mark.parametrize("below", [1, 2, 3, -1])
def test_a_row_of_totals_that_adds_other_rows_is_not_blank(below: int) -> None:
    assert _row_of_totals(None, below=below) == []


def test_parts_that_stand_in_no_cell_have_no_row_of_totals() -> None:
    register = Register([read(f"x.p{place}.{line}.m", "5") for place in "12" for line in "ab"])
    for line in "ab":
        derive(register, f"x.icb.{line}.m", f"x.p1.{line}.m + x.p2.{line}.m")
    derive(register, "x.icb.total.m", "x.icb.a.m + x.icb.b.m")
    assert list(check_blank_totals(Structure(register))) == []


def test_a_total_that_took_the_printed_part_is_no_cast() -> None:
    """The part differs from its print by rounding alone, and so the formula names the print."""
    register = Register([read("x.bromley.a.m", "50000"), read("x.bromley.b.m", "51000")])
    printed(register, "x.bromley.sub.m", "100000")
    derive(register, "x.bromley.sub.m", "x.bromley.a.m + x.bromley.b.m")
    register.add(read("x.bromley.c.m", "200000"))
    printed(register, "x.bromley.total.m", "900000")
    total = derive(register, "x.bromley.total.m", "x.bromley.sub.m + x.bromley.c.m")
    assert total.formula == "x.bromley.sub.m.printed + x.bromley.c.m"
    assert list(check_casts(Structure(register))) == []


def test_parts_that_are_not_printed_have_no_cells_to_name() -> None:
    register = Register([read(f"x.p{p}.{line}.m", "1000") for p in "12" for line in "ab"])
    for line in "ab":
        derive(register, f"x.icb.{line}.m", f"x.p1.{line}.m + x.p2.{line}.m")
    for place in "12":
        derive(register, f"x.p{place}.total.m", f"x.p{place}.a.m + x.p{place}.b.m")
    printed(register, "x.icb.total.m", "9000", cell=_at(9))
    derive(register, "x.icb.total.m", "x.p1.total.m + x.p2.total.m")
    (check,) = check_cross_casts(Structure(register))
    assert check.sentence == (
        "Total, m is £9k (book.csv row 9, m), but its 2 printed parts come to £4k."
    )
