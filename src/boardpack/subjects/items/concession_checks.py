"""Concessions beside last month's list, beside the month before, and beside what was dispensed.

A concession that was granted stands: the list of a month that is over loses no line, and changes no
price. The next month's may be another, and seldom is by far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from decimal import Decimal
from statistics import median

from boardpack.checks.check import Check
from boardpack.checks.file_control import FileControl, of_lines, said_ratio, short
from boardpack.core.errors import InputFaults
from boardpack.figures.labels import slug
from boardpack.reading.calendar import month_key, read_month
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder, earlier_folder
from boardpack.subjects.items.price_concessions_extract import FILE, read_price_concessions
from boardpack.subjects.items.prices import ONE, PriceBook
from boardpack.subjects.items.prices_checks import Priced, cost_of_packs
from boardpack.subjects.items.tariff_matching import words_of

STANDS = FileControl(
    "concession_stands",
    "A concession of last month's list stands as it was granted",
    ONE,
    ONE,
    "A concession that was granted is not taken back when its month is over.",
)
FITS = FileControl(
    "concession_change",
    "A concession fits that of the month before",
    Decimal(1) / 6,
    Decimal(6),
    "Of 5,597 changes from month to month ten were over 6 times.",
)
DISPENSED = FileControl(
    "concession_cost",
    "A medicine on concession cost what was granted",
    Decimal("0.2"),
    Decimal(5),
    "The net ingredient cost of an item is its quantity at the price that is paid for it.",
)
LOOK = "Look the price up on the published list; correct it, or say why it stands."
Key = tuple[str, str, str]


def check_concession_lists(
    folder: Folder, book: PriceBook, priced: Priced, asked: Collection[str]
) -> Iterator[Check]:
    """Questions by medicine and pack, each asked once; `asked` are those that others ask of."""
    now, asked = book.concessions, set(asked)
    if not now.rows:
        return
    file = short(now.file)
    rules = [(FITS, _changed(now)), (DISPENSED, _dispensed(book, priced))]
    before = _last_list(folder)
    if before is not None:
        rules.insert(0, (STANDS, _standing(now, before)))
    for control, found in rules:
        lines = dict[str, list[str]]()
        for about, said in found:
            if slug(about) not in asked:
                lines.setdefault(about, []).append(said)
        asked |= {slug(about) for about in lines}
        told = {about: f"{file} {'; '.join(said)}." for about, said in lines.items()}
        yield from of_lines(control, file, told, LOOK)


def _last_list(folder: Folder) -> Extract | None:
    """Last month's list; None where it is not here, or its own paper says what is wrong with it."""
    try:
        last = earlier_folder(folder, folder.paper.month.earlier(1))
        return read_price_concessions(last) if last.has(FILE) else None
    except InputFaults:
        return None


def _standing(now: Extract, before: Extract) -> Iterator[tuple[str, str]]:
    """What last month's list has of months that this one reaches, and is gone or dearer now.

    Its last month was not over then, and its prices could be granted anew: they are not compared.
    """
    first, there, here = min(row["month"] for row in now), {_key(row) for row in now}, _single(now)
    latest = max((row["month"] for row in before), default="")
    for row in before:
        if row["month"] >= first and _key(row) not in there:
            yield _about(row), f"has no {_told(row)}; last month's list has it in row {row.line}"
    for key, row in _single(before).items():
        found = here.get(key)
        if found is not None and row["month"] < latest and _price(found) != _price(row):
            was = f"was granted at £{_price(row):,.2f} (row {row.line} of last month's list)"
            yield _about(row), f"row {found.line}: {_told(found)} {was}"


def _changed(now: Extract) -> Iterator[tuple[str, str]]:
    """Prices that are far from those of the same pack the month before."""
    known = _single(now)
    for (month, *pack), row in known.items():
        earlier = known.get((month_key(read_month(month).earlier(1)), pack[0], pack[1]))
        if earlier is not None and not FITS.holds(ratio := _price(row) / _price(earlier)):
            was = f"the £{_price(earlier):,.2f} of row {earlier.line}"
            yield _about(row), f"row {row.line}: {_told(row)} is {said_ratio(ratio)} {was}"


def _dispensed(book: PriceBook, priced: Priced) -> Iterator[tuple[str, str]]:
    """Concessions that are far from what the items of their month cost, in the middle of places."""
    rows = {row.line: row for row in book.concessions}
    ratios: dict[int, list[Decimal]] = {}
    for one in (one for found in priced.values() for one in found if one.priced is not None):
        cost = {pack.vmpp: cost for pack, cost in cost_of_packs(book, one)}
        for granted in one.priced.concessions if one.priced is not None else ():
            if granted.pack.vmpp in cost:
                ratios.setdefault(granted.line, []).append(granted.price / cost[granted.pack.vmpp])
    for line, found in ratios.items():
        if not DISPENSED.holds(ratio := median(found)):
            beside = f"{said_ratio(ratio)} what the items of that month cost"
            yield _about(rows[line]), f"row {line}: {_told(rows[line])} is {beside}"


def _single(rows: Extract) -> dict[Key, Row]:
    """The rows by month, medicine and pack, where these have one price."""
    count = Counter(map(_key, rows))
    return {key: row for row in rows if count[key := _key(row)] == 1}


def _key(row: Row) -> Key:
    return row["month"], " ".join(words_of(row["drug"])), row["pack_size"]


def _about(row: Row) -> str:
    """The medicine and its pack."""
    return f"{row['drug']} {row['pack_size']}".strip()


def _told(row: Row) -> str:
    return f"{_about(row)}, {read_month(row['month']).name}, at £{_price(row):,.2f}"


def _price(row: Row) -> Decimal:
    return row.amounts["price"].amount
