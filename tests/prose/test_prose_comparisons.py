"""Comparisons between places by case: counts, exceptions, ranks, each just right and wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from made_figures import made_figure
from month_six import paper_for

from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.prose.comparisons import Comparer, Finding
from boardpack.prose.figure_words import describe
from boardpack.prose.passages import Sentence, read_sentences

PLACES = ("bexley", "bromley", "greenwich", "lambeth", "lewisham", "southwark")
VARIANCES = dict(zip(PLACES, (-300, -200, -100, 0, 100, 200), strict=True))
"""Three overspent, Bexley most; Lambeth on budget; two underspent, Southwark most."""
NOW = dict(zip(PLACES, (10, 20, 30, 40, 50, 60), strict=True))
BEFORE = dict(zip(PLACES, (9, 19, 30, 41, 51, 61), strict=True))
"""Two have risen, Greenwich stands still, three have fallen."""
FIRST = dict(zip(PLACES, (9, 19, 29, 39, 51, 60), strict=True))
"""Two months before: four have risen since, one has fallen."""


def _series(name: str, values: Mapping[str, int], unit: str, month: str = "M06") -> list[Figure]:
    chapter, line, measure = name.split(".")
    suffix = "" if month == "M06" else f".{month.lower()}"
    return [
        made_figure(
            f"{chapter}.{place}.{line}.{measure}{suffix}",
            value,
            unit=unit,
            period=f"2023/24 {month}",
        )
        for place, value in values.items()
    ]


def _findings(text: str) -> list[Finding]:
    figures = [
        *_series("overview.prescribing.ytd_variance", VARIANCES, "GBP"),
        *_series("chc.high_cost.clients", NOW, "COUNT"),
        *_series("chc.high_cost.clients", BEFORE, "COUNT", "M05"),
        *_series("chc.high_cost.clients", FIRST, "COUNT", "M04"),
    ]
    comparer = Comparer(describe(Register(figures)), paper_for())
    return list(comparer.compare(Sentence(1, text, (), (), ())))


def _status(text: str) -> str:
    (finding,) = _findings(text)
    return finding.claim.status


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        # counted by sign: nil is neither over nor under
        ("3 out of 6 boroughs are overspent on prescribing.", True),
        ("Three of the six places are overspent on prescribing.", True),
        ("2 out of 6 boroughs are overspent on prescribing.", False),
        ("4 out of 6 boroughs are overspent on prescribing.", False),
        ("2 out of 6 boroughs are underspent on prescribing.", True),
        ("3 out of 6 boroughs are underspent on prescribing.", False),
        # all but
        ("All but 3 boroughs are overspent on prescribing.", True),
        ("All but two boroughs are overspent on prescribing.", False),
        ("All but four boroughs are overspent on prescribing.", False),
        ("All but four boroughs are underspent on prescribing.", True),
        ("All but two boroughs are underspent on prescribing.", False),
        # all, and all except
        ("All boroughs are overspent on prescribing.", False),
        ("All boroughs apart from Bexley and Bromley are underspent on prescribing.", False),
        # only, named
        ("Only Lewisham and Southwark are underspent on prescribing.", True),
        ("Only Southwark is underspent on prescribing.", False),
        ("Only Lambeth and Southwark are underspent on prescribing.", False),
        ("Only Lewisham and Southwark are overspent on prescribing.", False),
        # counted by movement: what stands still has not moved
        ("2 out of 6 boroughs have seen an increase in high cost CHC clients this month.", True),
        ("3 out of 6 boroughs have seen an increase in high cost CHC clients this month.", False),
        ("3 out of 6 boroughs have seen a decrease in high cost CHC clients this month.", True),
        ("2 out of 6 boroughs have seen a decrease in high cost CHC clients this month.", False),
        # without a month, since the first one that there is
        ("4 out of 6 boroughs have seen an increase in high cost CHC clients.", True),
        ("1 out of 6 boroughs have seen a decrease in high cost CHC clients.", True),
        ("2 out of 6 boroughs have seen an increase in high cost CHC clients.", False),
        # ranked: of an overspend the furthest below budget, of an underspend the furthest above
        ("Bexley has the highest overspend on prescribing.", True),
        ("Bexley and Bromley have the largest overspends on prescribing.", True),
        ("Bromley has the highest overspend on prescribing.", False),
        ("Southwark has the highest overspend on prescribing.", False),
        ("Greenwich has the lowest overspend on prescribing.", True),
        ("Bexley has the lowest overspend on prescribing.", False),
        ("Southwark has the lowest overspend on prescribing.", False),
        ("Southwark has the biggest underspend on prescribing.", True),
        ("Lewisham has the smallest underspend on prescribing.", True),
        ("Lewisham has the biggest underspend on prescribing.", False),
        ("Bexley has the biggest underspend on prescribing.", False),
        ("Southwark has the highest number of high cost CHC clients.", True),
        ("Lewisham has the highest number of high cost CHC clients.", False),
        ("Bexley has the lowest number of high cost CHC clients.", True),
        ("Southwark has the lowest number of high cost CHC clients.", False),
        ("Bexley and Bromley have the lowest numbers of high cost CHC clients.", True),
        ("Bexley and Greenwich have the lowest numbers of high cost CHC clients.", False),
        ("Southwark's number of high cost CHC clients is higher than any other.", True),
        ("Bexley's number of high cost CHC clients is higher than any other.", False),
        ("Bexley's number of high cost CHC clients is lower than any other.", True),
        ("Bexley's overspend on prescribing is larger than any other.", True),
        # the place may come last
        ("The highest overspend on prescribing is in Bexley.", True),
        ("The largest overspends on prescribing are in Bexley and Bromley.", True),
        ("The largest overspends on prescribing are in Bexley and Greenwich.", False),
        ("The highest overspend on prescribing is Bromley, whose prices rose.", False),
        ("The highest number of high cost CHC clients was that of Southwark.", True),
        ("The highest number of high cost CHC clients was that of Lambeth.", False),
        # good and bad go by the variance
        ("Bexley has the worst overspend on prescribing.", True),
        ("Bromley has the worst overspend on prescribing.", False),
        ("Bexley has the worst position on prescribing.", True),
        ("Southwark has the worst position on prescribing.", False),
        ("Southwark has the best position on prescribing.", True),
        ("The best position on prescribing is that of Lewisham.", False),
    ],
)
def test_a_comparison_is_held_against_every_place(text: str, holds: bool) -> None:
    assert _status(text) == ("supported" if holds else "contradicted")


@pytest.mark.parametrize(
    ("southwark", "text", "holds"),
    [
        (200, "All boroughs except Southwark are overspent on prescribing.", True),
        (200, "All but one boroughs are overspent on prescribing.", True),
        (200, "All boroughs are overspent on prescribing.", False),
        (0, "All boroughs are overspent on prescribing.", False),
        (-1, "All boroughs are overspent on prescribing.", True),
        (-1, "Every place is overspent on prescribing.", True),
        (-1, "All boroughs except Southwark are overspent on prescribing.", False),
    ],
)
def test_all_means_all(southwark: int, text: str, holds: bool) -> None:
    values = dict.fromkeys(PLACES, -100) | {"southwark": southwark}
    figures = _series("overview.prescribing.ytd_variance", values, "GBP")
    comparer = Comparer(describe(Register(figures)), paper_for())
    (finding,) = comparer.compare(Sentence(1, text, (), (), ()))
    assert finding.claim.status == ("supported" if holds else "contradicted")


@pytest.mark.parametrize(
    "text",
    [
        "3 out of 5 boroughs are overspent on prescribing.",  # not the places of this ICB
        "3 out of 6 boroughs are reviewing prescribing.",  # no direction
        "3 out of 6 boroughs are overspent or underspent on prescribing.",  # both
        "Prescribing has the highest overspend.",  # no place
        "The highest overspend on prescribing is on what Bexley buys.",  # not the place itself
        "Bexley has the worst prices of high cost CHC clients.",  # no figure says what is good
        "Bexley has the best number of high cost CHC clients.",
        "The six boroughs are overspent on prescribing.",
        "3 out of 6 boroughs, overspent on prescribing.",  # nothing is said of them
    ],
)
def test_what_compares_nothing_claims_nothing(text: str) -> None:
    assert _findings(text) == []


def test_what_no_series_answers_is_unsupported() -> None:
    assert _status("3 out of 6 boroughs are overspent on acute services.") == "unsupported"


def test_the_claim_says_what_the_figures_give() -> None:
    (finding,) = _findings("In short, 4 out of 6 boroughs are overspent on prescribing.")
    assert finding.claim.mark == "4 out of 6 boroughs"
    assert (finding.start, finding.end) == (10, 29)
    assert finding.claim.reason == (
        "Overspent or short on prescribing, ytd variance, 2023/24 M06:"
        " Bexley, Bromley, Greenwich (3 of 6)."
    )
    assert finding.claim.figures == tuple(
        f"overview.{place}.prescribing.ytd_variance" for place in PLACES
    )


MONTH = "2023/24 M06"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "2 out of 6 boroughs are underspent on prescribing.",
            f"Underspent or ahead on prescribing, ytd variance, {MONTH}: Lewisham, Southwark"
            " (2 of 6).",
        ),
        (
            "2 out of 6 boroughs have seen an increase in high cost CHC clients this month.",
            f"Up since 2023/24 M05 on high cost, clients, {MONTH}: Bexley, Bromley (2 of 6).",
        ),
        (
            "4 out of 6 boroughs have seen a decrease in high cost CHC clients.",
            f"Down since 2023/24 M04 on high cost, clients, {MONTH}: Lewisham (1 of 6).",
        ),
        (
            "Bexley has the highest overspend on prescribing.",
            f"prescribing, ytd variance, {MONTH}, largest first: Bexley -£300, Bromley -£200,"
            " Greenwich -£100.",
        ),
        (
            "Southwark has the lowest number of high cost CHC clients.",
            f"high cost, clients, {MONTH}, smallest first: Bexley 10, Bromley 20, Greenwich 30,"
            " Lambeth 40, Lewisham 50, Southwark 60.",
        ),
        (
            "3 out of 6 boroughs are overspent on acute services.",
            "No figures for every place answer this comparison.",
        ),
    ],
)
def test_the_reason_says_what_the_figures_give(text: str, reason: str) -> None:
    (finding,) = _findings(text)
    assert finding.claim.reason == reason


def test_where_no_place_is_so_the_reason_says_so() -> None:
    figures = _series("overview.prescribing.ytd_variance", dict.fromkeys(PLACES, 0), "GBP")
    comparer = Comparer(describe(Register(figures)), paper_for())
    text = "All boroughs are overspent on prescribing."
    (finding,) = comparer.compare(Sentence(1, text, (), (), ()))
    assert finding.claim.reason.endswith(": no place (0 of 6).")


def test_a_comparison_that_nothing_answers_names_no_figure() -> None:
    (finding,) = _findings("3 out of 6 boroughs are overspent on acute services.")
    assert finding.claim.figures == ()


def test_a_rank_names_the_figures_of_every_place() -> None:
    (finding,) = _findings("Bexley has the highest overspend on prescribing.")
    assert finding.claim.figures == tuple(
        f"overview.{place}.prescribing.ytd_variance" for place in PLACES
    )


def _broken(text: str) -> Finding:
    """The one comparison of a text whose lines are broken, and which begins on line 11."""
    figures = _series("overview.prescribing.ytd_variance", VARIANCES, "GBP")
    comparer = Comparer(describe(Register(figures)), paper_for())
    (sentence,) = read_sentences("\n" * 10 + text, "Overview")
    (finding,) = comparer.compare(sentence)
    return finding


def test_the_claim_says_where_it_stands_and_in_which_words() -> None:
    claim = _broken(
        "So far\nit is well; yet 4 out of 6 boroughs are overspent\non prescribing."
    ).claim
    assert claim.line == 12
    assert claim.text == "yet 4 out of 6 boroughs are overspent on prescribing."
    assert (claim.value, claim.unit) == (None, "comparison")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("It is well; yet\n4 out of 6 boroughs are overspent on prescribing.", 12),
        ("Only\nLewisham and Southwark are underspent on prescribing.", 11),
    ],
)
def test_the_line_is_that_on_which_the_comparison_begins(text: str, line: int) -> None:
    assert _broken(text).claim.line == line


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("3 out of 6 boroughs are overspent on prescribing.", "supported"),
        ("4 of the 6 SEL boroughs are overspent on prescribing.", "contradicted"),
        ("All but two other boroughs are overspent on prescribing.", "contradicted"),
        ("All six boroughs other than for Bexley are overspent on prescribing.", "contradicted"),
        ("It is close to budget, but only Southwark is underspent on prescribing.", "contradicted"),
        ("The overspend on prescribing of Bexley is higher than any other.", "supported"),
        ("The overspend on prescribing of Bexley is lower than any other.", "contradicted"),
        ("Bromley has the highest overspend on prescribing.", "contradicted"),
    ],
)
def test_a_line_break_between_any_two_words_changes_nothing(text: str, status: str) -> None:
    words = text.split(" ")
    for at in range(1, len(words)):
        broken = " ".join(words[:at]) + "\n" + " ".join(words[at:])
        claim = _broken(broken).claim
        assert (claim.status, claim.text) == (status, _broken(text).claim.text), broken


@pytest.mark.parametrize(
    "text",
    [
        "Only Southwark is underspent beside Bexley on prescribing.",  # who it is, before the verb
        "All but 5 boroughs are underspent on prescribing.",
        "All boroughs except Southwark are overspent beside Bexley on prescribing.",
    ],
)
def test_who_is_named_stands_before_the_verb(text: str) -> None:
    values = dict.fromkeys(PLACES, -100) | {"southwark": 200}
    figures = _series("overview.prescribing.ytd_variance", values, "GBP")
    comparer = Comparer(describe(Register(figures)), paper_for())
    (finding,) = comparer.compare(Sentence(1, text, (), (), ()))
    assert finding.claim.status == "supported"


def test_our_place_is_the_papers_own() -> None:
    assert _status("Our borough has the highest overspend on prescribing.") == "contradicted"
    values = VARIANCES | {"bromley": -400}
    figures = _series("overview.prescribing.ytd_variance", values, "GBP")
    comparer = Comparer(describe(Register(figures)), paper_for())
    text = "Our borough has the highest overspend on prescribing."
    (finding,) = comparer.compare(Sentence(1, text, (), (), ()))
    assert finding.claim.status == "supported"


def test_all_but_none_is_all() -> None:
    figures = _series("overview.prescribing.ytd_variance", dict.fromkeys(PLACES, -1), "GBP")
    comparer = Comparer(describe(Register(figures)), paper_for())
    text = "All but 0 boroughs are overspent on prescribing."
    (finding,) = comparer.compare(Sentence(1, text, (), (), ()))
    assert finding.claim.status == "supported"


def test_what_follows_a_comma_says_nothing_of_the_rank() -> None:
    text = "Southwark has the highest number of high cost CHC clients, and spends on prescribing."
    assert _status(text) == "supported"


def test_what_follows_the_superlatives_clause_does_not_say_what_is_ranked() -> None:
    text = "On prescribing Bexley has the highest overspend, and acute services are on budget."
    assert _status(text) == "supported"
    text = "On prescribing Bromley has the highest overspend, and acute services are on budget."
    assert _status(text) == "contradicted"


@pytest.mark.parametrize(("number", "status"), [(1, "contradicted"), (2, "supported")])
def test_prices_move_too(number: int, status: str) -> None:
    figures = [
        *_series("chc.all_clients.average_price", NOW, "GBP_PER_CLIENT_MONTH"),
        *_series("chc.all_clients.average_price", BEFORE, "GBP_PER_CLIENT_MONTH", "M05"),
    ]
    comparer = Comparer(describe(Register(figures)), paper_for())
    text = f"{number} out of 6 boroughs have seen an increase in average CHC prices this month."
    (finding,) = comparer.compare(Sentence(1, text, (), (), ()))
    assert finding.claim.status == status


def test_two_superlatives_are_two_comparisons() -> None:
    text = (
        "Bexley has the highest overspend on prescribing and the lowest number of high cost CHC"
        " clients, which is the largest change."
    )
    first, second, *_ = _findings(text)
    assert [first.claim.status, second.claim.status] == ["supported", "supported"]
    assert first.claim.figures[0] == "overview.bexley.prescribing.ytd_variance"
    assert second.claim.figures[0] == "chc.bexley.high_cost.clients"
    assert (first.claim.mark, second.claim.mark) == ("highest", "lowest")


def test_who_is_ranked_stands_before_the_superlative_or_after_its_verb() -> None:
    text = "Bexley has the highest overspend on prescribing, ahead of Bromley."
    assert _status(text) == "supported"
    assert _status("The highest overspend on prescribing is in Bromley.") == "contradicted"
    assert _findings("The highest overspend on prescribing troubles Bexley.") == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("None out of 6 boroughs are overspent on prescribing.", None),
        ("0 out of 6 boroughs are overspent on prescribing.", "contradicted"),
        ("All but 0 boroughs are overspent on prescribing.", "contradicted"),
        ("Only Prescribing is overspent on prescribing.", None),
        ("Only Lewisham and Southwark are underspent, Bexley not, on prescribing.", "supported"),
    ],
)
def test_numbers_and_names_at_their_edges(text: str, status: str | None) -> None:
    assert [finding.claim.status for finding in _findings(text)] == ([status] if status else [])


@pytest.mark.parametrize(
    ("number", "status"), [("0", "supported"), ("1", "contradicted"), ("6", "contradicted")]
)
def test_none_of_all_is_nil_and_not_one(number: str, status: str) -> None:
    values = dict.fromkeys(PLACES, 100)
    figures = _series("overview.prescribing.ytd_variance", values, "GBP")
    comparer = Comparer(describe(Register(figures)), paper_for())
    text = f"{number} out of 6 boroughs are overspent on prescribing."
    (finding,) = comparer.compare(Sentence(1, text, (), (), ()))
    assert finding.claim.status == status


def test_one_pound_is_an_overspend_in_a_rank() -> None:
    values = dict.fromkeys(PLACES, 100) | {"bexley": -1}
    figures = _series("overview.prescribing.ytd_variance", values, "GBP")
    comparer = Comparer(describe(Register(figures)), paper_for())
    text = "Bexley has the highest overspend on prescribing."
    (finding,) = comparer.compare(Sentence(1, text, (), (), ()))
    assert finding.claim.status == "supported"


def test_two_clauses_are_two_comparisons() -> None:
    text = (
        "3 out of 6 boroughs are overspent on prescribing; 3 out of 6 boroughs are underspent"
        " on prescribing."
    )
    assert [f.claim.status for f in _findings(text)] == ["supported", "contradicted"]
    assert [text[f.start : f.end] for f in _findings(text)] == ["3 out of 6 boroughs"] * 2
