"""The prescribing chapter: what it shows, and that its wording follows the signs."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from homes import change_rows, copied_home, leave_out
from opened_chapter import chart, long_sentences, opened, said, table, untagged

from boardpack.document.blocks import Block, NotSupplied, numbers_in
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.prescribing.pace import pace_chart, walk_chart
from boardpack.subjects.prescribing.tables import (
    bridge_table,
    forecast_narrative,
    growth_narrative,
    overspend_narrative,
    pace_narrative,
    savings_narrative,
    savings_table,
)

OWNS = ("prescribing", "prescribing_versions")
BLOCKS: tuple[Callable[[ChapterPaper], Block], ...] = (
    overspend_narrative,
    growth_narrative,
    bridge_table,
    pace_narrative,
    pace_chart,
    forecast_narrative,
    savings_narrative,
    savings_table,
)


chapter = partial(opened, "prescribing", owns=OWNS)


@pytest.fixture(scope="module")
def bromley() -> ChapterPaper:
    return chapter()


def spending(home: Path, ppa_budget: str, ledger_actual: str, ledger_variance: str) -> ChapterPaper:
    """Bromley with another PPA budget to date and another ledger spend to date."""

    def ppa(row: dict[str, str]) -> dict[str, str]:
        if row["place"] == "bromley":
            row |= {"ytd_budget": ppa_budget, "annual_budget": "60,000,000"}
        return row

    def ledger(row: dict[str, str]) -> dict[str, str]:
        if row["directorate"] == "Prescribing":
            row |= {"ytd_actual": ledger_actual, "ytd_variance": ledger_variance}
        return row

    change_rows(home, "prescribing_summary.csv", ppa)
    change_rows(home, "position.csv", ledger)
    return chapter(home=home)


def test_the_headline_compares_on_one_named_basis(bromley: ChapterPaper) -> None:
    text = said(overspend_narrative(bromley))
    assert "prescribing in Bromley £2.21m overspent at the end of September 2023" in text
    assert "On the PPA basis Bromley is 9.5% over budget" in text
    assert "10.8% over budget on the same basis" in text
    assert "better than the average" in text
    assert "On the ledger basis the two shares are 9.6% over budget and 10.7% over" in text


def test_estimated_months_are_named(bromley: ChapterPaper) -> None:
    text = said(overspend_narrative(bromley))
    assert "Only 4 months are known, to July 2023; August 2023 and September 2023 are" in text


def test_growth_says_what_it_assumes(bromley: ChapterPaper) -> None:
    text = said(growth_narrative(bromley))
    assert "£1.13m went on two kinds of nationally set prices. Category M is generic" in text
    assert "£1.08m is growth" in text
    assert "assumes that no budget was set for Category M and NCSO" in text


def test_the_bridge_walks_to_the_ledger(bromley: ChapterPaper) -> None:
    block = table(bridge_table(bromley))
    shown = numbers_in(block)
    assert shown[0] == "prescribing.bromley.pmd_excl_cat_m_ncso.ytd_spend"
    assert shown[-1] == "position.bromley.prescribing.ytd_variance"
    assert len(block.rows) == 11


def test_the_pace_of_place_and_icb_is_said_plainly(bromley: ChapterPaper) -> None:
    text = said(pace_narrative(bromley))
    assert "£332k a month on average" in text
    assert "£444k a month: the overspend has quickened" in text
    assert "£1.84m and an overspend of £1.15m a month: the overspend has slowed" in text
    assert "include reserves held centrally" in text
    picture = chart(pace_chart(bromley))
    assert picture.title == (
        "Bromley: the overspend has quickened; South East London ICB: the overspend has slowed"
    )
    assert numbers_in(picture)[:2] == (
        "position.bromley.prescribing.earlier_run_rate",
        "position.icb.prescribing.earlier_run_rate",
    )


def test_the_forecast_has_a_method_and_a_range(bromley: ChapterPaper) -> None:
    text = said(forecast_narrative(bromley))
    assert "£4.45m overspent: £50.8m against a budget of £46.4m" in text
    assert "£4.87m overspent, and the earlier pace £4.20m overspent" in text
    assert "may each bring an overspend of £373k" in text
    assert "The latest months did worse than that" in text


def test_both_versions_of_the_savings_stand_side_by_side(bromley: ChapterPaper) -> None:
    text = said(savings_narrative(bromley))
    assert "and neither says why" in text
    assert "£422k in the finance team's version and £433k in the medicines team's" in text
    assert "33.4% of the year's plan, the same as 4 even months" in text
    shown = table(savings_table(bromley))
    assert [column.label for column in shown.columns[1:]] == [
        "Finance team",
        "Medicines team",
        "Difference",
    ]


def test_a_place_within_budget_reads_as_one(project: Path, tmp_path: Path) -> None:
    paper = spending(copied_home(project, tmp_path), "28,000,000", "22,000", "1,172")
    assert "£1.17m underspent" in said(overspend_narrative(paper))
    assert "under budget" in said(overspend_narrative(paper))
    growth = said(growth_narrative(paper))
    assert "Without them spend would be £3.72m under budget" in growth
    assert "the position is getting better" in said(pace_narrative(paper))
    forecast = said(forecast_narrative(paper))
    assert "£9.16m underspent" in forecast
    walk = chart(walk_chart(paper))
    assert walk.title == "Bromley spends within its prescribing budget"


def test_a_place_on_budget_reads_as_one(project: Path, tmp_path: Path) -> None:
    paper = spending(copied_home(project, tmp_path), "25,409,808", "23,172", "0")
    text = said(overspend_narrative(paper))
    assert "prescribing in Bromley on budget at the end of September 2023" in text
    assert "On the PPA basis Bromley is on budget" in text


def test_a_place_without_earlier_papers_shows_the_walk() -> None:
    paper = chapter("lambeth")
    assert isinstance(pace_narrative(paper), NotSupplied)
    assert chart(pace_chart(paper)).shape == "waterfall"
    shown = table(savings_table(paper))
    assert [column.label for column in shown.columns[1:]] == ["Medicines team"]
    assert "No finance version was supplied" in said(savings_narrative(paper))


def test_the_icb_takes_what_is_held_centrally_out_of_growth() -> None:
    paper = chapter("icb")
    assert "The other £6.66m is growth" in said(growth_narrative(paper))
    assert "the finance team's own: an underspend" in said(forecast_narrative(paper))
    walk = chart(walk_chart(paper))
    assert walk.categories[-2:] == ("Held centrally", "Spend to date")
    values = [int(number.value) for number in walk.series[0].values if number]
    assert abs(sum(values[:-1]) - values[-1]) <= 5


def test_without_extracts_every_block_says_so(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    leave_out(
        home,
        "prescribing_summary.csv",
        "prescribing_savings_plan.csv",
        "prescribing_savings_position.csv",
        "prescribing_run_rate_drugs.csv",
        "place_savings.csv",
    )
    paper = chapter("lambeth", home)
    shown = [block(paper) for block in BLOCKS]
    assert [type(block) for block in shown[1:]] == [NotSupplied] * (len(BLOCKS) - 1)
    assert "£1.90m overspent" in said(shown[0])


def test_the_commentary_names_only_figures(bromley: ChapterPaper) -> None:
    commentary = bromley.commentary()
    assert commentary is not None
    assert numbers_in(commentary) == ("prescribing.icb.nice_drugs.drugs_with_significant_increase",)
    assert not re.search(r"\d", untagged(commentary))


@pytest.mark.parametrize("place", ["bromley", "lambeth", "icb"])
def test_no_sentence_is_longer_than_thirty_words(place: str) -> None:
    paper = chapter(place)
    for block in BLOCKS:
        assert not long_sentences(block(paper))
