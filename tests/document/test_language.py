"""How a text is measured: its sentences, its words, and the age at which it is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.document.blocks import Column, Narrative, Number, Row, Table, doubt, mark
from boardpack.document.content import Chapter, Heading
from boardpack.document.language import (
    LONGEST_SENTENCE,
    long_sentences,
    measured,
    passages,
    printed,
    sentences,
    syllables,
    words,
)

LONG = " ".join(["word"] * LONGEST_SENTENCE)
TABLE = Table(
    "t",
    "Caption",
    (Column("Line", "left"), Column("Actual", group="To date")),
    (Row(("Stub", Number("(2)", "a.b", "-2"))),),
    notes=(f"A note of {LONG}.",),
)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("place", 1),
        ("budget", 2),
        ("table", 2),
        ("prescribing", 3),
        ("moved", 1),
        ("expected", 3),
        ("services", 3),
        ("favourable", 4),
        ("sixty-three", 3),
        ("£2.21m", 1),
        ("NHS", 1),
        ("2023/24", 1),
    ],
)
def test_syllables_are_counted_by_their_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_number_is_what_prints_and_a_mark_is_not_a_word() -> None:
    text = f"**{mark('a.b', '£2.21m overspent')}** on [it](https://x) {doubt('no', 'so', 'why')}"
    assert printed(text) == "£2.21m overspent on it so"
    assert words(printed(text)) == ["2.21m", "overspent", "on", "it", "so"]


def test_sentences_end_at_stops_and_at_items_of_a_list() -> None:
    text = "It is £2.4m. The rest, e.g. this, stays: why; and so on.\nOne?\n\n- first\n- second"
    assert list(sentences(text)) == [
        "It is £2.4m.",
        "The rest, e.g. this, stays: why; and so on.",
        "One?",
        "first",
        "second",
    ]


def test_rows_of_a_table_in_prose_are_not_sentences() -> None:
    assert list(sentences("| a | b |\n|---|---|\n| c | d |")) == []


def test_the_reading_age_is_that_of_the_published_formula() -> None:
    found = measured(["The cat sat on the mat. It was a big cat."])
    assert (found.sentences, found.words, found.syllables, found.longest) == (2, 11, 11, 6)
    assert found.grade == pytest.approx(0.39 * 11 / 2 + 11.8 * 11 / 11 - 15.59)
    assert found.reading_age == pytest.approx(found.grade + 5)


def test_no_words_have_no_reading_age() -> None:
    assert measured([]).reading_age == measured([" - "]).grade == 0


def test_words_are_read_in_order_and_each_has_its_voice() -> None:
    said = Narrative("n", "We say.", "commentary")
    chapter = Chapter("02", "Title", (Heading(1, "Title"), said, TABLE))
    found = [(one.voice, one.text.split()[0]) for one in passages(chapter)]
    assert found == [
        ("heading", "Title"),
        ("commentary", "We"),
        ("label", "Caption"),
        ("label", "Line"),
        ("label", "To"),
        ("generated", "A"),
    ]


def test_a_long_sentence_is_told_unless_the_team_wrote_it() -> None:
    ours = Narrative("ours", f"Short. {mark('a.b', LONG)} more.")
    theirs = Narrative("theirs", f"{LONG} more.", "commentary")
    chapter = Chapter("02", "Title", (ours, theirs, TABLE, Narrative("just", f"{LONG}.")))
    assert [passage.block for passage, _ in long_sentences(chapter)] == ["ours", "t"]


SENTENCES = st.lists(st.sampled_from(["a", "budget", "£2.21m", "place"]), min_size=1, max_size=40)


@given(st.lists(SENTENCES, min_size=1, max_size=5))
def test_sentences_lose_no_word(written: list[list[str]]) -> None:
    text = " ".join(f"So {' '.join(one)}." for one in written)
    found = [words(sentence) for sentence in sentences(text)]
    assert [len(one) for one in found] == [len(one) + 1 for one in written]
    assert measured([text]).longest == max(map(len, found))
