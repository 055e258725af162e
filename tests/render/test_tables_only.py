"""A body that brings its own declared tables and no more: its paper is those, and reads as that."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest
from executed_papers import executed
from small_bodies import PLACES, small_body, small_paper

from boardpack.core.home import CHECKOUT
from boardpack.document.blocks import MARKER, Narrative, block_json
from boardpack.document.content import Heading, Part
from boardpack.document.folding import folded

sys.path.insert(0, str(CHECKOUT / "tests" / "schedules"))
from declared_home import NAME, block_of

OTHERS = re.compile(
    r"prescri|continuing|mental|MHIS|CHC|BPPC|ACDR|cash|planned surplus|directorate|Category M"
    r"|Section 75|running cost|drawdown|provider|run rate|position of",
    re.IGNORECASE,
)
"""Words of the structure of a body that has more than tables of its own."""
SENTENCE = "Adult social care is £60k overspent to date, of a budget of £7.8m."
TITLE = "This paper shows, for September 2024: Adult social care."


def paper_of(home: Path, places: tuple[str, ...], form: str) -> tuple[Part, ...]:
    """The parts of the paper of such a body as they are printed."""
    small_body(home, places=places, overview=False, position=False, more={NAME: block_of("csv")})
    (home / "params" / "schedules").mkdir()
    (home / "params" / "schedules" / f"{NAME}.yml").write_text(form, "utf-8")
    found = executed(small_paper(home, places[0] if places else "icb"))
    assert not found.register.absent
    return folded(found.parts)


def words(part: Part) -> str:
    """All that the chapters of a part show, but the list of chapters without a page, as text."""
    items = [item for chapter in part.chapters for item in chapter.items]
    told = (
        items.index(Heading(2, "Chapters without a page")) + 1 if "Assurance" in part.title else -1
    )
    shown = [
        item.text if isinstance(item, Heading) else json.dumps(block_json(item), ensure_ascii=False)
        for number, item in enumerate(items)
        if number != told and getattr(item, "kind", "") != "workings"
    ]
    return MARKER.sub(r"\2", "\n".join(shown))


@pytest.mark.parametrize(
    ("places", "form", "said"),
    [
        (PLACES, block_of("yaml"), SENTENCE),
        ((), re.sub(r"sentence: .*\n", "", block_of("yaml")), TITLE),
    ],
    ids=["places, a sentence", "no places, no sentence"],
)
def test_the_paper_is_the_tables(
    tmp_path: Path, places: tuple[str, ...], form: str, said: str
) -> None:
    first, reference = paper_of(tmp_path / "home", places, form)
    assert [chapter.title for chapter in first.chapters] == ["Summary", "Tables of our own"]
    assert [chapter.title for chapter in reference.chapters] == ["Assurance", "Glossary"]
    headings = [item.text for item in first.chapters[0].items if isinstance(item, Heading)]
    assert headings[1:] == [
        "What the board is asked to do",
        "Duties, money and assurance",
        "Cover sheet",
        "How sure this is",
    ]
    answer = first.chapters[0].blocks[0]
    assert isinstance(answer, Narrative)
    assert MARKER.sub(r"\2", answer.markdown) == said
    assert OTHERS.findall(words(first)) + OTHERS.findall(words(reference)) == []
    folds = reference.chapters[0].items
    told = folds[folds.index(Heading(2, "Chapters without a page")) + 1]
    assert isinstance(told, Narrative)
    one, other = told.markdown.splitlines()  # the project's; and that there is no earlier paper
    assert one.endswith("This body has no report of it.")
    assert other.startswith("- What changed since the last papers.")
