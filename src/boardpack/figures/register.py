"""The register: every figure once, each derived one computed from its own formula.

**The agreed figure.** The ledger adds unrounded pounds and prints the total rounded; adding the
printed parts can differ by a unit or two. A computed figure therefore keeps its computed value,
its printed counterpart is `<id>.printed`, and what the paper shows and computes with is the
*agreed* one: the printed figure when the two differ only by rounding and the print is at least as
sure, the computed one otherwise.
A difference that rounding cannot explain is a failing check, never a quiet choice.

**Absent is not nil.** A figure with a part that is not there is not computed. It is *absent*: it
has no value, names the part, and whatever is derived from it is absent for the same reason. A part
is nil only where a cell says so (`0`, `-`), or where the schedule is a sparse one, which leaves
cells blank for nothing, and its printed total is the sum of the parts that are there. A cell that
is left blank is absent by itself, so that what would be made of it does not vanish without a word.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

from boardpack.core.errors import BuildFault, nearest
from boardpack.core.money import round_half_up
from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.formula import FIGURE_ID, evaluate, margin_of, operands
from boardpack.figures.ids import Ids

PASSING_ON = frozenset({"register.py", "draft.py", "scope.py", "wording.py", "chapter.py"})
"""Modules that look up what others ask for."""


class UnknownFigure(KeyError):
    """An id that no figure of the register has: `wanted`, where none of that id was entered."""

    def __init__(self, told: str, wanted: str = "") -> None:
        super().__init__(told)
        self.wanted = wanted


class UndeclaredFigure(UnknownFigure, BuildFault):
    """An id that no schedule, method or notebook declares: a mistake of whoever asks for it."""

    def __str__(self) -> str:
        return str(self.args[0])


class Register:
    """Figures by id, in the order they were made.

    With `ids`, an id that nothing declares cannot be asked for (UndeclaredFigure), so that what is
    not there is not supplied, and never misspelt. `find` is for ids that others wrote.

    A suppressed figure stands apart: it is no part of the register for whoever computes, checks or
    writes with it, as if it had not been supplied; `suppressed` lists it for the record. So does
    an absent one, which `absent` lists.

    >>> def money(identity: str, value: int, source: str | tuple[()] = ()) -> Figure:
    ...     return Figure(identity, identity, Decimal(value), "GBP", "icb", "x",
    ...                   identity.split(".")[3], "2023/24 M06", "ledger", False, source)
    >>> register = Register([money("a.icb.x.budget", 900), money("a.icb.x.actual", 950)])
    >>> left = register.derive(money("a.icb.x.variance", 0, "a.icb.x.budget - a.icb.x.actual"))
    >>> left.value
    Decimal('-50')
    >>> "a.icb.x.forecast" in register, register.missing(["a.icb.x.forecast"])
    (False, ('a.icb.x.forecast',))
    """

    def __init__(self, figures: Iterable[Figure] = (), ids: Ids | None = None) -> None:
        self.ids = ids
        self._lines: set[tuple[str, str]] = set()
        self._figures: dict[str, Figure] = {}
        self._suppressed: dict[str, Figure] = {}
        self._absent: dict[str, Figure] = {}
        self._blank: dict[str, str] = {}
        self._left_blank: dict[str, Figure] = {}
        self._nil: set[str] = set()
        for figure in figures:
            self.add(figure)

    def copy(self) -> Register:
        """The same figures in a register of their own."""
        other = Register(ids=self.ids)
        other._lines = set(self._lines)
        other._figures, other._suppressed = dict(self._figures), dict(self._suppressed)
        other._absent, other._blank = dict(self._absent), dict(self._blank)
        other._left_blank, other._nil = dict(self._left_blank), set(self._nil)
        return other

    def add(self, figure: Figure) -> Figure:
        """Enter a figure; an id used twice is refused, because lineage would be lost."""
        kinds = (self._figures, self._suppressed, self._absent)
        first = next((kind[figure.id] for kind in kinds if figure.id in kind), None)
        if first is not None:
            raise BuildFault(
                f"The figure id {figure.id} is used twice: {_whence(first)} and {_whence(figure)}."
                " Look for a line that stands twice in the extract, or give one another name."
            )
        has_none = self._absent if figure.missing else self._suppressed
        (self._figures if figure.has_value else has_none)[figure.id] = figure
        self._note_line(figure.id)
        return figure

    def _note_line(self, identity: str) -> None:
        chapter, _, line = identity.split(".", 3)[:3]
        self._lines.update(((chapter, line), (chapter, "")))

    def find(self, identity: str) -> Figure | None:
        """The figure of an id that a released paper, another month or a user names, if any."""
        return self._figures.get(identity)

    def _lacks(self, identity: str) -> None:
        """Refuse an id that nothing declares; any other is not supplied, or may not be shown."""
        if self.ids is None or self._is_declared(identity):
            return
        told = f"Nothing declares the figure {identity}{_asked_at()}. "
        raise UndeclaredFigure(told + self.ids.hint(identity, self._figures))

    def _is_declared(self, identity: str) -> bool:
        kinds = (self._suppressed, self._absent, self._left_blank, self._blank, self._nil)
        is_printed = identity.removesuffix(f".{PRINTED}") in self._figures
        if self.ids is None or is_printed or any(identity in kind for kind in kinds):
            return True
        return self.ids.declares(identity, lambda *line: line in self._lines)

    def suppress(self, identity: str) -> None:
        """Take a figure's value out of the register, and keep only that it exists."""
        self._suppressed[identity] = self._figures.pop(identity).suppressed()

    def to_json(self) -> dict[str, Any]:
        """All that it holds and knows, as data (see `figures.register_files`)."""
        kinds = (self._figures, self._suppressed, self._absent)
        return {
            "figures": [figure.to_json() for kind in kinds for figure in kind.values()],
            "left_blank": [figure.to_json() for figure in self._left_blank.values()],
            "blank": self._blank,
            "nil": sorted(self._nil),
        }

    @property
    def absent(self) -> tuple[Figure, ...]:
        """The figures that are not supplied: a part of them is not there, or the cell is blank."""
        told = {part for figure in self._absent.values() for part in figure.missing}
        blank = (
            figure
            for identity, figure in self._left_blank.items()
            if self._is_left_blank(identity) and figure.label not in told
        )
        return (*self._absent.values(), *blank)

    def is_absent(self, identity: str) -> bool:
        """Whether the figure of this id is not supplied for want of a part, or of its cell."""
        return identity not in self and (identity in self._absent or self._is_left_blank(identity))

    def _is_left_blank(self, identity: str) -> bool:
        elsewhere = (self._figures, self._absent, self._suppressed, self._nil)
        return identity in self._left_blank and not any(identity in one for one in elsewhere)

    def knows(self, identity: str) -> bool:
        """Whether the register has this figure, or knows that it is not supplied."""
        return identity in self or identity in self._absent

    def is_taken(self, identity: str) -> bool:
        """Whether any figure has this id, for who names a new one; any id may be asked about."""
        kinds = (self._figures, self._suppressed, self._absent)
        return any(identity in kind for kind in kinds)

    def note_blank(self, identity: str, label: str) -> None:
        """Note that the cell of this figure is blank; `label` is what it would be called."""
        self._blank[identity] = label
        self._note_line(identity)

    def note_left_blank(self, figure: Figure) -> None:
        """Note that the cell of this figure is blank and should not be.

        It is absent unless another cell gives it, or a printed total says that it is nil.
        """
        self._left_blank[figure.id] = figure
        self._note_line(figure.id)

    def note_nil(self, identities: Iterable[str]) -> None:
        """Note that these parts, which are not there, are nil by a total that is printed."""
        self._nil.update(identities)

    def is_nil(self, identity: str) -> bool:
        """Whether a printed total says that this part, which is not there, is nil."""
        return identity in self._nil

    def missing(self, identities: Iterable[str]) -> tuple[str, ...]:
        """What is not there among these and behind them, in words, each once."""
        found: dict[str, None] = {}
        for identity in identities:
            if identity in self._absent:
                found.update(dict.fromkeys(self._absent[identity].missing))
            elif identity not in self._figures:
                found[self._blank.get(identity, identity)] = None
        return tuple(found)

    def replace(self, figure: Figure) -> None:
        """Put a figure in the place of the one with its id."""
        self._figures[figure.id] = figure

    @property
    def suppressed(self) -> tuple[Figure, ...]:
        """The figures that may not be shown, without their values."""
        return tuple(self._suppressed.values())

    def is_suppressed(self, identity: str) -> bool:
        """Whether the figure of this id may not be shown."""
        return identity not in self and identity in self._suppressed

    def __getitem__(self, identity: str) -> Figure:
        try:
            return self._figures[identity]
        except KeyError:
            if identity in self._suppressed:
                why = "it is a count of people too small to show, or would give one away"
                raise UnknownFigure(f"The figure {identity} is suppressed: {why}.") from None
            if identity in self._absent:
                parts = ", ".join(self._absent[identity].missing)
                told = f"The figure {identity} is not supplied, because this is not: {parts}."
                raise UnknownFigure(told, identity) from None
            raise UnknownFigure(self._told(identity), identity) from None

    def _told(self, identity: str) -> str:
        """Why there is no such figure: nothing that came gives it, or, unheld, it may be misspelt.

        UndeclaredFigure where nothing declares it.
        """
        if self.ids is None:
            return f"There is no figure {identity}. {self.hint(identity)}"
        self._lacks(identity)
        return f"The figure {identity} is not supplied: nothing that came this month gives it."

    def __contains__(self, identity: object) -> bool:
        if identity in self._figures:
            return True
        self._lacks(str(identity))
        return False

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._figures.values())

    def __len__(self) -> int:
        return len(self._figures)

    def hint(self, identity: str) -> str:
        """The nearest known id, among those of the same chapter first."""
        chapter = identity.split(".", 1)[0] + "."
        near = [known for known in self._figures if known.startswith(chapter)]
        return nearest(identity, (near or list(self._figures))[:2000]).split("Known:")[0]

    def agreed(self, identity: str) -> Figure:
        """The figure that the paper shows and computes with (see the module's note).

        >>> printed = Figure("a.icb.x.all.printed", "X", Decimal(3_000), "GBP", "icb", "x", "all",
        ...                  "2023/24 M06", "ledger", False, (), Decimal(500), Decimal(1000))
        >>> total = _with(printed, id="a.icb.x.all", value=Decimal(2_000), margin=Decimal(1000),
        ...               source="a.icb.x.part * 2")
        >>> far = _with(printed, value=Decimal(9_000))
        >>> [Register([total, one]).agreed(total.id).value for one in (printed, far)]
        [Decimal('3000'), Decimal('2000')]
        """
        figure = self[identity]
        other = f"{identity}.{PRINTED}"
        if figure.formula is None or other not in self:
            return figure
        printed = self[other]
        if figure.margin < printed.margin:
            return figure
        return printed if differs_by_rounding(figure, printed) else figure

    def derive(self, figure: Figure) -> Figure:
        """Enter a figure with a formula: operands become their agreed figures, then it is computed.

        The formula that is kept names the operands really used, `.printed` ones included.
        """
        if figure.formula is None:
            raise BuildFault(f"The figure {figure.id} has no formula to derive it from.")
        lacking = self.lacking(figure.formula)
        if lacking:
            return self.add(figure.not_supplied(self.missing(lacking)))
        formula = FIGURE_ID.sub(lambda found: self.agreed(found[0]).id, figure.formula)
        values = {identity: self[identity].value for identity in operands(formula)}
        value = evaluate(formula, values)
        margin = margin_of(formula, values, {one: self.margin(one) for one in values})
        return self.add(_with(figure, source=formula, value=value, margin=margin))

    def lacking(self, formula: str) -> list[str]:
        """The operands that are known not to be there; an id that nothing knows is a fault."""
        return [
            one
            for one in operands(formula)
            if one not in self._figures and (one in self._absent or one in self._blank)
        ]

    def margin(self, identity: str) -> Decimal:
        """How far a figure may be out: as little as its printed counterpart that confirms it."""
        figure = self[identity]
        printed = self._figures.get(f"{identity}.{PRINTED}")
        if printed is None or figure.formula is None or gap(figure, printed):
            return figure.margin
        return min(figure.margin, printed.margin)


