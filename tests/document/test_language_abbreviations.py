"""Abbreviations are said in full where a part of the paper first uses them."""

from __future__ import annotations

import pytest

from boardpack.document.abbreviations import is_expanded, source_leaves_unexplained, unexplained
from boardpack.document.blocks import Column, Narrative, Row, Table
from boardpack.document.content import Chapter, Heading, Item, Part
from boardpack.document.glossary import meanings_in, read_glossary


def letters(*items: Item, names: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    part = Part("Board paper", (Chapter("01", "One", items[:1]), Chapter("02", "Two", items[1:])))
    return [(one.letters, one.passage.voice) for one in unexplained(part, names)]


@pytest.mark.parametrize(
    "text",
    [
        "the Integrated Care Board (ICB) may spend",
        "the Integrated Care Boards (ICBs, for short)",
        "ICB: Integrated Care Board.",
        "The ICB (Integrated Care Board) may",
        "ICB is the Integrated Care Board",
        "In these names ICB stands for Integrated Care Board.",
    ],
)
def test_what_says_it_in_full(text: str) -> None:
    assert is_expanded(text, "ICB")


@pytest.mark.parametrize(
    "text",
    ["the ICB may spend", "the ICB is overspent to date", "it (ICB)", "ICB: £2m", "ICB (£2m) and"],
)
def test_what_does_not(text: str) -> None:
    assert not is_expanded(text, "ICB")


def test_the_first_use_is_told_and_only_it() -> None:
    found = letters(Narrative("a", "The PPA bills. NHS PPA again."), Narrative("b", "The PPA."))
    assert found == [("PPA", "generated")]


def test_an_expansion_serves_the_chapters_after_it_and_not_those_before() -> None:
    full = Narrative("a", "The Prescription Pricing Authority (PPA) bills.")
    assert letters(full, Heading(2, "PPA spend")) == []
    assert letters(Heading(2, "PPA spend"), full) == [("PPA", "heading")]


def test_commentary_is_told_as_the_teams_and_excuses_nothing() -> None:
    found = letters(Narrative("a", "Our GP.", "commentary"), Narrative("b", "Each GP."))
    assert found == [("GP", "commentary"), ("GP", "generated")]


def test_proper_names_and_cells_of_extracts_stand_for_themselves() -> None:
    table = Table("t", "Caption", (Column("Line", "left"),), (Row(("BCF",)),))
    assert letters(Narrative("a", "East ICB is on budget."), table, names=("East ICB",)) == []


def test_what_even_the_source_does_not_explain_is_known_from_the_glossary() -> None:
    assert "DOP" in source_leaves_unexplained(read_glossary()[""])


def test_names_from_an_extract_are_explained_from_the_glossary() -> None:
    found = meanings_in(["Non MHIS services B", "MHIS again", "XYZ"])
    assert found == (("MHIS", "Mental Health Investment Standard"),)
