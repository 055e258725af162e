"""What no whole paper may print: a total that its rows do not give, an idea with two amounts."""

from __future__ import annotations

from executed_papers import Executed

from boardpack.checks.engine import run_checks
from boardpack.document.blocks import Number, Table
from boardpack.document.one_amount import TwoAmounts, two_amounts
from boardpack.document.totals import ROUNDED, sums, unexplained

ADDED = {"GBP", "GBP_PER_MONTH", "COUNT"}
"""The units that are added up; shares, averages and prices are not."""


def totals_that_do_not_add(executed: Executed) -> list[str]:
    """The totals of a paper that no note explains, as sentences."""
    register = executed.register

    def is_amount(number: Number) -> bool:
        return number.figure in register and register[number.figure].unit in ADDED

    return [
        f"{name}: {table.caption}: {one.row}, {table.columns[one.column].label}"
        f" is {one.printed}, its {one.parts} rows come to {one.rows}"
        for name, table in tables(executed)
        for one in unexplained(table, is_amount)
    ]


def roundings_that_are_not_told(executed: Executed) -> list[str]:
    """The tables whose rows miss their total by a unit or two, and that do not say so."""
    return [
        f"{name}: {table.caption}"
        for name, table in tables(executed)
        if any(one.gap and one.adds_up for one in sums(table))
        and not any("unit or two" in note for note in table.notes)
    ]


def ideas_with_two_amounts(executed: Executed) -> list[TwoAmounts]:
    """The ideas that a paper prints with two amounts which no check compares."""
    checks = run_checks(executed.register, executed.paper)
    compared = [frozenset(name.removesuffix(".printed") for name in c.figures) for c in checks]
    return list(two_amounts(executed.parts, executed.register, compared))


def tables(executed: Executed) -> list[tuple[str, Table]]:
    """Every table of a paper, by the chapter that it stands in."""
    return [
        (chapter.name, block)
        for part in executed.parts
        for chapter in part.chapters
        for block in chapter.blocks
        if isinstance(block, Table)
    ]


def assert_it_adds_up(executed: Executed) -> None:
    """Totals are what their rows give, or a note says why not; an idea has one amount."""
    assert any(list(sums(table)) for _, table in tables(executed)), ROUNDED
    assert totals_that_do_not_add(executed) == []
    assert roundings_that_are_not_told(executed) == []
    assert ideas_with_two_amounts(executed) == []
