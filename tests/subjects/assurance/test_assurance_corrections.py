"""What the paper shows of corrections: the cells, and nothing of a file about single people."""

from __future__ import annotations

import pytest
from month_six import PROJECT

from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.document.blocks import Table
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.register import Register
from boardpack.reading.corrections import Correction
from boardpack.subjects.assurance import corrections as shown


@pytest.mark.parametrize(
    ("file", "cells"),
    [
        ("position.csv", ("12,925", "12,952", "The digits changed places.")),
        ("chc_packages.csv", ("not shown", "not shown", "The digits changed places.")),
        ("chc_packages.xlsx", ("not shown", "not shown", "The digits changed places.")),
        ("CHC_Packages.csv", ("not shown", "not shown", "The digits changed places.")),
    ],
)
def test_what_a_client_s_cell_says_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, file: str, cells: tuple[str, ...]
) -> None:
    made = Correction(file, 7, "weekly_rate", "12,925", "12,952", "The digits changed places.")
    monkeypatch.setattr(shown, "read_corrections", lambda *told: (made,))
    paper = load_paper(PROJECT, Month(2023, 6), "bromley")
    table = shown.corrections_table(ChapterPaper("assurance", paper, Register(), ()))
    assert isinstance(table, Table)
    assert table.rows[0].cells == (f"{file}, row 7, weekly_rate", *cells)
