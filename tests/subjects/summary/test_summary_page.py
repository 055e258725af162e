"""The rest of page 1: next steps, the greatest risk, duties and money, assurance, what it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from homes import RAW, copied_home
from opened_chapter import PLACES, PROJECT, long_sentences, said
from test_summary_tables import chapter

from boardpack.checks.figures import assurance_figures
from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month
from boardpack.document.chapter import ChapterPaper
from boardpack.figures.chapters import NEEDS, compute
from boardpack.subjects.summary import page

RISKS = "ref,place,risk,line,owner_role,mitigation,status,gross,probability,mitigation_amount"
ACTIONS = "ref,raised,question,owner_role,due,status,answer_basis,rank"


def with_file(target: Path, name: str, *lines: str) -> ChapterPaper:
    """Page 1 of a home with another extract."""
    home = copied_home(PROJECT, target)
    (home / RAW / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return chapter(home=home)


def test_three_actions_stand_with_owner_and_date_and_what_has_none_is_said_once() -> None:
    words = said(page.next_narrative(chapter()))
    assert words.count("- ") == 3
    assert "**Place Executive Lead, Integrated Care Board (ICB) Chief Finance Officer" in words
    assert "by Month 7 2023/24." in words
    assert words.count("No date was given") == 1
    assert words.endswith("No date was given for the other two.")


def test_what_is_late_comes_first_and_the_team_s_rank_before_that(tmp_path: Path) -> None:
    rows = (
        "A1,Section 2,First thing.,Lead,,open,,",
        "A2,Section 2,Second thing.,Lead,2023-10-01,open,,",
        "A3,Section 2,Third thing.,,2024-01-31,open,,",
        "A4,Section 2,Fourth thing.,Lead,,open,,1",
        "A5,Section 2,Fifth thing.,Lead,2023-10-01,closed,,",
    )
    words = said(page.next_narrative(with_file(tmp_path, "actions.csv", ACTIONS, *rows)))
    found = [words.index(one) for one in ("Fourth", "Second", "Third")]
    assert found == sorted(found)
    assert "First" not in words
    assert "Fifth" not in words
    assert "by 1 October 2023 (past)" in words
    assert "**None named**, by 31 January 2024" in words
    assert words.endswith("No date was given for the other.")


def test_without_open_actions_nothing_stands(tmp_path: Path) -> None:
    closed = "A5,Section 2,Fifth thing.,Lead,2023-10-01,closed,,"
    assert page.next_narrative(with_file(tmp_path, "actions.csv", ACTIONS, closed)) is None


def test_a_risk_without_an_amount_is_said_to_have_none() -> None:
    words = said(page.risk_narrative(chapter()))
    assert words.startswith("**The greatest risk:** Prescribing keeps growing")
    assert "No risk has an amount, so the first of the list stands here." in words
    assert words.endswith("Owner: Bromley borough team and Medicines Optimisation team.")


def test_the_greatest_risk_is_the_one_that_is_expected_to_cost_most(tmp_path: Path) -> None:
    rows = (
        "R1,bromley,Small one.,prescribing,Lead,Do,open,200000,50%,",
        "R2,bromley,Large one.,prescribing,,Do,open,900000,40%,150000",
        "R3,bromley,No amount.,prescribing,Lead,Do,open,,,",
    )
    words = said(page.risk_narrative(with_file(tmp_path, "risks.csv", RISKS, *rows)))
    assert "Large one. It may cost £900k, and is 40% likely; £210k is expected" in words
    assert "Owner" not in words


def test_duties_allocation_and_the_underlying_position() -> None:
    words = said(page.standing_narrative(chapter()))
    assert (
        "the Integrated Care Board (ICB) does not meet two of the seven duties that can be judged"
        in words
    )
    assert "spend within income (over its limit by £2.22m)" in words
    assert "Bromley has £241.7m for the year." in words
    assert "Bromley would end the year £5.74m overspent." in words
    assert "Underlying" not in said(page.standing_narrative(chapter("icb")))


@pytest.mark.parametrize(
    ("checks", "told"),
    [
        ([("pass", "0")], "**Assurance:** Of 1 check on this paper's numbers, all agree."),
        ([("pass", "0"), ("waived", "0")], "Of 2 checks on this paper's numbers, none stands open"),
        (
            [("pass", "0"), ("fail", "5"), ("fail", "70")],
            "**Assurance:** the weightiest open point is in “Point 2”",
        ),
        ([("fail", "5")], "Of 1 check on this paper's numbers, 1 does not agree, from 1 distinct"),
    ],
)
def test_assurance_is_a_line_with_the_weightiest_point_first(
    checks: list[tuple[str, str]], told: str
) -> None:
    paper = load_paper(PROJECT, parse_month("2023-24", "M06"), "bromley")
    made = [
        {
            "id": f"printed.{n}",
            "title": f"Point {'zero one two three'.split()[n]}: its amount",
            "status": status,
            "severity": "error",
            "difference": difference,
        }
        for n, (status, difference) in enumerate(checks)
    ]
    register = compute(paper, *NEEDS)
    for figure in assurance_figures(made, paper):
        register.add(figure)
    told = told.replace("Point 2", "Point two")
    assert told in said(
        page.assurance_narrative(ChapterPaper("summary", paper, register, (), tuple(made)))
    )


def test_page_1_says_what_it_is_and_whom_to_ask(tmp_path: Path) -> None:
    words = said(page.identity_narrative(chapter()))
    assert words == (
        "Finance report to One Bromley Local Care Partnership Board, NHS South East London"
        " Integrated Care Board: Month 6 2023/24, for the meeting of 23 November 2023. First"
        " version, a draft. Contact: Associate Director of Finance (Bromley)."
    )
    assert "Contact" not in said(page.identity_narrative(chapter("icb")))
    home = copied_home(PROJECT, tmp_path)
    file = home / "params/report.yml"
    told = "  contacts: {bromley: The finance desk}\n  boards:\n"
    file.write_text(file.read_text("utf-8").replace("  boards:\n", told, 1), encoding="utf-8")
    words = said(page.identity_narrative(chapter(home=home)))
    assert words.endswith("Contact: The finance desk.")


@pytest.mark.parametrize("place", PLACES)
def test_sentences_of_the_rest_of_page_1_are_short(place: str) -> None:
    for make in (page.next_narrative, page.risk_narrative, page.standing_narrative):
        block = make(chapter(place))
        assert block is None or not long_sentences(block)


@pytest.mark.parametrize(
    ("owners", "shown"),
    [
        (["Head of CHC"], ["Head of continuing healthcare (CHC)"]),
        (["Head of CHC", "CHC team"], ["Head of continuing healthcare (CHC)", "CHC team"]),
        (
            ["Medicines savings (QIPP) group"],
            [
                "Medicines savings (QIPP: plans for quality, innovation, productivity and"
                " prevention) group",
            ],
        ),
        (["Integrated Care Board (ICB) team"], ["Integrated Care Board (ICB) team"]),
        (["Place Lead"], ["Place Lead"]),
    ],
)
def test_an_owner_s_letters_are_said_in_full_once(owners: list[str], shown: list[str]) -> None:
    assert [owner for _, owner in page._in_full(("", owner) for owner in owners)] == shown
