"""An auditor's working paper: figures with all that stands behind and around each of them.

Figures are named, or drawn from what the paper shows (see `selection`). The same build and
seed give the same file.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpack.audit.comparison.sides import CHECKS, FIGURES, chapters_of, read_edition
from boardpack.audit.evidence_papers.rows import SourceTable, SumAgain, source_tables, sums_again
from boardpack.audit.lineage.cells import CellFinder
from boardpack.audit.verification.json_object import read_object
from boardpack.core.errors import UsageFault
from boardpack.document.blocks import MARKER, Block, Workings, block_json
from boardpack.document.content import Chapter, Heading
from boardpack.figures.figure import Figure, SourceCell, figure_from_json
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.one_structure import read_comparable
from boardpack.figures.register import Register, UnknownFigure
from boardpack.reading.cells import file_sha256
from boardpack.reading.released import ReleasedFigure
from boardpack.render.layout import Layout
from boardpack.render.manifest import NAME

MONEY = "GBP"
SHOWN_CELLS = 100
"""So many cells of sums over rows are shown in their rows; `explain --cells` lists all."""


@dataclass(frozen=True)
class Shown:
    """A place in the paper where a figure stands, and what is printed there."""

    chapter: str
    where: str
    text: str


@dataclass(frozen=True)
class Prior:
    """What the paper of an earlier month released for the same figure."""

    month: str
    released: ReleasedFigure


@dataclass(frozen=True)
class Evidence:
    """One figure with its place in the paper, its lineage down to the cells, checks and prior.

    `recomputed` is the formula worked out again from the inputs' values; None for a cell. `sums`
    are the sums over rows below it, added up again from the files.
    """

    figure: Figure
    shown: tuple[Shown, ...]
    inputs: tuple[Figure, ...]
    recomputed: str | None
    cells: tuple[SourceCell, ...]
    sources: tuple[SourceTable, ...]
    sums: tuple[SumAgain, ...]
    checks: tuple[Mapping[str, Any], ...]
    priors: tuple[Prior, ...]


class Auditor:
    """A build as evidence is drawn from it: its register, its checks, and what its paper shows.

    `seal` is the build's own, or says that its register is not the one that was sealed.
    """

    def __init__(self, layout: Layout) -> None:
        build = layout.target
        if not (build / FIGURES).is_file() or not (build / CHECKS).is_file():
            raise UsageFault(f"There is no build in {build}. Render the paper first.")
        edition = read_edition(build)
        self.layout = layout
        self.seal = _seal(build)
        self.register = Register(
            figure_from_json(dict(item))
            for item in edition.figures.values()
            if item["value"] is not None
        )
        self.checks = tuple((edition.checks or {}).values())
        self.shown = _all_shown(chapters_of(build))
        self._finder = CellFinder(layout.paper)
        self._released = tuple(_released(layout))

    def sample(self, number: int, seed: int) -> tuple[str, ...]:
        """The ids of a seeded sample of the figures that the paper shows."""
        known = [self.register[identity] for identity in self.shown if identity in self.register]
        if not known or number < 1:
            raise UsageFault("There is nothing to draw: ask for one figure or more of a paper.")
        return tuple(figure.id for figure in drawn(known, number, seed))

    def evidence(self, identity: str) -> Evidence:
        """All that stands behind and around one figure; UsageFault for an unknown id."""
        try:
            figure = self.register[identity]
        except UnknownFigure as error:
            raise UsageFault(str(error.args[0])) from None
        below = tuple(_below(self.register, figure))
        sums = tuple(sums_again(self._finder, below))
        chosen = [item for one in sums for item in one.cells]
        named = [item for one in below for item in one.cells if item.rule is None]
        cells = tuple(dict.fromkeys([*named, *(chosen if len(chosen) <= SHOWN_CELLS else ())]))
        return Evidence(
            figure,
            tuple(self.shown.get(identity, ())),
            tuple(self.register[one] for one in operands(figure.formula or "")),
            _recomputed(self.register, figure),
            cells,
            source_tables(self.layout.paper.home, cells),
            sums,
            tuple(check for check in self.checks if identity in check["figures"]),
            tuple(prior for prior in self._released if prior.released.id == identity),
        )


def _seal(build: Path) -> str:
    record = read_object(build / NAME) or {}
    sealed = record.get("records")
    known = sealed if isinstance(sealed, dict) else {}
    if any(known.get(name) != file_sha256(build / name) for name in (FIGURES, CHECKS)):
        return "none: the figures or checks are not those that were sealed. Render the paper again"
    return str(record.get("seal", "none"))


def drawn(figures: Sequence[Figure], number: int, seed: int) -> list[Figure]:
    """A sample without replacement: money by its size, then the rest with equal chances."""
    chance = random.Random(seed)
    ordered = sorted(figures, key=lambda figure: figure.id)
    money = [figure for figure in ordered if figure.unit == MONEY and figure.value]
    rest = [figure for figure in ordered if figure not in money]
    weights = [*(float(abs(figure.value)) for figure in money), *(1.0 for _ in rest)]
    # The smallest of exponential waiting times, each shorter the larger the weight.
    waits = [-math.log(1.0 - chance.random()) / weight for weight in weights]
    found = sorted(zip(waits[: len(money)], money, strict=True), key=lambda pair: pair[0])
    found += sorted(zip(waits[len(money) :], rest, strict=True), key=lambda pair: pair[0])
    return [figure for _, figure in found[:number]]


def _released(layout: Layout) -> Iterator[Prior]:
    paper = layout.paper
    for month in paper.compared:
        for figure in read_comparable(paper, month):
            yield Prior(month.name, figure)


def _below(register: Register, figure: Figure) -> Iterator[Figure]:
    """A figure and those below it, through formulas of any depth, in the order of the formulas."""
    waiting, seen = [figure.id], {figure.id}
    while waiting:
        found = register[waiting.pop(0)]
        yield found
        below = [one for one in operands(found.formula or "") if one not in seen]
        seen.update(below)
        waiting = [*below, *waiting]


def _recomputed(register: Register, figure: Figure) -> str | None:
    if figure.formula is None:
        return None
    values = {one: register[one].value for one in operands(figure.formula)}
    again = evaluate(figure.formula, values)
    return "agrees" if again == figure.value else f"gives {again}, which does not agree"


def _all_shown(chapters: Iterable[Chapter]) -> dict[str, list[Shown]]:
    """Where each figure stands in the paper, by id, in book order; workings are left out."""
    found: dict[str, list[Shown]] = {}
    for chapter in chapters:
        heading = ""
        for item in chapter.items:
            if isinstance(item, Heading):
                heading = "" if item.level == 1 else item.text
            elif not isinstance(item, Workings):
                for identity, text in _printed(block_json(item)):
                    shown = Shown(chapter.title, _where(item, heading), text)
                    if shown not in found.setdefault(identity, []):
                        found[identity].append(shown)
    return found


def _where(block: Block, heading: str) -> str:
    name = (
        getattr(block, "caption", "") or getattr(block, "title", "") or f"{block.kind} {block.id}"
    )
    return f"{heading}: {name}" if heading else name


def _printed(data: Any) -> Iterator[tuple[str, str]]:
    """The numbers in a block with their figures, wherever they stand in it."""
    if isinstance(data, dict):
        if "figure" in data and "text" in data:
            yield data["figure"], data["text"]
        for value in data.values():
            yield from _printed(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _printed(value)
    elif isinstance(data, str):
        yield from MARKER.findall(data)
