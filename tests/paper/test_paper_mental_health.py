"""The mental health chapter: its tables, and its words for each sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from homes import change_rows, copied_home, leave_out

from boardpack.paper import mental_health
from boardpack.paper.blocks import MARKER, Block, Chart, Narrative, NotSupplied, Number, Table
from boardpack.paper.chapter import ChapterPaper, open_chapter

PROJECT = Path(__file__).resolve().parents[2]
PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark", "icb")
LONGEST_SENTENCE = 30
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


@lru_cache
def chapter(place: str = "bromley", home: Path = PROJECT) -> ChapterPaper:
    return open_chapter("mental_health", "2023-24", "M06", place, str(home))


def said(block: Block) -> str:
    assert isinstance(block, Narrative)
    return MARKER.sub(r"\2", block.markdown)


def with_forecast(tmp_path: Path, forecast: str) -> ChapterPaper:
    """The chapter with another forecast of the standard; the correction goes with the cell."""
    home = copied_home(PROJECT, tmp_path)

    def changed(record: dict[str, str]) -> dict[str, str] | None:
        is_forecast = (record["line"], record["measure"]) == ("mhis", "forecast_outturn")
        if record["measure"] == "over_delivery":
            return None
        return {**record, "value": forecast} if is_forecast else record

    change_rows(home, "mhis.csv", changed)
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
        if isinstance(block, Narrative):
            untagged = NAMES_WITH_DIGITS.sub("", MARKER.sub("", block.markdown))
            assert not re.findall(r"\d", untagged), untagged
            for sentence in re.split(r"[.:;]\s", said(block)):
                assert len(sentence.split()) <= LONGEST_SENTENCE, sentence


def test_the_places_chart_begins_with_the_largest_overspend() -> None:
    block = mental_health.places_chart(chapter())
    assert isinstance(block, Chart)
    shown = [number.text for number in block.series[0].values if number is not None]
    assert block.categories[0] == "Southwark"
    assert block.title == "Southwark has the largest overspend"
    assert shown == ["(739)", "(348)", "3", "50", "69", "264"]


def test_the_standard_table_walks_from_last_year_to_the_margin() -> None:
    block = mental_health.standard_table(chapter())
    assert isinstance(block, Table)
    shown = [row.cells[1].text for row in block.rows if isinstance(row.cells[1], Number)]
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
    home = copied_home(PROJECT, tmp_path)

    def other(record: dict[str, str]) -> dict[str, str]:
        is_pressure = record["line"] == "cost_per_case"
        return {**record, "value": "£500k"} if is_pressure else record

    change_rows(home, "stated.csv", other)
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
    assert "[[" not in said(chapter().commentary())  # type: ignore[arg-type]
