"""English Prescribing Dataset, item level: what each practice's prescriptions came to.

`epd.csv` of the month's folder, in the old layout or the one with SNOMED codes, for the ICB or for
the whole country. NIC and actual cost are pounds, exact as in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from boardpack.errors import Fault, InputFaults
from boardpack.periods import Month
from boardpack.sources.calendar import month_key
from boardpack.sources.epd_layout import epd_layout
from boardpack.sources.epd_notes import epd_notes
from boardpack.sources.epd_sums import add_up
from boardpack.sources.folder import Folder
from boardpack.sources.item_files import ItemFile, open_items
from boardpack.sources.item_sums import EpdSums, ItemSums, OddRows, sum_items
from boardpack.sources.practices import FILE as PRACTICES
from boardpack.sources.practices import REFERENCE, PracticePlaces, practice_places, read_practices

FILE = "epd.csv"
NOTHING = ItemSums()
NO_ROWS = OddRows()


@dataclass(frozen=True, slots=True)
class EpdLine:
    """All rows of a practice, presentation and month; the old layout has no `snomed_code`."""

    month: Month
    place: str
    practice: str
    bnf_code: str
    snomed_code: str
    sums: ItemSums


@dataclass(frozen=True, slots=True)
class UnknownPractice:
    """A practice of the ICB's own area that the practice list lacks, and what it came to."""

    month: Month
    practice: str
    name: str
    sums: ItemSums


@dataclass(frozen=True)
class Epd:
    """A file added up. Lines, unknown practices and `outside` together are the whole file.

    `outside` are practices of areas in which the practice list has none. `descriptions` name each
    BNF code. `notes` tell what is odd and stops nothing.
    """

    file: str
    sha256: str
    lines: tuple[EpdLine, ...] = ()
    unknown: tuple[UnknownPractice, ...] = ()
    outside: ItemSums = NOTHING
    descriptions: tuple[tuple[str, str], ...] = ()
    quantity_breaches: OddRows = NO_ROWS
    notes: tuple[Fault, ...] = ()

    @property
    def placed(self) -> ItemSums:
        """What the practices of the list came to."""
        return sum_items(line.sums for line in self.lines)

    @property
    def total(self) -> ItemSums:
        """What the whole file comes to."""
        return sum_items((self.placed, *(one.sums for one in self.unknown), self.outside))

    @property
    def row_count(self) -> int:
        """How many rows the file holds."""
        return self.total.rows

    def by_place(self) -> dict[tuple[Month, str], ItemSums]:
        """What the practices of each place came to in each month."""
        found: dict[tuple[Month, str], list[ItemSums]] = {}
        for line in self.lines:
            found.setdefault((line.month, line.place), []).append(line.sums)
        return {key: sum_items(sums) for key, sums in sorted(found.items())}


def read_epd(folder: Folder) -> Epd:
    """The file added up by practice and presentation, in memory that does not grow with its rows.

    Empty where the month's folder has no `epd.csv`. Raises InputFaults for a file of mixed layouts,
    cells that cannot be read exactly, months after the paper's own, and a missing practice list.
    """
    item = open_items(folder, FILE)
    if item is None:
        return Epd((folder.path / FILE).as_posix(), "")
    practices = read_practices(folder)
    if not practices.rows:
        remedy = "Add it: a PCO code cannot tell the place of a practice."
        raise InputFaults([Fault((REFERENCE / PRACTICES).as_posix(), "a practice list", remedy)])
    places = practice_places(practices)
    sums, unknown_headings = _added_up(item, places.codes)
    _refuse_later_months(item.name, folder.paper.month, sums)
    notes = epd_notes(item.name, folder.paper, places, sums, unknown_headings)
    return _placed(item, places, sums, notes)


@lru_cache(maxsize=2)
def _added_up(item: ItemFile, known: frozenset[str]) -> tuple[EpdSums, tuple[str, ...]]:
    """The sums of a file, which its hash tells apart, so that it streams past once in a run."""
    layout = epd_layout(item)
    return add_up(item, layout, known), layout.unknown


def _placed(item: ItemFile, places: PracticePlaces, sums: EpdSums, notes: tuple[Fault, ...]) -> Epd:
    lines = tuple(
        EpdLine(month, places.place(code, month)[0], code, bnf, snomed, found)
        for (month, code, bnf, snomed), found in sums.detail.items()
    )
    unknown = tuple(
        UnknownPractice(month, code, sums.practice_names.get(code, ""), found)
        for (month, code, _), found in sums.own.items()
    )
    return Epd(
        item.name,
        item.sha256,
        lines,
        unknown,
        sum_items(sums.outside.values()),
        tuple(sorted(sums.descriptions.items())),
        sums.quantity_breaches,
        notes,
    )


def _refuse_later_months(file: str, month: Month, sums: EpdSums) -> None:
    later = [m for m in sums.months if m > month]
    if later:
        expected = f"months up to {month.name}"
        remedy = "This is the file of another month: check which one belongs to this paper."
        raise InputFaults(
            Fault(file, expected, remedy, column="YEAR_MONTH", value=month_key(m)) for m in later
        )
