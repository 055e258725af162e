"""The pages of the book: each chapter as a notebook of finished HTML, and what it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from boardpack.core.errors import BuildFault
from boardpack.core.home_chapters import chapter_name
from boardpack.document.blocks import Block, Chart, Narrative, Table
from boardpack.document.content import Chapter, Heading, Part
from boardpack.outputs.html.blocks import block_html
from boardpack.outputs.html.glossary_terms import GLOSSARY, Term, Terms, with_entry_ids
from boardpack.outputs.html.surroundings import Surroundings
from boardpack.outputs.prose import Values, bare_text

ROOT = "index"
TABLES = "tables"
"""The folder of the book that holds its tables as CSV."""
COPIES = "downloads"
"""The folder of the book that holds the documents beside it, so that it can be published alone."""
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")

Json = dict[str, Any]


def page_of(chapter: Chapter, parts: Sequence[Part]) -> str:
    """The page that shows a chapter, without its ending: `index` or `notebooks/02_position`."""
    return ROOT if chapter.name == chapters_of(parts)[0].name else f"notebooks/{chapter.name}"


def chapters_of(parts: Sequence[Part]) -> list[Chapter]:
    """The chapters of all parts, in order."""
    return [chapter for part in parts for chapter in part.chapters]


def page_notebook(
    chapter: Chapter, parts: Sequence[Part], values: Values, known: Mapping[str, Term]
) -> Json:
    """A chapter as the notebook that Jupyter Book makes a page of: finished HTML and headings."""
    _refuse_repeated(chapter)
    page = _Page(chapter, parts, values, known)
    cells = [_heading(i) if isinstance(i, Heading) else _shown(page.html(i)) for i in chapter.items]
    meanings = page.terms.meanings()
    cells += [_shown(meanings)] if meanings else []
    named = ({**cell, "id": f"cell-{place}"} for place, cell in enumerate(cells, start=1))
    return _document(named)


class _Page:
    """A chapter's page: the blocks as HTML, with what they lead to from there."""

    def __init__(
        self, chapter: Chapter, parts: Sequence[Part], values: Values, known: Mapping[str, Term]
    ) -> None:
        self.values, self.parts = values, parts
        self.root = "../" if "/" in page_of(chapter, parts) else ""
        glossary = next((c for c in chapters_of(parts) if _explains(c)), chapter)
        self.terms = Terms(known if glossary is not chapter else {}, self._way(glossary))
        self.around = Surroundings(pages=self._chapters(), tables=f"{self.root}{TABLES}")

    def html(self, block: Block) -> str:
        """A block as it stands on this page."""
        html = block_html(block, self.values, self.around)
        if isinstance(block, Table) and block.id == GLOSSARY:
            return with_entry_ids(html)
        return self.terms.linked(html) if isinstance(block, Narrative) else html

    def _way(self, chapter: Chapter) -> str:
        return f"{self.root}{page_of(chapter, self.parts)}.html"

    def _chapters(self) -> dict[str, str]:
        """The page of each chapter by its name, that of all places where the place's has none."""
        chapters = sorted(chapters_of(self.parts), key=lambda chapter: chapter.nothing is None)
        found = {chapter_name(c.name): self._way(c) for c in chapters}
        empty = {chapter_name(c.name) for c in chapters if c.nothing is not None}
        of_all = {
            name.removesuffix("_icb"): way for name, way in found.items() if name not in empty
        }
        own = {name: way for name, way in found.items() if name not in empty}
        return {**found, **of_all, **own}


def _explains(chapter: Chapter) -> bool:
    return any(isinstance(block, Table) and block.id == GLOSSARY for block in chapter.blocks)


def _refuse_repeated(chapter: Chapter) -> None:
    ids = [block.id for block in chapter.blocks if isinstance(block, Table | Chart)]
    repeated = sorted({name for name in ids if ids.count(name) > 1})
    if repeated:
        raise BuildFault(f"Chapter {chapter.name} has two tables or charts named {repeated[0]!r}.")


def _document(cells: Iterable[Json]) -> Json:
    metadata = {"language_info": {"name": "python"}}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}


def _heading(heading: Heading) -> Json:
    text = _PUNCTUATION.sub(r"\\\1", bare_text(heading.text))
    return {"cell_type": "markdown", "metadata": {}, "source": f"{'#' * heading.level} {text}"}


def _shown(html: str) -> Json:
    data = {"text/html": html}
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": ["remove-input"]},
        "source": "show(block)",
        "outputs": [{"output_type": "display_data", "metadata": {}, "data": data}],
    }
