"""English Prescribing Dataset, item level: what each practice's prescriptions came to.

In the old layout or the one with SNOMED codes, for the ICB or for the whole country, in one file or
in several for many months. NIC and actual cost are pounds, exact as in the text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.periods import Month
from boardpack.reading.calendar import month_key
from boardpack.reading.folder import REFERENCE, Folder
from boardpack.subjects.items.epd_added import Added, AddedFile, add_up
from boardpack.subjects.items.epd_answers import By, Stays, answer, stays_of
from boardpack.subjects.items.epd_files import FILE, open_epd
from boardpack.subjects.items.epd_notes import epd_notes
from boardpack.subjects.items.practices_extract import FILE as PRACTICES
from boardpack.subjects.items.practices_extract import (
    PracticePlaces,
    practice_places,
    read_practices,
)
from boardpack.subjects.items.sums import ItemSums, OddRows, sum_items

NOTHING = ItemSums()
NO_ROWS = OddRows()


@dataclass(frozen=True, slots=True)
class UnknownPractice:
    """A practice of the ICB's own area that the practice list lacks, and what it came to."""

    month: Month
    practice: str
    name: str
    sums: ItemSums


@dataclass(frozen=True)
class Epd:
    """Items added up. Practices of the list, unknown ones and `outside` together are all of them.

    `file` is that of the latest month, and `files` are all. `practice_sums` are of practices of the
    list. `outside` are practices of areas in which the practice list has none. `descriptions` name
    each BNF code, `practice_names` each practice. `notes` tell what is odd and stops nothing.
    """

    file: str
    sha256: str
    files: tuple[AddedFile, ...] = ()
    practice_sums: Mapping[tuple[Month, str], ItemSums] = field(default_factory=dict)
    unknown: tuple[UnknownPractice, ...] = ()
    outside: ItemSums = NOTHING
    descriptions: tuple[tuple[str, str], ...] = ()
    practice_names: tuple[tuple[str, str], ...] = ()
    notes: tuple[Fault, ...] = ()
    stays: Stays = field(default_factory=lambda: Stays({}))
    folder: Path = Path()

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the practices of the list, in order."""
        return tuple(sorted({month for month, _ in self.practice_sums}))

    def sums(
        self,
        by: Sequence[By],
        *,
        months: Collection[Month] | None = None,
        codes: Collection[tuple[str, str]] | None = None,
    ) -> dict[tuple[Any, ...], ItemSums]:
        """What the practices of the list came to, by the tuple of what `by` names, in order.

        `months` keeps these months only, `codes` these pairs of BNF and SNOMED code. An engine
        answers: ask for what a chapter needs, not for every practice and presentation.
        """
        return answer(self.folder, self.stays, by, months, codes)

    def file_of(self, month: Month) -> str:
        """The file that holds a month."""
        return next((one.name for one in self.files if month in one.months), self.file)

    @property
    def placed(self) -> ItemSums:
        """What the practices of the list came to."""
        return sum_items(self.practice_sums.values())

    @property
    def total(self) -> ItemSums:
        """What all files come to."""
        return sum_items((self.placed, *(one.sums for one in self.unknown), self.outside))

    @property
    def row_count(self) -> int:
        """How many rows the files hold."""
        return self.total.rows

    @property
    def quantity_breaches(self) -> OddRows:
        """Rows whose TOTAL_QUANTITY is not QUANTITY x ITEMS, in the first file that has any."""
        return next((one.breaches for one in self.files if one.breaches.count), NO_ROWS)

    def by_place(self) -> dict[tuple[Month, str], ItemSums]:
        """What the practices of each place came to in each month."""
        found: dict[tuple[Month, str], list[ItemSums]] = {}
        for key, sums in self.practice_sums.items():
            found.setdefault((key[0], self.stays.of[key][0]), []).append(sums)
        return {key: sum_items(sums) for key, sums in sorted(found.items())}


def read_epd(folder: Folder) -> Epd:
    """The items added up by practice and presentation, in memory that does not grow with its rows.

    Empty where the month's folder has none. Raises InputFaults for a file of mixed layouts, cells
    that cannot be read exactly, months that are in two files or after the paper's own, and a
    missing practice list.
    """
    items = open_epd(folder)
    if not items:
        return Epd((folder.path / FILE).as_posix(), "")
    practices = read_practices(folder)
    if not practices.rows:
        remedy = "Add it: a PCO code cannot tell the place of a practice."
        raise InputFaults([Fault((REFERENCE / PRACTICES).as_posix(), "a practice list", remedy)])
    places = practice_places(practices)
    added = add_up(items, places.codes, folder.report.item_engine)
    _refuse_later_months(folder.paper.month, added)
    return _placed(folder, places, added)


def _placed(folder: Folder, places: PracticePlaces, added: Added) -> Epd:
    latest = max(added.files, key=lambda one: one.months[-1:])
    unknown = tuple(
        UnknownPractice(month, code, added.practice_names.get(code, ""), found)
        for (month, code, _), found in added.own.items()
    )
    return Epd(
        latest.name,
        latest.sha256,
        added.files,
        added.placed,
        unknown,
        sum_items(added.outside.values()),
        tuple(sorted(added.descriptions.items())),
        tuple(sorted(added.practice_names.items())),
        epd_notes(latest.name, folder.paper, places, added),
        stays_of(added.placed.keys(), places),
        added.folder,
    )


def _refuse_later_months(month: Month, added: Added) -> None:
    expected = f"months up to {month.name}"
    remedy = "This is the file of another month: check which one belongs to this paper."
    faults = [
        Fault(one.name, expected, remedy, column="YEAR_MONTH", value=month_key(later))
        for one in added.files
        for later in one.months
        if later > month
    ]
    if faults:
        raise InputFaults(faults)
