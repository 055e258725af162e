"""The programmes chapter and its detail: budget, like-for-like activity, and what is not known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from homes import Record, change_rows, copied_home, leave_out
from opened_chapter import PROJECT, chart, long_sentences, opened, rows, said, table

from boardpack.document.blocks import MARKER, Block, NotSupplied, numbers_in
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.activity import programmes_tables as programmes
from boardpack.subjects.activity import tables as activity

BLOCKS: tuple[Callable[[ChapterPaper], Block], ...] = (
    programmes.budget_narrative,
    programmes.budget_table,
    programmes.activity_narrative,
    activity.same_months_table,
    activity.same_months_chart,
)
# What is not supplied is said in place of the words, and not again for the table.
SAID_ONCE = (programmes.budget_table,)


chapter = partial(opened, "programmes")


def test_every_block_shows_figures_and_has_an_id_of_its_own() -> None:
    made = [make(chapter()) for make in BLOCKS]
    assert all(numbers_in(block) for block in made)
    assert len({block.id for block in made}) == len(made)


@pytest.mark.parametrize("place", ["lambeth", "icb"])
def test_a_place_without_data_says_so(place: str) -> None:
    for make in BLOCKS:
        block = make(chapter(place))
        assert block is None if make in SAID_ONCE else isinstance(block, NotSupplied)
    for setting in activity.SETTINGS:
        assert isinstance(activity.monthly_table(chapter(place), setting), NotSupplied)
    assert isinstance(programmes.full_budget_table(chapter(place)), NotSupplied)


def test_sentences_are_short() -> None:
    made = [make(chapter()) for make in BLOCKS] + [chapter().commentary()]
    for block in made:
        assert not long_sentences(block)


def test_the_budget_says_who_manages_what() -> None:
    words = said(programmes.budget_narrative(chapter()))
    assert "£462.3m of it centrally (65.9%)" in words
    assert "the place manages £239.1m (34.1%)" in words
    assert "No other place of the ICB has a larger budget" in words
    assert "King's College Hospital (KCH), £276.5m" in words
    assert "About 90% of the King's College Hospital budget" in words
    assert "risen by £2.62m, to £241.7m" in words


def test_the_brief_budget_leads_with_its_parts() -> None:
    shown = rows(programmes.budget_table(chapter()))
    assert shown[0] == ["Managed centrally", "462,307", "65.9%"]
    assert shown[2] == ["of which King's College Hospital (KCH)", "276,536", "39.4%"]
    assert shown[-1] == ["Total", "701,408", "100.0%"]
    assert len(shown) == 10


def test_the_full_budget_has_every_line() -> None:
    shown = rows(programmes.full_budget_table(chapter()))
    assert sum(len(row) > 1 for row in shown) == 28
    assert [row[0] for row in shown if len(row) == 1] == [
        "Managed centrally",
        "Managed by the place",
    ]


def test_a_part_year_stands_beside_the_same_months() -> None:
    block = table(activity.same_months_table(chapter()))
    assert "April to September of each year" in block.caption
    assert rows(block)[0][1:] == ["547", "555", "496", "(59)", "(10.6%)"]
    assert rows(block)[2] == ["Outpatient attendances", "1,545", "1,120", "1,173", "53", "4.7%"]


def test_the_words_follow_the_changes() -> None:
    words = said(programmes.activity_narrative(chapter()))
    assert "planned spells have fallen by 10.6%" in words
    assert "outpatient attendances have risen by 4.7%" in words
    assert "opposite directions" in words
    assert "It has no costs" in words
    picture = chart(activity.same_months_chart(chapter()))
    assert picture.title == (
        "Planned spells and unplanned spells are down on last year; outpatient attendances are up"
    )
    assert "Planned spells 547 in 2021/22, 555 in 2022/23, 496 in 2023/24" in picture.alt


def test_a_year_like_the_last_is_not_called_up_or_down(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    months = [f"m{number:02d}" for number in range(1, 7)]

    def level(record: Record) -> Record:
        return {**record, **dict.fromkeys(months, "100")}

    change_rows(home, "programme_activity.csv", level)
    words = said(programmes.activity_narrative(chapter(home=home)))
    assert "planned spells have not changed" in words
    assert "opposite directions" not in words
    picture = chart(activity.same_months_chart(chapter(home=home)))
    assert picture.title == "Activity is as it was last year"


def test_the_monthly_tables_say_where_the_print_does_not_add_up() -> None:
    block = table(activity.monthly_table(chapter(), "outpatient"))
    assert rows(block)[-1][7] == "405"
    assert rows(block)[-1][-1] == "6,203"
    notes = [MARKER.sub(r"\2", note) for note in block.notes]
    assert notes[0].startswith("The source report prints 495 for October, all years.")
    planned = table(activity.monthly_table(chapter(), "elective"))
    assert len(planned.rows) == 4
    assert not any("prints" in note for note in planned.notes)


def test_two_sites_stand_under_their_own_headings(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    path = home / "data/raw/2023-24/M06/programme_activity.csv"
    text = path.read_text(encoding="utf-8")
    other = text.split("\n", 1)[1].replace(",pruh,", ",orpington,")
    path.write_text(text + other, encoding="utf-8")
    shown = rows(activity.monthly_table(chapter(home=home), "elective"))
    assert [row[0] for row in shown if len(row) == 1] == ["PRUH", "Orpington"]


def test_a_month_without_the_extracts_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "programme_activity.csv", "borough_budget.csv")
    for make in BLOCKS:
        block = make(chapter(home=home))
        assert block is None if make in SAID_ONCE else isinstance(block, NotSupplied)


def test_the_commentary_resolves() -> None:
    assert "to 23 specialties and care groups" in said(chapter().commentary())
