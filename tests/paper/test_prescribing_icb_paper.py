"""The prescribing appendix: every place, both bases, the savings plan and its open differences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from homes import copied_home, leave_out

from boardpack.paper import prescribing_icb, prescribing_savings
from boardpack.paper.blocks import MARKER, Block, Chart, Narrative, NotSupplied, Table, numbers_in
from boardpack.paper.chapter import ChapterPaper, open_chapter

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


def chapter(home: Path, place: str = "bromley") -> ChapterPaper:
    owns = ("prescribing_savings",)
    return open_chapter("prescribing_icb", "2023-24", "M06", place, str(home), owns=owns)


@pytest.fixture(scope="module")
def bromley() -> ChapterPaper:
    return chapter(Path(__file__).resolve().parents[2])


def said(block: Block) -> str:
    assert isinstance(block, Narrative)
    return MARKER.sub(r"\2", block.markdown)


def table(block: Block) -> Table:
    assert isinstance(block, Table)
    return block


def texts(shown: Table) -> dict[str, list[str]]:
    return {
        str(row.cells[0]): [c if isinstance(c, str) else c.text for c in row.cells[1:]]
        for row in shown.rows
    }


def test_every_part_stands_for_every_place_in_pounds(bromley: ChapterPaper) -> None:
    shown = table(prescribing_icb.parts_table(bromley))
    assert len(shown.columns) == 9
    cells = texts(shown)
    assert cells["Forecast (over) / under"][-1] == "(18,310,711)"
    assert cells["Spend to date"][1] == "25,409,808"


def test_both_bases_stand_side_by_side(bromley: ChapterPaper) -> None:
    cells = texts(table(prescribing_icb.bases_table(bromley)))
    assert cells["Bromley"] == ["(2,213)", "(9.5%)", "(2,213)", "(9.6%)"]
    assert cells["Places together"] == ["(12,001)", "(10.8%)", "(11,896)", "(10.7%)"]


def test_the_bridge_by_place(bromley: ChapterPaper) -> None:
    cells = texts(table(prescribing_icb.bridge_table(bromley)))
    assert cells["Southwark"] == ["770", "937", "(1,707)", "93", "(1,614)"]
    assert cells["Places together"][1] == "6,661"
    assert cells["South East London ICB"][1] == "4,424"


def test_the_printed_growth_is_explained(bromley: ChapterPaper) -> None:
    text = said(prescribing_icb.bases_narrative(bromley))
    assert "£6.66m is growth" in text
    assert "£4,424k, because £2.24m held centrally is set against it" in text


def test_the_chart_ranks_the_places(bromley: ChapterPaper) -> None:
    chart = prescribing_icb.share_chart(bromley)
    assert isinstance(chart, Chart)
    assert chart.title == "Greenwich is furthest over its prescribing budget"
    assert chart.target is not None
    assert chart.target.text == "(10.8%)"


def test_the_pace_names_its_months(bromley: ChapterPaper) -> None:
    shown = table(prescribing_icb.pace_table(bromley))
    assert [column.label for column in shown.columns[1:3]] == [
        "To July 2023",
        "Since, to September 2023",
    ]
    assert texts(shown)["Bromley"] == ["(332)", "(444)", "(4,202)", "(4,874)"]
    assert "The pace has quickened" in said(prescribing_icb.pace_narrative(bromley))


def test_the_plan_shows_its_open_differences(bromley: ChapterPaper) -> None:
    shown = table(prescribing_savings.plan_table(bromley))
    assert len([row for row in shown.rows if row.kind == "line"]) == 23
    notes = MARKER.sub(r"\2", " ".join(shown.notes))
    assert "the extract prints 433,723, but its parts add up to 426,690" in notes
    assert "£7,034 more" in said(prescribing_savings.plan_narrative(bromley))


def test_savings_by_place_stand_against_their_phasing(bromley: ChapterPaper) -> None:
    shown = table(prescribing_savings.position_table(bromley))
    cells = texts(shown)
    assert cells["All savings to date"][-1] == "1,891,601"
    assert cells["(Short of) / ahead of phasing"][1] == "(153,031)"
    assert cells["Branded generics"][0] == ""
    assert "4,627,813" in MARKER.sub(r"\2", " ".join(shown.notes))


def test_the_cost_of_run_rate_drugs_has_fallen(bromley: ChapterPaper) -> None:
    assert "has fallen by £463k" in said(prescribing_savings.drugs_narrative(bromley))
    shown = table(prescribing_savings.drugs_table(bromley))
    assert texts(shown)["Together"] == ["(463,299)"]
    assert shown.notes


@pytest.mark.parametrize("place", ["lambeth", "icb"])
def test_other_papers_show_the_same_tables(place: str, project: Path) -> None:
    paper = chapter(project, place)
    for block in (*SPEND[:8], *SAVINGS):
        assert not isinstance(block(paper), NotSupplied)
    assert isinstance(prescribing_icb.pace_table(paper), NotSupplied)


def test_without_extracts_every_block_says_so(project: Path, tmp_path: Path) -> None:
    home = copied_home(project, tmp_path)
    leave_out(
        home,
        "prescribing_summary.csv",
        "prescribing_savings_plan.csv",
        "prescribing_savings_position.csv",
        "prescribing_run_rate_drugs.csv",
    )
    paper = chapter(home, "lambeth")
    for block in (*SPEND, *SAVINGS):
        assert isinstance(block(paper), NotSupplied)


def test_the_commentary_names_only_figures(bromley: ChapterPaper) -> None:
    commentary = bromley.commentary()
    assert commentary is not None
    assert "prescribing.icb.nutritional_products.cost_pressure" in numbers_in(commentary)
    assert not re.search(r"\d", MARKER.sub("", commentary.markdown))


def test_no_sentence_is_longer_than_thirty_words(bromley: ChapterPaper) -> None:
    for block in (*SPEND, *SAVINGS):
        shown = block(bromley)
        if isinstance(shown, Narrative):
            for sentence in re.split(r"(?<=\.)\s+", said(shown)):
                assert len(sentence.split()) <= 30, sentence
