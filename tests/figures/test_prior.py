"""A number printed again is held to what was published, at the precision in which it was."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from figure_of_total import FIGURE

from boardpack.core.params import load_paper
from boardpack.figures.chapters import compute
from boardpack.figures.figure import Figure, figure_from_json
from boardpack.figures.prior import said_again
from boardpack.render.records import figures_record
from boardpack_demo.icb import month_of
from boardpack_demo.make import make_demo

EXACT = None


def figure_of(value: str, step: str | None, unit: str, margin: str = "0") -> Figure:
    return replace(
        figure_from_json(FIGURE),
        value=Decimal(value),
        step=None if step is None else Decimal(step),
        unit=unit,
        margin=Decimal(margin),
    )


@pytest.mark.parametrize(
    ("now", "step_now", "then", "step_then", "unit", "is_restated"),
    [
        ("6121.518956", EXACT, "6121.518956", EXACT, "GBP_PER_CLIENT_MONTH", False),
        ("6121.52", EXACT, "6122", "1", "GBP_PER_CLIENT_MONTH", False),
        ("6121.49", EXACT, "6122", "1", "GBP_PER_CLIENT_MONTH", True),
        ("6122.49", EXACT, "6121.51", EXACT, "GBP", False),  # both print 6,122
        ("6122.50", EXACT, "6122.49", EXACT, "GBP", True),  # 6,123 and 6,122
        ("-0.5", EXACT, "0.5", EXACT, "GBP", True),  # (1) and 1: the sign is told
        ("-0.49", EXACT, "0.49", EXACT, "GBP", False),
        ("4813000", "1000", "4812500", EXACT, "GBP", False),  # half up
        ("4812000", "1000", "4812500", EXACT, "GBP", True),
        ("4813000", "1000", "4812000", "1000", "GBP", True),
        ("4812501", "1", "4813000", "1000", "GBP", False),
        ("9.5", "0.1", "9.5449", EXACT, "PCT", False),
        ("9.544", EXACT, "9.545", EXACT, "PCT", True),
        ("9.5450", EXACT, "9.5499", EXACT, "PCT", False),
        ("7", "1", "8", "1", "COUNT", True),
        ("0", "1", "0", "1", "COUNT", False),
        ("0.50004", EXACT, "0.5", EXACT, "RATE", False),
        ("0.50006", EXACT, "0.5", EXACT, "RATE", True),
    ],
)
def test_it_is_restated_where_two_papers_would_print_two_things(
    now: str, step_now: str | None, then: str, step_then: str | None, unit: str, is_restated: bool
) -> None:
    again = said_again(figure_of(now, step_now, unit), figure_of(then, step_then, unit))
    assert again.is_restated is is_restated


@pytest.mark.parametrize(("apart", "is_restated"), [("1500", False), ("1501", True)])
def test_a_sum_of_rounded_parts_may_lie_its_margin_from_what_was_published(
    apart: str, is_restated: bool
) -> None:
    now = figure_of(str(2_000_000 + int(apart)), None, "GBP", margin="1500")
    assert said_again(now, figure_of("2000000", None, "GBP")).is_restated is is_restated


def test_a_printed_number_has_no_margin_of_its_own() -> None:
    now = figure_of("2001000", "1000", "GBP", margin="500")
    assert said_again(now, figure_of("2000000", "1000", "GBP")).is_restated


def test_month_after_month_a_register_carries_the_months_compared_with_and_no_more(
    tmp_path: Path,
) -> None:
    make_demo(tmp_path, months=6)
    carried = []
    for number in range(1, 7):
        paper = load_paper(tmp_path, month_of(number), "alderwick")
        register = compute(paper, "position")
        folder = tmp_path / "data/released" / paper.month.year_folder / paper.month.code
        (folder / "alderwick").mkdir(parents=True)
        text = figures_record(paper, register)
        (folder / "alderwick/figures.json").write_text(text, encoding="utf-8")
        months = [re.findall(r"\.m\d\d", f.id) for f in register if f.chapter == "position"]
        assert max(map(len, months)) <= 1
        carried.append(sum(map(len, months)))
    assert carried[0] == 0
    assert 0 < carried[1] < carried[2] < carried[3] == carried[4] == carried[5], carried
