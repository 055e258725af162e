"""A figure as `figures.json` has it, now and before: what is written is read again as it was."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from made_figures import made_figure

from boardpack.figures.figure import Figure, SourceCell, figure_from_json
from boardpack.reading.cells import Cell, ranges
from boardpack.reading.chosen_rows import ALONE_RANGES, NAMED_RANGES, rows_sha256, rule_of

FILE = "data/raw/2024-25/M06/ledger.csv"


def over(lines: list[int], where: dict[str, list[str]] | None, method: str = "sum of a") -> Figure:
    """A figure over lines of a file, by a rule where one is given."""
    rule = None if where is None else rule_of(where, lines)
    cell = Cell(FILE, None, lines[0], "a", "")
    source = (SourceCell(cell, "ab12", rows=ranges(lines), method=method, rule=rule),)
    return made_figure("x.y.z.a", "5", source=source)


def written(figure: Figure) -> dict[str, Any]:
    """The figure's one source cell in the file."""
    (cell,) = figure.to_json()["source"]["cells"]
    return dict(cell)


def scattered(count: int) -> list[int]:
    return list(range(2, 2 + 2 * count, 2))


def test_a_rule_is_written_and_read_again() -> None:
    figure = over([2, 3, 7], {"place": ["b", "a", "b"], "month": ["M06"]})
    cell = written(figure)
    assert (cell["rows"], cell["method"], cell["count"]) == ("2-3, 7", "sum of a", 3)
    assert cell["where"] == {"month": ["M06"], "place": ["a", "b"]}
    assert cell["rows_sha256"] == rows_sha256("2-3, 7")
    again = figure_from_json(json.loads(json.dumps(figure.to_json(), sort_keys=True)))
    assert again == figure
    assert again.cells[0].made_from == (
        "rows 2-3, 7 where month is M06 and place is a or b: sum of a"
    )


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({}, "row 9: sum of a"),
        ({"place": [""]}, "row 9 where place is blank: sum of a"),
        ({"c": list("abcdef")}, "row 9 where c is a or b or c or d or e or f: sum of a"),
        ({"c": list("abcdefg")}, "row 9 where c is one of 7 (a, b, c, d, e, f, …): sum of a"),
        (None, "rows 9: sum of a"),
    ],
)
def test_a_rule_in_words(where: dict[str, list[str]] | None, told: str) -> None:
    assert over([9], where).cells[0].made_from == told


@pytest.mark.parametrize(
    ("where", "most", "told"),
    [
        ({"c": ["x"]}, NAMED_RANGES, "{} rows where c is x: sum of a"),
        (None, ALONE_RANGES, "{} rows: sum of a"),
    ],
)
def test_a_list_of_rows_that_is_long_is_not_written(
    where: dict[str, list[str]] | None, most: int, told: str
) -> None:
    """In memory all rows are there; what is read again says the same in words."""
    just, more = over(scattered(most), where), over(scattered(most + 1), where)
    assert written(just)["rows"] == just.cells[0].rows != ""
    assert written(more)["rows"] == ""
    assert more.cells[0].lines == tuple(scattered(most + 1))
    again = figure_from_json(more.to_json())
    assert again.cells[0].lines == ()
    assert again.cells[0].made_from == more.cells[0].made_from == told.format(most + 1)
    assert again.to_json() == more.to_json()


def test_a_register_of_before_is_read_as_it_was() -> None:
    """Every cell of a sum named, and rows with a method and no rule."""
    place = {"file": FILE, "sheet": None, "column": "a", "sha256": "ab12"}
    cells = [
        {**place, "row": 2, "text": "2.50"},
        {**place, "row": 3, "text": "1", "used": "2.50", "why": "so"},
        {**place, "row": 5, "text": "", "rows": "5-6, 9", "method": "sum of a"},
    ]
    item = over([2], {}).to_json() | {"source": {"cells": cells}}
    figure = figure_from_json(item)
    assert figure.value == Decimal(5)
    assert [one.rule for one in figure.cells] == [None, None, None]
    assert [one.lines for one in figure.cells] == [(), (), (5, 6, 9)]
    assert (figure.cells[1].used, figure.cells[0].cell.text) == ("2.50", "2.50")
    assert figure.to_json() == item
