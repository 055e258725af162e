"""Price concessions (NCSO): what pharmacies are paid where the tariff price is too low.

`price_concessions.csv` comes as a list by month and drug, or as the page that Community Pharmacy
England publishes, whose headings carry the month and the day. Prices are in pounds. The page
grows during the month, and may say a price again: the later day stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from boardpack.core.errors import Fault
from boardpack.reading.amounts import Unreadable, read_amount
from boardpack.reading.calendar import (
    day_in_words,
    month_in_words,
    month_key,
    read_day,
    read_month_said,
)
from boardpack.reading.cells import ranges
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder
from boardpack.reading.layouts import AS_AGREED
from boardpack.reading.long_files import (
    Complaints,
    Heading,
    ItemFile,
    Table,
    exact_value,
    find_table,
    is_whole,
    note,
    open_items,
)
from boardpack.reading.table_shape import Column

FILE = "price_concessions.csv"
_COLUMNS = (
    Heading("drug", ("drug",)),
    Heading("price", ("price", "concession_price", "price_text")),
    Heading("month", ("month",), needed=False),
    Heading("heading", ("section_heading",), needed=False),
    Heading("intro", ("table_intro",), needed=False),
    Heading("announced", ("announced", "date"), needed=False),
    Heading("pack_size", ("pack_size",), needed=False),
)
_PRICE = Column("price", "pounds", step="0")
_PREVIOUSLY = re.compile(r"(?P<now>[^(]+?)\s*\(\s*previously\s+(?P<before>[^)]+?)\s*\)", re.I)
_SIZE = re.compile(r"(?P<number>\d+(\.\d+)?)\s*(?P<unit>[A-Za-z ]*)")
_QUOTES = "A name that holds a comma must stand in quotes."
_AGAIN = "Copy it again from the published page."


def read_price_concessions(folder: Folder) -> Extract:
    """Concessions by month, drug and pack: price and, where told, pack size; the day announced.

    `previous` is the price that a page says stood before. Raises InputFaults for a price, size or
    month that cannot be read, and for two prices of one pack on one day.
    """
    item = open_items(folder, FILE)
    if item is None:
        return Extract((folder.path / FILE).as_posix(), "", ())
    records = item.records()
    table = find_table(item, records, _COLUMNS)
    complaints = Complaints(item.name)
    rows = [
        _row(item, table, line, cells, complaints)
        for line, cells in records
        if is_whole(table, line, cells, complaints, _QUOTES)
    ]
    complaints.refuse()
    standing, notes = _standing(item.name, rows, complaints)
    complaints.refuse()
    return Extract(item.name, item.sha256, standing, notes=notes)


def _row(item: ItemFile, table: Table, line: int, cells: list[str], complaints: Complaints) -> Row:
    said = {name: cells[position].strip() for name, position in table.at.items()}
    if not said["drug"]:
        complaints.add("a drug", _AGAIN, line, "drug", "")
    found = _PREVIOUSLY.fullmatch(said["price"])
    size = _SIZE.fullmatch(said.get("pack_size", ""))
    if said.get("pack_size") and size is None:
        complaints.add(
            "a pack size such as 28 or 100ml", _AGAIN, line, "pack_size", said["pack_size"]
        )
    words = {
        "month": _month(line, said, complaints),
        "drug": said["drug"],
        "pack_size": said.get("pack_size", ""),
        "pack_unit": size["unit"].strip() if size else "",
        "announced": _announced(line, said, complaints),
        "previous": found["before"] if found else "",
    }
    price = _price(line, found["now"] if found else said["price"], complaints)
    amounts = {"price": exact_value(item.name, line, "price", said["price"], price, "GBP")}
    if size:
        number = Decimal(size["number"])
        amounts["pack_size"] = exact_value(
            item.name, line, "pack_size", said["pack_size"], number, "COUNT"
        )
    return Row(line, words, amounts)


def _price(line: int, text: str, complaints: Complaints) -> Decimal:
    try:
        price = read_amount(_PRICE, text, AS_AGREED).value
    except Unreadable:
        price = Decimal(0)
    if price <= 0:
        expected = "a price, such as £1.50, 1.5 or £1.50 (previously £1.20)"
        complaints.add(expected, _AGAIN, line, "price", text)
    return price


def _month(line: int, said: dict[str, str], complaints: Complaints) -> str:
    """The month of a row: its own, or the one that its section's headings name."""
    headings = [said.get("heading", ""), said.get("intro", "")]
    try:
        if said.get("month"):
            return month_key(read_month_said(said["month"]))
        found = month_in_words(headings[0]) or month_in_words(headings[1])
        if found is not None:
            return month_key(found)
    except ValueError:
        pass
    shown = said.get("month") or " / ".join(text for text in headings if text)
    complaints.add("a month such as 2023-10 or October 2023", _AGAIN, line, "month", shown)
    return ""


def _announced(line: int, said: dict[str, str], complaints: Complaints) -> str:
    try:
        if said.get("announced"):
            return read_day(said["announced"]).isoformat()
        found: dt.date | None = day_in_words(said.get("intro", ""))
    except ValueError:
        shown = said.get("announced") or said.get("intro", "")
        complaints.add("a day such as 19th January 2024", _AGAIN, line, "announced", shown)
        return ""
    return found.isoformat() if found else ""


def _standing(
    file: str, rows: Iterable[Row], complaints: Complaints
) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """The rows that stand, and what was said twice.

    One pack may have one price on a day, and the latest day's stands. Without a pack size several
    prices of a drug may be those of several packs: all stand, and are told.
    """
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault((row["month"], row["drug"], row["pack_size"]), []).append(row)
    kept, replaced, same, several = list[Row](), list[int](), list[int](), list[int]()
    for (_, _, size), group in groups.items():
        latest = max(row["announced"] for row in group)
        stand = _once([row for row in group if row["announced"] == latest])
        replaced += [row.line for row in group if row["announced"] != latest]
        lines = {row.line for row in group} - {*replaced, *(row.line for row in stand)}
        same += sorted(lines)
        if len(stand) > 1 and size:
            _complain_of_two(stand, complaints)
        several += [row.line for row in stand[1:] if not size]
        kept += stand
    kept.sort(key=lambda row: row.line)
    return tuple(kept), tuple(_twice_notes(file, replaced, same, several))


def _once(rows: list[Row]) -> list[Row]:
    found: dict[Decimal, Row] = {}
    for row in rows:
        found.setdefault(row.amounts["price"].amount, row)
    return list(found.values())


def _complain_of_two(rows: list[Row], complaints: Complaints) -> None:
    for row in rows[1:]:
        expected = f"the price of row {rows[0].line}, or a later day"
        remedy = "Find out which price was granted, and take the other row out."
        text = row.amounts["price"].cell.text
        complaints.add(expected, remedy, row.line, "price", text)


def _twice_notes(
    file: str, replaced: list[int], same: list[int], several: list[int]
) -> Iterator[Fault]:
    told = (
        (replaced, "each concession once a month", "A later day's price stands for rows"),
        (same, "each concession once", "The price is the same: left out are rows"),
        (several, "a pack size, where a drug has several prices", "All stand, with rows"),
    )
    for lines, expected, remedy in told:
        if lines:
            yield note(file, expected, f"{remedy} {ranges(lines)}.", f"{len(lines):,} rows", "drug")
