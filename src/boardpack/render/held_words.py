"""Plain words and untraced numbers of executed notebooks: held to the figures, marked, recorded.

It is done when a wave has run, in one place for all chapters, against every figure found so far.
What is open is marked where it stands, so that every output of a draft shows it; all that was found
is recorded with the cell that says it (`metadata.boardpack.claims`), accepted or not, for whoever
counts it, accepts it or refuses a release for it. The house's own chapters have nothing of the
kind, and cost a look.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from typing import Any

from boardpack.core.home_chapters import TEMPLATES
from boardpack.document.blocks import MARKER, MIME, Block, Narrative, block_from_json, block_json
from boardpack.document.captions import captions, numbers_shown, words_mark
from boardpack.document.commentary_marks import checker_of, mark_claims
from boardpack.document.content import SHOWN, Heading, Item, chapter_of, heading_of
from boardpack.document.plain_outputs import is_carried
from boardpack.document.templates import wording
from boardpack.document.untraced import marked_untraced, untraced_claim
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.register import Register
from boardpack.prose.checking import ProseChecker
from boardpack.prose.claim import Claim
from boardpack.prose.commentary import (
    DOUBTED,
    Acceptance,
    acceptance_of,
    may_claim,
    open_claims,
    read_accepted,
)
from boardpack.prose.notebook_claims import CLAIMS, claim_record, notebook_key
from boardpack.prose.plain_words import may_be_typed, typed_claims, typed_numbers
from boardpack.render.chapters import own_chapters, read_chapters
from boardpack.render.layout import Layout
from boardpack.render.plain_output_blocks import numbered
from boardpack.render.records import collect_register
from boardpack.render.repeatable import notebook_text

Json = dict[str, Any]
Held = Callable[[Json], list[Json]]
"""What stands in place of a block once it was held."""
_OF_CHECKS = ("assurance",)
"""Chapters whose figures count checks, of which no other chapter speaks."""
_SHELF = "\ue100"
"""What stands in place of a marker while words are marked around it."""


def hold_words(layout: Layout, names: Iterable[str], run: Collection[str]) -> None:
    """Hold what the chapters of a wave say in plain words; `run` are all that have run by now."""
    holder = _Holder(layout, run)
    for name in names:
        path = layout.executed / f"{name}.ipynb"
        text = path.read_text(encoding="utf-8")
        chapter = chapter_of(name, text)
        if any(holder.is_open(item, name, chapter.title) for item in chapter.items):
            notebook = json.loads(text)
            holder.hold(name, chapter.title, notebook)
            path.write_text(notebook_text(notebook), encoding="utf-8", newline="\n")


class _Holder:
    """Holds notebooks against the figures of a paper."""

    def __init__(self, layout: Layout, run: Collection[str]) -> None:
        self._layout, self._run = layout, run

    @cached_property
    def _accepted(self) -> tuple[Acceptance, ...]:
        return read_accepted(self._layout.paper)

    @cached_property
    def _checker(self) -> ProseChecker:
        """What holds words against the paper's figures, and those that its notebooks made."""
        paper = self._layout.paper
        known = compute(paper, *chapters_of(paper))
        found = collect_register(read_chapters(self._layout, self._run))
        new = [one for one in found if known.find(one.id) is None and one.chapter not in _OF_CHECKS]
        return ProseChecker(Register((*known, *new)), paper) if new else checker_of(paper)

    @cached_property
    def _wording(self) -> frozenset[str]:
        """The numbers that stand typed in the project's templates."""
        templates = sorted((self._layout.project / TEMPLATES).glob("*.j2"))
        read = (path.read_text(encoding="utf-8") for path in templates)
        return typed_numbers(chain.from_iterable(map(wording, read)))

    @cached_property
    def _own(self) -> tuple[str, ...]:
        """The home's own chapters, whose authors may have typed whatever they show."""
        return own_chapters(self._layout)

    def _written(self, name: str) -> frozenset[str] | None:
        """The numbers that were typed for a chapter: in the project's wording or in its notebook.

        None of a home's own chapter, in which a number may come of what no figure stands behind.
        """
        if name in self._own:
            return None
        notebook = self._layout.notebooks / f"{name}.ipynb"
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        return self._wording | typed_numbers("".join(cell["source"]) for cell in cells)

    def is_open(self, item: Item, name: str, title: str) -> bool:
        """Whether a block or a heading has what is to be noted."""
        if any(map(_is_doubted, self._words(item, name, title))):
            return True
        return not isinstance(item, Heading) and untraced_claim(item, 0) is not None

    def hold(self, name: str, title: str, notebook: Json) -> None:
        """Mark what is open in a notebook, and note all that was found in the cell that says it."""
        for number, cell in numbered(notebook["cells"]):
            claims: list[Claim] = []
            if name in self._own:
                _show_heading(cell)
            _rewrite(cell, partial(self._held, name, title, claims))
            if claims:
                told = [claim_record(replace(claim, line=number)) for claim in claims]
                own = cell["metadata"].get("boardpack", {})
                cell["metadata"]["boardpack"] = {**own, CLAIMS: told}

    def _held(self, name: str, title: str, claims: list[Claim], item: Json) -> list[Json]:
        """What stands in place of a block once it was held; what was found joins the claims."""
        key = notebook_key(name)
        if item["kind"] == "heading":
            heading = Heading(item["level"], item["text"])
            mark = self._below(f"{name}-heading", key, self._words(heading, name, title), claims)
            return [item, *map(block_json, mark)]
        block = block_from_json(item)
        held: tuple[Block, ...] = (block,)
        found = self._words(block, name, title)
        if isinstance(block, Narrative) and found:
            claims += filter(_is_doubted, found)
            doubted = open_claims(key, found, self._accepted)
            held = (replace(block, markdown=_marked(block.markdown, found, doubted)),)
        untraced = untraced_claim(block, 0)
        if untraced is not None:
            claims.append(untraced)
            if acceptance_of(key, untraced, self._accepted) is None:
                held = marked_untraced(block)
        if not isinstance(block, Narrative):
            held = (*held, *self._below(f"{block.id}-words", key, found, claims))
        return [block_json(one) for one in held]

    def _below(
        self, identity: str, key: str, found: list[Claim], claims: list[Claim]
    ) -> tuple[Narrative, ...]:
        """What a draft says below what was found in a heading or over a block, as it joins."""
        claims += filter(_is_doubted, found)
        doubted = open_claims(key, found, self._accepted)
        return (words_mark(identity, doubted),) if doubted else ()

    def _words(self, item: Item, name: str, title: str) -> list[Claim]:
        """What a block claims in plain words; of a text that was typed whole, all of it.

        Of other blocks it is what stands over them and in their place, in a home's own chapters;
        so are its headings.
        """
        if isinstance(item, Narrative):
            return [] if item.voice == "commentary" else self._prose(item, name, title)
        if name not in self._own:
            return []
        texts, shown = filter(may_claim, captions(item)), numbers_shown(item)
        return [
            claim
            for text in texts
            for claim in typed_claims(text, title, self._checker, None, shown)
        ]

    def _prose(self, block: Narrative, name: str, title: str) -> list[Claim]:
        text = block.markdown
        if is_carried(block.id):
            return self._checker.check(text, title) if may_claim(text) else []
        may_say = may_claim if name in self._own else may_be_typed
        return (
            typed_claims(text, title, self._checker, self._written(name)) if may_say(text) else []
        )


