"""A printed total is what its printed rows come to, or the table says why not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from boardpack.document.blocks import (
    Cell,
    Column,
    Number,
    Part,
    Row,
    RowKind,
    Table,
    block_from_json,
    block_json,
)
from boardpack.document.totals import ROUNDED, printed_size, sums, unexplained, with_rounding_told

WHY = "The last row leaves one place out."


def cell(text: str) -> Cell:
    return Number(text, "a.x", "0") if text and text != "*" else text


def row(*texts: str, kind: RowKind = "line", part: Part = "added", is_sum: bool = True) -> Row:
    return Row(("A row", *map(cell, texts)), kind, part, is_sum)


def table(*rows: Row, notes: tuple[str, ...] = (), not_added: str = "") -> Table:
    width = max(len(one.cells) for one in rows) - 1
    columns = tuple(Column(f"C{n}", not_added=not_added if n == 0 else "") for n in range(width))
    return Table("t", "A table", (Column("", "left"), *columns), rows, "£000s", notes)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1,234", "1234"),
        ("(1,234)", "-1234"),
        ("£950", "950"),
        ("-", "0"),
        ("nil", "0"),
        ("(0)", "0"),
        ("12.5", "12.5"),
        ("9.5%", None),
        ("*", None),
        ("", None),
        ("Not supplied", None),
    ],
)
def test_a_cell_is_read_as_it_prints(text: str, size: str | None) -> None:
    assert printed_size(text) == (None if size is None else Decimal(size))


@pytest.mark.parametrize(
    ("parts", "total", "is_found"),
    [
        (("5", "6"), "11", False),
        (("5", "6"), "12", False),  # two addends: floor(3 / 2) units
        (("5", "6"), "10", False),
        (("5", "6"), "13", True),
        (("5", "6"), "(11)", True),
        (("5", "6", "7"), "20", False),  # three: two units
        (("5", "6", "7"), "21", True),
        (("5",), "6", False),
        (("5",), "7", True),
        (("(5)", "6"), "1", False),
        (("5", ""), "5", False),
        (("5", ""), "7", True),
        (("", ""), "5", True),
        (("5", "*"), "50", False),
    ],
)
def test_a_total_is_its_rows_within_rounding(
    parts: tuple[str, ...], total: str, is_found: bool
) -> None:
    found = unexplained(table(*map(row, parts), row(total, kind="total")))
    assert bool(found) is is_found


def test_a_total_without_rows_is_no_sum_unless_it_is_a_level() -> None:
    assert unexplained(table(row("5", kind="subtotal")))
    assert not unexplained(table(row("5", kind="subtotal", is_sum=False)))


def test_rows_are_taken_off_or_stand_apart_as_they_say() -> None:
    spend = [row("9"), row("3"), row("12", kind="subtotal", part="taken")]
    assert not unexplained(table(*spend, row("10"), row("(2)", kind="total")))
    assert unexplained(table(*spend, row("10"), row("22", kind="total")))
    within = [row("9"), row("4", part="apart"), row("5", part="apart"), row("3")]
    assert not unexplained(table(*within, row("12", kind="total")))
    assert unexplained(table(*within, row("21", kind="total")))


def test_subtotals_add_up_to_the_total_and_their_rows_do_not_count_again() -> None:
    rows = [row("10"), row("20"), row("30", kind="subtotal"), row("40"), row("40", kind="subtotal")]
    assert not unexplained(table(*rows, row("70", kind="total")))
    assert unexplained(table(*rows, row("140", kind="total")))


def test_a_balance_is_the_balance_before_and_what_moved_it() -> None:
    start = row("100", kind="subtotal", is_sum=False)
    moved = [row("10"), row("110", kind="subtotal"), row("(30)"), row("80", kind="total")]
    assert not unexplained(table(start, *moved))
    assert unexplained(table(row("120", kind="subtotal", is_sum=False), *moved))


def test_the_same_rows_stand_behind_every_column_of_a_total() -> None:
    rows = [row("10", "100"), row("20", "200"), row("30", "200", kind="total")]
    (one,) = unexplained(table(*rows))
    assert (one.column, one.printed, one.rows) == (2, Decimal(200), Decimal(300))


def test_a_column_may_say_why_it_does_not_add_up_and_the_note_must_be_there() -> None:
    rows = (row("5"), row("9", kind="total"))
    assert not unexplained(table(*rows, notes=(WHY,), not_added=WHY))
    assert unexplained(table(*rows, not_added=WHY))
    assert unexplained(table(*rows, notes=(WHY,)))


def test_shares_and_prices_are_not_added() -> None:
    rows = (row("5.0%", "£700"), row("6.0%", "£900"), row("5.5%", "£800", kind="total"))
    assert list(sums(table(*rows))) == []


def test_where_rounding_parts_a_total_from_its_rows_the_table_says_so_once() -> None:
    apart = table(row("5"), row("6"), row("12", kind="total"))
    told = with_rounding_told(apart)
    assert told.notes == (ROUNDED,)
    assert with_rounding_told(told) == told
    level = table(row("5"), row("6"), row("11", kind="total"))
    assert with_rounding_told(level) == level
    wrong = table(row("5"), row("6"), row("15", kind="total"))
    assert with_rounding_told(wrong) == wrong


def test_how_rows_are_added_goes_with_the_table() -> None:
    rows = (row("5", part="taken"), row("(5)", kind="subtotal", part="apart", is_sum=False))
    whole = table(*rows, notes=(WHY,), not_added=WHY)
    assert block_from_json(block_json(whole)) == whole
    assert whole != replace(whole, rows=(row("5"), rows[1]))
