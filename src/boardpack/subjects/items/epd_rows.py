"""Rows of an English Prescribing Dataset looked at one by one, where an engine found a fault.

An engine counts faults fast and cannot say where they stand. Only then does this reader go through
the file, to name lines and values. It adds nothing up. A file that has no fault and that an engine
cannot read as it stands (titles, trailing commas, odd quotes) it writes again, plainly.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from pathlib import Path

from boardpack.reading.long_files import Complaints, ItemFile, is_whole
from boardpack.reading.snomed import is_snomed
from boardpack.subjects.items.epd_layout import EpdLayout
from boardpack.subjects.items.epd_sums import (
    CODE,
    COLUMNS,
    DIGITS_AFTER,
    DIGITS_BEFORE,
    MONTH,
    NUMBER,
    NUMBERS,
    WHOLE,
)
from boardpack.subjects.items.sums import DIGITS, OddRows

ROWS_KEPT = 1000
SPACE = " \t\n\r\v\f"
_BROKEN = "Check for a missing or extra comma, or a file that broke off."
_AGAIN = "Take the file as NHSBSA publishes it; a spreadsheet changes long numbers and codes."
_CODE, _MONTH, _NUMBER, _WHOLE = map(re.compile, (CODE, MONTH, NUMBER, WHOLE))
_DIGITS = re.compile("-?[0-9]+([.][0-9]+)?")
_BREAKS = str.maketrans(dict.fromkeys("\r\n\v\f", " "))
Texts = dict[str, str]


def mend(item: ItemFile, layout: EpdLayout, target: Path) -> None:
    """Write the columns that are read, plainly, into `target`.

    Raises InputFaults with the cells that are no month, code or exact number, and with rows of
    another width.
    """
    reader = _Rows(item, layout)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for line, texts in reader.rows():
            reader.look(line, texts)
            writer.writerow(texts[name].translate(_BREAKS) for name in COLUMNS)
    reader.complaints.refuse()


def odd_lines(
    item: ItemFile, layout: EpdLayout, known: frozenset[str], counts: tuple[int, int, int]
) -> tuple[OddRows, OddRows, OddRows]:
    """The first lines of rows that break the quantity identity, or have odd codes.

    `counts` says how many there are of total quantities, SNOMED codes (of the `known` practices)
    and substances; the reader stops when it has the first of each kind.
    """
    tests: tuple[Callable[[Texts], bool], ...] = (
        is_breach,
        lambda texts: texts["practice"] in known and is_odd_snomed(texts),
        is_odd_chemical,
    )
    wanted = [min(count, ROWS_KEPT) for count in counts]
    found: list[list[int]] = [[] for _ in counts]
    rows = _Rows(item, layout).rows() if any(wanted) else iter(())
    for line, texts in rows:
        for test, lines, most in zip(tests, found, wanted, strict=True):
            if len(lines) < most and test(texts):
                lines.append(line)
        if all(len(lines) == most for lines, most in zip(found, wanted, strict=True)):
            break
    breaches, snomed, chemical = (OddRows(n, tuple(o)) for n, o in zip(counts, found, strict=True))
    return breaches, snomed, chemical


def is_breach(texts: Texts) -> bool:
    """Whether a row's TOTAL_QUANTITY is not its QUANTITY x ITEMS."""
    with localcontext() as context:
        context.prec = DIGITS
        quantity, items, total = (Decimal(texts[name]) for name in NUMBERS[:3])
        return quantity * items != total


def is_odd_snomed(texts: Texts) -> bool:
    """Whether a row has a SNOMED code that its check digit does not confirm."""
    return bool(texts["snomed"]) and not is_snomed(texts["snomed"])


def is_odd_chemical(texts: Texts) -> bool:
    """Whether a row has the code of another substance than its presentation's."""
    return not texts["bnf_code"].startswith(texts["chemical"])


class _Rows:
    """The rows of a file as texts without spaces round them, and complaints about them."""

    def __init__(self, item: ItemFile, layout: EpdLayout) -> None:
        self.item, self.layout, self.complaints = item, layout, Complaints(item.name)

    def rows(self) -> Iterator[tuple[int, Texts]]:
        """Each row below the header; a complaint about one of another width."""
        table, at = self.layout.table, self.layout.at
        for line, cells in self.item.records():
            if line > table.line and is_whole(table, line, cells, self.complaints, _BROKEN):
                yield line, {n: cells[at[n]].strip(SPACE) if n in at else "" for n in COLUMNS}

    def look(self, line: int, texts: Texts) -> None:
        """Complain of what cannot be read."""
        if not _MONTH.match(texts["month"]) or texts["month"].startswith("0000"):
            expected = "a month such as 202311"
            self.complaints.add(expected, _AGAIN, line, "YEAR_MONTH", texts["month"])
        for name in NUMBERS:
            self._number(line, name.upper(), texts[name])
        bnf, chemical = texts["bnf_code"], texts["chemical"]
        if not _CODE.match(bnf):
            self.complaints.add("a BNF code such as 0407010H0AAAMAM", _AGAIN, line, "BNF code", bnf)
        if is_odd_chemical(texts) and not _CODE.match(chemical):
            remedy = "Names stand there in files with SNOMED codes: do not mix the layouts."
            column = "chemical substance"
            self.complaints.add("a BNF code, not a name", remedy, line, column, chemical)

    def _number(self, line: int, column: str, text: str) -> None:
        if _DIGITS.fullmatch(text) is None:
            expected = "a number with all its digits, such as 1234.56"
        elif _NUMBER.match(text) is None:
            expected = (
                f"at most {DIGITS_BEFORE} digits before the point and {DIGITS_AFTER} after it"
            )
        elif column == "ITEMS" and _WHOLE.match(text) is None:
            expected = "a whole number"
        else:
            return
        self.complaints.add(expected, _AGAIN, line, column, text)
