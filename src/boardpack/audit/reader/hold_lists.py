"""The workbook's sheets of all figures and all checks, held to `figures.json` and `checks.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from boardpack.audit.reader.formula import Cell, NotReckoned, read_formula
from boardpack.audit.reader.hold_tables import Finding, differs, row_words, same_cells
from boardpack.audit.reader.number_format import printed
from boardpack.audit.reader.reckoned import is_close
from boardpack.audit.reader.seen_workbook import Sheet
from boardpack.audit.reader.words import bare, plain

REGISTER, CHECKS = "Register", "Checks"
FIRST_FIGURE, FIRST_CHECK = 5, 6
VALUE, ROUNDING, SHOWN = 7, 8, 9
OUTCOME, EXPECTED, ACTUAL, DIFFERENCE, TOLERANCE, NOW = 3, 4, 5, 6, 7, 8
FIGURE_HEADS = (
    *("Figure", "In words", "Place", "Period", "Unit", "What it is", "Value"),
    *("Rounding to the printed figure", "As the paper shows it", "Basis", "Estimate"),
    *("Formula, over figures", "Source file", "Source row", "Source column", "Source text"),
    "Source in full, and corrections",
)
CHECK_HEADS = (
    *("Check", "Kind", "Outcome in the paper", "Expected", "Actual", "Difference"),
    *("Rounding allows", "Now", "What the check says", "Answered for", "Id"),
)
OUTCOMES = {
    **{"pass": "pass", "rounding": "rounding only", "fail": "FAIL", "waived": "waived"},
    **{"documented": "documented", "not_applicable": "not applied"},
}
Record = Mapping[str, Any]
"""A figure or a check as its file has it."""


def rows_of_figures(sheet: Sheet) -> dict[str, int]:
    """The row of each figure on the sheet."""
    return {cells[0]: row for row, cells in sheet.rows.items() if row >= FIRST_FIGURE and cells[0]}


def hold_register(sheet: Sheet, register: Mapping[str, Record]) -> Iterator[Finding]:
    """Every figure in a row of its own, with its value, its formula and its source."""
    rows = rows_of_figures(sheet)
    if not same_cells(sheet.rows.get(FIRST_FIGURE - 1, ()), FIGURE_HEADS):
        yield (
            _row(sheet, FIRST_FIGURE - 1),
            differs(sheet.rows.get(FIRST_FIGURE - 1, ()), FIGURE_HEADS),
        )
    for row, cells in sheet.rows.items():
        if row >= FIRST_FIGURE and register.get(cells[0]) is None:
            yield _row(sheet, row), f"shows {row_words(cells[:3])}, which is no figure."
        elif row >= FIRST_FIGURE and rows[cells[0]] != row:
            yield _row(sheet, row), f"shows the figure {cells[0]} a second time."
    for identity, figure in register.items():
        if identity not in rows:
            if figure.get("value") is not None:
                yield f"sheet {sheet.name}", f"lacks the figure {identity}."
        else:
            yield from _figure(sheet, rows[identity], figure)


def _figure(sheet: Sheet, row: int, figure: Record) -> Iterator[Finding]:
    cells = (*sheet.rows[row], *("",) * len(FIGURE_HEADS))
    formula = figure["source"].get("formula", "")
    has_value = figure.get("value") is not None
    kind = "suppressed" if not has_value else "computed" if formula else "input"
    wanted = {
        **{0: figure["id"], 1: figure["label"], 2: figure["place"], 3: figure["period"]},
        **{4: figure["unit"], 5: kind, 9: figure["basis"]},
        **{10: "yes" if figure["is_estimate"] else "", 11: formula if has_value else ""},
        **_source(figure),
    }
    for place, text in wanted.items():
        if plain(text) != cells[place]:
            said = f"says {cells[place]!r} under {FIGURE_HEADS[place]}; the figure has {text!r}."
            yield _row(sheet, row), said
    yield from _amount(sheet, Cell(sheet.name, row, VALUE), figure.get("value"), "*")


def _source(figure: Record) -> dict[int, str]:
    """The first source cell of an input that is one cell; where from, of any other."""
    cells = figure["source"].get("cells") or ()
    if not cells:
        return {}
    first = cells[0]
    sheet = "" if first.get("sheet") is None else f" [{first['sheet']}]"
    told = {12: f"{first['file']}{sheet}", 14: first["column"], 15: first["text"]}
    return {place: str(text) for place, text in told.items()}


def _amount(sheet: Sheet, cell: Cell, value: str | None, otherwise: str) -> Iterator[Finding]:
    """The cell of an amount: exact behind, and before it a print that shows it."""
    where, stored = f"sheet {cell.sheet}, cell {cell}", sheet.stored.get(cell)
    shown = sheet.text(cell.row, cell.column)
    if value is None:
        if stored is not None or shown != otherwise:
            yield where, f"shows {shown!r}, where {otherwise or 'nothing'!r} should stand."
        return
    exact = float(Decimal(value))
    if stored is None or stored.number is None:
        yield where, f"shows {shown!r}, and not the amount {value}."
    elif not is_close(stored.number, exact):
        yield where, f"holds {stored.result}; the exact value is {value}."
    elif not any(shown == printed(repr(exact), code) for code in _CODES):
        yield where, f"prints {shown!r} for {value}."


_CODES = (
    *("#,##0_);(#,##0)", "#,##0.00_);(#,##0.00)", "0.00_);(0.00)", "0.0000_);(0.0000)"),
    "#,##0.00##_);(#,##0.00##);0_)",
)
"""The ways in which the sheets of figures and of checks print an exact value."""


def hold_checks(
    sheet: Sheet, checks: Mapping[str, Record], figures: dict[str, int]
) -> Iterator[Finding]:
    """Every check in a row of its own; its amounts are reckoned from the figures that it names."""
    rows = {sheet.text(row, len(CHECK_HEADS)): row for row in sheet.rows if row >= FIRST_CHECK}
    if not same_cells(sheet.rows.get(FIRST_CHECK - 1, ()), CHECK_HEADS):
        yield (
            _row(sheet, FIRST_CHECK - 1),
            differs(sheet.rows.get(FIRST_CHECK - 1, ()), CHECK_HEADS),
        )
    for row in sheet.rows:
        identity = sheet.text(row, len(CHECK_HEADS))
        if row >= FIRST_CHECK and (identity not in checks or rows[identity] != row):
            yield _row(sheet, row), f"shows {row_words(sheet.rows[row][:3])}, which is no check."
    for identity, check in checks.items():
        if identity not in rows:
            yield f"sheet {sheet.name}", f"lacks the check {identity}."
        else:
            yield from _check(sheet, rows[identity], check, figures)
    yield from _counts(sheet, checks)


def _check(sheet: Sheet, row: int, check: Record, figures: dict[str, int]) -> Iterator[Finding]:
    said = " ".join(filter(None, (check.get("sentence", ""), check.get("cause", ""))))
    wanted = {
        **{1: check["title"], 2: check["kind"], OUTCOME: OUTCOMES[check["status"]]},
        **{9: said, 10: check.get("waiver") or ""},
    }
    for column, text in wanted.items():
        found = sheet.text(row, column)
        if plain(bare(text)) != found:
            said = f"says {found!r} under {CHECK_HEADS[column - 1]}; the check has {text!r}."
            yield _row(sheet, row), said
    is_compared = check["expected"] is not None or check["actual"] is not None
    for column, key in ((EXPECTED, "expected"), (ACTUAL, "actual"), (DIFFERENCE, "difference")):
        otherwise = "left blank" if is_compared and column != DIFFERENCE else ""
        cell = Cell(sheet.name, row, column)
        yield from _amount(sheet, cell, check[key], otherwise)
        yield from _named(sheet, cell, check, figures)
    if check["difference"] is not None:
        cell = Cell(sheet.name, row, TOLERANCE)
        yield from _amount(sheet, cell, check["tolerance"], "")


def _named(sheet: Sheet, cell: Cell, check: Record, figures: dict[str, int]) -> Iterator[Finding]:
    """The cells of an amount are those of the check's own figures; a difference's, its amounts'."""
    stored = sheet.stored.get(cell)
    if stored is None or not stored.formula:
        return
    own = {Cell(REGISTER, figures[one], VALUE) for one in check["figures"] if one in figures}
    if cell.column == DIFFERENCE:
        own = {Cell(sheet.name, cell.row, column) for column in (EXPECTED, ACTUAL)}
    try:
        needs = set(read_formula(stored.formula, sheet.name).needs)
    except NotReckoned:
        return  # said where every formula is reckoned
    if needs - own:
        said = f"is reckoned by {stored.formula} from other cells than those of its check."
        yield f"sheet {cell.sheet}, cell {cell}", said


def _counts(sheet: Sheet, checks: Mapping[str, Record]) -> Iterator[Finding]:
    failed = sum(check["status"] == "fail" for check in checks.values())
    words = f"{len(checks)} checks. Open failures when the paper was made: {failed}."
    if sheet.text(4, 1) != words:
        yield _row(sheet, 4), f"says {sheet.text(4, 1)!r}; the checks say {words!r}."


def _row(sheet: Sheet, row: int) -> str:
    return f"sheet {sheet.name}, row {row}"
