"""A workbook held to what is expected of it: its tables, its register, its checks, its formulas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from boardpack.audit.reader.expected import Expected
from boardpack.audit.reader.formula import Cell, NotReckoned, cells_of, ends_of
from boardpack.audit.reader.hold_checks_sheet import CHECKS, EXPECTED, NOW, hold_checks
from boardpack.audit.reader.hold_figures_sheet import (
    FIGURE_HEADS,
    REGISTER,
    SHOWN,
    VALUE,
    hold_register,
    rows_of_figures,
)
from boardpack.audit.reader.hold_formulas import hold_moved, hold_results, read_formulas
from boardpack.audit.reader.hold_sheet_chart import hold_sheet_charts, is_of_chart
from boardpack.audit.reader.hold_supposed import lacking
from boardpack.audit.reader.hold_tables import (
    Finding,
    HeldTable,
    Shown,
    hold_numbers,
    row_words,
    tables_by_name,
    tables_of_sheets,
)
from boardpack.audit.reader.hold_workbook_looks import hold_workbook_looks
from boardpack.audit.reader.number_format import printed
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.reckoned import is_close
from boardpack.audit.reader.seen_workbook import Book, Sheet, seen_workbook
from boardpack.audit.reader.source_words import names_source
from boardpack.audit.reader.words import plain, says_something

COVER, CONTENTS = "Cover", "Contents"
_HEADLINES = tuple(
    ("Headline figures", f"{unit}, live", "In the paper", "In words")
    for unit in ("£000s", "£m", "£")
)
_VERSION = re.compile(r"Version \d+\. It replaces version \d+")
_LIVE = (
    '#,##0,_);(#,##0,);"-"_)',
    '#,##0.00,,_);(#,##0.00,,);"-"_)',
    '#,##0_);(#,##0);"-"_)',
    "#,##0_);(#,##0)",
    "0.00_);(0.00)",
    "0.0000_);(0.0000)",
)
"""How the cover prints a headline: in the unit of money, or in its own where it is no money."""
_HOW_TO_READ = (
    ("Signs", "A variance is budget less actual: an overspend is in brackets."),
    ("Red", "Bad news: an adverse amount, or a check that does not agree."),
    *(
        (
            "Amounts",
            f"Cells hold exact pounds. A table headed {unit} shows {size}, by its number format.",
        )
        for unit, size in (("£000s", "thousands"), ("£m", "millions"))
    ),
    ("Amounts", "Cells hold exact pounds, and their number formats show whole ones."),
    ("!", "An adverse number without brackets, as it stood when the paper was made."),
)
"""Of what the cover says on how to read it, what speaks of amounts and of which way they go."""
_LAST = len(FIGURE_HEADS)
_RUN_OVER = "runs over cells that hold something."
Checks = Mapping[str, Mapping[str, Any]]


def read_checks(build: Path) -> dict[str, Mapping[str, Any]]:
    """The checks of `checks.json` by id; none where it cannot be read."""
    try:
        record = json.loads((build / "checks.json").read_text(encoding="utf-8"))
        return {str(item["id"]): item for item in record["checks"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def hold_workbook(passages: Sequence[Passage], expected: Expected, checks: Checks) -> list[Finding]:
    """What a workbook shows, holds or hides that the paper does not bear out: where, and what."""
    book = seen_workbook(passages)
    held = _Held(book, expected, checks)
    tables = {name: held.tables[key] for name, key in held.of_sheets.items()}
    return [
        *held.findings(),
        *hold_sheet_charts(passages, tables, book.sheets),
        *hold_workbook_looks([p for p in passages if not is_of_chart(p)], book.sheets),
    ]


class _Held:
    def __init__(self, book: Book, expected: Expected, checks: Checks) -> None:
        self.book, self.expected, self.checks = book, expected, checks
        self.tables = tables_by_name(expected)
        self.of_sheets = tables_of_sheets(book.sheets.values(), self.tables)
        self.shown: Shown = {}

    def findings(self) -> Iterator[Finding]:
        """All findings; formulas are tried on moved inputs only where all else is right."""
        found = [*self._sheets(), *self._names(), *self._merged(), *self._notes()]
        formulas, faults = read_formulas(self.book)
        found += [*faults, *hold_results(self.book, formulas), *self._elsewhere()]
        yield from found
        if not found and REGISTER in self.book.sheets:
            rows = rows_of_figures(self.book.sheets[REGISTER])
            register = self.expected.register
            yield from hold_moved(self.book, formulas, register, rows, self.shown)

    def _sheets(self) -> Iterator[Finding]:
        sheets = self.book.sheets
        names = list(sheets)
        if names[:2] != [COVER, CONTENTS] or names[-2:] != [REGISTER, CHECKS]:
            yield "workbook", f"begins with {names[:2]} and ends with {names[-2:]}."
        rows = rows_of_figures(sheets[REGISTER]) if REGISTER in sheets else {}
        values = {one: self.expected.register.get(one, {}).get("value") for one in rows}
        figures = {one: (rows[one], Decimal(v)) for one, v in values.items() if v is not None}
        met = set()
        for name, sheet in sheets.items():
            key = self.of_sheets.get(name)
            if name == COVER:
                yield from self._cover(sheet)
            elif name == CONTENTS:
                yield from self._contents(sheet)
            elif name == REGISTER:
                yield from hold_register(sheet, self.expected.register)
            elif name == CHECKS:
                yield from hold_checks(sheet, self.checks, figures)
            elif key is None or key in met:
                yield f"sheet {name}", "is no table of the paper."
            else:
                met.add(key)
                held = HeldTable(sheet, self.tables[key], self.expected)
                yield from held.findings()
                self.shown.update(held.shown)
        for key in sorted(self.tables.keys() - met):
            yield "workbook", f"lacks the table {self.tables[key].caption!r}."
        for name in sorted({COVER, CONTENTS, REGISTER, CHECKS} - sheets.keys()):
            yield "workbook", f"lacks its sheet {name}."
        for one in lacking(self.expected.register, self.shown):
            yield "workbook", f"lacks the input {one}, which a table's what-if supposes."
        yield from hold_numbers(self.of_sheets)
        yield from self._titles()

    def _titles(self) -> Iterator[Finding]:
        """Every sheet names in its second row the paper and its status, as the file does."""
        about = self.book.about
        mark = f" · {about['contentStatus']}" if about.get("contentStatus") else ""
        wanted = plain(f"{about.get('title', '')}{mark}")
        for name, sheet in self.book.sheets.items():
            found = sheet.text(2, 1)
            if found != wanted:
                yield f"sheet {name}, row 2", f"says {found!r}, where the file says {wanted!r}."

    def _cover(self, sheet: Sheet) -> Iterator[Finding]:
        """Whose paper it is, its headlines, and how to read the rest."""
        cards = {card.label: card for card in reversed(self.expected.cards)}
        texts = {text.words for text in self.expected.texts}
        met = set()
        for row, cells in sheet.rows.items():
            where, label = f"sheet {sheet.name}, row {row}", cells[0]
            if label in cards and len(cells) > 2:
                met.add(label)
                yield from self._card(sheet, row, cards[label])
            elif len(cells) > 2 and cells not in _HEADLINES:
                yield where, f"shows {row_words(cells)}, which the paper does not."
            elif label == "Checks":
                if cells[1] != (said := _said_of(self.checks)):
                    yield where, f"says {cells[1]!r}; the checks say {said!r}."
            elif label == "What they would notice":
                if says_something(cells[1]) and not any(cells[1] in text for text in texts):
                    yield where, f"says {cells[1]!r}, which the paper does not."
            elif not self._is_furniture(row, cells):
                yield where, f"shows {row_words(cells)}, which the paper does not."
        for label in sorted(cards.keys() - met):
            yield f"sheet {sheet.name}", f"lacks the headline {label!r}."

    def _card(self, sheet: Sheet, row: int, card: Any) -> Iterator[Finding]:
        where = f"sheet {sheet.name}, row {row}"
        said = (card.number.text, card.words[-1] if card.words else "")
        shown = (sheet.text(row, 3), sheet.text(row, 4))
        if shown != said or len(sheet.rows[row]) > 4:
            yield where, f"shows {row_words(sheet.rows[row])}; the paper has {row_words(said)}."
        stored = sheet.stored.get(Cell(sheet.name, row, 2))
        if stored is not None and card.number.value is not None:
            self.shown[Cell(sheet.name, row, 2)] = card.number, False
            exact = float(card.number.value)
            if stored.number is None or not is_close(stored.number, exact):
                yield where, f"holds {stored.result}; the figure's exact value is {exact:f}."
            elif sheet.text(row, 2) not in {printed(repr(exact), code) for code in _LIVE}:
                yield where, f"prints {sheet.text(row, 2)!r} for {exact:f}."

    def _is_furniture(self, row: int, cells: tuple[str, ...]) -> bool:
        """Words of every cover, in which no figure stands and none goes over or under."""
        if row == 2 or cells in _HEADLINES or cells in _HOW_TO_READ:
            return True
        if cells[0] == "Version":
            return len(cells) == 2 and _VERSION.match(cells[1]) is not None
        return not says_something(" ".join(cells))

    def _contents(self, sheet: Sheet) -> Iterator[Finding]:
        """Every sheet with its caption and its unit, and no other number."""
        captions = {name: self.tables[key].caption for name, key in self.of_sheets.items()}
        for row, cells in sheet.rows.items():
            where, (name, *rest) = f"sheet {sheet.name}, row {row}", cells
            if name in captions:
                if captions.pop(name) not in (rest[0], ", ".join(filter(None, rest))):
                    yield where, f"says {row_words(rest)}, which is not what that sheet shows."
            elif says_something(" ".join(cells)):
                yield where, f"shows {row_words(cells)}, which is no sheet."
        for name in captions:
            yield f"sheet {sheet.name}", f"lacks the sheet {name}."

    def _names(self) -> Iterator[Finding]:
        """A name leads to the figure that it is made of; what is printed leaves no row out."""
        sheets = self.book.sheets
        for name, areas in self.book.names.items():
            for area in areas if name != "_xlnm.Print_Titles" else ():
                try:
                    ends = ends_of(area, "")
                except NotReckoned:
                    yield "workbook", f"has the name {name} for {area}, which is no cell."
                    continue
                if name == "_xlnm.Print_Area":
                    sheet = sheets.get(ends[0].sheet)
                    if sheet is None or max(sheet.rows, default=1) > ends[-1].row:
                        yield "workbook", f"prints {area} alone, and leaves rows out."
                elif not name.startswith("_xlnm.") and not self._leads_to(name, ends[0]):
                    yield "workbook", f"has the name {name} for {area}, which is not that figure."

    def _merged(self) -> Iterator[Finding]:
        """Cells that are run together show the first of them, so the others hold nothing."""
        for sheet in self.book.sheets.values():
            for area in sheet.merged:
                others = cells_of(area, sheet.name)[1:]
                if any(sheet.text(cell.row, cell.column) for cell in others):
                    yield f"sheet {sheet.name}, cells {area}", _RUN_OVER

    def _notes(self) -> Iterator[Finding]:
        """A note stands on an input, and says where that comes from."""
        for sheet in self.book.sheets.values():
            for cell, note in sheet.notes.items():
                identity = self.shown[cell][0].figure if cell in self.shown else ""
                if sheet.name == REGISTER and cell.column == VALUE:
                    identity = sheet.text(cell.row, 1)
                figure = self.expected.register.get(identity, {})
                if not figure or not names_source(note, figure["source"].get("cells") or ()):
                    said = f"has a note that is not where {identity or 'it'} comes from: {note!r}."
                    yield f"sheet {cell.sheet}, cell {cell}", said

    def _elsewhere(self) -> Iterator[Finding]:
        """Numbers and formulas stand where figures do, and not in the place of words."""
        for cell, stored in self.book.stored.items():
            columns = {REGISTER: range(VALUE, SHOWN + 1), CHECKS: range(EXPECTED, NOW + 2)}
            on_list = cell.column in columns.get(cell.sheet, ())
            is_helper = cell.sheet == REGISTER and cell.column > _LAST and bool(stored.formula)
            if cell not in self.shown and not on_list and not is_helper:
                what = f"the formula {stored.formula}" if stored.formula else stored.result
                yield f"sheet {cell.sheet}, cell {cell}", f"holds {what}, where words should stand."

    def _leads_to(self, name: str, cell: Cell) -> bool:
        if cell.sheet != REGISTER or cell.column not in (VALUE, SHOWN):
            return False
        identity = (
            self.book.sheets[REGISTER].text(cell.row, 1) if REGISTER in self.book.sheets else ""
        )
        return name == re.sub(r"[^a-z0-9]", "_", identity)


def _said_of(checks: Checks) -> str:
    """How many checks were made, are open, and were answered for, as the cover says it."""
    statuses = [check["status"] for check in checks.values() if check["status"] != "not_applicable"]
    answered = statuses.count("waived") + statuses.count("documented")
    told = f"{len(statuses):,} run, {statuses.count('fail'):,} open, {answered:,} answered for"
    return plain(f"{told.replace(' 0 ', ' none ')}; see the sheet {CHECKS}")