def differs_by_rounding(computed: Figure, printed: Figure) -> bool:
    """Whether the two differ in print, and by no more than the rounding of the sources explains.

    For a printed total of n printed addends this is floor((n + 1) / 2) printed units: half a unit
    for each addend and half for the total itself.

    >>> printed = Figure("a.icb.x.total.printed", "X", Decimal(3_000), "GBP", "icb", "x", "total",
    ...                  "2023/24 M06", "ledger", False, (), step=Decimal(1000))
    >>> def of_two(value: int) -> Figure:
    ...     return _with(printed, value=Decimal(value), margin=Decimal(1000))
    >>> [differs_by_rounding(of_two(value), printed) for value in (3_000, 4_000, 5_000)]
    [False, True, False]
    """
    apart = abs(computed.value - printed.value)
    return bool(gap(computed, printed)) and apart <= tolerance(computed, printed)


def gap(computed: Figure, printed: Figure) -> Decimal:
    """How far apart the two are at the printed precision; never negative.

    >>> printed = Figure("a.icb.x.total.printed", "X", Decimal(2_000), "GBP", "icb", "x", "total",
    ...                  "2023/24 M06", "ledger", False, (), step=Decimal(1000))
    >>> [gap(_with(printed, value=Decimal(value)), printed) for value in (2_499, 2_500)]
    [Decimal('0'), Decimal('1000')]
    """
    step = printed.step or Decimal(1)
    return abs(round_half_up(computed.value, step) - printed.value)


