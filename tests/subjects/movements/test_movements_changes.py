"""What changed since the last papers, as each chapter tells it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from homes import change_rows, copied_home
from month_six import PROJECT, paper_for, whole_register
from opened_chapter import PLACES, figures, long_sentences, opened, rows, said

from boardpack.document.blocks import Narrative
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.chapters import NEEDS, compute_with_movements
from boardpack.figures.movements import CHAPTER
from boardpack.subjects.movements import changes, tables

OWNS: dict[str, dict[str, Any]] = {
    "overview": {"owns": ("overview", "icb_position")},
    "prescribing": {"owns": ("prescribing", "prescribing_versions")},
    "prescribing_icb": {"owns": ("prescribing_savings",)},
    "chc_icb": {"owns": (), "reads": ("chc",)},
    "activity": {"owns": (), "reads": ("programmes",)},
    "efficiency": {"reads": ("savings",)},
}
CHAPTERS = (
    "position", "prescribing", "chc", "mental_health", "savings", "programmes", "resource_limit",
    "indicators", "overview", "prescribing_icb", "chc_icb", "providers", "efficiency", "corporate",
    "cash", "section75", "activity",
)  # fmt: skip


def chapter(name: str, place: str = "bromley", home: Path = PROJECT) -> ChapterPaper:
    return opened(name, place, home, **OWNS.get(name, {}))


@pytest.mark.parametrize("name", [name for name in NEEDS if name != CHAPTER])
@pytest.mark.parametrize("place", ["bromley", "icb"])
def test_a_chapter_computes_the_movements_that_the_register_records(name: str, place: str) -> None:
    whole = whole_register(place)
    for figure in compute_with_movements(paper_for(place), name):
        if figure.chapter == CHAPTER:
            assert whole[figure.id] == figure


def test_a_variance_is_split_into_its_earlier_pace_and_the_rest() -> None:
    words = said(changes.changes_narrative(chapter("chc")))
    assert words == (
        "**Since July 2023**, the overspend on continuing care services has grown by £321k. At the"
        " pace up to then it would have grown by £42k, so it did £280k worse than that. Each amount"
        " is rounded by itself."
    )


def test_reserves_released_stand_apart_from_the_rest() -> None:
    words = said(changes.changes_narrative(chapter("overview")))
    assert (
        "Reserves released made £491k of difference; apart from them it did £639k better" in words
    )


def test_each_month_compared_with_has_a_paragraph() -> None:
    block = changes.changes_narrative(chapter("overview"))
    assert block is not None
    assert [part.count("**Since") for part in block.markdown.split("\n\n")] == [1, 1]


def test_a_budget_is_split_into_allocations_and_adjustments() -> None:
    words = said(changes.changes_narrative(chapter("resource_limit")))
    assert "the budget of Bromley has risen by £1.81m. Internal adjustments added £1.81m." in words
    assert "The budget of South East London ICB has risen by £1.35m. Allocations added" in words


def test_what_the_words_leave_out_stands_in_a_small_table() -> None:
    block = changes.changes_table(chapter("overview"))
    assert block is not None
    assert [column.label for column in block.columns[-3:]] == ["Then", "September 2023", "Movement"]
    moved = [abs(int(row[-1].strip("()").replace(",", ""))) for row in rows(block)]
    assert moved == sorted(moved, reverse=True)
    assert len(moved) <= changes.SHOWN
    assert len(figures(block)) == 3 * len(moved)
    assert changes.changes_table(chapter("chc")) is None


@pytest.mark.parametrize("name", ["indicators", "providers", "corporate", "section75", "activity"])
def test_a_chapter_without_a_predecessor_leaves_it_to_the_chapter_on_movements(name: str) -> None:
    paper = chapter(name)
    assert changes.changes_narrative(paper) is None
    assert changes.changes_table(paper) is None
    assert changes.appendix_changes_narrative(paper) is None


def test_the_chapter_on_movements_says_once_what_has_no_predecessor() -> None:
    words = said(tables.movements_narrative(opened("movements", reads=tuple(NEEDS))))
    alone = "key financial indicators, provider contracts, corporate costs and section 75."
    assert words.count("No earlier paper gives figures to compare for") == 1
    assert words.endswith(alone)


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_place_gets_a_long_sentence_or_a_restatement(name: str) -> None:
    for place in PLACES:
        paper = chapter(name, place)
        assert not long_sentences(changes.appendix_changes_narrative(paper))
        assert changes.restatements(paper) is None


def _released(home: Path, change: Callable[[dict[str, Any]], None]) -> None:
    path = home / "data" / "released" / "2023-24" / "M04" / "bromley" / "figures.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    for item in record["figures"]:
        change(item)
    path.write_text(json.dumps(record, indent=1), encoding="utf-8")


def test_an_amount_that_stands_still_is_told_in_the_appendix_only(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def same(item: dict[str, Any]) -> None:
        if item["id"] == "position.bromley.continuing_care_services.ytd_variance":
            item["value"] = "-404000"

    _released(home, same)
    paper = chapter("chc", home=home)
    assert changes.changes_narrative(paper) is None
    unmoved = changes.appendix_changes_narrative(paper)
    assert isinstance(unmoved, Narrative)
    assert "has moved since it was last published" in unmoved.markdown


def test_a_restated_figure_is_listed_in_its_own_chapter(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def restate(record: dict[str, str]) -> dict[str, str]:
        if record["place"] == "bromley":
            record["unidentified_prior_month"] = "(1,100)"
        return record

    change_rows(home, "efficiency_schemes.csv", restate)
    listed = changes.restatements(chapter("savings", home=home))
    assert listed is not None
    ((label, month, then, again, apart),) = rows(listed)
    assert label.startswith("Bromley")
    assert (month, then, again, apart) == ("August 2023", "(1,027)", "(1,100)", "(73)")
    assert changes.restatements(chapter("chc", home=home)) is None
