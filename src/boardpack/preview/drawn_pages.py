"""A paper drawn as the blocks of its pages, and drawn again only where something changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from boardpack.core.design import design
from boardpack.document.blocks import Workings
from boardpack.document.content import Chapter, Part
from boardpack.outputs.exact_values import exact_values
from boardpack.outputs.html.glossary_terms import Term, terms_of
from boardpack.outputs.html.pages import chapters_of, page_notebook
from boardpack.render.chapters import chapter_names, read_chapters
from boardpack.render.layout import Layout
from boardpack.render.products import parts_of, title

Json = dict[str, Any]

_ID = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")


@dataclass(frozen=True)
class Drawn:
    """All of a paper as it was drawn: what stands on its pages, and what that was made of.

    By chapter: `texts` are the executed notebooks, `own_values` the exact values that its blocks
    carry, `notebooks` the pages as Jupyter Book takes them. `around` is what stands on every page.
    """

    parts: tuple[Part, ...]
    around: str
    texts: dict[str, str]
    own_values: dict[str, dict[str, str]]
    values: dict[str, str]
    terms: dict[str, Term]
    owners: dict[str, tuple[str, ...]]
    notebooks: dict[str, Json]

    @property
    def chapters(self) -> dict[str, Chapter]:
        """The chapters by name, in order."""
        return {chapter.name: chapter for chapter in chapters_of(self.parts)}


def draw(layout: Layout, before: Drawn | None) -> Drawn:
    """The paper as its executed notebooks say; what is as it was `before` is taken from there."""
    texts = {
        name: (layout.executed / f"{name}.ipynb").read_text(encoding="utf-8")
        for name in chapter_names(layout)
    }
    parts = parts_of(layout, read_chapters(layout, texts))
    chapters = {chapter.name: chapter for chapter in chapters_of(parts)}
    known = before.chapters if before is not None else {}
    same = {name for name, chapter in chapters.items() if known.get(name) == chapter}
    own = {
        name: before.own_values[name]
        if before is not None and name in same
        else exact_values(chapter.blocks)
        for name, chapter in chapters.items()
    }
    made = Drawn(
        parts, _around(layout, parts), texts, own, _joined(own), terms_of(parts), _owners(parts), {}
    )
    for name in chapters:
        made.notebooks[name] = (
            before.notebooks[name]
            if before is not None and name in same and _stands(name, before, made)
            else page_notebook(chapters[name], parts, made.values, made.terms)
        )
    return made


def _around(layout: Layout, parts: tuple[Part, ...]) -> str:
    """What stands on every page: title, status, contents, the colours of the body and its logo."""
    paper = layout.paper
    contents = [(part.title, [(c.name, c.title) for c in part.chapters]) for part in parts]
    logo = design().logo
    look = paper.report.design, logo.data if logo else ""
    return repr((title(paper), paper.marks, paper.run.status, contents, look))


def _joined(own: dict[str, dict[str, str]]) -> dict[str, str]:
    """The values of all chapters; of one that several carry, the first, as for the whole book."""
    found: dict[str, str] = {}
    for values in own.values():
        for name, value in values.items():
            found.setdefault(name, value)
    return found


def _owners(parts: tuple[Part, ...]) -> dict[str, tuple[str, ...]]:
    """The figures that each chapter's workings carry: where a headline leads."""
    return {
        chapter.name: tuple(
            figure["id"]
            for block in chapter.blocks
            if isinstance(block, Workings)
            for figure in block.figures
        )
        for chapter in chapters_of(parts)
    }


def _stands(name: str, before: Drawn, now: Drawn) -> bool:
    """Whether a chapter that says what it said looks as it looked, whatever the others say."""
    if (before.terms, before.owners, before.around) != (now.terms, now.owners, now.around):
        return False
    if before.values == now.values:
        return True
    named = _named(now.texts[name])
    return all(before.values.get(figure) == now.values.get(figure) for figure in named)


def read_names(drawn: Drawn) -> None:
    """Find which figures each chapter names, before the first change asks for it."""
    for text in drawn.texts.values():
        _named(text)


@lru_cache(maxsize=128)
def _named(text: str) -> frozenset[str]:
    """The figures that a chapter names, in its blocks or in their HTML."""
    return frozenset(_ID.findall(text))