def _is_doubted(claim: Claim) -> bool:
    return claim.status in DOUBTED


def _marked(text: str, claims: list[Claim], doubted: list[Claim]) -> str:
    """The text with the doubted claims marked, none within a figure's own marker."""
    markers: list[str] = [found[0] for found in MARKER.finditer(text)]
    shelved = mark_claims(MARKER.sub(_SHELF, text), claims, doubted)
    return re.sub(_SHELF, lambda _: markers.pop(0), shelved)


def _show_heading(cell: Json) -> None:
    """Give a text that is a heading alone its item, below which a mark can stand."""
    told = cell["metadata"].get("boardpack", {})
    heading = heading_of("".join(cell["source"])) if cell["cell_type"] == "markdown" else None
    if heading is not None and SHOWN not in told:
        item = {"kind": "heading", "level": heading.level, "text": heading.text}
        cell["metadata"]["boardpack"] = {**told, SHOWN: [item]}


def _rewrite(cell: Json, held: Held) -> None:
    """Put what `held` makes of each block of a cell in its place."""
    shown = cell["metadata"].get("boardpack", {}).get(SHOWN)
    if shown is not None:
        items = [one for item in shown for one in held(item)]
        cell["metadata"]["boardpack"] = {**cell["metadata"]["boardpack"], SHOWN: items}
    if "outputs" in cell:
        cell["outputs"] = [one for output in cell["outputs"] for one in _outputs(output, held)]


def _outputs(output: Json, held: Held) -> Iterator[Json]:
    data = output.get("data", {})
    if MIME not in data:
        yield output
        return
    first, *others = held(data[MIME])
    yield {**output, "data": {**data, MIME: first}}
    for item in others:
        text = {"text/plain": f"{item['kind']} {item['id']}", MIME: item}
        yield {"output_type": "display_data", "metadata": {}, "data": text}
