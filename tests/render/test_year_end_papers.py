"""The papers of a finished year: an outturn in every chapter, in no place a forecast of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from executed_papers import Executed, Runner
from sums_of_papers import assert_it_adds_up

from boardpack.document.blocks import (
    MARKER,
    Block,
    Chart,
    KeyFigures,
    Narrative,
    NotSupplied,
    Table,
)
from boardpack.document.content import Heading

RUNNING = re.compile(
    r"forecast|to date\b|(?-i:months (that are )?left)|\bso far\b|from here|rest of the year"
    r"|must improve|would (still )?be met|will end",
    re.IGNORECASE,
)
"""Words that hold only while months are left."""
OF_ITSELF = ("assurance", "glossary")
"""Chapters that name checks and explain words, whichever month it is."""
QUANTITIES = re.compile(r"(known|seen) so far")
"""What is known or seen so far still comes in once the year is over."""


@pytest.fixture(scope="module", params=["finished alderwick", "finished icb"])
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Executed:
    return Runner(tmp_path_factory.mktemp("finished"))(request.param)


def _said(block: Block) -> Iterator[str]:
    """What a block says in the program's own words; names and the team's words are not its."""
    if isinstance(block, Narrative) and block.id.endswith("-commentary"):
        return
    if isinstance(block, Narrative):
        yield MARKER.sub(r"\2", block.markdown)
    elif isinstance(block, Table):
        yield from (block.caption, block.unit, *block.notes)
        yield from (f"{column.group or ''} {column.label}" for column in block.columns)
    elif isinstance(block, Chart):
        yield from (block.title, block.alt, block.unit, *(one.name for one in block.series))
    elif isinstance(block, KeyFigures):
        yield from (f"{item.label}; {item.context}" for item in block.items)
    elif isinstance(block, NotSupplied):
        yield f"{block.what}: {block.why}"


def test_no_sentence_title_or_label_forecasts_a_year_that_is_over(paper: Executed) -> None:
    wrong = []
    for part in paper.parts:
        for chapter in part.chapters:
            if chapter.name.split("_", 1)[1] in OF_ITSELF:
                continue
            for item in chapter.items:
                said = [item.text] if isinstance(item, Heading) else _said(item)
                told = [QUANTITIES.sub("", text) for text in said]
                wrong += [f"{chapter.name}: {text}" for text in told if RUNNING.search(text)]
    assert wrong == []


def test_every_total_is_what_its_printed_rows_come_to(paper: Executed) -> None:
    assert_it_adds_up(paper)


def test_page_one_says_how_the_year_ended(paper: Executed) -> None:
    summary = paper.parts[0].chapters[0]
    text = " ".join(said for block in summary.blocks for said in _said(block))
    assert "ended the year" in text
    assert "subject to audit" in text
    assert "Year outturn" in text
    assert not any(isinstance(block, NotSupplied) for block in summary.blocks)
