"""What is odd in an English Prescribing Dataset file, for a person to look at."""

from __future__ import annotations

from collections.abc import Iterator

from boardpack.core.errors import Fault
from boardpack.core.money import plain
from boardpack.core.params import Paper
from boardpack.core.periods import Month
from boardpack.reading.cells import ranges
from boardpack.reading.long_files import note
from boardpack.subjects.items.epd_added import Added
from boardpack.subjects.items.practices_extract import FILE as PRACTICES
from boardpack.subjects.items.practices_extract import PracticePlaces
from boardpack.subjects.items.sums import OddRows, sum_items

_EXPECTED = {
    "TOTAL_QUANTITY": ("QUANTITY x ITEMS", "Ask NHSBSA about"),
    "SNOMED_CODE": ("a code that its check digit confirms", "Export again"),
    "BNF_CHEMICAL_SUBSTANCE": ("the BNF code's own substance", "Look at"),
}


def epd_notes(file: str, paper: Paper, places: PracticePlaces, sums: Added) -> tuple[Fault, ...]:
    """Columns that are not read, rows that break an identity, months and practices that lack.

    What is about all files together is said of `file`.
    """
    return (
        *_heading_notes(sums),
        *_odd_notes(sums),
        *_month_notes(file, paper, sums),
        *_unknown_notes(file, sums),
        *_closed_notes(file, places, sums),
        *_outside_notes(file, sums),
    )


def _heading_notes(sums: Added) -> Iterator[Fault]:
    for one in sums.files:
        for heading in one.unknown_headings:
            remedy = "It is not read: see whether it matters."
            yield note(one.name, "a known column", remedy, heading)


def _odd_notes(sums: Added) -> Iterator[Fault]:
    for one in sums.files:
        yield from _odd(one.name, "TOTAL_QUANTITY", one.breaches)
        yield from _odd(one.name, "SNOMED_CODE", one.odd_snomed)
        yield from _odd(one.name, "BNF_CHEMICAL_SUBSTANCE", one.odd_chemical)


def _odd(file: str, column: str, odd: OddRows) -> Iterator[Fault]:
    expected, verb = _EXPECTED[column]
    if odd.count:
        first = "" if odd.count == len(odd.lines) else "the first of "
        remedy = f"{verb} {first}these rows: {ranges(odd.lines)}."
        yield note(file, expected, remedy, f"{odd.count:,} rows", column)


def _month_notes(file: str, paper: Paper, sums: Added) -> Iterator[Fault]:
    due = Month(paper.month.start, max(1, paper.run.prescribing_months_of_data))
    if sums.months and sums.months[-1] > due:  # one that lacks is a check's to find
        remedy = "Put the file of that month in, or correct prescribing_months_of_data."
        last = sums.months[-1].name
        yield note(file, f"data up to {due.name}", remedy, last, "YEAR_MONTH")


def _unknown_notes(file: str, sums: Added) -> Iterator[Fault]:
    for code in sorted({code for _, code, _ in sums.own}):
        cost = sum_items(found for key, found in sums.own.items() if key[1] == code).actual_cost
        said = f"{code or '(no code)'} {sums.practice_names.get(code, '')}".strip()
        remedy = f"Add it to {PRACTICES}: its cost of £{plain(cost)} belongs to no place yet."
        yield note(file, "a practice of the practice list", remedy, said, "PRACTICE_CODE")


def _closed_notes(file: str, places: PracticePlaces, sums: Added) -> Iterator[Fault]:
    open_at = {(code, month): places.place(code, month)[1] for month, code in sums.placed}
    closed = sorted(key for key, is_open in open_at.items() if not is_open)
    for code in sorted({code for code, _ in closed}):
        months = ", ".join(month.name for one, month in closed if one == code)
        remedy = f"Its cost of {months} stays with its place; correct the list if it moved."
        yield note(file, "a practice that was open", remedy, code, "PRACTICE_CODE")


def _outside_notes(file: str, sums: Added) -> Iterator[Fault]:
    if sums.outside:
        left = sum_items(sums.outside.values())
        practices = len({code for _, code, _ in sums.outside})
        remedy = f"Left out: {left.rows:,} rows, £{plain(left.actual_cost)}."
        expected = "practices of areas in the practice list"
        yield note(file, expected, remedy, f"{practices:,} others", "PCO_CODE")
