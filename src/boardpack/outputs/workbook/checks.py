"""The checks' sheet: expected, actual and difference, live over the register where they can be.

A check keeps its outcome as it was when the paper was made. Beside it stands what its numbers say
now, so that whoever changes an input sees which checks it would break.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from boardpack.figures.register import Register
from boardpack.outputs.workbook.formula import ARGUMENTS, Spot
from boardpack.outputs.workbook.places import CHECKS, Places
from boardpack.outputs.workbook.sheet import ALARM, HEAD, QUIET, WRAPPED, Printing, Writer, paint
from boardpack.outputs.workbook.widths import row_height

COLUMNS = (
    ("Check", 52),
    ("Kind", 22),
    ("Outcome in the paper", 13),
    ("Expected", 16),
    ("Actual", 16),
    ("Difference", 17),
    ("Rounding allows", 12),
    ("Now", 10),
    ("What the check says", 60),
    ("Answered for", 30),
    ("Id", 44),
)
OUTCOME, EXPECTED, ACTUAL, DIFFERENCE, TOLERANCE, NOW = 2, 3, 4, 5, 6, 7
FIRST_ROW, HEAD_ROW = 5, 4
AGREES, DIFFERS = "agrees", "differs"
OUTCOMES = {
    "pass": "pass",
    "rounding": "rounding only",
    "fail": "FAIL",
    "waived": "waived",
    "documented": "documented",
    "not_applicable": "not applied",
}
COMPARED = ("printed.", "agreement.", "cross.")
"""Checks that two amounts are equal; a duty or a plausibility has a direction as well."""
LOST = "0.000001"
"""What a spreadsheet's fifteen digits may lose of a difference of large amounts."""
_SIZE = "#,##0.00##_);(#,##0.00##);0_)"

Check = Mapping[str, Any]
Sum = tuple[str, ...]


def write_checks(writer: Writer, checks: Sequence[Check], places: Places) -> None:
    """The sheet, one row a check: failures first, each group in the paper's order."""
    made = writer.sheet(CHECKS, "Checks: what was held against what", QUIET)
    order = list(OUTCOMES)
    graver = {"fail": -3, "waived": -2, "documented": -1}
    rows = sorted(checks, key=lambda c: graver.get(c["status"], order.index(c["status"])))
    last = FIRST_ROW + max(len(rows), 1) - 1
    writer.back(made, 2)
    _counts(writer, made, rows, last)
    for column, (head, width) in enumerate(COLUMNS):
        made.set_column(column, column, width)
        writer.text(made, HEAD_ROW, column, head, HEAD, {"text_wrap": True, "valign": "bottom"})
    for row, check in enumerate(rows, FIRST_ROW):
        _row(writer, made, row, check, places)
    alarm = writer.book.add_format({"font_color": paint(ALARM), "bold": True})
    rule = {"type": "cell", "criteria": "==", "value": f'"{DIFFERS}"', "format": alarm}
    made.conditional_format(FIRST_ROW, NOW, last, NOW, rule)
    made.autofilter(HEAD_ROW, 0, last, len(COLUMNS) - 1)
    writer.printed(made, Printing(last, NOW + 1, HEAD_ROW))


def operands_of(check: Check, register: Register) -> tuple[Sum | None, Sum | None]:
    """The figures whose sums are the expected and the actual amount; None where no sum is.

    The order of a check's figures says which they are, and the amounts must bear it out.
    """
    figures = [i for i in check["figures"] if i in register]
    if len(figures) < len(check["figures"]) or not figures:
        return None, None
    first, rest = (figures[0],), tuple(figures[1:])
    by_kind = {"cross.": (rest, first), "duty.": (rest, first), "plausible.": (rest, first)}
    expected, actual = next(
        (found for start, found in by_kind.items() if check["id"].startswith(start)),
        (first, rest),
    )
    return _held(expected, check["expected"], register), _held(actual, check["actual"], register)


def _held(figures: Sum, amount: str | None, register: Register) -> Sum | None:
    if amount is None or not figures or len(figures) > ARGUMENTS:
        return None
    total = sum((register[one].value for one in figures), Decimal(0))
    return figures if total == Decimal(amount) else None


