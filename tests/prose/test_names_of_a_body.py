"""A body's directorates are found in words by its own names, and by the roles that they bear."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_bodies import DIVISIONS, PLACES, small_body, small_paper

from boardpack.audit.lineage.search import fitting
from boardpack.core.params import Paper
from boardpack.core.roles import ROLES
from boardpack.figures.register import Register
from boardpack.prose.checking import check_prose
from boardpack.prose.directorate_names import own_names, speaking
from boardpack.prose.figure_words import describe
from boardpack.prose.vocabulary import topics_of
from made_up_paper import made_figure

PLACE = PLACES[0]
AMOUNTS = {role: -100_000 * number for number, role in enumerate(ROLES, 3)}
PERIOD = "2024/25 M06"


@pytest.fixture(scope="module")
def body(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """A body whose divisions bear numbers for names, each role with the division that bears it."""
    home = small_body(tmp_path_factory.mktemp("named") / "home", divisions=True, roles=DIVISIONS)
    return small_paper(home, PLACE)


@pytest.fixture(scope="module")
def register(body: Paper) -> Register:
    """The variance to date of each division that bears a role, and of one that bears none."""
    lines = {DIVISIONS[role]: amount for role, amount in AMOUNTS.items()}
    lines["other_community_health_services"] = -150_000
    made = {
        line: made_figure(f"position.{PLACE}.{line}.ytd_variance", amount, period=PERIOD)
        for line, amount in lines.items()
    }
    said = {line: f"{label(body, line)}, year to date variance" for line in lines}
    return Register(replace(figure, label=said[line]) for line, figure in made.items())


def label(body: Paper, line: str) -> str:
    return body.report.directorates[line]


@pytest.mark.parametrize(
    ("role", "topic"),
    [
        ("prescribing", "prescribing"),
        ("continuing_care", "chc"),
        ("mental_health", "mental_health"),
        ("acute", "acute"),
        ("corporate", "corporate"),
    ],
)
def test_a_name_means_the_subject_of_its_role(
    role: str, topic: str, body: Paper, register: Register
) -> None:
    named = label(body, DIVISIONS[role])
    assert topics_of(named) == frozenset(), "nobody else calls it so"
    with speaking(body.report):
        assert topics_of(f"{named.lower()} is over budget") == {topic}
        found = [one for one in describe(register) if one.figure.line == DIVISIONS[role]]
    assert [one.topics for one in found] == [{topic}]
    assert own_names().labels == (), "the names are those of the body while it is spoken of"


def test_a_division_without_a_role_is_a_subject_of_its_own(body: Paper) -> None:
    line = "other_community_health_services"
    with speaking(body.report):
        assert topics_of(f"{label(body, line)} is over budget") == {line}
        assert topics_of("Division 20 is over budget") == frozenset()


@pytest.mark.parametrize(
    ("said", "status"),
    [("£300k", "supported"), ("£350k", "contradicted")],
)
def test_a_sentence_about_a_division_is_held_against_its_figures(
    said: str, status: str, body: Paper, register: Register
) -> None:
    text = f"{label(body, DIVISIONS['prescribing'])} is {said} overspent to date."
    claims = check_prose(text, register, body)
    assert [(claim.mark, claim.status) for claim in claims] == [(said, status)]


def test_a_direction_that_is_turned_is_found_too(body: Paper, register: Register) -> None:
    text = f"{label(body, DIVISIONS['acute'])} is underspent to date."
    assert "contradicted" in {claim.status for claim in check_prose(text, register, body)}


@pytest.mark.parametrize("named", ["Mental health", "DIVISION 3"])
def test_a_figure_is_found_by_its_subject_and_by_the_name_of_its_division(
    named: str, body: Paper, register: Register
) -> None:
    assert label(body, DIVISIONS["mental_health"]) == "Division 3"
    found = fitting(register, body, f"{named} variance to date")
    assert found.figure.id == f"position.{PLACE}.{DIVISIONS['mental_health']}.ytd_variance"
