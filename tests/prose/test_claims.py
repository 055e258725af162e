"""Hand-written sentences: true, and wrong in size, direction, unit, month and place."""

from __future__ import annotations

import pytest

from boardpack.prose.claim import Claim, claims_json
from checked_prose import claims_of

TRUE = [
    "Prescribing is £2,213k overspent at Month 6.",
    "Prescribing is £2.2m overspent at Month 6.",
    "The Mental Health budget is £348k overspent.",
    "The forecast overspend is £2,675k.",
    "The borough is forecasting a £2,675k overspend at year end.",
    "Lambeth's prescribing is £1,904k overspent.",
    "At Month 4 prescribing was £1,326k overspent.",
    "The ICB is reporting a year to date overspend against plan of £2,218k.",
    "This compares to an ICB overspend at month 05 of £2,790k.",
    "The annual budget for prescribing is £46,343k.",
    "Corporate budgets are £212k underspent.",
    "CHC has 368 clients at Month 6.",
    "Savings are £108k behind plan.",
    "Prescribing is overspent by 9.5% of budget.",
    "CHC activity has increased by 10.8% since last month.",
    "CHC activity has increased by 66.5% since Month 2.",
    "The ICB is forecasting break-even.",
    "5 out of 6 boroughs are overspent at Month 6.",
    "Continuing care: all boroughs except Southwark are reporting overspends.",
    "Greenwich and Lambeth have the highest numbers of high-cost CHC packages.",
    "All boroughs show a reduction in average CHC prices this month.",
    "Corporate budgets are underspent because posts are vacant.",
]

FALSE = {
    "size": "Prescribing is £2,313k overspent at Month 6.",
    "size of a share": "Prescribing is overspent by 12.5% of budget.",
    "size of a count": "CHC has 386 clients at Month 6.",
    "size of a forecast": "The forecast overspend is £2,765k.",
    "direction": "Prescribing is £2,213k underspent at Month 6.",
    "direction of a gain": "Corporate budgets are £212k overspent.",
    "direction of savings": "Savings are £108k ahead of plan.",
    "direction of a forecast": "The forecast underspend is £2,675k.",
    "direction without a number": "Prescribing is underspent.",
    "direction of growth": "CHC activity has decreased by 66.5%.",
    "unit": "Prescribing is £2,213m overspent at Month 6.",
    "no thousands": "Prescribing is £2,213 overspent at Month 6.",
    "month": "At Month 4 prescribing was £2,213k overspent.",
    "place": "Lambeth's prescribing is £2,213k overspent.",
    "line": "Continuing healthcare is £348k overspent.",
    "time frame": "The year to date budget for prescribing is £46,343k.",
    "base of growth": "CHC activity has increased by 12% since the beginning of the year.",
    "break-even": "The borough is forecasting break-even.",
    "some out of": "4 out of 6 boroughs are overspent at Month 6.",
    "all": "All boroughs are overspent.",
    "except": "Continuing care: all boroughs except Lambeth are reporting overspends.",
    "lowest": "Bromley has the lowest overspend across SEL.",
    "highest": "Bexley and Lambeth have the highest numbers of high-cost CHC packages.",
    "range": "The number of CHC clients fell from 221 to 368.",
}


@pytest.mark.parametrize("words", TRUE)
def test_a_true_sentence_is_supported(words: str) -> None:
    found = claims_of(words)
    assert found
    assert {claim.status for claim in found} == {"supported"}, found


@pytest.mark.parametrize("words", FALSE.values(), ids=FALSE)
def test_a_false_sentence_is_contradicted(words: str) -> None:
    found = [claim for claim in claims_of(words) if claim.status == "contradicted"]
    assert len(found) == 1, claims_of(words)
    assert found[0].reason
    assert found[0].figures or found[0].unit == "direction"


def test_a_contradiction_names_the_figure_and_its_value() -> None:
    (claim,) = claims_of("Lambeth's prescribing is £2,213k overspent.")
    assert claim.figures[0].endswith(".lambeth.prescribing.ytd_variance")
    assert (
        "The figures give -£1,904k for Prescribing, year to date variance (lambeth," in claim.reason
    )


