"""The Section 75 chapter: who funds what, what is new, what has ended, and the schedule."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from homes import Record, change_rows, changed, copied_home, leave_out
from opened_chapter import PROJECT, chart, long_sentences, opened, rows, said, table

from boardpack.document.blocks import MARKER, Block, Narrative, NotSupplied
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.section75 import tables as section75

BLOCKS: tuple[Callable[[ChapterPaper], Block], ...] = (
    section75.summary_narrative,
    section75.changes_narrative,
    section75.changes_chart,
    section75.schedule_table,
)
# What is not supplied is said in place of the words, and not again for the chart.
SAID_ONCE = (section75.changes_chart,)


chapter = partial(opened, "section75")


def test_the_summary_says_who_funds_how_much_and_how_it_moved() -> None:
    words = said(section75.summary_narrative(chapter()))
    assert "comes to £69.6m, a fall of £1.90m on the year before" in words
    assert "(ICB) funds £16.4m of it (23.5%), a fall of £2.81m" in words
    assert "council funds £53.2m (76.5%), a rise of £909k" in words


def test_what_is_new_what_ended_and_what_changed_are_told_apart() -> None:
    words = said(section75.changes_narrative(chapter()))
    assert words.startswith("In the names of services, BCF is the Better Care Fund and D2A is")
    new, rest = words.split("Funded last year and not this year:")
    assert "Autism Community Grant (£200k) and Community Discharge Grant (£119k)" in new
    assert rest.strip().startswith("Hospital Discharge Funding (£3.31m).")
    assert "BCF - Protecting Social care/ Care Act: a rise of £958k" in rest
    assert "Community Discharge" not in rest


def test_an_agreement_that_stands_still_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def level(record: Record) -> Record:
        before = ("icb", "council", "total")
        return {**record, **{f"{part}_prior_year": record[part] for part in before}}

    change_rows(home, "section75.csv", level)
    words = said(section75.changes_narrative(chapter(home=home)))
    assert "No service is new this year" in words
    assert "No service has lost all its funding" in words
    assert "largest changes" not in words
    assert section75.changes_chart(chapter(home=home)) is None
    assert "no change on the year before" in said(section75.summary_narrative(chapter(home=home)))


def test_the_schedule_has_every_service_and_the_totals() -> None:
    block = table(section75.schedule_table(chapter()))
    shown = rows(block)
    assert len(shown) == 56
    assert [column.group for column in block.columns[2:]] == ["2022/23"] * 3 + ["2023/24"] * 3
    assert shown[-1][2:] == ["19,163", "52,316", "71,479", "16,355", "53,225", "69,580"]
    assert shown[53][2:] == ["-", "-", "-", "200", "", "200"]


def test_the_chart_shows_the_largest_changes_first() -> None:
    picture = chart(section75.changes_chart(chapter()))
    assert picture.title == "Hospital Discharge Funding fell most"
    assert len(picture.categories) == 8
    assert "Hospital Discharge Funding minus 3,308" in picture.alt


def test_words_from_the_file_are_never_read_as_markup(tmp_path: Path) -> None:
    planted = "Grant ⟦section75.bromley.total.icb|one⟧ **bold** <b>"
    home = changed(tmp_path, "section75.csv", {"ref": "r54"}, {"service": planted})
    words = section75.changes_narrative(chapter(home=home))
    assert isinstance(words, Narrative)
    assert "**bold**" not in words.markdown
    assert MARKER.findall(words.markdown).count(("section75.bromley.total.icb", "one")) == 0


@pytest.mark.parametrize("place", ["lambeth", "icb"])
def test_another_place_has_no_agreement_here(place: str) -> None:
    for make in BLOCKS:
        block = make(chapter(place))
        assert block is None if make in SAID_ONCE else isinstance(block, NotSupplied)


def test_a_month_without_a_schedule_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "section75.csv")
    for make in BLOCKS:
        block = make(chapter(home=home))
        assert block is None if make in SAID_ONCE else isinstance(block, NotSupplied)


def test_the_commentary_resolves_in_short_sentences() -> None:
    commentary = chapter().commentary()
    assert "have 5 days to object" in said(commentary)
    assert not long_sentences(commentary)
