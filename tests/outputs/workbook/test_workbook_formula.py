"""Formulas over figures as a spreadsheet's: the same value, cells for ids, Excel's limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from boardpack.figures.formula import evaluate
from boardpack.outputs.workbook.formula import (
    LONGEST,
    Sheets,
    Spot,
    in_parts,
    spreadsheet_formula,
)

IDS = tuple(f"a.b.{letter}" for letter in "cdefgh")
SPOTS = {identity: Spot("Register", 3 + place, 6) for place, identity in enumerate(IDS)}
CELL = re.compile(r"(?:(?:'[^']*'|\w+)!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


def reckoned(text: str, values: dict[str, Decimal]) -> Decimal:
    """What a spreadsheet makes of a formula, by a plain reading of its own: Python's signs."""
    by_cell = {spot.seen_from("Register"): values[i] for i, spot in SPOTS.items() if i in values}
    names = {name: f"v{place}" for place, name in enumerate(by_cell)}

    def cell(found: re.Match[str]) -> str:
        if found[3] is None:
            return names[f"{found[1]}{found[2]}"]
        rows = range(int(found[2]), int(found[4]) + 1)
        return ",".join(names[f"{found[1]}{row}"] for row in rows)

    python = re.sub(r"(?<![\w.])\d+(?![\w.:])", r"Decimal(\g<0>)", CELL.sub(cell, text[1:]))
    known = {names[name]: value for name, value in by_cell.items()}
    functions = {"SUM": lambda *given: sum(given, Decimal(0)), "ABS": abs, "MAX": max, "MIN": min}
    found: Decimal = eval(python, {"__builtins__": {}, "Decimal": Decimal}, known | functions)
    return found


def at_register(formula: str) -> str:
    return spreadsheet_formula(formula, Sheets(SPOTS, "Register"))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a.b.c - a.b.d", "=G4-G5"),
        ("a.b.c + a.b.d + a.b.e", "=SUM(G4:G6)"),
        ("a.b.e + a.b.c + a.b.d", "=SUM(G4:G6)"),
        ("a.b.c + a.b.e + a.b.g", "=G4+G6+G8"),
        ("a.b.c + a.b.c + a.b.d", "=G4+G4+G5"),
        ("a.b.c + a.b.d + a.b.e + a.b.g", "=SUM(G4:G6)+G8"),
        ("(a.b.c + a.b.d + a.b.e + a.b.g) * 2", "=(SUM(G4:G6)+G8)*2"),
        ("(a.b.c + a.b.d + a.b.e) * 2", "=SUM(G4:G6)*2"),
        ("a.b.c - (a.b.d - a.b.e)", "=G4-(G5-G6)"),
        ("round(a.b.c / a.b.d, 2)", "=ROUND(G4/G5,2)"),
        ("round(a.b.c - a.b.d, -3)", "=ROUND(G4-G5,-3)"),
        ("a.b.c - (a.b.d + a.b.e + a.b.f)", "=G4-SUM(G5:G7)"),
        ("(a.b.c - a.b.d) * 12 / 6", "=(G4-G5)*12/6"),
        ("a.b.c / (a.b.d * a.b.e)", "=G4/(G5*G6)"),
        ("-a.b.c / a.b.d * 100", "=-G4/G5*100"),
        ("a.b.c - -a.b.d", "=G4-(-G5)"),
        ("min(1, 1000000 * abs(a.b.c))", "=MIN(1,1000000*ABS(G4))"),
        ("0", "=0"),
    ],
)
def test_a_formula_is_written_with_no_more_brackets_than_it_needs(
    formula: str, expected: str
) -> None:
    assert at_register(formula) == expected


def test_another_sheet_is_named_and_its_name_is_quoted() -> None:
    spots = {"a.b.c": Spot("Bromley's 2.1", 4, 2), "a.b.d": Spot("Register", 4, 6)}
    made = spreadsheet_formula("a.b.c - a.b.d", Sheets(spots, "Cover"))
    assert made == "='Bromley''s 2.1'!C5-Register!G5"


