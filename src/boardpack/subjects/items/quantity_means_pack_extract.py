"""Medicines whose prescribed quantity counts packs where others count tablets or millilitres.

`data/reference/quantity_means_pack.csv`: a BNF code of 15 characters or the SNOMED code of the
product (VMP), the medicine, and who says so. The pack size plays no part in their price.
"""

from __future__ import annotations

from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract
from boardpack.reading.folder import Folder

CONTRACT = Contract(
    "quantity_means_pack.csv",
    (Column("code", "word"), Column("medicine", "text"), Column("source", "text")),
    ("code",),
)


def read_quantity_means_pack(folder: Folder) -> Extract:
    """The list; empty where the home has none: every quantity counts units of the pack then."""
    return folder.read_reference(CONTRACT)


def packs_by_quantity(listed: Extract) -> frozenset[str]:
    """The codes of the list."""
    return frozenset(row["code"] for row in listed)
