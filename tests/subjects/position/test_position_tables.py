"""The place position: words for each sign, what has moved, and what a forecast rests on."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from homes import changed
from made_figures import made_figure
from opened_chapter import PLACES, long_sentences, opened, said

from boardpack.document.blocks import NotSupplied
from boardpack.subjects.movements.changes import changes_narrative
from boardpack.subjects.position import tables as position

chapter = partial(opened, "position")
FILE = "position.csv"
MENTAL_HEALTH = {"directorate": "Mental Health Services"}
GAIN = {"directorate": "Other Programme Services"}


def test_the_position_names_what_matters_on_each_side() -> None:
    words = said(position.position_narrative(chapter()))
    assert "Bromley is £2.4m overspent" in words
    assert "so that is 2.0% over budget" in words
    assert "prescribing (£2.21m), continuing care services (£404k) and mental health" in words
    assert "Underspends in corporate budgets (£212k) cover part of them." in words


def test_underspends_that_outweigh_the_overspends_cover_all_of_them() -> None:
    words = said(position.position_narrative(chapter("lewisham")))
    assert "Lewisham is £36k underspent" in words
    assert "cover all of them" in words
    assert "%" not in words


def test_what_moved_stands_by_size_and_sign(tmp_path: Path) -> None:
    assert "the overspend of Bromley has grown by £918k" in said(changes_narrative(chapter()))
    words = said(position.movement_narrative(chapter()))
    assert "worsened in prescribing (£887k), continuing care services (£321k) and mental" in words
    assert "The other directorates together have improved." in words
    home = changed(tmp_path, FILE, MENTAL_HEALTH, {"ytd_actual": "6,158", "ytd_variance": "1,000"})
    better = said(position.movement_narrative(chapter(home=home)))
    total = said(changes_narrative(chapter(home=home)))
    assert "the overspend of Bromley has shrunk by £427k" in total
    assert ", and improved in mental health services (£1.19m)" in better


def test_of_many_movements_the_largest_three_are_named() -> None:
    many = [(one, made_figure(f"position.bromley.{one}.movement", -9_000)) for one in "abcd"]
    cases = (
        (
            {"worse": many, "better": []},
            "has worsened, most of all in a (£9k), b (£9k) and c (£9k).",
        ),
        ({"worse": [], "better": many[:3]}, "has improved in a (£9k), b (£9k) and c (£9k)."),
        (
            {"worse": many[:1], "better": many},
            "has worsened in a (£9k), and improved, most of all in a (£9k), b (£9k) and c (£9k).",
        ),
    )
    for found, words in cases:
        assert words in said(chapter().narrate("movement", **found, others=""))


def test_a_gain_larger_than_its_budget_is_named_and_taken_out(tmp_path: Path) -> None:
    words = said(position.forecast_narrative(chapter()))
    assert "counts on £2.12m of recovery" in words
    assert "includes a gain of £1.67m in other programme services, more than the whole" in words
    assert "Without it the forecast is £4.35m overspent" in words
    values = {"forecast_outturn": "87", "forecast_variance": "0"}
    plain = said(position.forecast_narrative(chapter(home=changed(tmp_path, FILE, GAIN, values))))
    assert "end £4.35m overspent" in plain
    assert "a gain of" not in plain


def test_a_place_without_earlier_papers_says_so() -> None:
    block = position.movement_narrative(chapter("lambeth"))
    assert isinstance(block, NotSupplied)
    assert block.why.startswith("No earlier paper of ")


@pytest.mark.parametrize("place", PLACES)
def test_sentences_are_short(place: str) -> None:
    paper = chapter(place)
    for make in (
        position.position_narrative,
        position.movement_narrative,
        position.forecast_narrative,
    ):
        assert not long_sentences(make(paper))
    assert not long_sentences(paper.commentary())