def tolerance(computed: Figure, printed: Figure) -> Decimal:
    """How far rounding alone may part the two: the computed margin and half a printed unit.

    Between whole printed units, this is a whole number of them.

    >>> printed = Figure("a.icb.x.total.printed", "X", Decimal(3_000), "GBP", "icb", "x", "total",
    ...                  "2023/24 M06", "ledger", False, (), step=Decimal(1000))
    >>> tolerance(_with(printed, margin=Decimal(1500)), printed)
    Decimal('2000')
    """
    step = printed.step or Decimal(1)
    allowed = computed.margin + step / 2
    return allowed if computed.value % step else allowed // step * step


def _with(figure: Figure, **changes: object) -> Figure:
    return Figure(**{**vars(figure), **changes})


def _asked_at() -> str:
    """The place in the program that asked for a figure: the first that is not merely passing on."""
    frame: FrameType | None = sys._getframe(1)
    told = ""
    while frame is not None and not told:
        path = Path(frame.f_code.co_filename)
        if path.name not in PASSING_ON:
            told = f", which {path.parent.name}/{path.name} asks for in line {frame.f_lineno}"
        frame = frame.f_back
    return told


def _whence(figure: Figure) -> str:
    if figure.formula is not None:
        return f"from the formula {figure.formula[:120]}"
    return " and ".join(
        f"{c.cell.file} row {c.cell.row} column {c.cell.column}" for c in figure.cells[:2]
    )
