"""Concessions that the tariff has no pack for: the wrong pack, or a name that nearly matches.

They cost nothing in the paper, because nothing prices them, so a misspelling hides money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from boardpack.checks.check import Check
from boardpack.checks.file_control import FileControl, of_lines, short
from boardpack.checks.phrases import and_list
from boardpack.core.money import plain
from boardpack.subjects.items.prices import PriceBook
from boardpack.subjects.items.tariff_matching import Packs, words_of

PACK = FileControl(
    "concession_pack",
    "A concession is for a pack of the tariff",
    Decimal(1),
    Decimal(1),
    "Nothing is priced by a pack that the tariff does not list.",
)
NAME = FileControl(
    "concession_name",
    "A concession names a medicine of the tariff",
    Decimal("0.9"),
    Decimal(1),
    "Nothing is priced by a name that the tariff does not list.",
)
"""Names that are alike by this share of their letters, with the same numbers, may be one."""
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")


def check_item_names(book: PriceBook) -> Iterator[Check]:
    """Concessions of months whose tariff is there, by medicine and pack."""
    packs_out, names_out = dict[str, str](), dict[str, str]()
    file, looked = short(book.concessions.file), False
    for month in book.tariffs:
        packs = book.packs(month)
        if packs is None:
            continue
        for row in book.granted(month):
            looked = True
            about = f"{row['drug']} {row['pack_size']}".strip()
            where = f"{file} row {row.line}: {about}, {month.name}"
            sizes = {pack.size for pack in packs.named(row["drug"])}
            size = row.amounts.get("pack_size")
            if sizes and size is not None and size.amount not in sizes:
                listed = and_list([plain(one) for one in sorted(sizes)])
                packs_out[about] = f"{where}; the tariff lists {listed}."
            elif not sizes and (near := _near(row["drug"], packs)):
                names_out[about] = f"{where}; the tariff has {near}."
    if looked:
        cause = "Correct the pack size or the name as the tariff has it, or say why it stands."
        yield from of_lines(PACK, file, packs_out, cause)
        yield from of_lines(NAME, file, names_out, cause)


def _near(name: str, packs: Packs) -> str:
    """The tariff's name that is nearly this one; nothing where no name comes near enough."""
    wanted, numbers = " ".join(words_of(name)), _numbers(name)
    best, found = NAME.low, ""
    for medicine, words in packs.names.items():
        matcher = SequenceMatcher(None, wanted, words, autojunk=False)
        if (
            _numbers(medicine) == numbers
            and matcher.real_quick_ratio() >= best
            and matcher.quick_ratio() >= best
            and matcher.ratio() >= best
        ):
            best, found = Decimal(str(matcher.ratio())), medicine
    return found


def _numbers(name: str) -> list[str]:
    return sorted(_NUMBERS.findall(name))
