"""The workbook's cover, with the headline figures, and the list of its sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from boardpack.checks.noticed.figures import noticed_sentence
from boardpack.core.in_print import UNITS
from boardpack.document.blocks import KeyFigure, KeyFigures
from boardpack.document.content import Part
from boardpack.document.numbers import short_money
from boardpack.figures.figure import PRINTED
from boardpack.outputs.workbook.formula import Spot
from boardpack.outputs.workbook.numbers import headline_format
from boardpack.outputs.workbook.places import (
    CHECKS,
    CONTENTS,
    COVER,
    REGISTER,
    Places,
    TableSheet,
)
from boardpack.outputs.workbook.sheet import (
    GRID,
    HEAD,
    LINE,
    THIN,
    WRAPPED,
    Printing,
    Style,
    Writer,
    lines_of,
    plain_text,
)

_WIDTHS = (34.0, 18.0, 22.0, 48.0)
_RULE: Style = {"bottom": THIN, "bottom_color": GRID}
_KEY: Style = {"bold": True}
_BESIDE: Style = {"align": "left", "indent": 1}
"""Words that stand beside a number, which ends where they would begin."""
AMOUNTS = {
    "£000s": "Cells hold exact pounds. A table headed £000s shows thousands, by its number format.",
    "£m": "Cells hold exact pounds. A table headed £m shows millions, by its number format.",
    "£": "Cells hold exact pounds, and their number formats show whole ones.",
}
"""What the cover says of amounts, by the unit of money that the paper has."""
HOW_TO_READ = (
    ("Signs", "A variance is budget less actual: an overspend is in brackets."),
    ("Red", "Bad news: an adverse amount, or a check that does not agree."),
    ("Amounts", AMOUNTS["£000s"]),
    (
        "Blue",
        "A typed input: as received (the note on its cell says from where), or what a what-if"
        " supposes.",
    ),
    ("Black and green", "Formulas; green ones take their amount from another sheet."),
    ("Underlined", "A link to another sheet."),
    (
        "A changed input",
        "flows to every table, to this page and to the checks. Words stay as they were written.",
    ),
    (
        "Rounding",
        "Where the ledger prints a total rounded, the paper shows it so. The register has the"
        " difference beside the computed total.",
    ),
    ("*", "A number of people too small to show, or one that would give it away."),
    ("!", "An adverse number without brackets, as it stood when the paper was made."),
)


def headlines(parts: Iterable[Part]) -> tuple[KeyFigure, ...]:
    """The headline figures of all chapters, each once, in the paper's order."""
    found: dict[str, KeyFigure] = {}
    for part in parts:
        for chapter in part.chapters:
            for block in chapter.blocks:
                for item in block.items if isinstance(block, KeyFigures) else ():
                    found.setdefault(item.number.figure or item.label, item)
    return tuple(found.values())


def name_of(identity: str) -> str:
    """The named range of a figure: its id with underscores; what was printed has no other name.

    >>> name_of("position.icb.total.ytd_variance")
    'position_icb_total_ytd_variance'
    """
    return re.sub(r"[^a-z0-9]", "_", identity.removesuffix(f".{PRINTED}"))


def write_cover(
    writer: Writer, items: Sequence[KeyFigure], checks: Sequence[Mapping[str, Any]], places: Places
) -> None:
    """The first sheet: whose paper it is, its status, the headlines, and how to read the rest."""
    meta = writer.meta
    said = partial(short_money, unit=UNITS[meta.money])
    *whose, board = meta.names
    made = writer.sheet(COVER, board)
    for column, width in enumerate(_WIDTHS):
        made.set_column(column, column, width)
    told = [
        *(("Organisation", name) for name in whose),
        ("Paper", meta.subtitle),
        ("Meeting", meta.date),
        ("Status", meta.mark.capitalize() or "Released"),
        *([("Version", meta.replaces)] if meta.replaces else []),
        ("Checks", _said_of(checks)),
        ("What they would notice", noticed_sentence(places.register, said)),
    ]
    row = _pairs(writer, made, 3, told)
    writer.link(made, row, 0, CONTENTS, "Contents: all sheets")
    head = row + 2
    last = _headlines(writer, made, head, items, places)
    how = [(key, AMOUNTS[meta.money] if key == "Amounts" else said) for key, said in HOW_TO_READ]
    row = _pairs(writer, made, last + 2, [("How to read this workbook", ""), *how])
    writer.printed(made, Printing(row, len(_WIDTHS) - 1, 1, 0))