def test_a_percentage_stands_as_a_fraction_and_is_taken_as_per_cent() -> None:
    share = Spot("Table", 4, 3, is_fraction=True)
    sheets = Sheets({"a.b.c": Spot("Table", 4, 1), "a.b.d": Spot("Table", 4, 2)}, "Table")
    assert spreadsheet_formula("a.b.c / a.b.d * 100", sheets, as_fraction=True) == "=B5/C5"
    assert spreadsheet_formula("a.b.c - a.b.d", sheets, as_fraction=True) == "=(B5-C5)/100"
    with_share = Sheets({**sheets.spots, "a.b.e": share}, "Table")
    assert spreadsheet_formula("a.b.c * a.b.e / 100", with_share) == "=B5*D5*100/100"
    assert spreadsheet_formula("a.b.e", with_share, as_fraction=True) == "=D5"


def sums(ids: int) -> str:
    return " + ".join(f"a.b.c{place}" for place in range(ids))


def scattered(ids: int) -> Sheets:
    """Cells of which no two stand beside each other."""
    spots = {f"a.b.c{place}": Spot("Register", 2 * place, 6) for place in range(ids)}
    return Sheets(spots, "Checks")


def test_a_sum_too_long_for_a_cell_is_parted_and_its_parts_add_up() -> None:
    made = spreadsheet_formula(sums(900), scattered(900))
    parts = in_parts(made)
    assert len(made) > LONGEST
    assert len(parts) > 1
    assert all(len(part) <= LONGEST + 20 for part in parts)
    terms = [term for part in parts for term in part.removeprefix("=").split("+")]
    assert terms == made.removeprefix("=").split("+")


def test_parts_keep_their_signs_and_brackets_whole() -> None:
    bracket = "(" + "+".join(f"A{n}" for n in range(1, 900)) + ")"
    made = f"=-{bracket}*2-SUM(B1:B9)+1e-05*ABS({bracket}-C1)"
    assert in_parts(made) == (f"=-{bracket}*2-SUM(B1:B9)", f"=1e-05*ABS({bracket}-C1)")


def test_the_largest_of_very_many_is_asked_for_in_shares() -> None:
    several = ", ".join(f"a.b.c{place}" for place in range(600))
    made = spreadsheet_formula(f"max({several})", scattered(600))
    assert made.startswith("=MAX(MAX(")
    assert max(share.count(",") for share in made.split("MAX(")) < 255


def formulas() -> st.SearchStrategy[str]:
    def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pair = st.tuples(inner, st.sampled_from("+-*"), inner)
        return st.one_of(
            pair.map(lambda found: f"({found[0]} {found[1]} {found[2]})"),
            pair.map(lambda found: f"{found[0]} {found[1]} {found[2]}"),
            inner.map(lambda text: f"({text}) / 8"),
            inner.map(lambda text: f"(-({text}))"),
            st.tuples(st.sampled_from(["max", "min"]), inner, inner).map(
                lambda found: f"{found[0]}({found[1]}, {found[2]})"
            ),
            inner.map(lambda text: f"abs({text})"),
            st.lists(st.sampled_from(IDS), min_size=2, max_size=6).map(" + ".join),
        )

    return st.recursive(st.sampled_from([*IDS, "1", "12"]), wider, max_leaves=12)


@given(formulas(), st.lists(st.integers(-9999, 9999), min_size=6, max_size=6))
def test_a_formula_keeps_its_value(formula: str, amounts: list[int]) -> None:
    values = dict(zip(IDS, map(Decimal, amounts), strict=True))
    assert abs(reckoned(at_register(formula), values) - evaluate(formula, values)) < Decimal("1e-9")


def lone_signs(text: str) -> Iterator[str]:
    return (found[0] for found in re.finditer(r"[-+*/]{2}", text))


