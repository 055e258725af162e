"""Drug Tariff Part VIIIA: the basic price of each pack, by its VMPP code.

`drug_tariff.csv` as NHSBSA publishes it: a title, a blank line, a header whose unit column has no
heading, names with commas, prices in pence. Prices are given in pounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import Month
from boardpack.reading.amounts import Unreadable, read_amount
from boardpack.reading.calendar import month_key
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
from boardpack.reading.snomed import is_snomed
from boardpack.reading.table_shape import Column
from boardpack.reading.title_periods import named_month, periods_said

FILE = "drug_tariff.csv"
CATEGORIES = ("A", "C", "H", "M")
_PENCE = Column("price", "pounds", step="0")
_COLUMNS = (
    Heading("medicine", ("Medicine",)),
    Heading("pack_size", ("Pack size",)),
    Heading("unit", ("Unit", "Unit of measure"), needed=False),
    Heading("vmp", ("VMP Snomed Code",)),
    Heading("vmpp", ("VMPP Snomed Code",)),
    Heading("category", ("Drug Tariff Category",)),
    Heading("price", ("Basic Price", "Basic Price (pence)")),
)
_CATEGORY = re.compile(r"(?:Part VIIIA )?(?:Category )?([ACHM])", re.IGNORECASE)
_QUOTES = "Where the medicine's name holds a comma it must stand in quotes: export the file again."


def read_drug_tariff(folder: Folder) -> Extract:
    """The tariff of the month whose items the paper prices (see `read_tariff`)."""
    return read_tariff(folder, FILE, latest_items(folder))


def latest_items(folder: Folder) -> Month:
    """The latest month of items that the paper has, whose prices are wanted."""
    known = folder.paper.run.prescribing_months_of_data
    return Month(folder.paper.month.start, max(1, known))


def read_tariff(folder: Folder, file: str, wanted: Month) -> Extract:
    """The packs of a tariff: medicine, unit, codes, category, month, pack size; price in pounds.

    The month stands in the title (empty where there is none). NHSBSA's own title names it without
    a year: it is the one nearest to the month that is `wanted`. A pack without a price has none,
    and is told. Raises InputFaults for codes, categories, sizes and prices that cannot be read
    exactly, and for a VMPP code with two prices.
    """
    item = open_items(folder, file)
    if item is None:
        return Extract((folder.path / file).as_posix(), "", ())
    records = item.records()
    table = _with_unit(find_table(item, records, _COLUMNS))
    month = _title_month(table.titles, wanted)
    _refuse_later(item.name, month, folder.paper.month)
    complaints = Complaints(item.name)
    rows = tuple(
        _row(item, table, line, cells, complaints, month_key(month) if month else "")
        for line, cells in records
        if is_whole(table, line, cells, complaints, _QUOTES)
    )
    _complain_of_two_prices(rows, complaints)
    complaints.refuse()
    return Extract(item.name, item.sha256, rows, notes=tuple(_notes(item, rows, bool(month))))


def _title_month(titles: Sequence[str], wanted: Month) -> Month | None:
    exact = [said[0] for said in periods_said(titles, wanted) if len(said) == 1]
    return exact[0] if exact else named_month(" ".join(titles), wanted)


def _refuse_later(file: str, month: Month | None, paper: Month) -> None:
    if month is not None and month > paper:
        remedy = "This is the tariff of another month: check which one belongs to this paper."
        raise InputFaults([Fault(file, f"a tariff up to {paper.name}", remedy, value=month.name)])


def category_counts(tariff: Extract) -> dict[str, int]:
    """How many packs each category has, as a control on the file."""
    return {name: len(tariff.only(category=name)) for name in CATEGORIES}


def _with_unit(table: Table) -> Table:
    """The table with its unit column, which the file leaves without a heading beside the size."""
    beside = table.at["pack_size"] + 1
    if "unit" in table.at or table.header[beside]:
        return table
    return Table(table.titles, table.line, table.header, {**table.at, "unit": beside})


def _row(
    item: ItemFile, table: Table, line: int, cells: list[str], complaints: Complaints, month: str
) -> Row:
    said = {name: cells[position].strip() for name, position in table.at.items()}
    found = _CATEGORY.fullmatch(said["category"])
    if found is None:
        expected = "a category: Part VIIIA Category A, C, H or M"
        complaints.add(expected, _QUOTES, line, "Drug Tariff Category", said["category"])
    if not said["medicine"]:
        complaints.add("a medicine", "Export the file again.", line, "Medicine", "")
    _check_codes(line, said, complaints)
    words = {
        "medicine": said["medicine"],
        "unit": said.get("unit", ""),
        "vmp": said["vmp"],
        "vmpp": said["vmpp"],
        "category": found[1].upper() if found else "",
        "month": month,
    }
    size = _amount(line, "Pack size", said["pack_size"], complaints, needed=True)
    pence = _amount(line, "Basic Price", said["price"], complaints)
    amounts = {}
    if size is not None:
        amounts["pack_size"] = exact_value(
            item.name, line, "Pack size", said["pack_size"], size, "COUNT"
        )
    if pence is not None:
        price = pence.scaleb(-2)
        amounts["price"] = exact_value(item.name, line, "Basic Price", said["price"], price, "GBP")
    return Row(line, words, amounts)


def _check_codes(line: int, said: dict[str, str], complaints: Complaints) -> None:
    for name, column in (("vmp", "VMP Snomed Code"), ("vmpp", "VMPP Snomed Code")):
        if not is_snomed(said[name]):
            expected = "a SNOMED code with all its digits"
            remedy = f"A spreadsheet cuts long codes: take the published file. {_QUOTES}"
            complaints.add(expected, remedy, line, column, said[name])


def _amount(
    line: int, column: str, text: str, complaints: Complaints, needed: bool = False
) -> Decimal | None:
    """A positive number; None where there is none, with a complaint unless it may be missing."""
    if not text and not needed:
        return None
    try:
        amount = read_amount(_PENCE, text, AS_AGREED).value
    except Unreadable:
        amount = Decimal(0)
    if amount > 0 and "£" not in text:
        return amount
    expected = "a price in pence" if column == "Basic Price" else "a pack size such as 28"
    complaints.add(expected, _QUOTES, line, column, text)
    return None


def _complain_of_two_prices(rows: tuple[Row, ...], complaints: Complaints) -> None:
    first: dict[str, Row] = {}
    for row in rows:
        before = first.setdefault(row["vmpp"], row)
        if _price(before) != _price(row):
            expected = f"the price of row {before.line}, which has the same code"
            remedy = "Find out which price the tariff states, and take the other row out."
            complaints.add(expected, remedy, row.line, "VMPP Snomed Code", row["vmpp"])


def _price(row: Row) -> Decimal | None:
    value = row.amounts.get("price")
    return None if value is None else value.amount


def _notes(item: ItemFile, rows: tuple[Row, ...], has_month: bool) -> Iterator[Fault]:
    if not has_month:
        remedy = "Keep the title that NHSBSA publishes, which names the month."
        yield note(item.name, "a title that names the month", remedy, "none")
    unpriced = [row.line for row in rows if "price" not in row.amounts]
    if unpriced:
        remedy = f"These packs have no price to compare with: rows {ranges(unpriced)}."
        yield note(item.name, "a price", remedy, f"{len(unpriced):,} packs", "Basic Price")
    seen: dict[str, list[int]] = {}
    for row in rows:
        seen.setdefault(row["vmpp"], []).append(row.line)
    twice = [line for lines in seen.values() for line in lines[1:]]
    if twice:
        remedy = f"The price is the same: leave rows {ranges(twice)} out."
        yield note(item.name, "each pack once", remedy, f"{len(twice):,} rows", "VMPP Snomed Code")
