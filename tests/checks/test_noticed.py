"""What would be noticed, on small registers whose answers are known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from small_books import derive, printed, read

from boardpack.checks import Check
from boardpack.checks.agreement import check_agreements
from boardpack.checks.agreement_rules import Agreement
from boardpack.checks.bounds import check_bounds
from boardpack.checks.casts import check_casts, check_cross_casts
from boardpack.checks.noticed.inputs import Input, inputs_of
from boardpack.checks.noticed.moves import moves
from boardpack.checks.noticed.watching import Watching, control_of
from boardpack.checks.patterns import Patterns
from boardpack.checks.printed import check_printed
from boardpack.checks.sums import Structure
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell, ranges
from boardpack.subjects.duties.checks import check_duties

MATERIAL = Decimal(100_000)
ONE, OTHER = "overview.bromley.prescribing.ytd_actual", "overview.bromley.acute_services.ytd_actual"
TOTAL = "overview.bromley.total.ytd_actual"
AGAIN = "position.bromley.total.ytd_actual"
LAST = "last"


def cell(row: int, file: str = "book.csv", column: str = "ytd_actual") -> Cell:
    return Cell(f"data/raw/2023-24/M06/{file}", None, row, column, "1")


def entered(identity: str, value: str, row: int, file: str = "book.csv", step: str = "1") -> Figure:
    return read(identity, value, step=step, cell=cell(row, file))


def checks_of(register: Register, paper: Paper) -> list[Check]:
    structure, patterns = Structure(register), Patterns(register, paper)
    rule = Agreement(
        "Position against overview",
        "position.{place}.{line}.ytd_actual",
        "overview.{place}.{line}.ytd_actual",
    )
    return [
        *check_printed(structure),
        *check_casts(structure),
        *check_cross_casts(structure),
        *check_agreements(patterns, [rule]),
        *check_bounds(patterns),
        *check_duties(patterns),
    ]


def given(register: Register, identity: str) -> Input:
    (found,) = [one for one in inputs_of(register) if identity in one.figures]
    return found


def by(
    register: Register, identity: str, paper: Paper, error: str = "material", last: str = ""
) -> str | None:
    """The control that would notice an error in an input; None where none can be made."""
    one = given(register, identity)
    published = {identity: Decimal(last)} if last else {}
    ways = moves(one, error, register, MATERIAL, published)
    if not ways:
        return None
    return Watching(register, checks_of(register, paper), MATERIAL).noticed_by(one, ways)


def lonely() -> Register:
    """One amount, and nothing that says it again."""
    return Register([entered(ONE, "5000000", 2)])


def with_total(total: str = "8000000", step: str = "1") -> Register:
    """Two amounts and their total, which the source prints."""
    register = Register([entered(ONE, "5000000", 2), entered(OTHER, "3000000", 3)])
    printed(register, TOTAL, total, step=step)
    derive(register, TOTAL, f"{ONE} + {OTHER}")
    return register


def with_own_total() -> Register:
    """Two amounts and a total that is computed from them and printed nowhere."""
    register = Register([entered(ONE, "5000000", 2), entered(OTHER, "3000000", 3)])
    derive(register, TOTAL, f"{ONE} + {OTHER}")
    return register


def of_one_cell() -> Register:
    """Two tables made from one cell, which agree whatever it says."""
    register = Register([entered(TOTAL, "8000000", 2)])
    register.add(entered(AGAIN, "8000000", 2))
    return register


def of_two_cells() -> Register:
    """Two tables, each with its own cell."""
    return Register([entered(TOTAL, "8000000", 2), entered(AGAIN, "8000000", 9, "other.csv")])


def roughly() -> Register:
    """A total printed in millions, which allows more than the material amount."""
    return with_total("8000000", "1000000")


@pytest.mark.parametrize(
    ("book", "identity", "expected"),
    [
        (lonely, ONE, ""),
        (with_total, ONE, "printed total"),
        (with_total, f"{TOTAL}.printed", "printed total"),
        (with_own_total, ONE, ""),
        (of_one_cell, TOTAL, ""),
        (of_two_cells, TOTAL, "agreement"),
        (of_two_cells, AGAIN, "agreement"),
        (roughly, ONE, ""),
    ],
    ids=[
        "nothing says it again",
        "a printed total holds its part",
        "and the part the total",
        "a total computed from it proves nothing",
        "two tables of one cell move together",
        "two tables of two cells do not",
        "from either side",
        "the tolerance is larger than the error",
    ],
)
def test_an_error_of_the_material_amount(
    book: Callable[[], Register], identity: str, expected: str, paper: Paper
) -> None:
    assert by(book(), identity, paper) == expected


@pytest.mark.parametrize(
    ("step", "expected"), [("199998", ""), ("199996", "printed total")], ids=["£100,000", "£99,999"]
)
def test_what_rounding_allows_decides_at_its_edge(step: str, expected: str, paper: Paper) -> None:
    """Half a unit of the total, and a pound for its two parts."""
    total = 40 * Decimal(step)
    register = Register([entered(ONE, str(total - 3_000_000), 2), entered(OTHER, "3000000", 3)])
    printed(register, TOTAL, str(total), step=step)
    derive(register, TOTAL, f"{ONE} + {OTHER}")
    assert by(register, ONE, paper) == expected


@pytest.mark.parametrize(
    ("value", "error", "last", "expected"),
    [
        ("5000000", "ten", "", "printed total"),
        ("5000", "ten", "", None),  # £45,000 more
        ("11111", "ten", "", None),  # £99,999 more
        ("11112", "ten", "", "printed total"),  # £100,008 more
        ("5000", "thousand", "", "printed total"),
        ("5000000", "sign", "", "printed total"),
        ("0", "sign", "", None),
        ("0", "ten", "", None),
        ("0", "material", "", "printed total"),
        ("49999", "sign", "", None),
        ("-50000", "sign", "", "printed total"),
        ("5000000", "last_month", "4800000", "printed total"),
        ("5000000", "last_month", "4900001", None),
        ("5000000", "last_month", "", None),
    ],
)
def test_an_error_that_changes_less_than_the_material_amount_is_none(
    value: str, error: str, last: str, expected: str | None, paper: Paper
) -> None:
    register = Register([entered(ONE, value, 2), entered(OTHER, "3000000", 3)])
    printed(register, TOTAL, str(Decimal(value) + 3_000_000), step="1")
    derive(register, TOTAL, f"{ONE} + {OTHER}")
    assert by(register, ONE, paper, error, last) == expected


def test_counts_and_shares_slip_and_have_no_material_amount(paper: Paper) -> None:
    register = Register([entered(ONE, "4", 2), entered(OTHER, "3", 3)])
    counts = [replace(figure, unit="COUNT") for figure in register]
    register = Register(counts)
    printed(register, TOTAL, "7", unit="COUNT", step="1")
    derive(register, TOTAL, f"{ONE} + {OTHER}", "COUNT")
    assert by(register, ONE, paper) is None
    assert by(register, ONE, paper, "ten") == "printed total"


@pytest.mark.parametrize(
    ("spend", "whole", "expected"),
    [
        ("7950000", "8000000", ""),  # more would be noticed, and less would not
        ("8000000", "8000000", ""),
        ("2000000", "8000000", ""),
    ],
)
def test_a_bound_holds_one_way_only(spend: str, whole: str, expected: str, paper: Paper) -> None:
    part = "prescribing.bromley.ppa.ytd_spend"
    register = Register([entered(part, spend, 2), entered(ONE, whole, 3)])
    assert by(register, part, paper) == expected
    assert by(register, part, paper, "ten") == "bound"


@pytest.mark.parametrize(
    ("total", "expected"),
    [("8000000", "printed total"), ("9500000", "printed total"), ("7900000", "printed total")],
    ids=["agrees", "fails, and would fail by more", "fails, and would agree"],
)
def test_a_failing_check_notices_by_its_amount(total: str, expected: str, paper: Paper) -> None:
    register = with_total(total)
    assert by(register, ONE, paper) == expected


def test_a_failure_that_moves_by_less_notices_nothing(paper: Paper) -> None:
    """A tenth of the amount goes into what is compared, so that the failure moves by a tenth."""
    register = Register([entered(ONE, "5000000", 2)])
    printed(register, TOTAL, "9000000", step="1")
    derive(register, TOTAL, f"{ONE} * 0.1")
    assert by(register, ONE, paper) == ""
    assert by(register, ONE, paper, "ten") == "printed total"


def test_a_duty_that_is_not_met_notices_by_its_status_alone(paper: Paper) -> None:
    line = "indicators.icb.expenditure_not_to_exceed_income"
    figures = entered(f"{line}.ytd_actual", "9000000", 2), entered(f"{line}.ytd_target", "8", 3)
    assert by(Register(figures), figures[0].id, paper) == ""
    met = replace(figures[0], value=Decimal(0))
    assert by(Register([met, figures[1]]), met.id, paper) == ""  # a fall is never noticed
    assert by(Register([figures[0], figures[1]]), figures[0].id, paper, "sign") == "duty"


def rows(identity: str, value: str, lines: tuple[int, ...], file: str = "ledger.csv") -> Figure:
    """A figure that is the sum of many rows, whose amounts it does not name."""
    source = SourceCell(replace(cell(lines[0] if lines else 2, file), text=""), rows=ranges(lines))
    source = replace(source, method="sum of ytd_actual")
    return replace(entered(identity, value, 2, file), source=(source,))


def test_rows_in_the_same_sums_are_one_input_and_move_them_all(paper: Paper) -> None:
    """A wrong row is in both tables at once, so that their agreement proves nothing of it."""
    register = Register([rows(TOTAL, "8000000", (2, 3, 4)), rows(AGAIN, "8000000", (2, 3, 4))])
    (one,) = inputs_of(register)
    assert (one.rows, one.figures, one.cells) == ((2, 3, 4), (TOTAL, AGAIN), 3)
    assert one.amount == 8_000_000
    assert by(register, TOTAL, paper) == ""
    apart = Register([rows(TOTAL, "8000000", (2, 3)), rows(AGAIN, "8000000", (2, 3, 4))])
    assert [(one.rows, one.figures) for one in inputs_of(apart)] == [
        ((2, 3), (TOTAL, AGAIN)),
        ((4,), (AGAIN,)),
    ]
    first, second = inputs_of(apart)
    watching = Watching(apart, checks_of(apart, paper), MATERIAL)
    assert watching.noticed_by(first, moves(first, "material", apart, MATERIAL, {})) == ""
    assert watching.noticed_by(second, moves(second, "material", apart, MATERIAL, {})) == (
        "agreement"
    )


def test_sums_over_rows_that_nobody_can_name_hold_nothing_of_each_other(paper: Paper) -> None:
    register = Register(
        [rows(TOTAL, "8000000", (), "epd.csv"), rows(AGAIN, "8000000", (), "epd.csv")]
    )
    assert len(inputs_of(register)) == 2
    assert by(register, TOTAL, paper) == ""
    other = Register([rows(TOTAL, "8000000", (), "epd.csv"), entered(AGAIN, "8000000", 2)])
    assert by(other, TOTAL, paper) == "agreement"


def test_the_cells_of_a_sum_have_their_own_amounts() -> None:
    texts = {2: "5,000", 3: "(1,000)"}
    cells = tuple(SourceCell(replace(cell(row), text=text)) for row, text in texts.items())
    figure = replace(entered(TOTAL, "4000000", 2), source=cells)
    part = replace(entered(ONE, "5000000", 2), source=cells[:1])
    found = {one.rows: (one.amount, one.figures) for one in inputs_of(Register([figure, part]))}
    assert found == {
        (2,): (Decimal(5_000_000), (TOTAL, ONE)),
        (3,): (Decimal(-1_000_000), (TOTAL,)),
    }


def test_what_is_read_for_control_totals_alone_is_no_input() -> None:
    keyed = entered("control.icb.ledger.ytd_actual_keyed", "8000000", 2)
    assert inputs_of(Register([keyed])) == ()
    shown = entered(TOTAL, "8000000", 2)
    (one,) = inputs_of(Register([keyed, shown]))
    assert one.figures == (keyed.id, TOTAL)


def test_a_total_that_no_longer_agrees_is_not_what_the_paper_shows(paper: Paper) -> None:
    """The duty rests on the printed total only while its parts come to it."""
    line = "indicators.icb.expenditure_not_to_exceed_income"
    actual = f"{line}.ytd_actual"
    register = Register([entered(ONE, "50000", 2), entered(f"{line}.ytd_target", "120000", 3)])
    printed(register, actual, "50000", step="1000")
    derive(register, actual, ONE)
    watching = Watching(
        register, [c for c in checks_of(register, paper) if control_of(c) == "duty"], MATERIAL
    )
    one = given(register, ONE)
    assert watching.noticed_by(one, [{ONE: Decimal(150_000)}]) == "duty"
    assert watching.noticed_by(one, [{ONE: Decimal(110_000)}]) == ""
