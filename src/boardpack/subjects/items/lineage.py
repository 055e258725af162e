"""Amounts made from prescription items and their prices, with the rows that they were made from.

Rows of the tariffs and of the concessions are named. Rows of the items are counted: the file is
added up while it streams past, and keeps no row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.reading.cells import Cell
from boardpack.reading.extract import Value
from boardpack.subjects.items.effects import PricedItems, PricedLine, sum_of
from boardpack.subjects.items.epd_extract import Epd
from boardpack.subjects.items.prices import NIL, MonthPrices, Priced
from boardpack.subjects.items.sums import ItemSums, sum_items

NCSO = "quantity / pack x (concession x share paid - tariff price x share paid), not below nil"
TARIFF = "quantity / pack x (tariff price - baseline price) x share paid"


def ncso_value(items: PricedItems, lines: Iterable[PricedLine]) -> Value:
    """What concessions on these lines cost in the items' month, in pounds."""
    return ncso_of(items.epd, items.month, items.prices, lines)


def ncso_of(
    epd: Epd, month: Month, prices: MonthPrices, lines: Iterable[PricedLine], said: str = ""
) -> Value:
    """What concessions on lines of a month cost at some prices; `said` begins the method."""
    found = [line for line in lines if line.priced.concessions]
    sums = sum_items(line.sums for line in found)
    amount = sum_of(found, lambda line: line.ncso)
    made_from = counted(epd, month, sums, said + NCSO)
    return made_value(
        "GBP", amount, made_from, *concession_rows(prices, (line.priced for line in found))
    )


def concession_rows(prices: MonthPrices, priced: Iterable[Priced | None]) -> tuple[Value, Value]:
    """The rows of the tariff and of the concessions that price presentations on concession."""
    found = [one for each in set(priced) if each is not None for one in each.concessions]
    tariff, granted = prices.book.tariffs[prices.tariff].file, prices.book.concessions.file
    packs, rows = {one.pack.line for one in found}, {one.line for one in found}
    return (
        _named(tariff, "Basic Price", packs, "tariff prices of these packs"),
        _named(granted, "price", rows, "concessions on these packs"),
    )


def tariff_value(items: PricedItems, lines: Iterable[PricedLine], category: str) -> Value:
    """What changed prices of a category cost in these lines, in pounds; negative where they fell.

    Only for a category that the items' prices have (see `MonthPrices.has`).
    """
    return tariff_of(items.epd, items.month, items.prices, lines, category)


def tariff_of(
    epd: Epd,
    month: Month,
    prices: MonthPrices,
    lines: Iterable[PricedLine],
    category: str,
    said: str = "",
) -> Value:
    """What changed prices cost in lines of a month; `said` begins the method."""
    found = [line for line in lines if line.priced.category == category]
    sums = sum_items(line.sums for line in found)
    amount = sum_of(found, lambda line: line.tariff)
    made_from = counted(epd, month, sums, said + TARIFF)
    return made_value("GBP", amount, made_from, *_changes(prices, found, category))


def _changes(
    prices: MonthPrices, lines: Iterable[PricedLine], category: str
) -> tuple[Value, Value]:
    pairs = {pair for line in lines for pair in line.priced.changes}
    paid_at, before = prices.later(category), prices.baseline or prices.month
    now_said = f"tariff prices of these packs in {paid_at.name}"
    before_said = f"their prices of {before.name}"
    tariffs = prices.book.tariffs
    return (
        _named(tariffs[paid_at].file, "Basic Price", {now.line for now, _ in pairs}, now_said),
        _named(tariffs[before].file, "Basic Price", {old.line for _, old in pairs}, before_said),
    )


def items_value(epd: Epd, month: Month, sums: ItemSums, method: str) -> Value:
    """The actual cost of a month's items, in pounds."""
    return made_value("GBP", sums.actual_cost, counted(epd, month, sums, method))


def count_value(epd: Epd, month: Month, sums: ItemSums, method: str, count: int) -> Value:
    """How many of something a month's items have."""
    return made_value("COUNT", Decimal(count), counted(epd, month, sums, method))


def concessions_value(items: PricedItems, lines: Sequence[int], method: str) -> Value:
    """How many concessions stand on these rows."""
    made_from = _named(items.book.concessions.file, "price", lines, method)
    return made_value("COUNT", Decimal(len(lines)), made_from)


def made_value(unit: str, amount: Decimal, *made_from: Value) -> Value:
    """An amount that was made from sets of rows, each with its file and method."""
    return Value(made_from[0].cell, amount, amount, unit, NIL, parts=made_from)


def counted(epd: Epd, month: Month, sums: ItemSums, method: str) -> Value:
    """Rows of the items, by their number and what was made of them."""
    said = f"{sums.rows:,} rows of {month.name}, added up while read: {method}"
    return _rows(Cell(epd.file_of(month), None, 1, "TOTAL_QUANTITY", ""), (), said)


def _named(file: str, column: str, lines: Iterable[int], method: str) -> Value:
    found = tuple(sorted(set(lines)))
    cell = Cell(file, None, found[0] if found else 1, column, "")
    return _rows(cell, found, method if found else f"no row: {method}")


def _rows(cell: Cell, lines: tuple[int, ...], method: str) -> Value:
    return Value(cell, NIL, NIL, "GBP", NIL, lines=lines, method=method)
