"""The savings and efficiency chapters: their tables, and their words for each sign."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from homes import change_rows, changed, copied_home, leave_out
from opened_chapter import PLACES, PROJECT, chart, long_sentences, opened, rows, said

from boardpack.document.blocks import Block, NotSupplied, numbers_in
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.savings import efficiency_tables as efficiency
from boardpack.subjects.savings import tables as savings

BLOCKS: tuple[Callable[[ChapterPaper], Block], ...] = (
    savings.savings_narrative,
    savings.savings_table,
    savings.savings_chart,
    savings.plan_narrative,
    savings.kinds_narrative,
)
APPENDIX: tuple[Callable[[ChapterPaper], Block], ...] = (
    efficiency.schemes_narrative,
    efficiency.schemes_table,
    efficiency.schemes_chart,
    efficiency.delivery_narrative,
    efficiency.movement_narrative,
    efficiency.movement_table,
)


chapter = partial(opened, "savings")
appendix = partial(opened, "efficiency", reads=("savings",))


@pytest.mark.parametrize("place", PLACES)
def test_every_block_of_every_place_shows_figures(place: str) -> None:
    for make in BLOCKS:
        block = make(chapter(place))
        is_missing = make is savings.kinds_narrative and place != "bromley"
        assert isinstance(block, NotSupplied) == is_missing
    for make in APPENDIX:
        assert numbers_in(make(appendix(place)))


@pytest.mark.parametrize("place", PLACES)
def test_sentences_are_short(place: str) -> None:
    made = [make(chapter(place)) for make in BLOCKS]
    made += [make(appendix(place)) for make in APPENDIX]
    for block in made:
        assert not long_sentences(block)


def test_blocks_of_one_chapter_have_ids_of_their_own() -> None:
    for ids in (
        [make(chapter()).id for make in BLOCKS],
        [make(appendix()).id for make in APPENDIX],
    ):
        assert len(set(ids)) == len(ids)


def test_the_table_shows_directorates_of_the_place_that_reports_them() -> None:
    shown = rows(savings.savings_table(chapter()))
    assert len(shown) == 10
    assert shown[5] == [
        "Prescribing", "661", "422", "(239)", "1,982", "1,586", "(396)", "33.4%",
    ]  # fmt: skip
    assert shown[-1][1:7] == ["2,835", "2,727", "(108)", "7,429", "7,108", "(321)"]


def test_another_place_is_told_by_its_efficiency_line() -> None:
    words = said(savings.savings_narrative(chapter("lambeth")))
    assert "has identified schemes for £5.77m" in words
    assert "£1.08m more than it must save" in words
    assert "£332k ahead of plan" in words
    assert "Schemes for £41k have still to be found" in said(
        savings.savings_narrative(chapter("bexley"))
    )
    assert rows(savings.savings_table(chapter("lambeth")))[-1][0] == "South East London ICB"


def test_the_words_say_who_is_behind_and_who_is_ahead() -> None:
    words = said(savings.savings_narrative(chapter()))
    assert "£108k short of plan" in words
    assert "behind plan in prescribing (£239k)" in words
    assert "ahead of it in continuing care services (£131k)" in words
    assert "end £321k short of plan" in words


def test_the_chart_names_the_line_that_is_furthest_behind() -> None:
    picture = chart(savings.savings_chart(chapter()))
    assert picture.title == "Prescribing is furthest behind its savings plan"
    assert "Mental Health Services" not in picture.categories
    assert picture.unit == "£000s, larger lines only"
    assert "Prescribing: 661 planned, 422 saved" in picture.alt
    assert chart(savings.savings_chart(chapter("lambeth"))).unit == "£000s"


@pytest.mark.parametrize(
    ("actual", "words", "title"),
    [
        (
            "661",
            "Savings are ahead of plan in continuing care services",
            "No savings are behind plan",
        ),
        ("700", "prescribing (£39k). Nothing is behind", "No savings are behind plan"),
        ("600", "behind plan in prescribing (£61k)", "Prescribing is furthest behind"),
    ],
)
def test_the_words_follow_the_sign(actual: str, words: str, title: str, tmp_path: Path) -> None:
    where = {"directorate": "Prescribing"}
    home = changed(tmp_path, "place_savings.csv", where, {"ytd_actual": actual})
    assert words in said(savings.savings_narrative(chapter(home=home)))
    assert chart(savings.savings_chart(chapter(home=home))).title.startswith(title)


def test_a_place_on_plan_everywhere_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    change_rows(home, "place_savings.csv", lambda r: {**r, "ytd_actual": r["ytd_plan"]})
    words = said(savings.savings_narrative(chapter(home=home)))
    assert "which is on plan" in words
    assert "Every directorate is on plan" in words


def test_the_plan_says_what_is_automatic_and_what_recurs() -> None:
    words = said(savings.kinds_narrative(chapter()))
    assert "£2.68m or 36.1% of the plan" in words
    assert "delivered 92.8% of what was due" in words
    assert "£6.04m (81.2%) is recurrent" in words
    assert "£1.39m is saved this year only" in words


def test_a_surplus_that_hides_a_gap_is_said_plainly() -> None:
    words = said(efficiency.schemes_narrative(appendix()))
    assert "£845k more than they must" in words
    assert "The total hides a gap." in words
    assert "Lambeth (£1.08m) and Southwark (£128k) have identified £1.21m more" in words
    assert "Bromley (£322k) and Bexley (£41k) are £363k short" in words


@pytest.mark.parametrize(
    ("identified", "words"),
    [("3,000", "Schemes are still missing in"), ("9,000", "No place has a gap")],
)
def test_nothing_is_hidden_where_all_places_are_on_one_side(
    identified: str, words: str, tmp_path: Path
) -> None:
    home = copied_home(PROJECT, tmp_path)
    change_rows(home, "efficiency_schemes.csv", lambda r: {**r, "identified": identified})
    block = said(efficiency.schemes_narrative(appendix(home=home)))
    assert words in block
    assert "hides" not in block


def test_the_movement_since_last_month_is_told_by_sign() -> None:
    words = said(efficiency.movement_narrative(appendix()))
    assert "were £1.03m short of the requirement. They are now £322k short of it" in words
    assert "which is better" in words
    assert "from £89k short of plan to £108k short of plan" in words
    assert "a rise of £705k, came from Bromley" in words
    nil = said(efficiency.movement_narrative(appendix("greenwich")))
    assert "exactly at the requirement" in nil
    assert "nothing has changed" in nil


def test_a_month_without_savings_data_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "place_savings.csv", "efficiency_schemes.csv")
    for make in BLOCKS:
        assert isinstance(make(chapter(home=home)), NotSupplied)


def test_each_notebook_records_its_own_figures() -> None:
    for paper in (chapter(), appendix()):
        recorded = {str(figure["id"]).split(".")[0] for figure in paper.workings().figures}
        assert recorded == {paper.name}


def test_the_commentary_resolves() -> None:
    assert "quality" in said(chapter().commentary())
    assert "£29.1m" in said(appendix().commentary())
