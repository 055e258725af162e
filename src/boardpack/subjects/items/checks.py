"""What the files of items, tariffs and concessions say, held against each other.

Prices are held in `prices_checks`, what tariffs list in `tariff_checks`, concessions beside other
lists in `concession_checks`, months of items in `volumes_checks`, names in `names_checks`.
"""

from __future__ import annotations

from boardpack.checks.check import Check
from boardpack.checks.once import once
from boardpack.core.params import Paper
from boardpack.reading.folder import Folder
from boardpack.subjects.items.concession_checks import check_concession_lists
from boardpack.subjects.items.epd_extract import read_epd
from boardpack.subjects.items.months_checks import check_item_months
from boardpack.subjects.items.names_checks import check_item_names
from boardpack.subjects.items.practices_extract import practice_places, read_practices
from boardpack.subjects.items.prices import read_price_book
from boardpack.subjects.items.prices_checks import SCALE, check_item_prices, priced_months
from boardpack.subjects.items.tariff_checks import check_tariff_lists
from boardpack.subjects.items.volumes_checks import check_item_volumes

CONCESSION = "plausible.concession_"


def check_items(paper: Paper) -> tuple[Check, ...]:
    """Every check on the files of items and prices; they rest on no figure."""
    return once(paper, "items", _checks)


def _checks(paper: Paper) -> tuple[Check, ...]:
    folder = Folder(paper)
    book, epd = read_price_book(folder), read_epd(folder)
    priced = priced_months(book, epd)
    found = [*check_item_prices(book, epd, priced), *check_item_names(book)]
    found += check_tariff_lists(book, priced)
    found += check_item_months(book.concessions, epd, paper)
    out = [check.id for check in found if check.is_open]
    if not any(f".{SCALE}" in identity for identity in out):
        asked = {identity.rpartition(".")[2] for identity in out if CONCESSION in identity}
        found += check_concession_lists(folder, book, priced, asked)
    if epd.files:
        found += check_item_volumes(epd, practice_places(read_practices(folder)))
    return tuple(found)
