"""The sums of an English Prescribing Dataset, as one expression that any engine evaluates.

`added_up` is the one place where rows become sums: it cleans, casts exactly and adds up by key. It
is written in Ibis, runs on DuckDB or Spark, and takes records as texts, as the file has them. Ibis
is imported where it is used: that takes half a second, which homes without items should not wait.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

KEY = ("month", "practice", "pco", "bnf_code", "snomed_code")
NAMES = ("description", "practice_name")
CODES = ("month", "practice", "pco", "bnf_code", "chemical", "snomed")
NUMBERS = ("quantity", "items", "total_quantity", "nic", "actual_cost")
COLUMNS = (*CODES, *NAMES, *NUMBERS)
"""What an engine gives of each record, as text; a column that the file lacks is empty."""

AMOUNTS = ("items", "quantity", "nic", "actual_cost")
ADDED = ("rows", *AMOUNTS, "breaches", "odd_chemical", "unreadable")

DIGITS_BEFORE, DIGITS_AFTER = 11, 7
"""Digits of a number before and after its point: beyond them it is refused, never rounded."""

NUMBER = f"^-?[0-9]{{1,{DIGITS_BEFORE}}}([.][0-9]{{1,{DIGITS_AFTER}}})?$"
WHOLE = f"^-?[0-9]{{1,{DIGITS_BEFORE}}}([.]0{{1,{DIGITS_AFTER}}})?$"
MONTH = "^[0-9]{4}[-_/]?(0[1-9]|1[0-2])$"
CODE = "^[0-9]{2}[0-9A-Z]{0,13}$"
_ROW = f"decimal({DIGITS_BEFORE + DIGITS_AFTER}, {DIGITS_AFTER})"
_ITEMS = f"decimal({DIGITS_BEFORE}, 0)"
_WIDE = f"decimal({DIGITS_BEFORE + DIGITS_AFTER + 1}, {DIGITS_AFTER})"  # else DuckDB overflows
_SUM = f"decimal(38, {DIGITS_AFTER})"


def records_table() -> ir.Table:
    """The table `records` that an engine gives: texts, and the number of the file."""
    import ibis

    return ibis.table({"file": "int32", **dict.fromkeys(COLUMNS, "string")}, name="records")


def sums_table() -> ir.Table:
    """The table `sums` that `added_up` makes."""
    import ibis

    texts = dict.fromkeys((*KEY, *NAMES), "string")
    return ibis.table({"file": "int32", **texts, **{n: _kind(n) for n in ADDED}}, name="sums")


def _kind(name: str) -> str:
    return _SUM if name in ("quantity", "nic", "actual_cost") else "int64"


def added_up(records: ir.Table, known: Collection[str]) -> ir.Table:
    """Records added up by `file` and KEY: rows, items, quantity, NIC, actual cost, all exact.

    Rows repeat for a practice, presentation and pack; each counts. Practices that are not `known`
    keep no presentation. `breaches` counts rows whose TOTAL_QUANTITY is not QUANTITY x ITEMS,
    `odd_chemical` those whose substance is another than their code's, `unreadable` those with a
    cell that is no month, code or exact number: sums that hold any of these last are of no use.
    """
    rows = _numbers(_codes(_texts(records), known))
    summed = rows.group_by(["file", *KEY, *NAMES]).agg(
        rows=rows.count(),
        items=rows.items_read.sum().cast("int64"),
        quantity=rows.total_read.sum().cast(_SUM),
        nic=rows.nic_read.sum().cast(_SUM),
        actual_cost=rows.cost_read.sum().cast(_SUM),
        breaches=rows.count(
            where=rows.quantity_read.cast(_WIDE) * rows.items_read != rows.total_read
        ),
        odd_chemical=rows.count(where=rows.is_odd),
        unreadable=rows.count(where=rows.is_unreadable),
    )
    month = summed.month.replace("-", "").replace("_", "").replace("/", "")
    is_month = summed.month.re_search(MONTH) & (month >= "000101")
    return summed.mutate(
        month=month,
        pco=summed.pco.strip(),
        snomed_code=summed.snomed_code.strip(),
        description=summed.description.strip(),
        practice_name=summed.practice_name.strip(),
        unreadable=is_month.ifelse(summed.unreadable, summed.rows),
    )


def of_list(sums: ir.Table, known: Collection[str]) -> ir.Table:
    """The sums of practices of the list."""
    return sums.filter(sums.practice.isin(sorted(known)))


def total(sums: ir.Table, by: Sequence[str], what: Sequence[str] = ("rows", *AMOUNTS)) -> ir.Table:
    """Sums added up further, by some of their columns."""
    summed = {name: sums[name].sum().cast(_kind(name)) for name in what}
    return sums.group_by(list(by)).agg(**summed) if by else sums.agg(**summed)


def first_name(sums: ir.Table, code: str, name: str) -> ir.Table:
    """One name for a code whatever the order of the rows: the first of the alphabet."""
    named = sums.filter(sums[code] != "")
    return named.group_by(code).agg(name=named[name].min())


def _texts(records: ir.Table) -> ir.Table:
    there = {name: records[name].fill_null("") for name in COLUMNS}
    return records.select("file", **there)


def _codes(rows: ir.Table, known: Collection[str]) -> ir.Table:
    """Codes looked at, and those of practices that are not known left out."""
    rows = rows.mutate(practice=rows.practice.strip())
    is_known = rows.practice.isin(sorted(known))
    is_odd = (rows.chemical != "") & ~rows.bnf_code.startswith(rows.chemical)
    is_wrong = ~rows.bnf_code.re_search(CODE) | (is_odd & ~rows.chemical.re_search(CODE))
    return rows.mutate(
        is_odd=is_odd,
        is_wrong=is_wrong,
        bnf_code=is_known.ifelse(rows.bnf_code, ""),
        snomed_code=is_known.ifelse(rows.snomed, ""),
        description=is_known.ifelse(rows.description, ""),
    )


def _numbers(rows: ir.Table) -> ir.Table:
    read = {
        "quantity_read": _exact(rows.quantity, NUMBER),
        "items_read": _exact(rows.items, WHOLE, _ITEMS),
        "total_read": _exact(rows.total_quantity, NUMBER),
        "nic_read": _exact(rows.nic, NUMBER),
        "cost_read": _exact(rows.actual_cost, NUMBER),
    }
    rows = rows.mutate(**read)
    is_none = rows.is_wrong
    for name in read:
        is_none = is_none | rows[name].isnull()
    return rows.mutate(is_unreadable=is_none)


def _exact(text: ir.StringValue, pattern: str, kind: str = _ROW) -> ir.DecimalValue:
    """A number with all its digits; null for any other text, so that no cast can round or fail."""
    import ibis

    return text.re_search(pattern).ifelse(text, ibis.null()).cast(kind)
