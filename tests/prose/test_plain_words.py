"""Words of a template that no figure filled in are found, and the template's own are not."""

from __future__ import annotations

import json

import pytest
from homes import PROJECT

from boardpack.document.blocks import mark
from boardpack.document.templates import wording
from boardpack.prose.plain_words import may_be_typed, typed_claims, typed_numbers
from checked_prose import checker

OVER = mark("position.bromley.prescribing.ytd_variance", "£2.21m")
UNDER = mark("position.bromley.corporate_budgets.ytd_variance", "£212k")


def statuses(text: str) -> list[tuple[str, str]]:
    return [(c.mark or c.text, c.status) for c in typed_claims(text, "position", checker())]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Spend grew by 50% in the year.", [("50%", "unsupported")]),
        (f"Prescribing is over by {OVER}, and 43% of it is price.", [("43%", "unsupported")]),
        ("Prescribing is £2.21m overspent.", [("£2.21m", "supported")]),
        ("Prescribing is £9.99m overspent.", [("£9.99m", "contradicted")]),
        ("We saw 4,612 patients.", [("4,612", "unsupported")]),
        ("Corporate budgets are overspent.", [("are overspent", "contradicted")]),
        ("No directorate is underspent; none of the six is ahead of plan.", []),
        ("Nothing is ahead of plan.", []),
        ("Nothing was lost, and prescribing is underspent.", [("is underspent", "contradicted")]),
        (f"Nothing is underspent by {OVER}.", []),
        ("Corporate budgets are underspent.", [("are underspent", "supported")]),
        ("Prescribing is underspent.", [("is underspent", "contradicted")]),
        (f"Prescribing is underspent by {OVER}.", [("underspent", "contradicted")]),
        (f"Prescribing is overspent by {OVER}.", []),
        (f"It is {OVER} underspent.", [("underspent", "contradicted")]),
        (f"It is {UNDER} underspent.", []),
        (f"An overspend of {UNDER} on corporate budgets.", [("overspend", "contradicted")]),
        (f"The months that are left have to underspend by {OVER}.", []),
        (f"Without an underspend of {OVER} it would be worse.", []),
    ],
)
def test_what_was_typed_is_held(text: str, found: list[tuple[str, str]]) -> None:
    assert statuses(text) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (None, ["43%", "742082"]),
        (["43%", "9%"], ["43%"]),
        (["742082"], ["742082"]),
        ([], []),
    ],
)
def test_a_number_that_nobody_wrote_is_no_claim(
    written: list[str] | None, found: list[str]
) -> None:
    text = f"It is 43% price. The most is in Place management 742082 ({OVER})."
    claims = typed_claims(text, "position", checker(), written)
    assert sorted(claim.mark or claim.text for claim in claims) == found


def test_numbers_are_typed_in_words_and_not_in_code() -> None:
    source = '{# 1% #}It is 43% {% if a > 7.5 %}or {{ b | say("about 50%") }}{% endif %}\nand 2%.'
    assert typed_numbers(wording(source)) == {"43%", "50%", "2%"}


@pytest.mark.parametrize(
    "text",
    [
        "At the end of September 2023 (Month 6) the position stands.",
        "Chapter 3 and table 12 say more of 2023/24.",
        "Section 117 care, band 8a posts and Q2 are told apart.",
        "The first of two kinds is on page 4.",
        f"Prescribing is {OVER} over budget.",
        "Prescribing is dearer.",
    ],
)
def test_dates_chapters_bands_and_figures_are_no_typed_numbers(text: str) -> None:
    assert typed_claims(text, "position", checker()) == []


@pytest.mark.parametrize(
    ("text", "may"),
    [("50%", True), ("overspent", True), (OVER, False), ("In Month 6.", False), ("two", False)],
)
def test_only_what_may_be_typed_is_looked_at(text: str, may: bool) -> None:
    assert may_be_typed(text) is may


def test_the_projects_own_notebooks_say_nothing_in_plain_words() -> None:
    """They hold headings alone, so that all their words come from figures."""
    from boardpack.document.content import is_heading_alone

    for path in sorted((PROJECT / "notebooks").glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                assert is_heading_alone("".join(cell["source"])), path.name


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"It is {OVER} over, and Bexley has the highest overspend.", "contradicted"),
        (f"It is {OVER} over, a small overspend on prescribing.", "contradicted"),
        (
            f"It is {OVER} over. The overspend on prescribing has fallen since last month.",
            "unsupported",
        ),
        (f"The most is {OVER}.", None),
    ],
)
def test_sizes_ranks_and_movements_are_typed_where_any_word_may_be(
    text: str, found: str | None
) -> None:
    words = [c for c in typed_claims(text, "prescribing", checker()) if c.value is None]
    assert [c.status for c in words] == ([found] if found else [])
    assert typed_claims(text, "prescribing", checker(), ()) == []


def test_a_number_that_its_table_shows_is_no_claim_of_its_caption() -> None:
    text = "Wards with 12 beds or 14,333"
    found = [c.mark for c in typed_claims(text, "beds", checker(), None, ("12",))]
    assert found == ["14,333"]
