"""Amounts made from prescription items and their prices, with the rows that they were made from.

Rows of the tariff and of the concessions are named. Rows of the items are counted: the file is
added up while it streams past, and keeps no row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from boardpack.figures.item_prices import NIL, Drug, PricedItems
from boardpack.sources.calendar import read_month
from boardpack.sources.cells import Cell
from boardpack.sources.extract import Value
from boardpack.sources.item_sums import ItemSums, sum_items

NCSO = "quantity / pack x (concession x share paid - tariff price x share paid), not below nil"
CATEGORY_M = "quantity / pack x (tariff price - baseline price) x share paid"


def sum_of(drugs: Iterable[Drug], amount: Callable[[Drug], Decimal]) -> Decimal:
    """An amount of several drugs together, exact."""
    return sum((amount(drug) for drug in drugs), NIL)


def ncso_value(items: PricedItems, drugs: Iterable[Drug]) -> Value:
    """What concessions on these drugs cost, in pounds."""
    found = [drug for drug in drugs if drug.concessions]
    packs = [one.pack.line for drug in found for one in drug.concessions]
    prices = [one.line for drug in found for one in drug.concessions]
    return made_value(
        "GBP",
        sum_of(found, lambda drug: drug.ncso),
        _counted(items, sum_items(drug.sums for drug in found), NCSO),
        _named(items.tariff.file, "Basic Price", packs, "tariff prices of these packs"),
        _named(items.concessions.file, "price", prices, "concessions on these packs"),
    )


def category_m_value(items: PricedItems, drugs: Iterable[Drug]) -> Value:
    """What changed Category M prices of these drugs cost, in pounds; negative where they fell."""
    found = [drug for drug in drugs if drug.baseline]
    before = {old.vmpp: old.line for drug in found for old in drug.baseline}
    packs = [pack.line for drug in found for pack in drug.packs if pack.vmpp in before]
    month = read_month(items.baseline.rows[0]["month"]).name
    return made_value(
        "GBP",
        sum_of(found, lambda drug: drug.category_m or NIL),
        _counted(items, sum_items(drug.sums for drug in found), CATEGORY_M),
        _named(items.tariff.file, "Basic Price", packs, "tariff prices of these packs"),
        _named(items.baseline.file, "Basic Price", before.values(), f"their prices of {month}"),
    )


def items_value(
    items: PricedItems, sums: Iterable[ItemSums], method: str, count: int | None = None
) -> Value:
    """The actual cost of items in pounds; where a `count` is given, that many of something."""
    total = sum_items(sums)
    made_from = _counted(items, total, method)
    if count is not None:
        return made_value("COUNT", Decimal(count), made_from)
    return made_value("GBP", total.actual_cost, made_from)


def concessions_value(items: PricedItems, lines: Sequence[int], method: str) -> Value:
    """How many concessions stand on these rows."""
    made_from = _named(items.concessions.file, "price", lines, method)
    return made_value("COUNT", Decimal(len(lines)), made_from)


def made_value(unit: str, amount: Decimal, *made_from: Value) -> Value:
    """An amount that was made from sets of rows, each with its file and method."""
    return Value(made_from[0].cell, amount, amount, unit, NIL, parts=made_from)


def _counted(items: PricedItems, sums: ItemSums, method: str) -> Value:
    said = f"{sums.rows:,} rows of {items.month.name}, added up while read: {method}"
    return _rows(Cell(items.epd.file, None, 1, "TOTAL_QUANTITY", ""), (), said)


def _named(file: str, column: str, lines: Iterable[int], method: str) -> Value:
    found = tuple(sorted(set(lines)))
    cell = Cell(file, None, found[0] if found else 1, column, "")
    return _rows(cell, found, method if found else f"no row: {method}")


def _rows(cell: Cell, lines: tuple[int, ...], method: str) -> Value:
    return Value(cell, NIL, NIL, "GBP", NIL, lines=lines, method=method)
