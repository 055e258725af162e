"""What every sheet of the workbook has: its look, its title and mark, and how it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from markdown_it.token import Token
from xlsxwriter.worksheet import Worksheet

from boardpack.core.design import colours
from boardpack.outputs.pdf.typst_document import PdfMeta
from boardpack.outputs.prose import bare_text, markdown_tokens
from boardpack.outputs.workbook.places import CONTENTS

FONT, SIZE = "Arial", 10
NAVY, INK, QUIET, GRID, SHADE = "dark_blue", "ink", "quiet", "rule", "pale"
INPUT, LINK, ALARM = "input", "green", "red"
"""Colours of cells by their names in the design sheet; a `Writer` knows what they are there.

Accountants' colours, each with one meaning: a typed input is blue, what comes from another sheet is
green, what is bad news is red. A link is underlined, in the ink of words.
"""
A4 = 9
LINE = 14.0
"""The height of a line of text, in points."""
LETTERS = 1.08
"""Letters of running text to a unit of a column's width, which is that of a digit."""
THIN, DOUBLE = 1, 6
LONGEST_TEXT = 32767
NOTE_WIDTH = 44
"""Characters on a line of a note."""

Style = dict[str, Any]
HEAD: Style = {"bold": True, "bg_color": NAVY, "font_color": "white", "valign": "vcenter"}
WRAPPED: Style = {"text_wrap": True, "valign": "top"}


@dataclass(frozen=True)
class Printing:
    """How a sheet prints: the last of its cells, the last row to repeat, what stays in view."""

    last_row: int
    last_column: int
    head_row: int
    stub: int = 1


class Sheet(Worksheet):  # type: ignore[misc]
    """A sheet that takes its formulas as they are written.

    The library looks in each for 29 functions that came after Excel 2007, to give them a prefix. No
    formula of the workbook has one, and to look took a fifth of the workbook's time.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def paint(name: str) -> str:
    """A colour of the design sheet that is drawn with."""
    return str(getattr(colours(), name))


class Writer:
    """Writes the sheets of one workbook; a format that is asked for twice is made once."""

    def __init__(self, book: Any, meta: PdfMeta) -> None:
        self.book, self.meta = book, meta
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._red: Any = None

    def format(self, *styles: Style) -> Any:
        """The format of some styles together, later ones first; cells are in Arial.

        Their colours are named as in the design sheet.
        """
        wanted: Style = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "top"}
        for style in styles:
            wanted |= style
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            told = {n: paint(v) if n.endswith("color") else v for n, v in wanted.items()}
            self._formats[key] = self.book.add_format(told)
        return self._formats[key]

    def sheet(self, name: str, title: str, colour: str = NAVY) -> Any:
        """A sheet with its title, the paper's, and the mark that every page must carry."""
        sheet = self.book.add_worksheet(name, Sheet)
        sheet.hide_gridlines(2)
        sheet.set_tab_color(paint(colour))
        self.text(sheet, 0, 0, title, {"bold": True, "font_size": 14, "font_color": NAVY})
        mark = f" · {self.meta.mark}" if self.meta.mark else ""
        look = {"bold": True} if mark else {"font_color": QUIET}
        self.text(sheet, 1, 0, f"{self.meta.title}{mark}", look)
        return sheet

    def text(self, sheet: Any, row: int, column: int, text: str, *styles: Style) -> None:
        """Words, which no spreadsheet runs as a formula."""
        made = bare_text(text)[:LONGEST_TEXT]
        sheet.write_string(row, column, made, self.format(*styles))

    def link(self, sheet: Any, row: int, column: int, name: str, words: str) -> None:
        """A link to another sheet of the workbook."""
        look = self.format({"underline": 1})
        quoted = name.replace("'", "''")
        sheet.write_url(row, column, f"internal:'{quoted}'!A1", look, words)

    def printed(self, sheet: Any, area: Printing) -> None:
        """A4 on its side, as wide as the page, with the headings repeated and in view."""
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.repeat_rows(0, area.head_row)
        sheet.print_area(0, 0, area.last_row, area.last_column)
        sheet.freeze_panes(area.head_row + 1, area.stub)
        title, mark = (part.replace("&", "&&") for part in (self.meta.title, self.meta.mark))
        sheet.set_footer(f"&L{title[:90]}&C{mark}&RPage &P of &N")

    def red_below_nil(self, sheet: Any, cells: Sequence[str]) -> None:
        """Amounts that are bad news below nil are red there; their brackets say it without colour.

        Not by `[Red]` in the number format: that red is too light to read on white.
        """
        if cells:
            if self._red is None:
                self._red = self.book.add_format({"font_color": paint(ALARM)})
            rule = {"type": "cell", "criteria": "<", "value": 0, "format": self._red}
            sheet.conditional_format(cells[0], {**rule, "multi_range": " ".join(cells)})

    def note(self, sheet: Any, row: int, column: int, text: str) -> None:
        """A note on a cell, of the size of its text."""
        lines = sum(lines_of(line, NOTE_WIDTH) for line in text.split("\n"))
        size = {"x_scale": 2.2, "y_scale": max(0.6, lines / 4.5)}
        sheet.write_comment(row, column, text, size)

    def back(self, sheet: Any, row: int) -> None:
        """The link back to the list of sheets."""
        self.link(sheet, row, 0, CONTENTS, "Back to the contents")


def plain_text(markdown: str) -> str:
    """Prose of a note as plain words, without the marks of Markdown.

    >>> plain_text("It is **over** [budget](x).")
    'It is over budget.'
    """
    return "".join(_words(markdown_tokens(markdown))).strip()


def _words(tokens: Sequence[Token]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if token.children:
            found += _words(token.children)
        elif token.type in ("softbreak", "hardbreak", "paragraph_close"):
            found.append(" ")
        else:
            found.append(token.content)
    return found


def lines_of(text: str, characters: float) -> int:
    """How many lines a text takes in a cell that is so many characters wide.

    >>> lines_of("Acute", 20), lines_of("Acute and community services", 10)
    (1, 3)
    """
    room = max(1, int(characters * LETTERS))
    return 1 if len(text) <= room else len(wrap(text, room))
