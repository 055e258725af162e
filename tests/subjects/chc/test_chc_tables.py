"""The continuing healthcare chapters: their tables, and their words for each sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from homes import change_rows, changed, copied_home, leave_out
from opened_chapter import (
    PLACES,
    PROJECT,
    chart,
    long_sentences,
    opened,
    rows,
    said,
    table,
    untagged,
)

from boardpack.document.blocks import Block, Narrative, NotSupplied, numbers_in
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.chc import icb_tables as chc_icb
from boardpack.subjects.chc import tables as chc

LINE = {"directorate": "Continuing Care Services"}
NAMES_WITH_DIGITS = re.compile(r"[A-Z][a-z]+ 20\d\d")
CHC_BLOCKS: tuple[Callable[[ChapterPaper], Block], ...] = (
    chc.position_narrative,
    chc.forecast_narrative,
    chc.clients_narrative,
    chc.clients_table,
    chc.high_cost_narrative,
    chc.cost_chart,
    chc.price_volume_table,
    chc.exceptions_narrative,
)
ICB_BLOCKS: tuple[Callable[[ChapterPaper], Block], ...] = (
    chc_icb.position_narrative,
    chc_icb.budget_narrative,
    chc_icb.clients_narrative,
    chc_icb.clients_table,
    chc_icb.price_table,
    chc_icb.cost_table,
    chc_icb.cost_chart,
    chc_icb.change_table,
    chc_icb.price_volume_narrative,
    chc_icb.price_volume_table,
    chc_icb.ledger_narrative,
    chc_icb.ledger_table,
    chc_icb.high_cost_narrative,
    chc_icb.high_cost_table,
)

SPLIT = (chc_icb.price_volume_narrative, chc_icb.price_volume_table)
"""What is not shown where the count of clients is not trusted."""


chapter = partial(opened, "chc")
appendix = partial(opened, "chc_icb", owns=(), reads=("chc",))


@pytest.mark.parametrize("place", PLACES)
def test_every_block_of_every_place_shows_figures(place: str) -> None:
    for make in CHC_BLOCKS:
        block = make(chapter(place))
        forecast_missing = make is chc.forecast_narrative and place != "bromley"
        assert isinstance(block, NotSupplied) == forecast_missing
    for make in ICB_BLOCKS:
        block = make(appendix(place))
        assert isinstance(block, NotSupplied) == (make in SPLIT)
        assert numbers_in(block) or make in SPLIT


@pytest.mark.parametrize("place", PLACES)
def test_sentences_are_short_and_tagged(place: str) -> None:
    made = [make(chapter(place)) for make in CHC_BLOCKS]
    made += [make(appendix(place)) for make in ICB_BLOCKS]
    for block in made:
        assert not long_sentences(block)
        if isinstance(block, Narrative):
            assert not re.findall(r"\d", NAMES_WITH_DIGITS.sub("", untagged(block)))


def test_the_client_table_has_the_budget_and_every_month() -> None:
    shown = rows(chc.clients_table(chapter()))
    assert [row[0] for row in shown] == [
        "Budget basis",
        "May 2023",
        "June 2023",
        "July 2023",
        "August 2023",
        "September 2023",
    ]
    assert shown[0] == ["Budget basis", "339", "£4,818", "1,633", ""]
    assert shown[-1] == ["September 2023", "368", "£4,224", "1,554", "64"]


def test_a_count_that_is_not_trusted_is_not_split_and_the_table_says_why() -> None:
    shown = table(chc.price_volume_table(chapter()))
    assert rows(shown) == [
        ["Clients times price", "79", "690"],
        ["Everything else in the ledger", "", "(1,094)"],
        ["Ledger", "", "(404)"],
    ]
    assert any("add up everyone seen so far" in note for note in shown.notes)
    assert any(
        "the sum of the months. April 2023 is not in the data and taken to be like the average"
        in note
        for note in shown.notes
    )
    for make in SPLIT:
        block = make(appendix())
        assert isinstance(block, NotSupplied)
        assert "add up everyone seen so far" in block.why


def test_price_and_volume_walk_to_the_ledger_where_the_count_is_trusted(tmp_path: Path) -> None:
    """The months are given the clients of September, so that nothing but the price changes."""
    home = copied_home(PROJECT, tmp_path)
    change_rows(
        home,
        "chc_activity_price.csv",
        lambda row: {**row, "clients": "368"} if row["period"] != "Budget" else row,
    )
    shown = table(chc.price_volume_table(chapter(home=home)))
    assert [row[0] for row in rows(shown)] == [
        "Number of clients",
        "Price per client",
        "Clients times price",
        "Everything else in the ledger",
        "Ledger",
    ]
    (more, dearer, both, rest, ledger) = (whole(row[2]) for row in rows(shown))
    assert more == round(-29 * 4818 * 6 / 1000)
    assert abs(more + dearer - both) <= 1
    assert abs(both + rest - ledger) <= 1
    assert isinstance(chc_icb.price_volume_narrative(appendix(home=home)), Narrative)


def whole(text: str) -> int:
    size = int(text.strip("()").replace(",", ""))
    return -size if text.startswith("(") else size


def test_the_chart_says_on_which_side_of_the_budget_the_cost_lies() -> None:
    bromley, greenwich = (
        chart(chc.cost_chart(chapter(place))) for place in ("bromley", "greenwich")
    )
    assert "below" in bromley.title
    assert "above" in greenwich.title
    assert bromley.target is not None
    assert bromley.target.text in bromley.alt
    assert bromley.series[0].values[-1] is not None


def test_where_the_two_sources_disagree_it_is_said_and_nothing_is_mended() -> None:
    words = said(chc.exceptions_narrative(chapter()))
    assert "point in different directions" in words
    assert "care has cost £690k less than budgeted to date. The accounts show it" in words
    assert "£404k overspent" in words
    assert "Neither number has been changed" in words
    assert "point the same way" in said(chc.exceptions_narrative(chapter("greenwich")))
    assert "In Bromley the two point in different" in said(chc_icb.ledger_narrative(appendix()))


def test_growth_that_the_table_contradicts_is_shown_beside_it() -> None:
    words = said(chc.exceptions_narrative(chapter()))
    assert "activity has risen by 12% since the beginning" in words
    assert "Its table shows that it has risen by 66.5% since May 2023" in words
    assert "Its table shows that it has fallen by 35.6%" in words
    assert "its table disagree" not in said(chc.exceptions_narrative(chapter("lewisham")))


def test_the_inference_is_called_one_and_made_only_where_the_pattern_is_there() -> None:
    assert "That is our inference" in said(chc.clients_narrative(chapter()))
    places = said(chc_icb.clients_narrative(appendix()))
    assert "That is our inference" in places
    assert (
        "Clients have risen in every place, and this month the average price fell in every place."
        in places
    )
    assert "They have increased in 4 of the places." in said(
        chc_icb.high_cost_narrative(appendix())
    )


@pytest.mark.parametrize(
    ("actual", "words"),
    [("12,000", "£521k underspent"), ("12,521", "on budget"), ("13,000", "£479k overspent")],
)
def test_the_headline_follows_the_sign(actual: str, words: str, tmp_path: Path) -> None:
    values = {"ytd_actual": actual, "ytd_variance": "0"}
    home = changed(tmp_path, "position.csv", LINE, values)
    assert f"Bromley is {words} on it" in said(chc.position_narrative(chapter(home=home)))


def test_a_required_saving_is_not_called_room(tmp_path: Path) -> None:
    home = changed(tmp_path, "position.csv", LINE, {"forecast_outturn": "24,942"})
    words = said(chc.forecast_narrative(chapter(home=home)))
    assert "end £100k underspent" in words
    assert "The forecast takes an underspend of £84k a month" in words


def test_a_month_without_client_data_says_so(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)
    leave_out(home, "chc_activity_price.csv", "chc_high_cost.csv")
    kept = {chc.position_narrative, chc.forecast_narrative}
    for make in CHC_BLOCKS:
        assert isinstance(make(chapter(home=home)), NotSupplied) == (make not in kept)
    shown = {chc_icb.position_narrative, chc_icb.budget_narrative}
    for make in ICB_BLOCKS:
        assert isinstance(make(appendix(home=home)), NotSupplied) == (make not in shown)


def test_a_place_with_a_small_count_has_no_client_data_and_the_table_says_why(
    tmp_path: Path,
) -> None:
    few = {"place": "bexley", "period": "M06"}
    for file in ("chc_activity_price.csv", "chc_high_cost.csv"):
        home = changed(tmp_path, file, few, {"clients": "7"})
    own = chapter("bexley", home=home)
    assert rows(table(chc.clients_table(own)))[-1][1:] == ["*"] * 4
    narrative = chc.clients_narrative(own)
    assert isinstance(narrative, NotSupplied)
    assert "too small to show" in narrative.why
    for make in ICB_BLOCKS:
        make(appendix("bexley", home=home))
    block = table(chc_icb.clients_table(appendix(home=home)))
    assert rows(block)[0][-1] == "*"
    assert rows(block)[-1][-1] == "*"
    assert any("too small to show" in note for note in block.notes)


def test_the_appendix_records_no_figures_of_its_own() -> None:
    assert appendix().workings().figures == ()
    assert any(figure["id"].startswith("chc.") for figure in chapter().workings().figures)


def test_the_commentary_resolves() -> None:
    for paper in (chapter(), appendix()):
        assert "[[" not in said(paper.commentary())
