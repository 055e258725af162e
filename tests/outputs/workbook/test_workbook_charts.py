"""Which tables of the workbook have a chart below them, and of which of their cells."""

from __future__ import annotations

import pytest

from boardpack.document.blocks import Number, Row, Table
from boardpack.outputs.workbook.charts import drawn_cells

Told = tuple[str, str]


def table(*rows: tuple[str, ...]) -> tuple[Table, set[str]]:
    """A table of rows of figures, each `line.measure` or words; and the figures there are."""
    figures: set[str] = set()

    def cell(said: str) -> Number | str:
        if "." not in said:
            return said
        figures.add(f"position.alder.{said}")
        return Number("1", f"position.alder.{said}", "1")

    made = tuple(Row(("Line", *map(cell, cells))) for cells in rows)
    return Table("t", "T", (), made), figures


def lines(count: int) -> list[tuple[str, ...]]:
    return [(f"line{n}.ytd_budget", f"line{n}.ytd_variance") for n in range(count)]


@pytest.mark.parametrize(
    ("rows", "drawn"),
    [
        (lines(3), None),
        (lines(4), (2, range(4))),
        (lines(14), (2, range(14))),
        (lines(15), None),
        ([*lines(4), ("total.ytd_budget", "total.ytd_variance")], (2, range(4))),
        ([("words", "words"), *lines(5)], (2, range(1, 6))),
        ([*lines(3), ("words",), *lines(3)], None),
        ([*lines(3), ("words",), *lines(4)], (2, range(4, 8))),
        ([(f"line{n}.forecast_variance",) for n in range(6)], None),
        ([], None),
    ],
)
def test_variances_to_date_of_four_lines_and_more_are_drawn(
    rows: list[tuple[str, ...]], drawn: tuple[int, range] | None
) -> None:
    made, figures = table(*rows)
    assert drawn_cells(made, figures) == drawn


def test_a_figure_that_may_not_be_shown_is_not_drawn() -> None:
    made, figures = table(*lines(4))
    assert drawn_cells(made, figures - {"position.alder.line2.ytd_variance"}) is None
