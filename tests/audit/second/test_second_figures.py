"""Every figure re-performed from what it says it is made of: what is found, and what is left."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from walked import walked

from boardpack.audit.second.cells import Files
from boardpack.audit.second.figures import (
    ABSENT,
    CELLS,
    COUNT,
    FORMULA,
    METHOD,
    NO_NUMBER,
    POINTS,
    ROWS,
    SUPPRESSED,
    UNREAD,
    Walk,
    walk,
)
from boardpack.audit.second.files import Layout
from boardpack.figures.register import Register

Told = dict[str, dict[str, Any]]
FILE = "data/raw/2023-24/M06/made.csv"
TABLE = 'place,ytd,paid\nx,5,8\ny,-2,8\nz,,\nw,"1,000",4\n'


def again(
    figures: Told, home: Path = Path(), layout: Layout | None = None, withheld: tuple[str, ...] = ()
) -> Walk:
    found = Walk()
    layouts = {} if layout is None else {FILE: layout}
    walk(found, figures, Files(home, figures, withheld, layouts), CHECKS)
    return found


CHECKS = [
    {"kind": kind, "status": status, "severity": severity}
    for kind, status, severity in (
        ("identity", "pass", "error"),
        ("identity", "fail", "error"),
        ("plausibility", "fail", "warning"),
        ("plausibility", "not_applicable", "error"),
    )
]


def cell(text: str = "5", **more: Any) -> dict[str, Any]:
    return {"file": FILE, "sheet": None, "row": 2, "column": "ytd", "text": text, **more}


def read(value: str | None, *cells: dict[str, Any], **more: Any) -> Told:
    return {"x.y": {"value": value, "source": {"cells": list(cells)}, **more}}


def computed(formula: str, value: str | None, **more: Any) -> Told:
    """A figure of a formula over one of 7 and one of -2."""
    rests_on = {"a.b": read("7", cell("7"))["x.y"], "a.c": read("-2", cell("-2"))["x.y"]}
    return {**rests_on, "x.y": {"value": value, "source": {"formula": formula}, **more}}


# --- formulas -----------------------------------------------------------------------------------


@pytest.mark.parametrize("other", ["9.001", "-9", "0", None])
def test_a_figure_that_is_not_what_its_formula_gives_is_told_alone(other: str | None) -> None:
    assert again(computed("a.b - a.c", "9")).wrong == []
    (told,) = again(computed("a.b - a.c", other)).wrong
    assert told == ("x.y", f"the register says {other}; its formula a.b - a.c comes to 9.")


def test_a_formula_that_is_none_is_told() -> None:
    (told,) = again(computed("a.b - a.z", "9")).wrong
    assert "cannot be worked out: a.z is no figure with a value" in told[1]


def test_a_figure_that_rests_on_itself_is_told_by_whatever_way() -> None:
    circle = computed("a.b", "7")
    circle["a.b"] = {"value": "7", "source": {"formula": "x.y + 0"}}
    for found in (circle, computed("x.y", "1")):
        assert "rests on itself" in again(found).wrong[-1][1]


@pytest.mark.parametrize(
    ("printed", "formula", "holds"),
    [
        ("10", "a.b.printed", True),  # half a unit of the print, and two and a half of its parts
        ("11", "a.b.printed", False),
        ("4", "a.b.printed", True),
        ("3", "a.b.printed", False),
        ("11", "a.b.printed - a.b", True),  # how far they are apart is no use of the print
    ],
)
def test_a_print_stands_for_what_rounding_parts_it_from_and_for_no_more(
    printed: str, formula: str, holds: bool
) -> None:
    value = Decimal(printed) - (7 if "-" in formula else 0)
    found = computed(formula, str(value))
    found["a.b"]["margin"] = "2.5"
    found["a.b.printed"] = {**read(printed, cell(printed))["x.y"], "margin": "0.5"}
    assert (again(found).wrong == []) is holds


# --- cells --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "holds"),
    [
        ("(2,213)", "-2213000", True),
        ("(2,213)", "2213000", False),
        ("2,213", "2213000", True),
        ("2,213", "-2213000", False),
        ("2,213", "2213", True),
        ("2.213", "2213000", True),
        ("2,213", "22130", False),
        ("2,213", "2231000", False),
        ("-", "0", True),
        ("-", "1", False),
        ("9.54%", "9.54", True),
        ("£1.2m", "1200000", True),
        ("£1.2m", "1300000", False),
        ("-0.347478305084745762711864406779661", "-0.347478305084745762711864406779661", True),
        ("-0.347478305084745762711864406779661", "-0.347478305084745762711864406779662", False),
    ],
)
def test_a_figure_is_what_its_cell_says_in_ones_thousands_or_millions(
    text: str, value: str, holds: bool
) -> None:
    found = again(read(value, cell(text)))
    assert found.done == {"x.y": CELLS}
    assert (found.wrong == []) is holds
    assert holds or f"row 2, column ytd says {text!r}" in found.wrong[0][1]


@pytest.mark.parametrize(("column", "holds"), [("ytd", True), ("budget", False)])
def test_signs_are_turned_in_a_column_of_which_the_layout_says_so(column: str, holds: bool) -> None:
    layout = Layout(reversed=frozenset({column}))
    assert (again(read("-2213000", cell("2,213")), layout=layout).wrong == []) is holds


def test_a_corrected_cell_is_what_was_used() -> None:
    assert again(read("8", cell("9", used="8"))).wrong == []
    assert again(read("9", cell("9", used="8"))).wrong != []


@pytest.mark.parametrize(("value", "holds"), [("3", True), ("3000", True), ("5", False)])
def test_a_figure_of_several_cells_is_their_sum(value: str, holds: bool) -> None:
    assert (again(read(value, cell("5"), cell("(2)", row=3))).wrong == []) is holds


# --- rows ---------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / FILE
    path.parent.mkdir(parents=True)
    path.write_text(TABLE)
    return tmp_path


@pytest.mark.parametrize(
    ("rows", "method", "value", "holds"),
    [
        ("2-5", "sum of ytd", "1003", True),
        ("2-5", "sum of ytd", "1002", False),
        ("2-3, 5", "sum of ytd", "1003", True),
        ("2", "ytd in per cent of paid", "62.5", True),
        ("2", "ytd in per cent of paid", "160", False),
        ("4", "blank cells are nil", "0", True),
        ("3-4", "blank cells are nil", "0", False),
        ("2-99999999999", "sum of ytd", "1003", True),  # told where cells are looked up
    ],
)
def test_what_was_made_of_rows_is_made_of_them_again(
    rows: str, method: str, value: str, holds: bool, home: Path
) -> None:
    column = "ytd" if "per cent" not in method else "paid"
    figures = read(value, cell("", rows=rows, method=method, column=column))
    if "per cent" in method:
        figures["x.z"] = read("5", cell())["x.y"]
    found = again(figures, home)
    assert found.done["x.y"] == ROWS
    assert (found.wrong == []) is holds


# --- what is left, and why ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        (read("8", cell("many")), NO_NUMBER),
        (read(None, cell(), suppressed=True), SUPPRESSED),
        (computed("a.b + a.c", None, suppressed=True), SUPPRESSED),
        (read(None, missing=["A part"]), ABSENT),
        (read("8", cell("", rows="2", method="what was paid")), METHOD.format("made.csv")),
        (read("8", cell("8", file="params/report.yml")), "taken from params/report.yml"),
        (read("8", cell("", rows="2", method="sum of ytd")), UNREAD.format(FILE)),
        (
            read("8", cell("", file="data/../x.csv", rows="2", method="sum of ytd")),
            UNREAD.format("data/../x.csv"),
        ),
    ],
)
def test_what_cannot_be_re_performed_is_kept_with_the_reason(figures: Told, why: str) -> None:
    found = again(figures)
    assert found.left["x.y"].startswith(why)
    assert (found.wrong, "x.y" in found.done) == ([], False)


def test_what_rests_on_something_suppressed_is_left() -> None:
    found = computed("a.b + a.c", "5")
    found["a.c"] |= {"value": None, "suppressed": True}
    assert again(found).left == {"a.c": SUPPRESSED, "x.y": SUPPRESSED}


def test_a_file_that_is_withheld_is_not_read(home: Path) -> None:
    figures = read("1003", cell("", rows="2-5", method="sum of ytd"))
    assert again(figures, home, withheld=(FILE,)).left == {"x.y": UNREAD.format(FILE)}


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (read(None, cell()), "says neither that it is suppressed nor why"),
        (read("8"), "neither by which formula nor from which cells"),
    ],
)
def test_a_figure_that_says_nothing_of_itself_is_told(figures: Told, said: str) -> None:
    ((_, told),) = again(figures).wrong
    assert said in told


# --- checks counted -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "measure", "count"),
    [
        ("checks", "all", 3),
        ("checks", "fail", 2),
        ("checks", "error", 1),
        ("checks", "warning", 1),
        ("checks", "waived", 0),
        ("identity", "fail", 1),
        ("plausibility", "not_applicable", 1),
    ],
)
def test_checks_are_counted_again(line: str, measure: str, count: int) -> None:
    counted = {"line": line, "measure": measure}
    told = cell(str(count), file="checks.json", column=measure)
    found = again(read(str(count), told, **counted))
    assert (found.done, found.wrong) == ({"x.y": COUNT}, [])
    ((_, said),) = again(read(str(count + 1), told, **counted)).wrong
    assert said == f"the register says {count + 1}; checks.json has {count}."


def test_points_are_traced_by_the_program_alone() -> None:
    told = cell("1", file="checks.json", column="points")
    assert again(read("1", told, line="checks", measure="points")).left == {"x.y": POINTS}


# --- whole registers ----------------------------------------------------------------------------


def test_every_figure_of_the_real_month_is_re_performed(project: Path, register: Register) -> None:
    found = walked(project, register)
    assert (found.wrong, found.left) == ([], {})
    assert set(found.done) == {figure.id for figure in register}
    counts = Counter(found.done.values())
    assert min(counts[FORMULA], counts[CELLS]) > 1500


def test_nothing_of_unit_level_extracts_is_left_without_a_reason(
    unit_figures: Told, unit_month: Any
) -> None:
    layouts = {
        f"{unit_month.raw.relative_to(unit_month.home).as_posix()}/{name}{ending}": layout
        for name, layout in unit_month.layouts.items()
        for ending in (".csv", ".xlsx")
    }
    found = Walk()
    walk(found, unit_figures, Files(unit_month.home, unit_figures, (), layouts))
    assert found.wrong == []
    assert {*found.done, *found.left} == set(unit_figures)
    assert len(found.done) > 3000
    reasons = {SUPPRESSED, ABSENT}
    methods = {why for why in found.left.values() if why not in reasons}
    assert methods
    assert all(why.endswith("by a method told in words") for why in methods)
