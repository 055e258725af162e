"""A month after one that was released, and a year after one that is over, fail no check.

The short form of the year that is lived: nothing is rendered, and a month is released by keeping
the register that its paper would have shown.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.build.examine import examine
from boardpack.build.records import figures_record
from boardpack.checks import Check
from boardpack.demo.icb import month_of
from boardpack.demo.make import make_demo
from boardpack.figures.register import Register
from boardpack.params import load_paper
from boardpack.periods import Month
from boardpack.sources.released import FILE, released_folder
from lived_home import put

PAPERS = ("alderwick", "icb")
TURNS = ((6, "M06"), (12, "2024-25 M12"))
"""The month that is released, and how the month after it names it."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Thirteen months of the made-up ICB; the tests release some of them."""
    folder = tmp_path_factory.mktemp("turns") / "home"
    make_demo(folder, months=13)
    return folder


def _examined(home: Path, month: Month, place: str) -> tuple[Register, list[Check]]:
    register, checks = examine(load_paper(home, month, place))
    return register, [check for check in checks if check.status == "fail"]


def _release(home: Path, month: Month, place: str) -> None:
    """Keep a paper's register as a release keeps it, for a month in which nothing fails."""
    register, failing = _examined(home, month, place)
    assert [check.id for check in failing] == []
    paper = load_paper(home, month, place)
    folder = home / released_folder(paper, month)
    folder.mkdir(parents=True)
    (folder / FILE).write_text(figures_record(paper, register), encoding="utf-8")


@pytest.mark.parametrize(("number", "named"), TURNS, ids=["month", "year"])
def test_nothing_fails_in_the_month_after_a_release(home: Path, number: int, named: str) -> None:
    released, month = month_of(number), month_of(number + 1)
    for place in PAPERS:
        _release(home, released, place)
    put(home / f"params/{month.year_folder}/{month.code}.yml", "compare_with", [named])
    for place in PAPERS:
        _, failing = _examined(home, month, place)
        assert [(check.id, check.severity) for check in failing] == [], place
