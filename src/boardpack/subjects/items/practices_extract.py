"""Practices and the places they belong to: a PCO code cannot tell the borough, so a lookup does.

`data/reference/practices.csv` holds one row for each practice and stay in a place, `from` and `to`
the days of its opening and closing there (empty: always, still). A column `pcn` may name the
primary care network that the practice belongs to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from boardpack.core.dated import holds
from boardpack.core.errors import Fault, InputFaults, nearest
from boardpack.core.periods import Month
from boardpack.core.structure import CENTRAL
from boardpack.reading.calendar import month_of
from boardpack.reading.contract import Column, Contract
from boardpack.reading.extract import Extract, Row
from boardpack.reading.folder import Folder

FILE = "practices.csv"
CONTRACT = Contract(
    FILE,
    (
        Column("practice_code", "word"),
        Column("practice_name", "text"),
        Column("postcode", "word", empty=True),
        Column("place", "word"),
        Column("from", "date", empty=True),
        Column("to", "date", empty=True),
        Column("pcn", "text", empty=True, optional=True),
    ),
    ("practice_code", "from"),
    extra_columns=True,
)


@dataclass(frozen=True)
class Stay:
    """A practice's time in a place and network, by month; None is open-ended."""

    place: str
    first: Month | None
    last: Month | None
    pcn: str = ""

    def holds(self, month: Month) -> bool:
        """Whether the practice was open there in the month."""
        return holds(self.first, self.last, month)


@dataclass(frozen=True)
class PracticePlaces:
    """The place of each practice code, month by month."""

    stays: Mapping[str, tuple[Stay, ...]]

    @property
    def codes(self) -> frozenset[str]:
        """Every practice code of the lookup."""
        return frozenset(self.stays)

    def place(self, code: str, month: Month) -> tuple[str, bool]:
        """The place's slug, and whether the practice was open in the month.

        Prescriptions are priced after a practice has closed: they stay with its last place.
        """
        stay = self.stay(code, month)
        return stay.place, stay.holds(month)

    def stay(self, code: str, month: Month) -> Stay:
        """The stay in which the items of a month belong: the one that holds it, or the last."""
        stays = self.stays[code]
        for stay in stays:
            if stay.holds(month):
                return stay
        earlier = [stay for stay in stays if stay.last is not None and stay.last < month]
        return earlier[-1] if earlier else stays[0]


def read_practices(folder: Folder) -> Extract:
    """The practice list, with places as slugs; empty where the home has none.

    A place may stand as its name or its slug, of now or of an earlier month. Raises InputFaults for
    places that are not known, and for a practice that is in two places at once.
    """
    extract = folder.read_reference(CONTRACT)
    faults: list[Fault] = []
    rows = tuple(_settled(folder, extract.file, row, faults) for row in extract)
    if not faults:
        faults += _overlaps(extract.file, rows)
    if faults:
        raise InputFaults(faults)
    return replace(extract, rows=tuple(row for row in rows if row["place"]))


def practice_places(practices: Extract) -> PracticePlaces:
    """The lookup that a practice list gives."""
    stays: dict[str, list[Stay]] = {}
    for row in sorted(practices, key=lambda row: (row["practice_code"], row["from"])):
        stays.setdefault(row["practice_code"], []).append(_stay(row))
    return PracticePlaces({code: tuple(found) for code, found in stays.items()})


def _settled(folder: Folder, file: str, row: Row, faults: list[Fault]) -> Row:
    said = row["place"]
    structure = folder.report.structure
    labels = structure.labels("place")
    known = {label.lower(): slug for label, slug in labels.items()} | {CENTRAL: CENTRAL}
    slug = known.get(said.lower())
    now = None if slug is None else slug if slug == CENTRAL else structure.stands("place", slug)
    if slug is None:
        names = [*folder.report.places.values(), "central"]
        hint = nearest(said, names)
        faults.append(Fault(file, "a known place", hint, row.line, "place", said))
    return replace(row, words={**row.words, "place": now or ""})


def _overlaps(file: str, rows: tuple[Row, ...]) -> list[Fault]:
    faults, last = [], dict[str, Row]()
    for row in sorted(rows, key=lambda row: (row["practice_code"], row["from"])):
        before = last.get(row["practice_code"])
        if row["to"] and row["from"] > row["to"]:
            remedy = "Correct the day of opening or of closing."
            faults.append(Fault(file, "an opening before the closing", remedy, row.line, "to"))
        if before is not None and (not before["to"] or row["from"] <= before["to"]):
            remedy = f"Close the stay in row {before.line} before this one begins."
            code = row["practice_code"]
            expected = "a practice in one place at a time"
            faults.append(Fault(file, expected, remedy, row.line, "practice_code", code))
        last[row["practice_code"]] = row
    return faults


def _stay(row: Row) -> Stay:
    first, last = (
        month_of(dt.date.fromisoformat(row[column])) if row[column] else None
        for column in ("from", "to")
    )
    return Stay(row["place"], first, last, row.words.get("pcn", ""))
