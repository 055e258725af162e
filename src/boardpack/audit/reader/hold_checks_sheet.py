"""The workbook's sheet of all checks, held to `checks.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from boardpack.audit.reader.formula import Cell, letters
from boardpack.audit.reader.hold_amount import hold_amount
from boardpack.audit.reader.hold_figures_sheet import REGISTER, VALUE, Record
from boardpack.audit.reader.hold_tables import Finding, differs, row_words, same_cells
from boardpack.audit.reader.seen_workbook import Sheet
from boardpack.audit.reader.words import bare, plain

CHECKS = "Checks"
FIRST_CHECK = 6
OUTCOME, EXPECTED, ACTUAL, DIFFERENCE, TOLERANCE, NOW = 3, 4, 5, 6, 7, 8
AGREES, DIFFERS = "agrees", "differs"
_TURNED = ("cross.", "duty.", "plausible.")
"""Checks whose first figure is the actual amount; of the others it is the expected one."""
_MOST = 250
"""A spreadsheet's function may be given so many cells, and a few more."""
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

Figures = Mapping[str, tuple[int, Decimal]]
"""By id, the row of a figure among the figures, and its exact value."""


def hold_checks(sheet: Sheet, checks: Mapping[str, Record], figures: Figures) -> Iterator[Finding]:
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


def _check(sheet: Sheet, row: int, check: Record, figures: Figures) -> Iterator[Finding]:
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
        yield from _live(sheet, cell, _formulas(row, column, check, figures))
    if check["difference"] is not None:
        cell = Cell(sheet.name, row, TOLERANCE)
        yield from hold_amount(sheet, cell, check["tolerance"], "")
    yield from _now(sheet, row, check)


def _formulas(row: int, column: int, check: Record, figures: Figures) -> list[str]:
    """How an amount of a check is reckoned: a sum of its figures, or what two amounts differ by.

    Empty where no sum of the check's figures is that amount, so that it can only be typed. The
    first figure is one side, and the others are the other.
    """
    if column == DIFFERENCE:
        is_there = check["difference"] is not None
        return [f"={letters(ACTUAL)}{row}-{letters(EXPECTED)}{row}"] if is_there else []
    amount = check["expected" if column == EXPECTED else "actual"]
    first, *others = check["figures"] or ("",)
    is_turned = check["id"].startswith(_TURNED)
    side = others if is_turned == (column == EXPECTED) else [first]
    if amount is None or not side or any(one not in figures for one in check["figures"]):
        return []
    if len(side) > _MOST or sum(figures[one][1] for one in side) != Decimal(amount):
        return []
    cells = [f"{REGISTER}!{letters(VALUE)}{figures[one][0]}" for one in side]
    return [f"={cells[0]}" if len(cells) == 1 else f"=SUM({','.join(cells)})"]


def _live(sheet: Sheet, cell: Cell, wanted: list[str]) -> Iterator[Finding]:
    """Whether an amount follows what it should, by the one formula that it can have."""
    stored = sheet.stored.get(cell)
    found = [] if stored is None or not stored.formula else [stored.formula]
    if found != wanted:
        what = f"is reckoned by {found[0]}" if found else "is typed"
        should = f"by {wanted[0]}" if wanted else "typed"
        yield f"sheet {cell.sheet}, cell {cell}", f"{what}, and should be {should}."


def _now(sheet: Sheet, row: int, check: Record) -> Iterator[Finding]:
    """What a comparison says now: live, over its difference, and what that comes to."""
    cell = Cell(sheet.name, row, NOW)
    wanted, formulas = "", []
    if check["difference"] is not None and check["id"].startswith(_COMPARED):
        apart, allowed = abs(Decimal(check["difference"])), Decimal(check["tolerance"])
        wanted = AGREES if apart <= allowed + _LOST else DIFFERS
        test = f"ABS({letters(DIFFERENCE)}{row})<={letters(TOLERANCE)}{row}+{_LOST:f}"
        formulas = [f'=IF({test},"{AGREES}","{DIFFERS}")']
    if sheet.text(row, NOW) != wanted:
        said = f"says {sheet.text(row, NOW)!r}, and should say {wanted!r} by its difference."
        yield f"sheet {sheet.name}, cell {cell}", said
    yield from _live(sheet, cell, formulas)


def _counts(sheet: Sheet, checks: Mapping[str, Record]) -> Iterator[Finding]:
    """Over the heads: how many checks there are, how many are open, how many differ now."""
    failed = sum(check["status"] == "fail" for check in checks.values())
    differ = sum(sheet.text(row, NOW) == DIFFERS for row in sheet.rows)
    words = f"{len(checks)} checks. Open failures when the paper was made: {failed}."
    wanted = (words, "", "", "", "", "Comparisons that differ now:", "", "", str(differ))
    found = sheet.rows.get(4, ())
    if not same_cells(found, wanted):
        yield _row(sheet, 4), differs(found, wanted)
    last = FIRST_CHECK + max(len(checks), 1) - 1
    area = f"{letters(NOW)}{FIRST_CHECK}:{letters(NOW)}{last}"
    yield from _live(sheet, Cell(sheet.name, 4, 9), [f'=COUNTIF({area},"{DIFFERS}")'])


def _row(sheet: Sheet, row: int) -> str:
    return f"sheet {sheet.name}, row {row}"