@given(formulas())
@example("(a.b.c + ((-((a.b.c) / 8))) / 8)")
def test_two_signs_never_stand_together(formula: str) -> None:
    assert not list(lone_signs(at_register(formula)))


TABLE = {f"a.b.{letter}": Spot("Table", 4, 1 + place) for place, letter in enumerate("cdef")}
SHARES = {f"a.b.{letter}": Spot("Table", 9, 1 + n, True) for n, letter in enumerate("stu")}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        # only a hundred is left out of a percentage, and only where it is multiplied last
        ("a.b.c / a.b.d * 100", "=B5/C5"),
        ("a.b.c / a.b.d * 12", "=B5/C5*12/100"),
        ("a.b.c / a.b.d * 10", "=B5/C5*10/100"),
        ("a.b.c / a.b.d * 1000", "=B5/C5*1000/100"),
        ("a.b.c / a.b.d / 100", "=B5/C5/100/100"),
        ("a.b.c / a.b.d + 100", "=(B5/C5+100)/100"),
        ("100 * a.b.c / a.b.d", "=100*B5/C5/100"),
        ("a.b.c * 100 / a.b.d", "=B5*100/C5/100"),
        ("(a.b.c - a.b.d) * 100", "=B5-C5"),
        ("a.b.c", "=B5/100"),
        ("a.b.s", "=B10"),
        ("a.b.s - a.b.t", "=(B10*100-C10*100)/100"),
        ("-a.b.c", "=-B5/100"),
        ("max(a.b.c, a.b.d)", "=MAX(B5,C5)/100"),
        ("round(a.b.c, 1)", "=ROUND(B5,1)/100"),
        ("a.b.c + a.b.d + a.b.e", "=SUM(B5:D5)/100"),
    ],
)
def test_a_percentage_is_a_fraction_of_a_hundred(formula: str, expected: str) -> None:
    sheets = Sheets({**TABLE, **SHARES}, "Table")
    assert spreadsheet_formula(formula, sheets, as_fraction=True) == expected


@pytest.mark.parametrize(
    ("spots", "expected"),
    [
        # three cells in one line, each once, of one sheet, none of them a percentage
        (((4, 1), (4, 2), (4, 3)), "=SUM(B5:D5)"),
        (((4, 1), (5, 1), (6, 1)), "=SUM(B5:B7)"),
        (((6, 1), (4, 1), (5, 1)), "=SUM(B5:B7)"),
        (((4, 1), (4, 2)), "=B5+C5"),
        (((4, 1), (4, 2), (4, 4)), "=B5+C5+E5"),
        (((4, 1), (4, 2), (5, 1)), "=B5+C5+B6"),
        (((4, 1), (4, 2), (5, 1), (5, 2)), "=B5+C5+B6+C6"),
        (((4, 1), (5, 2), (6, 3)), "=B5+C6+D7"),
        (((4, 1), (4, 1), (4, 2)), "=B5+B5+C5"),
    ],
)
def test_a_sum_is_a_range_only_where_its_cells_fill_one(
    spots: tuple[tuple[int, int], ...], expected: str
) -> None:
    known = {f"a.b.c{n}": Spot("Table", *spot) for n, spot in enumerate(spots)}
    assert spreadsheet_formula(" + ".join(known), Sheets(known, "Table")) == expected


