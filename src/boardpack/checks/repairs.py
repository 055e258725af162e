"""What if a number were another: the repairs that a failure offers, and what each would settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.phrases import base
from boardpack.checks.printed import CORRECTION
from boardpack.checks.sums import terms
from boardpack.figures.chapters import CONTROL
from boardpack.figures.figure import PRINTED
from boardpack.figures.formula import FormulaError, evaluate, operands
from boardpack.figures.register import Register

Values = Mapping[str, Decimal]
ANNUAL_BUDGETS = f"{CONTROL}.annual_budgets"
RESERVES = "resource_limit.icb.reserves.annual_budget"
FORECAST = ("negative_forecast", "pace", "unexplained_gain")


@dataclass(frozen=True)
class Tree:
    """The formulas of a register, to see what another value would change."""

    register: Register
    _below: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def rests_on(self, check: Check) -> frozenset[str]:
        """Every figure that what a check compares is computed from, itself and printed included."""
        return frozenset().union(*(self.below(identity) for identity in check.figures))

    def below(self, identity: str) -> frozenset[str]:
        """A figure, its printed counterpart's number, and all that they are computed from."""
        if identity not in self._below:
            own = {identity, base(identity)}
            formula = self.register[base(identity)].formula
            parts = () if formula is None else operands(formula)
            self._below[identity] = frozenset(own).union(*(self.below(part) for part in parts))
        return self._below[identity]

    def depth(self, check: Check) -> int:
        """How many formulas lie below what a check compares."""
        known: dict[str, int] = {}
        return max(self._depth(base(identity), known) for identity in check.figures)

    def _depth(self, identity: str, known: dict[str, int]) -> int:
        if identity not in known:
            known[identity] = 0
            formula = self.register[identity].formula
            if formula is not None:
                below = (self._depth(base(one), known) for one in operands(formula))
                known[identity] = 1 + max(below, default=0)
        return known[identity]

    def is_same_gain(self, earlier: Check, check: Check) -> bool:
        """Whether two questions about a forecast ask about one line of it."""
        asked = (one.id.split(".")[:2] for one in (earlier, check))
        if not all(parts[0] == "plausible" and parts[1] in FORECAST for parts in asked):
            return False
        return base(earlier.figures[0]) in self.below(check.figures[0])

    def repairs(self, check: Check) -> Iterator[Values]:
        """What other values of its numbers would settle a failure, by figure id.

        A printed number may be wrong, and then nothing else changes that is computed; or the
        number behind it, and then every formula above it does.
        """
        if check.actual is None or check.expected is None or is_question(check):
            return
        first = check.figures[0]
        if check.id.startswith("printed."):
            yield {check.figures[1]: check.expected}
            yield {first: check.actual}
            yield from self._operands(first, check.actual - check.expected)
        elif check.id.startswith("agreement."):
            sign = -1 if check.actual * self.register[check.figures[1]].value < 0 else 1
            yield from ({one: check.actual} for one in {first, base(first)})
            second = check.figures[1]
            yield from ({one: sign * check.expected} for one in {second, base(second)})
        elif check.id.startswith("whole."):
            lacking = check.expected - check.actual
            yield from ({one: self.register[one].value + lacking} for one in check.figures)
        else:
            yield {first: check.expected}

    def _operands(self, identity: str, apart: Decimal) -> Iterator[Values]:
        """Each number of a sum or difference, moved so that the sum would agree."""
        formula = self.register[identity].formula or ""
        for sign, part in terms(formula):
            used = part if part in operands(formula) else f"{part}.{PRINTED}"
            yield {used: self.register[used].value + sign * apart}

    def settles(self, repair: Values, check: Check) -> bool:
        """Whether a check would agree if some figures had other values."""
        if check.difference is None or check.kind == CORRECTION or is_question(check):
            return False
        if not self.rests_on(check).intersection(repair):
            return False
        known: dict[str, Decimal] = {}
        whole = check.id.startswith("agreement.")
        moved = [self._moved(identity, repair, known, whole) for identity in check.figures]
        if not any(moved):
            return False
        change = self._change(check, moved)
        return abs(check.difference + change) <= check.tolerance

    def _change(self, check: Check, moved: Sequence[Decimal]) -> Decimal:
        """How the difference of a check moves when its figures do."""
        prefix = check.id.split(".", 1)[0]
        if prefix == "printed":
            return moved[1] - moved[0]
        if prefix == "agreement":
            sign = -1 if self._is_turned(check) else 1
            return sign * moved[1] - moved[0]
        if prefix == "whole":  # its parts are added up, and the whole of them stays
            return sum(moved, Decimal(0))
        return moved[0] - sum(self._signs(check, moved), Decimal(0))

    def _signs(self, check: Check, moved: Sequence[Decimal]) -> Iterator[Decimal]:
        if check.id.startswith("cast."):
            formula = self.register[base(check.figures[0])].formula or ""
            zero = dict.fromkeys(operands(formula), Decimal(0))
            yield evaluate(formula, zero | dict(zip(operands(formula), moved[1:], strict=True)))
        elif check.id == ANNUAL_BUDGETS:  # reserves are taken off the limit
            for identity, change in zip(check.figures[1:], moved[1:], strict=True):
                yield -change if base(identity) == RESERVES else change
        else:
            yield from moved[1:]

    def _is_turned(self, check: Check) -> bool:
        second = self.register[check.figures[1]].value
        return bool(check.actual and second and check.actual * second < 0)

    def _moved(
        self, identity: str, repair: Values, known: dict[str, Decimal], whole: bool
    ) -> Decimal:
        """How far a number would move.

        What is printed stays, unless `whole` tables are compared: then a printed number moves with
        the number behind it, as in the table it comes from.
        """
        if identity not in known:
            known[identity] = Decimal(0)
            known[identity] = self._move(identity, repair, known, whole)
        return known[identity]

    def _move(
        self, identity: str, repair: Values, known: dict[str, Decimal], whole: bool
    ) -> Decimal:
        figure, computed = self.register[identity], base(identity)
        if identity in repair:
            return repair[identity] - figure.value
        if whole and computed != identity and computed not in repair:
            return self._moved(computed, repair, known, whole)
        if figure.formula is None:
            return Decimal(0)
        names = operands(figure.formula)
        moves = {name: self._moved(name, repair, known, whole) for name in names}
        if not any(moves.values()):
            return Decimal(0)
        return self._value(figure.formula, moves) - self._value(figure.formula, {})

    def _value(self, formula: str, moves: Values) -> Decimal:
        values = {
            name: self.register[name].value + moves.get(name, Decimal(0))
            for name in operands(formula)
        }
        try:
            return evaluate(formula, values)
        except FormulaError:
            return Decimal(0)


def is_question(check: Check) -> bool:
    """Whether a check asks about the position itself, and not whether two numbers agree.

    >>> from boardpack.checks.check import in_words
    >>> is_question(in_words("plausible.a", "It fits", "identity", "warning", ""))
    True
    """
    return check.id.split(".", 1)[0] in ("plausible", "duty", "labels")
