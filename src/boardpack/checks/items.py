"""What the files of items, tariffs and concessions say, held against each other.

Prices are held in `item_prices`, months of items in `item_volumes`, names in `item_names`.
"""

from __future__ import annotations

from boardpack.checks.check import Check
from boardpack.checks.item_names import check_item_names
from boardpack.checks.item_prices import check_item_prices
from boardpack.checks.item_volumes import check_item_volumes
from boardpack.checks.once import once
from boardpack.figures.item_prices import read_price_book
from boardpack.params import Paper
from boardpack.sources.epd import read_epd
from boardpack.sources.folder import Folder
from boardpack.sources.practices import practice_places, read_practices


def check_items(paper: Paper) -> tuple[Check, ...]:
    """Every check on the files of items and prices; they rest on no figure."""
    return once(paper, "items", _checks)


def _checks(paper: Paper) -> tuple[Check, ...]:
    folder = Folder(paper)
    book, epd = read_price_book(folder), read_epd(folder)
    found = [*check_item_prices(book, epd), *check_item_names(book)]
    if epd.files:
        found += check_item_volumes(epd, practice_places(read_practices(folder)))
    return tuple(found)
