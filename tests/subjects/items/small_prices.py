"""Small tariffs, concessions and items as the readers give them, for rules that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from boardpack.core.periods import Month
from boardpack.reading.calendar import month_key
from boardpack.reading.cells import Cell
from boardpack.reading.extract import Extract, Row, Value
from boardpack.subjects.items.effects import Presentation
from boardpack.subjects.items.epd_extract import Epd
from boardpack.subjects.items.prices import MonthPrices, PriceBook
from boardpack.subjects.items.sums import ItemSums

MAY, JUNE, JULY = (Month(2023, number) for number in (2, 3, 4))
NAMES = tuple(f"{name} 20mg tablets" for name in ("Aone", "Btwo", "Cthree", "Dfour"))
CONCESSIONS = "raw/price_concessions.csv"


def amount(file: str, line: int, column: str, value: str) -> Value:
    """An amount of one cell, exact."""
    cell = Cell(file, None, line, column, value)
    return Value(cell, Decimal(value), Decimal(value), "GBP", Decimal(0))


def tariff(
    name: str, prices: Mapping[str, str], size: str = "28", category: str = "M", **categories: str
) -> Extract:
    """A tariff of one pack for each medicine, its price in pounds; the first stands in row 4.

    `categories` are those of single medicines, by the first word of the name.
    """
    file, rows = f"raw/{name}.csv", []
    for line, (medicine, price) in enumerate(prices.items(), start=4):
        letters = medicine.split(" ")[0].lower()
        words = {
            "medicine": medicine,
            "vmp": letters,
            "vmpp": f"{letters}{size}",
            "category": categories.get(letters, category),
        }
        amounts = {
            column: amount(file, line, column, said)
            for column, said in (("pack_size", size), ("price", price))
        }
        rows.append(Row(line, words, amounts))
    return Extract(file, "", tuple(rows))


def concessions(*rows: tuple[Month, str, str, str]) -> Extract:
    """A list of concessions: month, medicine, pack size (or nothing) and price; from row 2."""
    found = []
    for line, (month, drug, size, price) in enumerate(rows, start=2):
        words = {"month": month_key(month), "drug": drug, "pack_size": size}
        amounts = {"price": amount(CONCESSIONS, line, "price", price)}
        if size:
            amounts["pack_size"] = amount(CONCESSIONS, line, "pack_size", size)
        found.append(Row(line, words, amounts))
    return Extract(CONCESSIONS, "", tuple(found))


def presentations(
    book: PriceBook, month: Month, items: Iterable[tuple[str, int, str]], place: str = "north"
) -> tuple[Presentation, ...]:
    """What a place prescribed in a month: medicine, quantity and net ingredient cost in pounds."""
    prices = MonthPrices(book, month, None)
    return tuple(
        Presentation(
            place, name, "", name, ItemSums(1, 1, Decimal(quantity), Decimal(cost)), priced
        )
        for name, quantity, cost in items
        for priced in (prices.of(name, name, ""),)
    )


def epd_of(months: Iterable[Month]) -> Epd:
    """Items of some months, all in one file; a rule of prices asks for no more of them."""
    return Epd("raw/epd.csv", "", practice_sums={(month, "X1"): ItemSums() for month in months})
