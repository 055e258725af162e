"""Headline figures of the ICB report that a finance reader can check by hand."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from boardpack.core.money import round_half_up
from boardpack.figures.register import Register

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "icb_report.csv"
with GOLDEN.open(encoding="utf-8") as _file:
    ROWS = [(row["id"], row["value"]) for row in csv.DictReader(_file)]


@pytest.mark.parametrize(("name", "value"), ROWS)
def test_the_paper_shows_the_golden_figure(name: str, value: str, register: Register) -> None:
    golden = Decimal(value)
    step = Decimal(1).scaleb(int(golden.as_tuple().exponent))
    assert round_half_up(register.agreed(name).value, step) == golden
