"""The workbook's sheet of all checks, held to `checks.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from boardpack.audit.reader.formula import Cell, NotReckoned, letters, read_formula
from boardpack.audit.reader.hold_amount import hold_amount
from boardpack.audit.reader.hold_figures_sheet import REGISTER, VALUE, Record
from boardpack.audit.reader.hold_tables import Finding, differs, row_words, same_cells
from boardpack.audit.reader.seen_workbook import Sheet
from boardpack.audit.reader.words import bare, plain

CHECKS = "Checks"
FIRST_CHECK = 6
OUTCOME, EXPECTED, ACTUAL, DIFFERENCE, TOLERANCE, NOW = 3, 4, 5, 6, 7, 8
AGREES, DIFFERS = "agrees", "differs"
_COMPARED = ("printed.", "agreement.", "cross.")
"""Checks that two amounts are equal; those of another sort do not say what they would say now."""
_LOST = Decimal("0.000001")
"""What a spreadsheet's fifteen digits may lose of a difference of large amounts."""
CHECK_HEADS = (
    *("Check", "Kind", "Outcome in the paper", "Expected", "Actual", "Difference"),
    *("Rounding allows", "Now", "What the check says", "Answered for", "Id"),
)
OUTCOMES = {
    **{"pass": "pass", "rounding": "rounding only", "fail": "FAIL", "waived": "waived"},
    **{"documented": "documented", "not_applicable": "not applied"},
}


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
        yield from hold_amount(sheet, cell, check[key], otherwise)
        yield from _named(sheet, cell, check, figures)
    if check["difference"] is not None:
        cell = Cell(sheet.name, row, TOLERANCE)
        yield from hold_amount(sheet, cell, check["tolerance"], "")
    yield from _now(sheet, row, check)


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


def _now(sheet: Sheet, row: int, check: Record) -> Iterator[Finding]:
    """What a comparison says now: live, over its difference, and what that comes to."""
    cell = Cell(sheet.name, row, NOW)
    stored, wanted = sheet.stored.get(cell), ""
    if check["difference"] is not None and check["id"].startswith(_COMPARED):
        apart, allowed = abs(Decimal(check["difference"])), Decimal(check["tolerance"])
        wanted = AGREES if apart <= allowed + _LOST else DIFFERS
    is_live = stored is not None and f"{letters(DIFFERENCE)}{row}" in stored.formula
    if sheet.text(row, NOW) != wanted or (wanted and not is_live):
        said = f"says {sheet.text(row, NOW)!r}, and should say {wanted!r} by its difference."
        yield f"sheet {sheet.name}, cell {cell}", said


def _counts(sheet: Sheet, checks: Mapping[str, Record]) -> Iterator[Finding]:
    """Over the heads: how many checks there are, how many are open, how many differ now."""
    failed = sum(check["status"] == "fail" for check in checks.values())
    differ = sum(sheet.text(row, NOW) == DIFFERS for row in sheet.rows)
    words = f"{len(checks)} checks. Open failures when the paper was made: {failed}."
    wanted = (words, "", "", "", "", "Comparisons that differ now:", "", "", str(differ))
    found = sheet.rows.get(4, ())
    stored = sheet.stored.get(Cell(sheet.name, 4, len(wanted)))
    if not same_cells(found, wanted) or stored is None or not stored.formula:
        yield _row(sheet, 4), differs(found, wanted)


def _row(sheet: Sheet, row: int) -> str:
    return f"sheet {sheet.name}, row {row}"
