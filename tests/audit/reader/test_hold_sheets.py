"""A table in sheets: all of it is met, under its caption, and what one sheet lacks is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_blocks import TABLE, made, number, row, text

from boardpack.audit.reader.expected import Expected
from boardpack.audit.reader.hold_print import hold_pdf, hold_word
from boardpack.audit.reader.passage import Passage
from boardpack.audit.reader.pdf_spoken import ALOUD

MONTHS = ("Apr", "May", "Jun", "Jul")
LINES = {"Acute": (11, 12, 13, 14), "Community": (21, 22, 23, 24)}
CAPTION = "Position by month"


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Expected:
    return _wide(tmp_path_factory.mktemp("wide"))


def _wide(folder: Path) -> Expected:
    columns = [{"label": month, "align": "right", "group": None} for month in MONTHS]
    rows = [
        {"kind": "line", "cells": [name, *(number(str(n), f"{n}000") for n in amounts)]}
        for name, amounts in LINES.items()
    ]
    first = {"label": "Line", "align": "left", "group": None}
    wide = {**TABLE, "caption": CAPTION, "columns": [first, *columns], "rows": rows, "notes": []}
    return made(folder, wide)


def _set(*ends: int) -> list[Passage]:
    """The table as a document sets it, in sheets that end before these columns."""
    found = [text("Where it stands")]
    for begin, end in zip((0, *ends), ends, strict=False):
        found.append(text(f"{CAPTION}{' (continued)' if begin else ''}, £000s"))
        found.append(row("Line", *MONTHS[begin:end]))
        found += [row(name, *map(str, one[begin:end])) for name, one in LINES.items()]
    return found


def _found(expected: Expected, passages: list[Passage]) -> list[list[str]]:
    """What is found of rows and captions in a PDF that nobody reads aloud, and in a Word file."""
    holds = (hold_pdf("p", passages, expected), hold_word("p", passages, expected))
    return [
        [what for where, what in faults if "month" in what and not where.endswith(ALOUD)]
        for faults in holds
    ]


def _said(expected: Expected, passages: list[Passage], *parts: str) -> None:
    for found in _found(expected, passages):
        for part in parts:
            assert any(part in one for one in found), found


@pytest.mark.parametrize("ends", [(4,), (2, 4), (3, 4), (1, 2, 3, 4)])
def test_a_table_in_sheets_is_met(expected: Expected, ends: tuple[int, ...]) -> None:
    assert _found(expected, _set(*ends)) == [[], []]


def test_a_sheet_that_is_left_out_is_named(expected: Expected) -> None:
    _said(expected, _set(2, 4)[:5], f"the table '{CAPTION}, £000s'")


@pytest.mark.parametrize(
    ("cells", "other", "said"),
    [
        (("Acute", "13", "14"), ("Acute", "13", "41"), "reads '41' where it should read '14'"),
        (("Acute", "13", "14"), ("Acute", "14", "13"), "reads '14' | '13' where it should read"),
        (("Acute", "13", "14"), (), "row 'Acute'"),
        (("Community", "23", "24"), (), "stops before row 'Community'"),
        (("Acute", "11", "12"), ("Acute", "13", "14"), "stops before row 'Acute'"),
        (("Line", "Jun", "Jul"), ("Line", "Jul", "Jun"), "the table"),
    ],
)
def test_a_lie_on_a_sheet_is_named(
    expected: Expected, cells: tuple[str, ...], other: tuple[str, ...], said: str
) -> None:
    passages = [one._replace(cells=other) if one.cells == cells else one for one in _set(2, 4)]
    _said(expected, [one for one in passages if one.cells], said)


def test_a_caption_of_a_sheet_is_the_tables(expected: Expected) -> None:
    passages = _set(2, 4)
    wrong = text("Position by month 9 (continued), £000s")
    at = next(n for n, one in enumerate(passages) if "(continued)" in one.cells[0])
    _said(expected, [*passages[:at], wrong, *passages[at + 1 :]], "month 9")
