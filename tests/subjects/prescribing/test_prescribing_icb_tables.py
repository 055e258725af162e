"""The prescribing appendix: every place, both bases, the savings plan and its open differences."""

from __future__ import annotations

import re
import shutil
from functools import partial
from pathlib import Path

import pytest
from homes import copied_home, leave_out
from opened_chapter import cells, chart, long_sentences, opened, said, table, untagged

from boardpack.document.blocks import MARKER, NotSupplied, numbers_in
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.prescribing import icb_tables as prescribing_icb
from boardpack.subjects.prescribing import savings_tables as prescribing_savings

SPEND = (
    prescribing_icb.parts_narrative,
    prescribing_icb.parts_table,
    prescribing_icb.bases_narrative,
    prescribing_icb.bases_table,
    prescribing_icb.share_chart,
    prescribing_icb.bridge_table,
    prescribing_icb.forecast_narrative,
    prescribing_icb.forecast_table,
    prescribing_icb.pace_narrative,
    prescribing_icb.pace_table,
)
SAVINGS = (
    prescribing_savings.plan_narrative,
    prescribing_savings.plan_table,
    prescribing_savings.position_narrative,
    prescribing_savings.position_table,
    prescribing_savings.drugs_narrative,
    prescribing_savings.drugs_table,
)
# What is not supplied is said in place of the words, and not again for the table.
SAID_ONCE = (
    prescribing_savings.plan_table,
    prescribing_savings.position_table,
    prescribing_savings.drugs_table,
)


chapter = partial(opened, "prescribing_icb", owns=("prescribing_savings",))


@pytest.fixture(scope="module")
def bromley() -> ChapterPaper:
    return chapter()


def test_every_part_stands_for_every_place_in_pounds(bromley: ChapterPaper) -> None:
    shown = table(prescribing_icb.parts_table(bromley))
    assert len(shown.columns) == 9
    by_part = cells(shown)
    assert by_part["Forecast (over) / under"][-1] == "(18,310,711)"
    assert by_part["Spend to date"][1] == "25,409,808"


def test_both_bases_stand_side_by_side(bromley: ChapterPaper) -> None:
    by_place = cells(prescribing_icb.bases_table(bromley))
    assert by_place["Bromley"] == ["(2,213)", "(9.5%)", "(2,213)", "(9.6%)"]
    assert by_place["Places together"] == ["(12,001)", "(10.8%)", "(11,896)", "(10.7%)"]


def test_the_bridge_by_place(bromley: ChapterPaper) -> None:
    by_place = cells(prescribing_icb.bridge_table(bromley))
    assert by_place["Southwark"] == ["770", "937", "(1,707)", "93", "(1,614)"]
    assert by_place["Places together"][1] == "6,661"
    assert by_place["South East London ICB"][1] == "6,661"


def test_the_printed_growth_is_explained(bromley: ChapterPaper) -> None:
    text = said(prescribing_icb.bases_narrative(bromley))
    assert "£6.66m is growth" in text
    assert "Set against the £2.24m held centrally, that leaves £4.42m for the whole ICB" in text
    assert "from £9.76m overspent on the PPA basis to £9.66m overspent in the ledger" in text


def test_the_chart_ranks_the_places(bromley: ChapterPaper) -> None:
    picture = chart(prescribing_icb.share_chart(bromley))
    assert picture.title == "Greenwich is furthest over its prescribing budget"
    assert picture.target is not None
    assert picture.target.text == "(10.8%)"


def test_the_pace_names_its_months(bromley: ChapterPaper) -> None:
    shown = table(prescribing_icb.pace_table(bromley))
    assert [column.label for column in shown.columns[1:3]] == [
        "To July 2023",
        "Since, to September 2023",
    ]
    assert cells(shown)["Bromley"] == ["(332)", "(444)", "(4,202)", "(4,874)"]
    assert "The pace has quickened" in said(prescribing_icb.pace_narrative(bromley))


def test_the_plan_shows_its_open_differences(bromley: ChapterPaper) -> None:
    shown = table(prescribing_savings.plan_table(bromley))
    assert len([row for row in shown.rows if row.kind == "line"]) == 23
    notes = MARKER.sub(r"\2", " ".join(shown.notes))
    assert "the source report prints 433,723, but its parts add up to 426,690" in notes
    assert "£7k more" in said(prescribing_savings.plan_narrative(bromley))


def test_savings_by_place_stand_against_their_phasing(bromley: ChapterPaper) -> None:
    shown = table(prescribing_savings.position_table(bromley))
    by_kind = cells(shown)
    assert by_kind["All savings to date"][-1] == "1,891,601"
    assert by_kind["(Short of) / ahead of phasing"][1] == "(153,031)"
    assert by_kind["Branded generics"][0] == ""
    assert "4,627,813" in MARKER.sub(r"\2", " ".join(shown.notes))


def test_the_cost_of_run_rate_drugs_has_fallen(bromley: ChapterPaper) -> None:
    assert "has fallen by £463k" in said(prescribing_savings.drugs_narrative(bromley))
    shown = table(prescribing_savings.drugs_table(bromley))
    assert cells(shown)["Together"] == ["(463,299)"]
    assert shown.notes


@pytest.mark.parametrize("place", ["lambeth", "icb"])
def test_other_papers_show_the_same_tables(place: str) -> None:
    paper = chapter(place)
    for block in (*SPEND[:8], *SAVINGS):
        assert not isinstance(block(paper), NotSupplied)
    assert list(cells(prescribing_icb.pace_table(paper))) == ["South East London ICB"]


def test_without_extracts_every_block_says_so(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    leave_out(
        home,
        "prescribing_summary.csv",
        "prescribing_savings_plan.csv",
        "prescribing_savings_position.csv",
        "prescribing_run_rate_drugs.csv",
    )
    shutil.rmtree(home / "data" / "released")
    paper = chapter("lambeth", home)
    for block in (*SPEND, *SAVINGS):
        made = block(paper)
        assert made is None if block in SAID_ONCE else isinstance(made, NotSupplied)


def test_the_commentary_names_only_figures(bromley: ChapterPaper) -> None:
    commentary = bromley.commentary()
    assert commentary is not None
    assert "prescribing.icb.nutritional_products.cost_pressure" in numbers_in(commentary)
    assert not re.search(r"\d", untagged(commentary))


def test_no_sentence_is_longer_than_thirty_words(bromley: ChapterPaper) -> None:
    for block in (*SPEND, *SAVINGS):
        assert not long_sentences(block(bromley))
