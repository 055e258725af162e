"""The sums of an English Prescribing Dataset file, made while it streams past.

A national month has about 18 million rows, so no row is kept: memory grows with the number of
practices and presentations of the lookup, not with the file. `add_up` is the one place where rows
become sums.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from operator import itemgetter

from boardpack.periods import Month
from boardpack.sources.calendar import read_month
from boardpack.sources.epd_layout import EpdLayout
from boardpack.sources.item_files import Complaints, ItemFile, exact, is_whole
from boardpack.sources.item_sums import (
    DIGITS,
    EpdSums,
    ItemKey,
    OddRows,
    OtherKey,
    Running,
    add,
    frozen,
    nothing,
)
from boardpack.sources.snomed import is_snomed

ROWS_KEPT = 1000
_NUMBERS = ("QUANTITY", "ITEMS", "TOTAL_QUANTITY", "NIC", "ACTUAL_COST")
_TEXTS = ("month", "practice", "pco", "bnf_code", "description")
_BROKEN = "Check for a missing or extra comma, or a file that broke off."
_AGAIN = "Take the file as NHSBSA publishes it; a spreadsheet changes long numbers and codes."


def add_up(item: ItemFile, layout: EpdLayout, known: frozenset[str]) -> EpdSums:
    """Add every row of a file up, with the detail of the `known` practices only.

    Rows repeat for a practice, presentation and pack; each counts. Raises InputFaults with the
    cells that are no month, code or exact number, and with rows of another width.
    """
    adder = _Adder(item.name, layout, known)
    with localcontext() as context:
        context.prec = DIGITS
        for line, cells in item.records():
            if line > layout.table.line:
                adder.take(line, cells)
    return adder.result()


class _Odd:
    def __init__(self) -> None:
        self.count, self.lines = 0, list[int]()

    def add(self, line: int) -> None:
        self.count += 1
        if self.count <= ROWS_KEPT:
            self.lines.append(line)

    def rows(self) -> OddRows:
        return OddRows(self.count, tuple(self.lines))


class _Adder:
    """The running sums of one file, and what was odd or wrong on the way."""

    def __init__(self, file: str, layout: EpdLayout, known: frozenset[str]) -> None:
        at = layout.at
        self.complaints, self.layout, self.known = Complaints(file), layout, known
        self.texts = _getter([at[name] for name in _TEXTS])
        self.numbers = _getter([layout.table.at[name.lower()] for name in _NUMBERS])
        self.snomed, self.chemical = at.get("snomed"), at.get("chemical")
        self.name_at = at.get("practice_name")
        self.detail: dict[ItemKey, Running] = {}
        self.others: dict[OtherKey, Running] = {}
        self.months: dict[str, Month | None] = {}
        self.descriptions: dict[str, str] = {}
        self.practice_names: dict[str, str] = {}
        self.pcos: set[str] = set()
        self.breaches, self.odd_snomed, self.odd_chemical = _Odd(), _Odd(), _Odd()

    def take(self, line: int, cells: list[str]) -> None:
        """Add one row, or complain of its cells."""
        if not is_whole(self.layout.table, line, cells, self.complaints, _BROKEN):
            return
        month_text, practice, pco, bnf, description = [t.strip() for t in self.texts(cells)]
        month = self.months.get(month_text) or self._month(line, month_text)
        amounts = self._amounts(line, cells)
        self._look_at(line, cells, bnf)
        if month is None or amounts is None:
            return
        items, quantity, nic, cost = amounts
        sums = self._sums_of(month, practice, pco, bnf, cells)
        add(sums, 1, items, quantity, nic, cost)
        self._name(self.descriptions, bnf, description)
        if self.name_at is not None:
            self._name(self.practice_names, practice, cells[self.name_at].strip())

    def result(self) -> EpdSums:
        """What was added up; InputFaults where a cell could not be read."""
        self.complaints.refuse()
        return EpdSums(
            {key: frozen(self.detail[key]) for key in sorted(self.detail)},
            {key: frozen(self.others[key]) for key in sorted(self.others)},
            frozenset(self.pcos),
            self.practice_names,
            self.descriptions,
            self.breaches.rows(),
            self.odd_snomed.rows(),
            self.odd_chemical.rows(),
        )

    def _sums_of(
        self, month: Month, practice: str, pco: str, bnf: str, cells: list[str]
    ) -> Running:
        if practice not in self.known:
            return self.others.setdefault((month, practice, pco), nothing())
        self.pcos.add(pco)
        snomed = "" if self.snomed is None else cells[self.snomed].strip()
        return self.detail.setdefault((month, practice, bnf, snomed), nothing())

    def _amounts(self, line: int, cells: list[str]) -> tuple[int, Decimal, Decimal, Decimal] | None:
        texts = self.numbers(cells)
        try:
            quantity, items, total, nic, cost = map(exact, texts)
        except ValueError:
            self._complain_of(line, texts)
            return None
        if items != int(items):
            self.complaints.add("a whole number", _AGAIN, line, "ITEMS", texts[1])
        if quantity * items != total:
            self.breaches.add(line)
        return int(items), total, nic, cost

    def _complain_of(self, line: int, texts: tuple[str, ...]) -> None:
        for column, text in zip(_NUMBERS, texts, strict=True):
            try:
                exact(text)
            except ValueError:
                expected = "a number with all its digits, such as 1234.56"
                self.complaints.add(expected, _AGAIN, line, column, text)

    def _month(self, line: int, text: str) -> Month | None:
        if text not in self.months:
            try:
                self.months[text] = read_month(text)
            except ValueError:
                self.complaints.add("a month such as 202311", _AGAIN, line, "YEAR_MONTH", text)
        return self.months.get(text)

    def _look_at(self, line: int, cells: list[str], bnf: str) -> None:
        """Codes that are none, SNOMED codes that lost digits, another substance's code."""
        if bnf not in self.descriptions and not _is_code(bnf):
            self.complaints.add("a BNF code such as 0407010H0AAAMAM", _AGAIN, line, "BNF code", bnf)
        snomed = "" if self.snomed is None else cells[self.snomed].strip()
        if snomed and not is_snomed(snomed):
            self.odd_snomed.add(line)
        chemical = "" if self.chemical is None else cells[self.chemical].strip()
        if chemical and not bnf.startswith(chemical):
            self.odd_chemical.add(line)
            if not _is_code(chemical):
                remedy = "Names stand there in files with SNOMED codes: do not mix the layouts."
                column = "chemical substance"
                self.complaints.add("a BNF code, not a name", remedy, line, column, chemical)

    def _name(self, names: dict[str, str], code: str, name: str) -> None:
        """One name for a code whatever the order of the rows: the first of the alphabet."""
        known = names.get(code)
        if known is None or name < known:
            names[code] = name


def _getter(positions: list[int]) -> Callable[[list[str]], tuple[str, ...]]:
    return itemgetter(*positions)


def _is_code(text: str) -> bool:
    return 2 <= len(text) <= 15 and text[:2].isdigit() and text.isalnum() and text.upper() == text
