"""Which packs of the Drug Tariff an item of a prescription, or a concession, is about.

An item is matched by its SNOMED code where the file has one that the tariff knows (that of the
product, VMP, or of the pack, VMPP), and else by its name. Names are compared as sets of words, so
that `Omeprazole_Cap E/C 20mg` is `Omeprazole 20mg gastro-resistant capsules`:

- without capitals, hyphens, and commas in numbers; `_` parts words, `/` holds strengths together;
- abbreviations of the old layout are written out (`Tab`, `M/R`, `mcg`), salts too (`HCl`);
- where that finds nothing, without the salt, which the tariff often leaves out.

A name that belongs to several products (VMPs) matches none: a guess would price the wrong one.
Brands, appliances and what the tariff does not list stay unmatched, and are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from boardpack.reading.extract import Extract, Row

How = Literal["code", "name", "none"]
Words = tuple[str, ...]
_FORMS = {
    "tab": "tablets",
    "cap": "capsules",
    "tablet": "tablets",
    "capsule": "capsules",
    "crm": "cream",
    "oint": "ointment",
    "soln": "solution",
    "susp": "suspension",
    "dps": "drops",
    "suppos": "suppositories",
    "pess": "pessaries",
    "sach": "sachets",
    "pdr": "powder",
    "gran": "granules",
    "spy": "spray",
    "nsl": "nasal",
    "disper": "dispersible",
    "orodisper": "orodispersible",
    "eff": "effervescent",
    "chble": "chewable",
    "e/c": "gastro resistant",
    "g/r": "gastro resistant",
    "m/r": "modified release",
    "s/f": "sugar free",
}
_SALTS = {
    "hcl": "hydrochloride",
    "sod": "sodium",
    "pot": "potassium",
    "phos": "phosphate",
    "sulf": "sulfate",
    "fumar": "fumarate",
    "mal": "maleate",
    "tart": "tartrate",
    "succ": "succinate",
    "mesil": "mesilate",
    "hydrob": "hydrobromide",
    "acet": "acetate",
    "nit": "nitrate",
    "cit": "citrate",
}
_MICROGRAMS = re.compile(r"(?<=\d)\s*(micrograms?|mcg)\b")
_UNITS = re.compile(r"(?<=\d)\s*(units?|u)\b")


@dataclass(frozen=True)
class Pack:
    """One pack of the tariff (VMPP) with its price in pounds; `line` is its row in the file."""

    vmp: str
    vmpp: str
    medicine: str
    category: str
    size: Decimal
    price: Decimal
    line: int


@dataclass(frozen=True)
class Concession:
    """A price that was granted for a pack, in pounds; `line` is its row in the file."""

    pack: Pack
    price: Decimal
    line: int


class Packs:
    """The packs of a tariff that have a price, to be found by code or name."""

    def __init__(self, tariff: Extract) -> None:
        self.all = tuple(_pack(row) for row in tariff if "price" in row.amounts)
        self.by_pack = {pack.vmpp: pack for pack in self.all}
        self._by_code: dict[str, list[Pack]] = {}
        self._by_name: dict[Words, list[Pack]] = {}
        for pack in self.by_pack.values():
            self._by_code.setdefault(pack.vmp, []).append(pack)
            self._by_name.setdefault(words_of(pack.medicine), []).append(pack)

    def of_item(self, name: str, snomed: str = "") -> tuple[Sequence[Pack], How]:
        """The packs that an item may have been, all of one product, and how they were found."""
        by_code = self._by_code.get(snomed) or self._product_of(snomed)
        if by_code:
            return by_code, "code"
        by_name = self.named(name)
        return (by_name, "name") if by_name else ((), "none")

    def named(self, name: str) -> Sequence[Pack]:
        """The packs of the one product of this name; none where there is none, or several."""
        for key in (words_of(name), words_of(name, salts=False)):
            found = self._by_name.get(key, [])
            if len({pack.vmp for pack in found}) == 1:
                return found
        return ()

    @cached_property
    def names(self) -> dict[str, str]:
        """Each medicine's name, with its words in order of the alphabet."""
        return {pack.medicine: " ".join(words_of(pack.medicine)) for pack in self.by_pack.values()}

    def _product_of(self, vmpp: str) -> Sequence[Pack]:
        pack = self.by_pack.get(vmpp)
        return [pack] if pack else ()


def words_of(name: str, *, salts: bool = True) -> Words:
    """A medicine's name as words in order of the alphabet, abbreviations written out.

    >>> words_of("Metformin 500mg tablets")
    ('500mg', 'metformin', 'tablets')
    """
    text = re.sub(r"(?<=\d),(?=\d)", "", name.lower())
    text = _UNITS.sub("unit", _MICROGRAMS.sub("mcg", text))
    text = re.sub(r"\s*/\s*", "/", re.sub(r"[_\-,()]", " ", text))
    found: list[str] = []
    for word in text.split():
        if word in _SALTS:
            found += [_SALTS[word]] if salts else []
        else:
            found += _FORMS.get(word, word).split()
    return tuple(sorted(found))


def match_concessions(
    rows: Iterable[Row], packs: Packs
) -> tuple[dict[str, list[Concession]], tuple[Row, ...]]:
    """The concessions of each product (VMP), and the rows for which the tariff has no pack.

    A concession that tells its pack size is for that pack; one that does not may be for any.
    """
    found: dict[str, list[Concession]] = {}
    unmatched = list[Row]()
    for row in rows:
        size = row.amounts.get("pack_size")
        named = packs.named(row["drug"])
        fitting = [pack for pack in named if size is None or pack.size == size.amount]
        for pack in fitting:
            granted = Concession(pack, row.amounts["price"].amount, row.line)
            found.setdefault(pack.vmp, []).append(granted)
        if not fitting:
            unmatched.append(row)
    return found, tuple(unmatched)


def _pack(row: Row) -> Pack:
    size, price = row.amounts["pack_size"].amount, row.amounts["price"].amount
    code, medicine = row["vmpp"], row["medicine"]
    return Pack(row["vmp"], code, medicine, row["category"], size, price, row.line)
