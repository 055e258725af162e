"""What the paper says of care against its budget, of prices, and of the way to the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from budget_home import budget_home
from homes import PROJECT
from opened_chapter import long_sentences, opened, rows, said, untagged
from packages_home import record, two_months

from boardpack.document.blocks import Block, Chart, numbers_in
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.chc import budget_tables as chc_budget
from boardpack.subjects.chc import prices_tables as chc_prices

BLOCKS: tuple[Callable[[ChapterPaper], Block | None], ...] = (
    chc_budget.budget_narrative,
    chc_budget.budget_chart,
    chc_budget.budget_kinds_table,
    chc_budget.budget_places_table,
    chc_prices.inflation_narrative,
    chc_prices.inflation_table,
    chc_prices.high_cost_share,
    chc_prices.high_cost_cost_table,
    chc_prices.reconciliation_narrative,
    chc_prices.reconciliation_table,
)
ITEMS = [{"place": "bromley", "kind": "adjustment", "item": "Refund", "ytd_actual": "-9,000"}]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> ChapterPaper:
    old = {"start_date": "2022-01-01"}
    more = [record(n, weekly_rate="1400", rate_end="2023-08-31", **old) for n in range(80, 90)]
    more += [record(n, weekly_rate="1600", rate_start="2023-09-01", **old) for n in range(80, 90)]
    home = tmp_path_factory.mktemp("budget")
    return opened("chc", "bromley", budget_home(home, [*two_months(), *more], items=ITEMS))


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


@pytest.mark.parametrize(
    "make", [make for make in BLOCKS if make.__name__.endswith(("narrative", "share"))]
)
def test_no_digit_is_written_by_hand(
    make: Callable[[ChapterPaper], Block], paper: ChapterPaper
) -> None:
    text = re.sub(r"[A-Z][a-z]+ 20\d\d", "", untagged(make(paper)))
    assert not re.findall(r"\d", text)


def test_the_words(paper: ChapterPaper) -> None:
    text = said(chc_budget.budget_narrative(paper))
    assert "Packages of care have cost Bromley £1.29m in the year to date." in text
    assert "above their budget of £801k" in text
    price = said(chc_prices.inflation_narrative(paper))
    assert "the NHS now pays 14.3% more a week" in price
    assert "The budget funds 1.8%." in price
    ledger = said(chc_prices.reconciliation_narrative(paper))
    assert "The team names adjustments in the ledger, which take off £9k." in ledger
    assert "is not explained" in ledger


def test_the_picture_walks_from_budget_to_actual(paper: ChapterPaper) -> None:
    chart = chc_budget.budget_chart(paper)
    assert isinstance(chart, Chart)
    values = [number for number in chart.series[0].values if number is not None]
    assert sum(float(one.value) for one in values[:-1]) == pytest.approx(float(values[-1].value))
    assert not values[0].adverse
    assert [one.adverse for one in values[1:-1]] == [float(one.value) > 0 for one in values[1:-1]]


def test_the_way_to_the_ledger_ends_at_the_ledger(paper: ChapterPaper) -> None:
    found = rows(chc_prices.reconciliation_table(paper))
    assert [row[0] for row in found] == [
        "Packages of care",
        "NHS-funded nursing care",
        "One-off costs",
        "Adjustments in the ledger",
        "Not explained",
        "Ledger",
    ]
    assert found[3][2] == "(9)"


def test_schedules_say_what_one_per_cent_costs_and_what_they_cannot_tell() -> None:
    text = said(chc_prices.one_percent_narrative(opened("chc", "bromley", PROJECT)))
    assert "The budgets fund a price rise of 1.80%." in text
    assert "the rest of the year would cost £688k more" in text
