"""The figures that a notebook makes: named, held to their formulas, and recorded.

A figure of a notebook has the id `<chapter>.<place>.<line>.<measure>`, from the row's label and the
column's name. It is recorded with all that it rests on and no other notebook records: the cells
that the notebook read. What was recorded is shown as workings, from which the register is gathered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, count
from typing import NamedTuple

from boardpack.core.errors import BuildFault
from boardpack.core.params import Paper
from boardpack.document.blocks import Workings
from boardpack.document.chapter import working
from boardpack.figures.figure import Figure
from boardpack.figures.formula import evaluate, margin_of, operands
from boardpack.figures.frames import Traced
from boardpack.figures.frames.expression import Expression
from boardpack.figures.labels import capital, measure_label, slug
from boardpack.figures.register import Register

BASIS = "notebook"
NEAR = Decimal("1e-20")
"""How far, of its size, a value may lie from its formula's: by the last of its digits."""


class Spot(NamedTuple):
    """Where an element stands in a frame: its row and column by name, and the row in words.

    `frame` is what the frame is called, `chapter` what its figures are kept under where that is
    not the notebook's own.
    """

    row: str
    column: str
    words: str = ""
    frame: str = ""
    chapter: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.words or self.row, self.column)))


@dataclass
class Made:
    """What one notebook has made so far; `known` are the figures that other notebooks record."""

    chapter: str
    paper: Paper
    known: Register
    recorded: dict[str, Figure] = field(default_factory=dict)
    _read: dict[str, Figure] = field(default_factory=dict)
    _names: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _expressions: dict[int, tuple[Expression, str]] = field(default_factory=dict)
    _shown: int = 0
    _blocks: int = 0

    def block_id(self, kind: str) -> str:
        """The id of the next block that is shown, by its chapter and its order."""
        self._blocks += 1
        return f"{self.own_chapter()}-{kind}-{self._blocks}"

    def own_chapter(self) -> str:
        """The chapter that the notebook writes (BuildFault where nobody says which)."""
        if not self.chapter:
            raise BuildFault(
                "Nothing says which chapter this notebook writes, so its figures have no name."
                ' Say it where the paper is opened: open_paper(..., chapter="beds").'
            )
        return self.chapter

    def know(self, figures: Iterable[Figure]) -> None:
        """Take figures that were read: they are recorded once something shown needs them."""
        self._read.update((figure.id, figure) for figure in figures)

    def knows(self, identity: str) -> bool:
        """Whether an id is taken, by whomever."""
        return self.known.is_taken(identity) or self.known_figure(identity) is not None

    def known_figure(self, identity: str) -> Figure | None:
        """The figure of an id, whoever records it."""
        known = self.known.find(identity)  # a notebook may name what nothing has declared
        return known or self.recorded.get(identity) or self._read.get(identity)

    def figure(self, element: Traced, spot: Spot) -> Figure:
        """The figure of a frame's element, recorded: its own, or a new one with its formula.

        An element that was named before keeps its name, wherever it is shown again.
        """
        if element.id is not None:
            return self._kept(element.id, element.figures)
        key = (element.formula, element.unit, element.period)
        if key not in self._names:
            self._names[key] = self._computed(element, spot).id
        return self.recorded[self._names[key]]

    def free_id(self, line: str, measure: str, frame: str = "", chapter: str = "") -> str:
        """An id that is not taken: the frame's name stands before its line where it must."""
        begin = f"{chapter or self.own_chapter()}.{self.paper.place}"
        line, measure = slug(line) or "row", slug(measure) or "value"
        longer = f"{slug(frame)}_{line}" if frame else line
        lines = chain((line, longer), (f"{longer}_{number}" for number in count(2)))
        ids = (f"{begin}.{one}.{measure}" for one in lines)
        return next(identity for identity in ids if not self.knows(identity))

    def new_workings(self) -> Workings | None:
        """How the figures came about that were recorded since the last time; None for none."""
        new = list(self.recorded.values())[self._shown :]
        if not new:
            return None
        self._shown = len(self.recorded)
        name = f"{self.own_chapter()}-workings-{self._shown}"
        return Workings(name, tuple(map(working, new)), tuple(f.to_json() for f in new))

    def _kept(self, identity: str, figures: Mapping[str, Figure]) -> Figure:
        found = self.known_figure(identity) or figures[identity]
        if found.value != figures.get(identity, found).value:
            raise BuildFault(
                f"The figure {identity} is {found.value} in this paper and"
                f" {figures[identity].value} in the frame: was the frame made with another paper?"
            )
        if self.known.find(identity) is None and identity not in self.recorded:
            for operand in operands(found.formula or ""):
                self._kept(operand, figures)
            self.recorded[identity] = found
        return found

    def _computed(self, element: Traced, spot: Spot) -> Figure:
        """A new figure; where it rests on what was named before, its formula says that name."""
        named = {place: identity for place, (_, identity) in self._expressions.items()}
        formula, figures = element.expression.formula(named), element.figures
        parts = {one: self._kept(one, figures) for one in operands(formula)}
        values = {one: part.value for one, part in parts.items()}
        value = evaluate(formula, values)
        if abs(value - element.value) > NEAR * max(abs(value), abs(element.value)):
            raise BuildFault(
                f"{spot} is {element.value}, but its formula {formula[:120]} gives"
                f" {value}. This is a fault of boardpack: please report it."
            )
        margins = {one: self._margin(part) for one, part in parts.items()}
        identity = self.free_id(spot.row, spot.column, spot.frame, spot.chapter)
        _, place, line, measure = identity.split(".")
        figure = Figure(
            id=identity,
            label=capital(str(spot._replace(column=_in_words(spot.column)))),
            value=value,
            unit=element.unit,
            place=place,
            line=line,
            measure=measure,
            period=element.period or self.paper.month.period,
            basis=BASIS,
            is_estimate=element.is_estimate,
            source=formula,
            margin=margin_of(formula, values, margins),
        )
        self.recorded[identity] = figure
        self._expressions[id(element.expression)] = element.expression, identity
        return figure

    def _margin(self, figure: Figure) -> Decimal:
        """How far a figure may be out: what others record is as sure as its printed counterpart."""
        return self.known.margin(figure.id) if self.known.find(figure.id) else figure.margin


def _in_words(column: str) -> str:
    return measure_label(column) if column == slug(column) else column
