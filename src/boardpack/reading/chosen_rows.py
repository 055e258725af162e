"""Rows of a unit-level extract that an amount is the sum over: by which rule, which, and the proof.

A figure of a ledger may be the sum of tens of thousands of cells. It names none of them: it keeps
the column, the rule by which rows were chosen, how many there are, and a hash of their numbers. The
rule finds them again in the file, and the hash proves that they are the same.

A rule is applied to the file as it prints: every column of `where` must say one of its texts, as
they stand in the file (cut of blanks around them), in a row that is a record with an amount in the
column that is added up. Rows of totals, notes and a header that is repeated are no records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from boardpack.reading.cells import Cell, ranges
from boardpack.reading.extract import Row, Rule, Value
from boardpack.reading.row_view import RowView

NAMED_RANGES = 24
"""So many ranges of rows are written out; more scattered rows are found by their rule."""

ALONE_RANGES = 200
"""So many ranges are written out of rows that nothing but their list tells: those about people."""
NAMED_TEXTS = 6
"""So many texts of a rule's column are said in words; `figures.json` has all."""


def rule_of(where: Mapping[str, Iterable[str]], lines: Iterable[int]) -> Rule:
    """The rule that chose these lines of a file, by the texts that each of its columns may say.

    >>> rule = rule_of({"cost_centre": ["741002", "741001"]}, [2, 3, 4, 17])
    >>> rule.where, rule.count
    ((('cost_centre', ('741001', '741002')),), 4)
    """
    told = tuple((column, tuple(sorted(set(texts)))) for column, texts in sorted(where.items()))
    listed = tuple(lines)
    return Rule(told, len(listed), rows_sha256(ranges(listed)))


def rows_sha256(rows: str) -> str:
    """The hash of a list of rows as `ranges` writes it: `2-15, 17`."""
    return hashlib.sha256(rows.encode()).hexdigest()


def chosen_rows(rows: Iterable[Row], rule: Rule, column: str) -> Iterator[Row]:
    """The records that a rule chooses, with an amount in a column that nobody has corrected."""
    wanted = tuple((name, frozenset(texts)) for name, texts in rule.where)
    if isinstance(rows, RowView) and rows.has(column):
        rows = rows.printed(column)
        for name, texts in wanted:
            rows = rows.that_print(name, texts)
        yield from rows
        return
    for row in rows:
        value = row.amounts.get(column)
        if value is None or value.correction is not None:
            continue
        if all(row.cells[name].text in texts for name, texts in wanted):
            yield row


def chosen_by(rule: Rule) -> str:
    """A rule in words: ` where cost_centre is 741001 or 741002`; blank where it takes every row.

    >>> chosen_by(rule_of({"cost_centre": ["741001", "741002"], "note": [""]}, [2, 3]))
    ' where cost_centre is 741001 or 741002 and note is blank'
    """
    told = (f"{column} is {_one_of(texts)}" for column, texts in rule.where)
    return f" where {' and '.join(told)}" if rule.where else ""


def _one_of(texts: Sequence[str]) -> str:
    shown = [text or "blank" for text in texts[:NAMED_TEXTS]]
    is_all = len(texts) == len(shown)
    return " or ".join(shown) if is_all else f"one of {len(texts):,} ({', '.join(shown)}, …)"


def sum_over(
    amount: Decimal,
    unit: str,
    first: Cell,
    lines: Sequence[int],
    where: Mapping[str, Iterable[str]],
) -> Value:
    """A sum over lines of a file that a rule chose; `first` is where the first of them stands.

    It is what a reader gives that adds up a column without making a row of each line.

    >>> first = Cell("ledger.csv", None, 2, "actual", "900")
    >>> found = sum_over(Decimal(1020), "GBP", first, [2, 5], {"cost_centre": ["741001"]})
    >>> found.method, found.rule.count, found.cell.text
    ('sum of actual', 2, '')
    """
    cell = Cell(first.file, first.sheet, lines[0], first.column, "")
    method, rule = f"sum of {first.column}", rule_of(where, lines)
    nil = Decimal(0)
    return Value(cell, amount, amount, unit, nil, lines=tuple(lines), method=method, rule=rule)


def total_of(rows: Sequence[Row], columns: Sequence[str], by: Sequence[str]) -> Value | None:
    """What columns of rows come to that were chosen by what they say in the columns `by`.

    A blank cell is no amount; None where there is none at all. A cell that the team has corrected
    stands beside the sum by itself, with what was used and why.

    >>> def row(line: int, text: str) -> Row:
    ...     cell = Cell("ledger.csv", None, line, "actual", text)
    ...     value = Value(cell, Decimal(text), Decimal(text), "GBP", Decimal(0))
    ...     return Row(line, {}, {"actual": value}, {"actual": cell})
    >>> total_of([row(2, "900"), row(3, "120")], ["actual"], []).amount
    Decimal('1020')
    >>> print(total_of([Row(4, {}, {})], ["actual"], []))
    None
    """
    parts = [part for column in columns for part in _parts(rows, column, by)]
    if len(parts) < 2:
        return parts[0] if parts else None
    amount, printed = (
        sum((getattr(part, name) for part in parts), Decimal(0)) for name in ("amount", "printed")
    )
    return Value(parts[0].cell, amount, printed, parts[0].unit, Decimal(0), parts=tuple(parts))


def _parts(rows: Sequence[Row], column: str, by: Sequence[str]) -> Iterable[Value]:
    if isinstance(rows, RowView):
        yield from _parts_of_view(rows, column, by)
        return
    held = [row for row in rows if column in row.amounts]
    plain = [row for row in held if row.amounts[column].correction is None]
    if plain:
        values = [row.amounts[column] for row in plain]
        where = {name: {row.cells[name].text for row in plain} for name in by}
        amount = sum((value.amount for value in values), Decimal(0))
        lines = [row.line for row in plain]
        yield sum_over(amount, values[0].unit, values[0].cell, lines, where)
    yield from (row.amounts[column] for row in held if row.amounts[column].correction is not None)


def _parts_of_view(rows: RowView, column: str, by: Sequence[str]) -> Iterable[Value]:
    if not rows.has(column):
        return
    plain = rows.printed(column)
    if len(plain):
        where = {name: plain.texts(name) for name in by}
        lines = plain.lines.tolist()
        yield sum_over(plain.total(column), plain.unit(column), plain.cell(column), lines, where)
    yield from (row.amounts[column] for row in rows.corrected(column))
