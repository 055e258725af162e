"""Formulas read a second time: what they give, what they need, and what is refused."""

from __future__ import annotations

from collections.abc import Hashable

import pytest

from boardpack.audit.reader.formula import (
    Cell,
    Formula,
    NotReckoned,
    Value,
    cell_named,
    cells_of,
    letters,
    read_formula,
)
from boardpack.audit.reader.reckoned import is_close, reckon

VALUES: dict[Hashable, Value] = {
    **{cell_named(name, "S"): float(number) for name, number in (("A1", 5), ("A2", 2))},
    cell_named("A4", "S"): "differs",
    cell_named("B1", "It's 1.2"): 0.5,
    "a.b.c": 10.0,
    "a.b.d": -4.0,
}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("=A1-A2", 3.0),
        ("=A1-A2-A2", 1.0),
        ("=A1-(A2-A2)", 5.0),
        ("=A1/A2/A2", 1.25),
        ("=-A1+A2*10", 15.0),
        ("=SUM(A1:A4)+'It''s 1.2'!$B$1*100", 57.0),
        ("=SUM(A1,A2,A3)", 7.0),
        ("=MAX(A1,MIN(A2,3))", 5.0),
        ("=ABS(A2-A1)", 3.0),
        ("=ROUND(A1/A2,0)", 3.0),
        ("=ROUND(-A1/A2,0)", -3.0),
        ("=ROUND(A1*A1,-1)", 30.0),
        ("=ROUND(1.005*100,0)", 101.0),
        ("=ROUND(A2/3,2)", 0.67),
        ("=A3", None),
        ("=A3+1", 1.0),
        ('=IF(ABS(A1-A2)<=3+0.000001,"agrees","differs")', "agrees"),
        ('=IF(A1<A2,"agrees","differs")', "differs"),
        ('=COUNTIF(A1:A4,"differs")', 1.0),
        ("=35693000.5-1e-1", 35693000.4),
        ("a.b.c - a.b.d * 2", 18.0),
        ("max(a.b.c, 2) / abs(a.b.d) * 100", 250.0),
        ("-a.b.d", 4.0),
        ("round(a.b.d / 8, 0)", -1.0),
    ],
)
def test_a_formula_gives_what_a_spreadsheet_would(text: str, result: Value) -> None:
    assert read_formula(text, "S").reckon(VALUES.get) == result


@pytest.mark.parametrize(
    "text",
    [
        '=WEBSERVICE("http://x")',
        "=OFFSET(A1,1,0)",
        "=A1+",
        "=(A1",
        "=A1 A2",
        "=[1]Sheet1!A1",
        "=A1^2",
        "=INDIRECT(A4)",
        "=A1:ZZ99999",
        "[ref D6, t array] =B6-C6",
        "",
    ],
)
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(NotReckoned):
        read_formula(text, "S")


@pytest.mark.parametrize("text", ["=A1/0", "=A4+1", "=A1:A2+1"])
def test_what_has_no_result_is_said(text: str) -> None:
    with pytest.raises(NotReckoned):
        read_formula(text, "S").reckon(VALUES.get)


def test_cells_are_named_as_a_spreadsheet_names_them() -> None:
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert cell_named("$AA$7", "S") == Cell("S", 7, 27)
    assert str(Cell("S", 7, 27)) == "AA7"
    assert [str(cell) for cell in cells_of("B7:C8", "S")] == ["B7", "C7", "B8", "C8"]
    assert {cell.sheet for cell in cells_of("'T 1'!B7", "S")} == {"T 1"}


def _formulas(**texts: str) -> dict[Hashable, Formula]:
    return {cell_named(name, "S"): read_formula(text, "S") for name, text in texts.items()}


def test_long_chains_are_reckoned_and_circles_are_named() -> None:
    chain = _formulas(**{f"C{n}": f"C{n + 1}+1" for n in range(1, 3000)})
    found = reckon({cell_named("C3000", "S"): 1.0}, chain)
    assert found.values[cell_named("C1", "S")] == 3000.0
    circle = reckon({}, _formulas(D1="D2", D2="D1+1", D3="D1"))
    assert set(map(str, circle.faults)) == {"D1", "D2", "D3"}


@pytest.mark.parametrize(
    ("one", "other", "size", "close"),
    [
        (1.0, 1.0 + 1e-7, 0.0, True),
        (1.0, 1.00001, 0.0, False),
        (2213000.0, 2213001.0, 0.0, False),
        (1e9, 1e9 + 0.5, 0.0, True),
        (0.1, 0.15, 1e11, True),
        (0.1, 0.15, 1e9, False),
        ("agrees", "agrees", 0.0, True),
        ("agrees", "differs", 0.0, False),
        (0.0, None, 0.0, False),
    ],
)
def test_results_agree_but_for_a_spreadsheets_digits(
    one: Value, other: Value, size: float, close: bool
) -> None:
    assert is_close(one, other, size) is close
