"""Content read back: what has a heading and nothing under it has no heading."""

from __future__ import annotations

import json
from typing import Any

import pytest

from boardpack.document.blocks import MIME, Block, Narrative, NotSupplied, Workings, block_json
from boardpack.document.content import Heading, chapter_of, forget_chapters, read_chapter

WORDS = Narrative("n", "Words.")
WORKINGS = Workings("w", (), ())
MISSING = NotSupplied("m", "The table", "It has not come.")


def _notebook(*items: str | Block) -> dict[str, Any]:
    cells: list[dict[str, Any]] = []
    for item in items:
        if isinstance(item, str):
            cells.append({"cell_type": "markdown", "source": [item]})
        else:
            output = {"data": {MIME: block_json(item)}}
            cells.append({"cell_type": "code", "source": [], "outputs": [output]})
    return {"cells": cells}


def _shown(*items: str | Block) -> list[str]:
    chapter = read_chapter("02_position", _notebook("# Position", *items))
    return [i.text if isinstance(i, Heading) else i.kind for i in chapter.items]


@pytest.mark.parametrize(
    ("items", "shown"),
    [
        (("## Causes", WORDS, WORKINGS), ["Causes", "narrative", "workings"]),
        ((WORDS, "## Causes", WORKINGS), ["narrative", "workings"]),
        ((WORDS, "## Causes", "### More", WORKINGS), ["narrative", "workings"]),
        ((WORDS, "## Causes", "### More", WORDS), ["narrative", "Causes", "More", "narrative"]),
        ((WORDS, "## Causes", "## Next", MISSING), ["narrative", "Next", "not_supplied"]),
        (("## Causes", MISSING, "## Next", MISSING, WORKINGS), ["not_supplied", "workings"]),
    ],
)
def test_a_heading_stands_over_something(items: tuple[Any, ...], shown: list[str]) -> None:
    assert _shown(*items) == ["Position", *shown]


def test_a_chapter_is_read_once_while_few_others_are_and_until_all_are_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("boardpack.document.content._READ", {})
    monkeypatch.setattr("boardpack.document.content.KEPT", 2)
    texts = [json.dumps(_notebook(f"# {n}", WORDS)) for n in range(3)]
    first, second = (chapter_of("a", text) for text in texts[:2])
    assert chapter_of("a", texts[0]) is first
    assert chapter_of("b", texts[0]) is not first
    assert chapter_of("a", texts[1]) is not second
    forget_chapters()
    assert chapter_of("a", texts[1]) == second