def _counts(writer: Writer, made: Any, rows: Sequence[Check], last: int) -> None:
    """How many checks failed when the paper was made, and how many differ now."""
    failed = sum(check["status"] == "fail" for check in rows)
    words = f"{len(rows)} checks. Open failures when the paper was made: {failed}."
    writer.text(made, 3, 0, words, {"bold": True})
    writer.text(made, 3, DIFFERENCE, "Comparisons that differ now:", {"bold": True})
    cells = Spot(CHECKS, FIRST_ROW, NOW).to(Spot(CHECKS, last, NOW), CHECKS)
    differ = sum(_now(check) == DIFFERS for check in rows)
    look = writer.format({"bold": True, "align": "left"})
    made.write_formula(3, NOW + 1, f'=COUNTIF({cells},"{DIFFERS}")', look, differ)


def _row(writer: Writer, made: Any, row: int, check: Check, places: Places) -> None:
    failed = {"bold": True, "font_color": ALARM} if check["status"] == "fail" else {}
    said = " ".join(filter(None, (check.get("sentence", ""), check.get("cause", ""))))
    for column, text in ((0, check["title"]), (1, check["kind"])):
        writer.text(made, row, column, text, WRAPPED)
    writer.text(made, row, OUTCOME, OUTCOMES[check["status"]], failed)
    for column, text in ((NOW + 1, said), (NOW + 2, check.get("waiver") or "")):
        writer.text(made, row, column, text, WRAPPED)
    writer.text(made, row, NOW + 3, check["id"])
    texts = (check["title"], check["kind"], said, check.get("waiver") or "")
    widths = [COLUMNS[column][1] for column in (0, 1, NOW + 1, NOW + 2)]
    made.set_row(row, row_height(texts, widths))
    if check["expected"] is None and check["actual"] is None:
        return
    expected, actual = operands_of(check, places.register)
    _amount(writer, made, (row, EXPECTED), check["expected"], expected, places)
    _amount(writer, made, (row, ACTUAL), check["actual"], actual, places)
    if check["difference"] is not None:
        _difference(writer, made, row, check)


def _amount(
    writer: Writer,
    made: Any,
    place: tuple[int, int],
    amount: str | None,
    figures: Sum | None,
    places: Places,
) -> None:
    look = writer.format({"num_format": _SIZE})
    if amount is None:
        writer.text(made, *place, "left blank", {"align": "right"})
    elif figures is None:
        made.write_number(*place, float(amount), look)
    else:
        cells = [places.own(one).seen_from(CHECKS) for one in figures]
        formula = f"={cells[0]}" if len(cells) == 1 else f"=SUM({','.join(cells)})"
        made.write_formula(*place, formula, look, float(amount))


def _difference(writer: Writer, made: Any, row: int, check: Check) -> None:
    look = writer.format({"num_format": _SIZE})
    cell = _cell_of(row)
    formula = f"={cell(ACTUAL)}-{cell(EXPECTED)}"
    made.write_formula(row, DIFFERENCE, formula, look, float(check["difference"]))
    made.write_number(row, TOLERANCE, float(check["tolerance"]), look)
    now = _now(check)
    if now is not None:
        apart, allowed = f"ABS({cell(DIFFERENCE)})", f"{cell(TOLERANCE)}+{LOST}"
        live = f'=IF({apart}<={allowed},"{AGREES}","{DIFFERS}")'
        made.write_formula(row, NOW, live, writer.format(), now)


def _cell_of(row: int) -> Callable[[int], str]:
    return lambda column: Spot(CHECKS, row, column).seen_from(CHECKS)


def _now(check: Check) -> str | None:
    """What a comparison's amounts say; None for a check of another sort, or of one amount."""
    if check["difference"] is None or not check["id"].startswith(COMPARED):
        return None
    agrees = abs(Decimal(check["difference"])) <= Decimal(check["tolerance"]) + Decimal(LOST)
    return AGREES if agrees else DIFFERS
