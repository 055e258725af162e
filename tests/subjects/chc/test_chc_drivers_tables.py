"""What the paper says of the change in the cost of care since last month."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from homes import PROJECT
from opened_chapter import long_sentences, opened, rows, said, untagged
from packages_home import packages_home, record, two_months

from boardpack.document.blocks import Block, Chart, Narrative, NotSupplied, Table, numbers_in
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.chc import drivers_icb_tables as chc_drivers_icb
from boardpack.subjects.chc import drivers_tables as chc_drivers

NAMES_WITH_DIGITS = re.compile(r"[A-Z][a-z]+ 20\d\d")
BLOCKS: tuple[Callable[[ChapterPaper], Block | None], ...] = (
    chc_drivers.drivers_narrative,
    chc_drivers.drivers_table,
    chc_drivers.drivers_chart,
    chc_drivers_icb.bases_table,
    chc_drivers_icb.kinds_table,
    chc_drivers_icb.places_table,
    chc_drivers_icb.apart_table,
)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> ChapterPaper:
    home = packages_home(tmp_path_factory.mktemp("drivers"), two_months())
    return opened("chc", "bromley", home)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> ChapterPaper:
    """A paper of Lewisham, which has three clients."""
    few = [record(n, "lewisham") for n in range(3)]
    home = packages_home(tmp_path_factory.mktemp("few"), [*two_months(), *few])
    return opened("chc", "lewisham", home)


@pytest.mark.parametrize("make", BLOCKS)
def test_every_block_shows_figures(
    make: Callable[[ChapterPaper], Block], paper: ChapterPaper
) -> None:
    block = make(paper)
    assert numbers_in(block)
    assert not long_sentences(block)


@pytest.mark.parametrize("make", BLOCKS)
def test_a_month_of_schedules_shows_nothing(make: Callable[[ChapterPaper], Block]) -> None:
    assert make(opened("chc", "bromley", PROJECT)) is None


def test_the_words(paper: ChapterPaper) -> None:
    block = chc_drivers.drivers_narrative(paper)
    text = said(block)
    for words in (
        "care in September 2023 costs Bromley £177k, a rise of £28k since August 2023",
        "The amount of care takes off £1k: the month is shorter",
        "and that alone takes off £5k",
        "The change in the kinds of care adds £26k, and the price of care adds £3k",
        "Those who joined number 9, and those who left 8.",
        "changed for 10 of those who stayed",
        "the rest of the year would cost £11k more",
    ):
        assert words in text
    assert not re.findall(r"\d", NAMES_WITH_DIGITS.sub("", untagged(block)))


def test_the_steps_of_the_place(paper: ChapterPaper) -> None:
    assert rows(chc_drivers.drivers_table(paper)) == [
        ["Cost of August 2023", "149"],
        ["More or less care", "(1)"],
        ["A change in the kinds of care", "26"],
        ["Price", "3"],
        ["Cost of September 2023", "177"],
    ]


def test_the_picture_walks_from_cost_to_cost_and_marks_what_adds_to_it(paper: ChapterPaper) -> None:
    chart = chc_drivers.drivers_chart(paper)
    assert isinstance(chart, Chart)
    values = [number for number in chart.series[0].values if number is not None]
    assert sum(float(one.value) for one in values[:-1]) == pytest.approx(float(values[-1].value))
    assert [one.adverse for one in values] == [False, False, True, True, False]
    assert (
        chart.title
        == "A change in the kinds of care is the largest part of the change since August 2023"
    )


def test_few_people_are_said_to_be_too_few(small: ChapterPaper) -> None:
    for make in (chc_drivers.drivers_narrative, chc_drivers.drivers_chart):
        block = make(small)
        assert isinstance(block, NotSupplied)
        assert "too small to show" in block.why
    assert chc_drivers_icb.kinds_table(small) is None
    assert chc_drivers_icb.bases_table(small) is None
    table = chc_drivers_icb.places_table(small)
    assert isinstance(table, Table)
    assert [row.cells[0] for row in table.rows] == ["Bromley"]
    assert isinstance(chc_drivers.drivers_narrative(small, "bromley"), Narrative)