def test_a_sum_over_two_sheets_or_of_percentages_is_no_range() -> None:
    sheets = {"a.b.c": Spot("T", 4, 1), "a.b.d": Spot("T", 4, 2), "a.b.e": Spot("U", 4, 3)}
    made = spreadsheet_formula("a.b.c + a.b.d + a.b.e", Sheets(sheets, "T"))
    assert made == "=B5+C5+U!D5"
    made = spreadsheet_formula("a.b.s + a.b.t + a.b.u", Sheets(SHARES, "Table"))
    assert made == "=B10*100+C10*100+D10*100"
    mixed = {**SHARES, "a.b.u": Spot("Table", 9, 3)}
    made = spreadsheet_formula("a.b.s + a.b.t + a.b.u", Sheets(mixed, "Table"))
    assert made == "=B10*100+C10*100+D10"


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("a.b.c - (a.b.d + a.b.e)", "=B5-(C5+D5)"),
        ("a.b.c + (a.b.d - a.b.e)", "=B5+C5-D5"),
        ("a.b.c / (a.b.d / a.b.e)", "=B5/(C5/D5)"),
        ("a.b.c * (a.b.d / a.b.e)", "=B5*C5/D5"),
        ("a.b.c / a.b.d / a.b.e", "=B5/C5/D5"),
        ("(a.b.c + a.b.d) * a.b.e", "=(B5+C5)*D5"),
        ("a.b.c * (a.b.d + a.b.e)", "=B5*(C5+D5)"),
        ("-(a.b.c + a.b.d)", "=-(B5+C5)"),
        ("-(a.b.c * a.b.d)", "=-(B5*C5)"),
        ("-a.b.c + a.b.d", "=-B5+C5"),
        ("a.b.c * -a.b.d", "=B5*(-C5)"),
        ("a.b.s / a.b.t", "=B10*100/(C10*100)"),
        ("a.b.c - a.b.s", "=B5-B10*100"),
    ],
)
def test_brackets_keep_the_order_of_reckoning(formula: str, expected: str) -> None:
    assert spreadsheet_formula(formula, Sheets({**TABLE, **SHARES}, "Table")) == expected


@pytest.mark.parametrize(
    ("length", "parts"), [(LONGEST, 1), (LONGEST + 1, 2), (2 * LONGEST + 2, 3)]
)
def test_a_formula_is_parted_where_it_is_too_long(length: int, parts: int) -> None:
    terms = "+A1" * ((length - 2) // 3)
    text = "=" + "1" * (length - 1 - len(terms)) + terms
    assert len(text) == length
    made = in_parts(text)
    assert len(made) == parts
    assert all(len(part) <= LONGEST + 1 for part in made)
    assert "+".join(part.removeprefix("=") for part in made) == text.removeprefix("=")


def test_a_part_is_filled_to_the_last_sign_that_it_may_have() -> None:
    first, second = in_parts("=1" + "+A1" * 2667)
    assert (len(first), second) == (LONGEST, "=A1")


@pytest.mark.parametrize("term", ["'it-s'!A1", "AX1", "-B1", "(A1-B1)", "1e-05"])
def test_no_term_is_cut_where_a_part_ends(term: str) -> None:
    sign = "" if term.startswith("-") else "+"
    for first in ("1", "12", "123", "1234", "12345"):
        text = f"={first}" + f"{sign}{term}" * 3000
        parts = in_parts(text)
        assert len(parts) > 1
        assert all(part.startswith(f"={term}") for part in parts[1:])
        assert sign.join(part.removeprefix("=") for part in parts) == text.removeprefix("=")


def test_what_is_no_sum_stays_in_one_part() -> None:
    text = "=MAX(" + ",".join(f"A{n}" for n in range(1, 2000)) + ")"
    assert len(text) > LONGEST
    assert in_parts(text) == (text,)


def test_a_part_keeps_a_minus_before_it() -> None:
    text = "=" + "+".join(f"A{n}" for n in range(1, 1700)) + "-B1" * 200
    first, second = in_parts(text)
    assert second.startswith(("=-B1", "=A"))
    assert first.count("-B1") + second.count("-B1") == 200
    assert "SUM('it-s'!A1)" in in_parts("=" + "A1+" * 2700 + "SUM('it-s'!A1)")[1]


@pytest.mark.parametrize(("arguments", "functions"), [(250, 1), (251, 3), (500, 3), (501, 4)])
def test_a_function_is_given_no_more_than_it_takes(arguments: int, functions: int) -> None:
    several = ", ".join(f"a.b.c{place}" for place in range(arguments))
    made = spreadsheet_formula(f"max({several})", scattered(arguments))
    assert made.count("MAX(") == functions
    assert made.count("Register!") == arguments
