"""A home whose Month 6 holds items and the prices of their month, for any items and prices.

The items are of July 2023, the latest month of data of that paper.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from homes import PROJECT, RAW

from boardpack.reading.calendar import month_in_words, month_key
from boardpack.reading.snomed import is_snomed

PRACTICES = {"X1": "Bromley", "X2": "Bexley", "X3": "Bromley"}
NETWORKS = {"X1": "Orpington", "X3": "Hayes"}
EPD = (
    "YEAR_MONTH PCO_CODE PRACTICE_CODE PRACTICE_NAME BNF_PRESENTATION_CODE BNF_PRESENTATION_NAME"
    " SNOMED_CODE QUANTITY ITEMS TOTAL_QUANTITY NIC ACTUAL_COST"
).split()
TARIFF = (
    "Medicine,Pack size,Unit,VMP Snomed Code,VMPP Snomed Code,Drug Tariff Category,Basic Price"
).split(",")


@dataclass(frozen=True)
class Item:
    """One row of the items; a practice that no list has belongs to no place."""

    practice: str
    name: str
    quantity: int
    cost: str = "10.00"
    snomed: str = ""
    month: str = "202307"
    items: int = 1
    bnf: str = ""


@dataclass(frozen=True)
class TariffPack:
    """One row of a tariff, its price in pence; `product` and `number` tell packs apart."""

    medicine: str
    size: int
    price: int
    category: str = "M"
    product: int = 0
    number: int = 0


@dataclass(frozen=True)
class Granted:
    """One concession, its price in pounds as it is printed."""

    drug: str
    price: str
    size: str = ""
    month: str = "2023-07"


def snomed(number: int) -> str:
    """A made-up code with its check digit."""
    stem = f"88{number:05d}1000001"
    return next(code for digit in range(10) if is_snomed(code := f"{stem}{digit}"))


def product_code(pack: TariffPack) -> str:
    """The code of a pack's product (VMP)."""
    return snomed(2 * pack.product)


def items_home(
    home: Path,
    items: Iterable[Item],
    tariff: Iterable[TariffPack],
    concessions: Iterable[Granted],
    baseline: Iterable[TariffPack] | None = None,
    titles: tuple[str, str] = ("July 2023", "March 2023"),
    following: Iterable[TariffPack] | None = None,
    dated: Mapping[str, Iterable[TariffPack]] | None = None,
    counted_in_packs: Sequence[str] = (),
) -> Path:
    """Write the files of the month below `home`, beside the project's parameters.

    `following` is the tariff of August; `dated` has others by the month of their title.
    """
    if not (home / "params").exists():
        shutil.copytree(PROJECT / "params", home / "params")
    raw, reference = home / RAW, home / "data/reference"
    for folder in (raw, reference):
        folder.mkdir(parents=True, exist_ok=True)
    places = [
        (code, code, "", place, "", "", NETWORKS.get(code, "")) for code, place in PRACTICES.items()
    ]
    listed = "practice_code practice_name postcode place from to pcn".split()
    _write(reference / "practices.csv", listed, places)
    _write(raw / "epd.csv", EPD, map(_item, items))
    _write(raw / "drug_tariff.csv", TARIFF, map(_pack, tariff), titles[0])
    rows = ((one.month, one.drug, one.size, f"£{one.price}") for one in concessions)
    _write(raw / "price_concessions.csv", "month drug pack_size price".split(), rows)
    for old in raw.glob("drug_tariff_*.csv"):
        old.unlink()
    if following is not None:
        _write(raw / "drug_tariff_following.csv", TARIFF, map(_pack, following), "August 2023")
    for title, packs in (dated or {}).items():
        name = f"drug_tariff_{month_key(month_in_words(title)).replace('-', '')}.csv"
        _write(raw / name, TARIFF, map(_pack, packs), title)
    rows = [(code, "A medicine", "Made up") for code in counted_in_packs]
    listed_packs = reference / "quantity_means_pack.csv"
    listed_packs.unlink(missing_ok=True)
    if rows:
        _write(listed_packs, "code medicine source".split(), rows)
    if baseline is not None:
        _write(raw / "drug_tariff_baseline.csv", TARIFF, map(_pack, baseline), titles[1])
    return home


def bnf_code(one: Item) -> str:
    """The BNF code of a row: its own, or one made from its name."""
    return one.bnf or f"0212000B0{sum(map(ord, one.name)) % 1_000_000:06d}"


def _item(one: Item) -> Sequence[str | int]:
    code, total = bnf_code(one), one.quantity * one.items
    amounts = (one.quantity, one.items, total, one.cost, one.cost)
    return (one.month, "72Q00", one.practice, one.practice, code, one.name, one.snomed, *amounts)


def _pack(one: TariffPack) -> Sequence[str | int]:
    codes = product_code(one), snomed(2 * (100 * one.product + one.number) + 1)
    category = f"Part VIIIA Category {one.category}"
    return (one.medicine, one.size, "tablet", *codes, category, one.price)


def _write(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[str | int]], title: str = ""
) -> None:
    text = io.StringIO()
    if title:
        text.write(f"Drug Tariff Part VIIIA {title}\n\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
