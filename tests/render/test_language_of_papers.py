"""The language of whole papers, the real month's and the made-up ICB's: what every reader is owed.

The team's commentary answers for itself and is not held to this; `docs/language.md` tells of it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from executed_papers import REAL, Executed, Runner
from plain_sentences import hard_sentences
from sentences_recomputed import Extracts, pages_of, wrong
from sentences_recomputed import Paper as RecomputedPaper
from sums_of_papers import assert_it_adds_up
from whole_build import built

from boardpack.core.money import plain
from boardpack.core.params import load_paper
from boardpack.document.abbreviations import source_leaves_unexplained, unexplained
from boardpack.document.content import Chapter
from boardpack.document.glossary import read_glossary
from boardpack.document.language import long_sentences, measured, passages
from boardpack.document.roundings import two_roundings
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.prose.notebook_claims import held_claims
from boardpack.render.chapters import read_parts
from boardpack.render.layout import CHECKOUT, Layout

NAMES = ("real bromley", "real icb", "demo alderwick", "demo icb", "finished alderwick")
OLDEST = 16.0
"""The greatest reading age of a chapter, in years: what a school leaver reads."""
ENOUGH = 60
"""The words from which a chapter's reading age says anything."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(tmp_path_factory.mktemp("papers"))


@pytest.fixture(params=NAMES)
def executed(request: pytest.FixtureRequest, run: Runner, whole_home: Path) -> Executed:
    return _rendered(whole_home) if request.param == NAMES[0] else run(request.param)


def _rendered(home: Path) -> Executed:
    paper = load_paper(home, REAL, "bromley")
    figures = json.loads((built(home) / "figures.json").read_text(encoding="utf-8"))["figures"]
    register = Register(figure_from_json(item) for item in figures)
    parts = read_parts(Layout(CHECKOUT, paper), built=True)
    return Executed(paper, parts, register, held_claims(built(home) / "notebooks"))


def chapters(executed: Executed) -> list[Chapter]:
    return [chapter for part in executed.parts for chapter in part.chapters]


def test_no_word_of_the_house_waits_for_a_reviewer(executed: Executed) -> None:
    """A sentence that only a reviewer could accept would stop the release of every month."""
    assert executed.claims == {}


def test_no_generated_sentence_is_too_long(executed: Executed) -> None:
    found = [told for chapter in chapters(executed) for told in long_sentences(chapter)]
    assert [(passage.block, sentence) for passage, sentence in found] == []


def test_every_generated_sentence_can_be_followed(executed: Executed) -> None:
    found = [told for chapter in chapters(executed) for told in hard_sentences(chapter)]
    assert found == []


def test_every_abbreviation_is_said_in_full_where_a_part_first_uses_it(executed: Executed) -> None:
    names = (executed.paper.report.icb_name,)
    nobody_knows = source_leaves_unexplained(read_glossary()[""])
    found = [one for part in executed.parts for one in unexplained(part, names)]
    assert [
        (one.part, one.letters, one.passage.text)
        for one in found
        if one.passage.voice != "commentary" and one.letters not in nobody_knows
    ] == []


def test_no_number_is_in_two_roundings_on_one_page(executed: Executed) -> None:
    sizes = {figure.id: plain(figure.value) for figure in executed.register}
    assert [told for chapter in chapters(executed) for told in two_roundings(chapter, sizes)] == []


def test_every_total_is_what_its_printed_rows_come_to(executed: Executed) -> None:
    assert_it_adds_up(executed)


def test_every_chapter_can_be_read_by_a_school_leaver(executed: Executed) -> None:
    for chapter in chapters(executed):
        said = [one.text for one in passages(chapter) if one.voice == "generated"]
        found = measured(said)
        if found.words >= ENOUGH:
            assert found.reading_age <= OLDEST, chapter.name


@pytest.mark.parametrize("place", ["bromley", "lambeth", "icb"])
def test_the_sentences_come_out_the_same_a_second_time(
    place: str, run: Runner, whole_home: Path
) -> None:
    """Sixty and more of each paper, from the extracts, by a program that knows nothing of ours."""
    pages = pages_of(built(whole_home)) if place == "bromley" else _pages(run(f"real {place}"))
    assert len([*RecomputedPaper(Extracts(CHECKOUT), place).sentences()]) >= 60
    assert wrong(CHECKOUT, place, pages) == []


def _pages(executed: Executed) -> dict[str, str]:
    """The words of a paper of which no page was made, by chapter."""
    said = {c.name: "\n".join(one.text for one in passages(c)) for c in chapters(executed)}
    listed = re.compile(r"^- ", re.MULTILINE)
    return {name: " ".join(listed.sub("", text).split()) for name, text in said.items()}


def test_a_number_or_a_direction_that_is_another_is_named(whole_home: Path) -> None:
    pages = pages_of(built(whole_home))
    for sentence in RecomputedPaper(Extracts(CHECKOUT), "bromley").sentences():
        text = pages[sentence.page]
        assert not sentence.wrong_on(text)
        for one, other in (("overspent", "underspent"), ("over budget", "under budget")):
            if one in str(sentence):
                assert sentence.wrong_on(text.replace(one, other)), sentence
        if any("{}" in number.form for number in sentence.numbers):
            assert sentence.wrong_on(re.sub(r"\d(?=[^\d£]*(?:[mk%]|\b))", _another, text)), sentence


def _another(digit: re.Match[str]) -> str:
    return str((int(digit[0]) + 5) % 10)
