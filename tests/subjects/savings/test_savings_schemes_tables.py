"""Savings by scheme and the standard by programme: tables, charts and words for each sign."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from homes import changed, leave_out
from opened_chapter import PROJECT, chart, long_sentences, opened, rows, said, untagged
from savings_home import DELIVERY, QUARTERS, THREE, programme, return_home, scheme, tracker_home

from boardpack.document.blocks import Block, Narrative, Table
from boardpack.document.chapter import ChapterPaper
from boardpack.subjects.mental_health import programmes_tables as programmes
from boardpack.subjects.mental_health import tables as mental_health
from boardpack.subjects.savings import outlook_tables as savings_outlook
from boardpack.subjects.savings import phasing_tables as savings_phasing
from boardpack.subjects.savings import schemes_tables as savings_schemes

Make = Callable[[ChapterPaper], Block | None]
OF_SCHEMES: tuple[Make, ...] = (
    savings_schemes.schemes_narrative,
    savings_schemes.schemes_table,
    savings_schemes.all_schemes_table,
    savings_outlook.outlook_narrative,
    savings_outlook.outlook_table,
    savings_outlook.status_chart,
    savings_outlook.kinds_table,
    savings_phasing.phasing_narrative,
    savings_phasing.phasing_table,
)
OF_PROGRAMMES: tuple[Make, ...] = (
    programmes.programmes_narrative,
    programmes.programmes_table,
    programmes.eligibility_table,
    programmes.headroom_chart,
)
DATES = re.compile(r"[A-Z][a-z]+ 20\d\d|\d+ [A-Z][a-z]+ 20\d\d|[Ss]ection 117")
FOUR = (
    programme("Crisis", 10_000, 5_500, 11_200, reason="National category"),
    programme("Liaison", 2_000, 1_000, 2_100),
    programme("Dementia", 900, 500, 950, eligible="excluded", reason="Not a category"),
)


def savings(home: Path, place: str = "bromley") -> ChapterPaper:
    reads = ("savings", "prescribing_savings")
    return opened("efficiency", place, home, None, reads)


def schemes_paper(target: Path, place: str = "bromley", told: str = DELIVERY) -> ChapterPaper:
    return savings(tracker_home(target, told=told), place)


def standard_paper(target: Path, forecast: str = "11,200") -> ChapterPaper:
    listed = ({**FOUR[0], "forecast_outturn": forecast}, *FOUR[1:])
    return opened("mental_health", "bromley", return_home(target, listed))


def test_a_month_without_a_tracker_or_a_return_shows_none_of_it() -> None:
    assert [make(savings(PROJECT)) for make in OF_SCHEMES] == [None] * len(OF_SCHEMES)
    paper = opened("mental_health")
    assert [make(paper) for make in OF_PROGRAMMES] == [None] * len(OF_PROGRAMMES)


@pytest.mark.parametrize("place", ["bromley", "icb"])
@pytest.mark.parametrize("told", ["", DELIVERY + QUARTERS])
def test_every_block_is_there_in_short_tagged_sentences(
    place: str, told: str, tmp_path: Path
) -> None:
    paper = schemes_paper(tmp_path, place, told)
    for block in (make(paper) for make in OF_SCHEMES):
        assert block is not None
        _is_plain(block)
    paper = standard_paper(tmp_path)
    for block in (make(paper) for make in OF_PROGRAMMES):
        assert block is not None
        _is_plain(block)


def _is_plain(block: Block) -> None:
    if isinstance(block, Narrative):
        assert not long_sentences(block)
        assert not re.findall(r"\d", DATES.sub("", untagged(block)))


def test_schemes_are_told_with_their_state_the_largest_first(tmp_path: Path) -> None:
    paper = schemes_paper(tmp_path)
    shown = rows(savings_schemes.schemes_table(paper))
    assert [row[0] for row in shown] == ["Switches", "Vacancies", "To be found", "All schemes"]
    table = savings_schemes.schemes_table(paper)
    assert isinstance(table, Table)
    states = [row.cells[1] for row in table.rows]
    assert states[1] == "In progress, low risk, this year only"
    assert states[2] == "Unidentified, high risk, this year only"


def test_ten_schemes_at_most_stand_in_the_place_s_chapter(tmp_path: Path) -> None:
    many = [scheme(f"Scheme {n}", [n + 1] * 12, [1] * 6, [1] * 6) for n in range(12)]
    paper = savings(tracker_home(tmp_path, many))
    few, every = (f(paper) for f in (savings_schemes.schemes_table, OF_SCHEMES[2]))
    assert isinstance(few, Table)
    assert isinstance(every, Table)
    assert len(few.rows) == 10
    assert len(every.rows) == 13
    assert few.rows[0].cells[0] == "Scheme 11"


def test_the_words_follow_the_signs(tmp_path: Path) -> None:
    words = said(savings_schemes.schemes_narrative(schemes_paper(tmp_path)))
    assert "three schemes" in words
    assert "After risk, £2k is likely, £402 short of plan" in words
    assert "That is £30 more than their forecast" in words
    late = said(savings_phasing.phasing_narrative(savings(tmp_path)))
    assert "falls late" not in late


def test_shares_that_are_not_agreed_leave_the_risk_out(tmp_path: Path) -> None:
    paper = schemes_paper(tmp_path, told="")
    assert "After risk" not in said(savings_schemes.schemes_narrative(paper))
    table = savings_schemes.schemes_table(paper)
    assert isinstance(table, Table)
    assert "After risk" not in [column.label for column in table.columns]


def test_a_plan_with_no_scheme_for_part_of_it_says_so(tmp_path: Path) -> None:
    paper = schemes_paper(tmp_path / "gap")
    assert chart(savings_outlook.status_chart(paper)).title == "Part of the plan has no scheme yet"
    paper = savings(tracker_home(tmp_path / "whole", THREE[:2]))
    assert chart(savings_outlook.status_chart(paper)).title == "All of the plan has schemes"


def test_prescribing_is_told_once(tmp_path: Path) -> None:
    words = said(savings_phasing.prescribing_narrative(savings(PROJECT)))
    assert "Without them it would have been £25.2m" in words
    assert "line of its own" not in words
    where = {"place": "bromley"}
    home = changed(tmp_path, "prescribing_summary.csv", where, {"qipp_savings": "(300,000)"})
    words = said(savings_phasing.prescribing_narrative(savings(home)))
    assert "They differ by £122k: the summary has less." in words


@pytest.mark.parametrize(
    ("forecast", "words"),
    [
        ("11,200", "What would break the standard."),
        ("9,000", "The standard is already missed on this forecast."),
    ],
)
def test_the_standard_says_what_would_break_it(forecast: str, words: str, tmp_path: Path) -> None:
    assert words in said(programmes.programmes_narrative(standard_paper(tmp_path, forecast)))


def test_reasons_stand_beside_each_programme(tmp_path: Path) -> None:
    table = programmes.eligibility_table(standard_paper(tmp_path))
    assert isinstance(table, Table)
    reasons = {row.cells[0]: row.cells[1] for row in table.rows if len(row.cells) > 1}
    assert reasons["Crisis"] == "National category"
    assert reasons["Liaison"] == "None given"
    assert reasons["Dementia"] == "Not a category"


@pytest.mark.parametrize(
    ("sign", "words"),
    [(-1, "No place is under its budget"), (1, "No place is over its budget")],
)
def test_a_side_with_nobody_on_it_has_no_amount(sign: int, words: str, tmp_path: Path) -> None:
    paper = opened("mental_health", home=_all_one_way(tmp_path, sign))
    told = said(mental_health.places_narrative(paper))
    assert words in told
    assert "nil" not in told


def _all_one_way(target: Path, sign: int) -> Path:
    """Mental health of every column a thousand pounds over budget, or under it."""
    names = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark", "central")
    for measure, amount in (
        ("ytd_budget", Decimal(100)),
        ("ytd_actual", Decimal(100 - sign)),
        ("ytd_variance", Decimal(sign)),
    ):
        text = f"({-amount})" if amount < 0 else str(amount)
        total = f"({-7 * amount})" if amount < 0 else str(7 * amount)
        where = {"measure": measure, "directorate": "Mental Health Services"}
        home = changed(
            target, "budget_overview.csv", where, {**dict.fromkeys(names, text), "icb": total}
        )
    leave_out(home, "stated.csv")
    return home
