"""Page 1: what a board member can say back, in words that follow every sign."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from homes import RAW, change_rows, changed, copied_home
from ledger_home import ADJUSTMENTS, write_extract
from opened_chapter import PLACES, PROJECT, chart, long_sentences, opened, said

from boardpack.checks.figures import assurance_figures
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.document.blocks import MARKER, KeyFigure
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.chapters import NEEDS, compute
from boardpack.subjects.assurance.notices import notices_narrative
from boardpack.subjects.summary import tables as summary

PRESCRIBING = {"directorate": "Prescribing"}


@lru_cache
def chapter(place: str = "bromley", home: Path = PROJECT) -> ChapterPaper:
    """Page 1 with every figure, as it is made once the chapters and their checks have run."""
    paper = load_paper(home, parse_month("2023-24", "M06"), place)
    register = compute(paper, *NEEDS)
    for figure in assurance_figures([], paper):
        register.add(figure)
    return ChapterPaper("summary", paper, register, ())


def spending(home: Path, actual: str, forecast: str) -> ChapterPaper:
    """Bromley with another prescribing spend, to date and for the year."""
    values = {"ytd_actual": actual, "forecast_outturn": forecast}
    return chapter(home=changed(home, "position.csv", PRESCRIBING, values))


def cards(paper: ChapterPaper) -> dict[str, KeyFigure]:
    return {card.label: card for card in summary.key_figures(paper).items}


def test_where_we_are_where_we_will_land_and_what_that_takes() -> None:
    words = said(summary.answer_narrative(chapter()))
    assert "Bromley is £2.4m overspent** at the end of September 2023" in words
    assert "forecasts to end the year £2.68m overspent" in words
    assert words.endswith(
        "To land there it must improve from an overspend of £400k a month so far to an overspend of"
        " £46k a month."
    )


@pytest.mark.parametrize(
    ("actual", "forecast", "words", "title"),
    [
        ("25,385", "57,118", "allows an overspend of £1.1m", "The forecast allows an overspend of"),
        (
            "25,385",
            "47,518",
            "so far to an underspend of",
            "The forecast needs an underspend of",
        ),
        ("16,985", "41,518", "needs an underspend of £100k", "The forecast needs an underspend of"),
        ("25,385", "50,518", "a month so far to no variance", "The months left must break even"),
    ],
)
def test_what_the_forecast_takes_follows_the_signs(
    actual: str, forecast: str, words: str, title: str, tmp_path: Path
) -> None:
    paper = spending(tmp_path, actual, forecast)
    assert words in said(summary.answer_narrative(paper))
    assert chart(summary.run_rate_chart(paper)).title.startswith(title)


def test_the_chart_names_its_months() -> None:
    picture = chart(summary.run_rate_chart(chapter()))
    assert picture.title == "The overspend must slow to £46k a month to land on forecast"
    assert picture.categories == (
        "So far: April to September",
        "Lately: August and September",
        "Needed: October to March",
    )


def test_the_reasons_say_how_much_is_national_price() -> None:
    words = said(summary.why_narrative(chapter()))
    assert "On the same basis the six places together are 10.7% over budget." in words
    assert "account for £1.13m of it, if none of that was budgeted" in words
    assert "(£212k), cover part of this." in words
    assert "account for" not in said(summary.why_narrative(chapter("icb")))
    assert "(£2.69m), cover all of this." in said(summary.why_narrative(chapter("lewisham")))


@pytest.mark.parametrize(
    ("forecast", "actual", "told"),
    [
        ("6,960", "3,393", ""),  # £99k over, which is not material
        ("6,961", "3,393", "£38k underspent to date, and forecast to end the year £100k overspent"),
        ("6,961", "3,431", "£1k overspent to date, and forecast to end the year £100k overspent"),
        ("6,961", "3,800", "£370k overspent, 10.8% over budget"),  # material to date: told as that
        ("6,700", "3,393", ""),
    ],
)
def test_an_overspend_that_only_the_forecast_makes_material_is_a_reason(
    forecast: str, actual: str, told: str, tmp_path: Path
) -> None:
    values = {"ytd_actual": actual, "forecast_outturn": forecast}
    home = changed(tmp_path, "position.csv", {"directorate": "Acute Services"}, values)
    words = said(summary.why_narrative(chapter(home=home)))
    assert words.count("**Acute Services**") == bool(told)
    assert f"**Acute Services** is {told}" in words or not told


def test_every_place_has_its_savings_and_no_share_that_prints_as_nothing() -> None:
    assert cards(chapter())["Savings to date"].number.text == "£108k short"
    lambeth = cards(chapter("lambeth"))["Savings to date"]
    assert lambeth.number.text == "£332k ahead"
    assert lambeth.tone == "good"
    assert "0.0%" not in cards(chapter("icb"))["Mental health"].context
    assert not cards(chapter("lewisham"))["Year to date"].context


def test_what_the_forecast_rests_on_is_told() -> None:
    words = said(summary.confidence_narrative(chapter()))
    assert "a gain of £1.67m that no report explains" in words
    assert "without it Bromley would end the year £4.35m overspent" in words
    assert "includes a risk reserve of 1%" in words
    assert "release" not in words
    assert "after a release of £491k of reserves" in said(
        summary.confidence_narrative(chapter("icb"))
    )


def test_a_release_of_reserves_is_no_pace_and_page_1_says_so(tmp_path: Path) -> None:
    """The £572k a month since August was £491k of reserves: it is not what the months left need."""
    words = said(summary.answer_narrative(chapter("icb")))
    assert words.endswith(
        "it must improve from an overspend of £452k a month so far, without the £491k of reserves"
        " released this month, to an underspend of £370k a month."
    )
    assert "without reserves" in chart(summary.run_rate_chart(chapter("icb"))).unit


def test_what_was_reached_since_the_last_paper_need_not_improve(tmp_path: Path) -> None:
    home = copied_home(PROJECT, tmp_path)

    def without_release(row: dict[str, str]) -> dict[str, str] | None:
        return None if row["measure"] == "in_month_release" else row

    change_rows(home, "stated.csv", without_release)
    words = said(summary.answer_narrative(chapter("icb", home)))
    assert "The forecast needs an underspend of £370k a month from here" in words
    assert "and an underspend of £572k a month since August 2023." in words
    assert "reserves" not in words


def test_how_sure_is_told_with_no_past_year_and_how_often_months_were_as_good() -> None:
    words = said(summary.confidence_narrative(chapter()))
    assert "expects to spend £2.12m less than the straight line." in words
    assert words.count("No past year was supplied") == 1
    assert "papers show the pace of 2 periods, and none was as good as the forecast needs." in words


def test_a_headline_says_how_it_has_moved_since_the_last_paper() -> None:
    moved = {label: card.movement for label, card in cards(chapter()).items()}
    plain = {label: MARKER.sub(r"\2", words) for label, words in moved.items()}
    assert plain["Year to date"] == "↓ £918k worse than in July"
    assert plain["Prescribing"] == "↓ £887k worse than in July"
    assert plain["Full-year forecast"] == ""
    assert "movements.bromley.position_total_ytd_variance.movement" in moved["Year to date"]
    assert cards(chapter("lewisham"))["Year to date"].movement == ""  # no earlier paper has it


def test_the_icb_is_told_of_in_a_place_s_paper_only() -> None:
    assert "the position would be £2.71m overspent" in said(summary.icb_narrative(chapter()))
    assert summary.icb_narrative(chapter("icb")) is None


def test_the_board_is_asked_in_one_sentence() -> None:
    words = said(summary.asked_narrative(chapter()))
    assert words.startswith("This paper is for information. The board is asked to note the")


@pytest.mark.parametrize("place", PLACES)
def test_sentences_are_short(place: str) -> None:
    paper = chapter(place)
    for make in (
        summary.answer_narrative,
        summary.why_narrative,
        summary.confidence_narrative,
        summary.icb_narrative,
        summary.asked_narrative,
    ):
        assert not long_sentences(make(paper))


def test_the_commentary_is_short_enough_for_a_first_page() -> None:
    commentary = opened("summary", owns=()).commentary()
    assert not long_sentences(commentary)
    assert len(said(commentary).split()) <= 130


ENTRY = "{ref},{place},Prescribing,{measure},{amount},Not posted,Accountant,Director,{treatment}"
TO_DATE = "To date the ledger is £2.4m overspent; with the entries Bromley would be {}"
FULL_YEAR = "For the full year the ledger is £2.68m overspent; with the entries Bromley would be {}"


@pytest.mark.parametrize(
    ("entries", "told", "untold"),
    [
        (
            [("A1", "bromley", "ytd_actual", "150000", "carry")],
            ["one entry of the team", TO_DATE.format("£2.55m overspent")],
            "For the full year",
        ),
        (
            [
                ("A1", "bromley", "ytd_actual", "(2600000)", "reverse"),
                ("A2", "bromley", "forecast_outturn", "(2675000)", "carry"),
            ],
            [
                "two entries of the team",
                TO_DATE.format("£200k underspent"),
                FULL_YEAR.format("on budget"),
            ],
            "one entry",
        ),
        (
            [
                ("A1", "bromley", "forecast_outturn", "100000", "carry"),
                ("A2", "bromley", "ytd_actual", "5000", "reversed"),
                ("A3", "lambeth", "ytd_actual", "5000", "carry"),
            ],
            ["one entry of the team", FULL_YEAR.format("£2.78m overspent")],
            "To date",
        ),
    ],
    ids=["to date only", "both, turned and nil", "forecast only; gone and another place's"],
)
def test_top_side_entries_stand_beside_the_position(
    tmp_path: Path, entries: list[tuple[str, ...]], told: list[str], untold: str
) -> None:
    home = copied_home(PROJECT, tmp_path)
    names = ("ref", "place", "measure", "amount", "treatment")
    rows = [ENTRY.format(**dict(zip(names, entry, strict=True))) for entry in entries]
    write_extract(home / RAW, "adjustments.csv", ADJUSTMENTS, rows)
    notices = notices_narrative(chapter(home=home))
    words = said(notices)
    assert [one for one in told if one not in words] == []
    assert untold not in words
    assert not long_sentences(notices)


def test_without_entries_or_anything_corrected_page_1_says_nothing_of_them() -> None:
    assert notices_narrative(chapter()) is None


def test_what_corrections_make_differ_is_counted_on_page_1() -> None:
    paper = load_paper(PROJECT, parse_month("2023-24", "M06"), "bromley")
    register = compute(paper, *NEEDS)
    for figure in assurance_figures([{"status": "documented", "severity": "error"}], paper):
        register.add(figure)
    page = ChapterPaper("summary", paper, register, ())
    assert "Because of that, 1 check differs." in said(notices_narrative(page))