def test_each_part_of_a_list_is_held_against_its_own_line() -> None:
    found = claims_of(
        "Prescribing is £2,213k overspent, continuing healthcare £348k overspent and"
        " mental health services £348k overspent."
    )
    assert [claim.status for claim in found] == ["supported", "contradicted", "supported"]


@pytest.mark.parametrize(
    "words",
    [
        "We saw 4,612 patients in the hall.",
        "Mental health placements are £90k overspent.",
        "At Month 5 the borough was £2,400k overspent.",
    ],
)
def test_what_no_figure_answers_is_unsupported(words: str) -> None:
    assert [claim.status for claim in claims_of(words)] == ["unsupported"]


def test_a_number_cut_off_agrees_within_rounding_only() -> None:
    (claim,) = claims_of("The ICB reports a PPA prescribing overspend of £9,763k year to date.")
    assert claim.status == "rounding"


@pytest.mark.parametrize(
    "words",
    [
        "The team met on 12 October 2023 and 1st September, at 10:30.",
        "Section 117 and s75 are in chapter 3, table 12 and note 4.",
        "In 2022/23 and 23/24, Month 6, M05, Quarter 2 and Q3.",
        "Ring 020 8123 4567. Clients (<65) get 1:1 care and 20mg tablets.",
        "## 3.2 Section heading",
        "| Meeting | Room |\n| --- | --- |\n| September | the hall |",
        "Acute\t3,430\t3,393\t38",
        "The two main ones, and the one that is left.",
    ],
)
def test_dates_codes_tables_and_section_numbers_are_no_claims(words: str) -> None:
    assert claims_of(words) == []


def test_a_source_after_a_claim_makes_it_stated() -> None:
    (claim,) = claims_of("The panel saw 46 cases {source: panel minutes, 12 Oct}.")
    assert (claim.status, claim.reason) == ("stated", "Source: panel minutes, 12 Oct.")


def test_a_source_does_not_excuse_a_contradiction() -> None:
    (claim,) = claims_of("Prescribing is £2,313k overspent {source: the ledger}.")
    assert claim.status == "contradicted"
    assert "the ledger" in claim.reason


def test_a_reference_is_supported_unless_its_direction_word_is_wrong() -> None:
    identity = "position.bromley.mental_health_services.ytd_variance"
    (right,) = claims_of(f"Mental health is overspent by [[{identity}]].")
    (wrong,) = claims_of(f"Mental health is underspent by [[{identity}]].")
    (unknown,) = claims_of("Spend was [[position.bromley.nothing.ytd_actual]].")
    assert [right.status, wrong.status, unknown.status] == [
        "supported",
        "contradicted",
        "unsupported",
    ]


def test_html_like_lists_and_wrapped_lines_keep_their_lines() -> None:
    text = (
        "<p>Summary</p>\t<ul> • Prescribing is £2,213k overspent at Month 6 and this is the largest"
        " pressure there is. </ul>\n\n- Mental health is\n  £348k overspent.\n"
    )
    assert [(c.line, c.status) for c in claims_of(text)] == [(1, "supported"), (4, "supported")]


def test_the_heading_and_the_sentence_before_give_the_subject() -> None:
    text = "## Lambeth\n\nPrescribing is overspent. The overspend is £1,904k.\n"
    assert {claim.status for claim in claims_of(text)} == {"supported"}
    assert claims_of(text)[-1].figures[0].split(".")[1] == "lambeth"


def test_claims_as_json_have_numbers_as_strings() -> None:
    found = claims_json([Claim(3, "£5k", None, "GBP", "unsupported", (), "None.")])
    assert found["schema"] == "boardpack/claims/1"
    assert found["claims"][0]["value"] is None
    (claim,) = claims_of("Prescribing is £2,213k overspent at Month 6.")
    assert claim.to_json()["value"] == "2213000"
