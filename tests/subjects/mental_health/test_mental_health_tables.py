"""The mental health chapter: its tables, and its words for each sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from homes import change_rows, changed, copied_home, leave_out
from opened_chapter import PLACES, PROJECT, chart, long_sentences, opened, rows, said, untagged

from boardpack.document.blocks import Block, Narrative, NotSupplied
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.mental_health import tables as mental_health

NAMES_WITH_DIGITS = re.compile(r"[A-Z][a-z]+ 20\d\d|[Ss]ection 117|20\d\d/\d\d")
BLOCKS: tuple[Callable[[ChapterPaper], Block], ...] = (
    mental_health.position_narrative,
    mental_health.section_117_narrative,
    mental_health.places_narrative,
    mental_health.places_chart,
    mental_health.standard_narrative,
    mental_health.standard_table,
    mental_health.beside_narrative,
)


chapter = partial(opened, "mental_health")


def with_forecast(tmp_path: Path, forecast: str) -> ChapterPaper:
    """The chapter with another forecast of the standard; the correction goes with the cell."""
    where = {"line": "mhis", "measure": "forecast_outturn"}
    home = changed(tmp_path, "mhis.csv", where, {"value": forecast})
    change_rows(home, "mhis.csv", lambda r: None if r["measure"] == "over_delivery" else r)
    change_rows(home, "corrections.csv", lambda r: None if r["file"] == "mhis.csv" else r)
    return chapter(home=home)


@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_its_blocks_and_only_bromley_its_section_117(place: str) -> None:
    for make in BLOCKS:
        missing = make is mental_health.section_117_narrative and place != "bromley"
        assert isinstance(make(chapter(place)), NotSupplied) == missing


@pytest.mark.parametrize("place", PLACES)
def test_sentences_are_short_and_tagged(place: str) -> None:
    for block in (make(chapter(place)) for make in BLOCKS):
        assert not long_sentences(block)
        if isinstance(block, Narrative):
            assert not re.findall(r"\d", NAMES_WITH_DIGITS.sub("", untagged(block)))


def test_the_places_chart_begins_with_the_largest_overspend() -> None:
    block = chart(mental_health.places_chart(chapter()))
    shown = [number.text for number in block.series[0].values if number is not None]
    assert block.categories[0] == "Southwark"
    assert block.title == "Southwark has the largest overspend"
    assert shown == ["(739)", "(348)", "3", "50", "69", "264", "576"]
    assert block.categories[-1] == "Centrally managed"


def test_the_standard_table_walks_from_last_year_to_the_margin() -> None:
    shown = [row[1] for row in rows(mental_health.standard_table(chapter()))]
    assert shown == ["402,010", "9.22%", "439,075", "439,689", "614"]


@pytest.mark.parametrize(
    ("forecast", "words"),
    [
        ("£439,689k", "£614k more, so the standard would be met"),
        ("£449,075k", "£10m more, so the standard would be met"),
        ("£439,075k", "the same, so the standard would just be met"),
        ("£438,075k", "£1m short of it, so the standard would not be met"),
    ],
)
def test_the_standard_is_judged_by_the_sign_of_the_margin(
    forecast: str, words: str, tmp_path: Path
) -> None:
    paper = with_forecast(tmp_path, forecast)
    assert words in said(mental_health.standard_narrative(paper))


def test_section_117_names_both_quarters_and_that_they_are_no_year_apart() -> None:
    words = said(mental_health.section_117_narrative(chapter()))
    assert "46 in the first quarter of 2022/23 and 78 in the second quarter of 2023/24" in words
    assert "a rise of 32, or 69.6%" in words
    assert "five apart" in words


def test_the_stated_pressure_that_is_the_whole_net_variance_is_called_so(tmp_path: Path) -> None:
    assert "exactly the net amount" in said(mental_health.places_narrative(chapter()))
    home = changed(tmp_path, "stated.csv", {"line": "cost_per_case"}, {"value": "£500k"})
    words = said(mental_health.places_narrative(chapter(home=home)))
    assert "£500k" in words
    assert "exactly" not in words


def test_the_headline_follows_the_sign(tmp_path: Path) -> None:
    assert "Bromley is £348k overspent" in said(mental_health.position_narrative(chapter()))
    assert "Lewisham is £264k underspent" in said(
        mental_health.position_narrative(chapter("lewisham"))
    )


def test_a_share_that_would_print_as_nothing_is_left_out() -> None:
    assert "%" not in said(mental_health.position_narrative(chapter("icb")))


def test_a_month_without_the_return_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "mhis.csv", "stated.csv")
    kept = {
        mental_health.position_narrative,
        mental_health.places_narrative,
        mental_health.places_chart,
    }
    for make in BLOCKS:
        assert isinstance(make(chapter(home=home)), NotSupplied) == (make not in kept)


def test_the_commentary_resolves() -> None:
    assert "[[" not in said(chapter().commentary())