def write_contents(writer: Writer, sheets: Sequence[TableSheet]) -> None:
    """The list of sheets, each with a link, by the parts of the paper."""
    made = writer.sheet(CONTENTS, "Contents")
    for column, (head, width) in enumerate((("Sheet", 34), ("What it shows", 76), ("Unit", 38))):
        made.set_column(column, column, width)
        writer.text(made, 3, column, head, HEAD)
    row, part = 4, None
    for sheet in sheets:
        if sheet.part != part:
            part = sheet.part
            writer.text(made, row, 0, part, _KEY)
            row += 1
        _entry(writer, made, row, (sheet.name, sheet.table.caption, sheet.table.unit))
        row += 1
    writer.text(made, row, 0, "For the auditor", _KEY)
    for name, words in (
        (REGISTER, "Every figure: its value, its formula, and the cells that it was read from"),
        (CHECKS, "Every check: what was expected, what was found, and what the numbers say now"),
    ):
        row += 1
        _entry(writer, made, row, (name, words, ""))
    writer.printed(made, Printing(row, 2, 3))


def _entry(writer: Writer, made: Any, row: int, texts: tuple[str, str, str]) -> None:
    name, *others = texts
    writer.link(made, row, 0, name, name)
    for column, text in enumerate(others, 1):
        writer.text(made, row, column, text, WRAPPED)


def _pairs(writer: Writer, made: Any, row: int, told: Iterable[tuple[str, str]]) -> int:
    """Words and what they mean, a row each; returns the row after them."""
    for key, text in told:
        writer.text(made, row, 0, key, _KEY)
        writer.text(made, row, 1, text)
        row += 1
    return row


def _headlines(
    writer: Writer, made: Any, head: int, items: Sequence[KeyFigure], places: Places
) -> int:
    heads = ("Headline figures", f"{writer.meta.money}, live", "In the paper", "In words")
    for column, text in enumerate(heads):
        align = ({}, {"align": "right"}, _BESIDE, {})[column]
        writer.text(made, head, column, text, HEAD, align)
    for row, item in enumerate(items, head + 1):
        _headline(writer, made, row, item, places)
    first, last = Spot(COVER, head + 1, 1), Spot(COVER, head + len(items), 1)
    writer.red_below_nil(made, [first.to(last, COVER)] if items else [])
    return head + len(items)


def _headline(writer: Writer, made: Any, row: int, item: KeyFigure, places: Places) -> None:
    writer.text(made, row, 0, item.label, WRAPPED, _RULE)
    said = plain_text(item.context)
    for column, text in ((2, item.number.text), (3, said)):
        writer.text(made, row, column, text, WRAPPED, _RULE, _BESIDE if column == 2 else {})
    made.set_row(row, LINE * max(lines_of(said, _WIDTHS[3]), lines_of(item.label, _WIDTHS[0])))
    identity = item.number.figure
    if identity not in places.register:
        return writer.text(made, row, 1, item.number.text, _RULE, {"align": "right"})
    figure, spot = places.register[identity], places.shown[identity]
    look = writer.format(_RULE, _KEY, {"num_format": headline_format(figure, writer.meta.money)})
    made.write_formula(row, 1, f"={spot.seen_from(COVER)}", look, float(figure.value))
    where = f"={spot.seen_from('')}"
    writer.book.define_name(name_of(identity), _absolute(where))
    return None


def _absolute(formula: str) -> str:
    sheet, _, cell = formula.rpartition("!")
    return f"{sheet}!" + re.sub(r"([A-Z]+)(\d+)", r"$\1$\2", cell)


def _said_of(checks: Sequence[Mapping[str, Any]]) -> str:
    statuses = [c["status"] for c in checks if c["status"] != "not_applicable"]
    answered = statuses.count("waived") + statuses.count("documented")
    told = f"{len(statuses):,} run, {statuses.count('fail'):,} open, {answered:,} answered for"
    return f"{told.replace(' 0 ', ' none ')}; see the sheet {CHECKS}"
