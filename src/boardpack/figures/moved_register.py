"""A register in which some numbers that were read are others, and what is made from them follows.

Nothing is entered anew: a figure is computed from its own formula when it is asked for, with the
operands that would be the agreed ones. Margins stay as they were.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.register import Register


class Users:
    """Which figures are computed from which, whether from the computed or the printed one."""

    def __init__(self, register: Register) -> None:
        self._users: dict[str, set[str]] = defaultdict(set)
        for figure in register:
            if figure.formula is not None:
                for operand in operands(figure.formula):
                    self._users[computed(operand)].add(figure.id)

    def touched(self, identities: Iterable[str]) -> frozenset[str]:
        """These figures, and all that are computed from them at any remove."""
        found = set(identities)
        waiting = list(found)
        while waiting:
            for user in self._users.get(computed(waiting.pop()), ()):
                if user not in found:
                    found.add(user)
                    waiting.append(user)
        return frozenset(found)


def computed(identity: str) -> str:
    """The id of the figure whose printed counterpart this may be.

    >>> computed("position.bromley.total.ytd_actual.printed")
    'position.bromley.total.ytd_actual'
    """
    return identity.removesuffix(f".{PRINTED}")


class MovedRegister(Register):
    """The figures of a register, some with other `values`; `touched` are all that these reach."""

    def __init__(
        self, register: Register, values: Mapping[str, Decimal], touched: frozenset[str]
    ) -> None:
        super().__init__()
        self._still, self._touched = register, touched
        self._moved = {one: _with_value(register[one], value) for one, value in values.items()}

    def __getitem__(self, identity: str) -> Figure:
        found = self._moved.get(identity)
        if found is not None:
            return found
        figure = self._still[identity]
        if figure.formula is None or identity not in self._touched:
            return figure
        values = {one: self._operand(one).value for one in operands(figure.formula)}
        found = self._moved[identity] = _with_value(figure, evaluate(figure.formula, values))
        return found

    def __contains__(self, identity: object) -> bool:
        return identity in self._still

    def find(self, identity: str) -> Figure | None:
        """The figure of an id that somebody else names, moved; None where there is none."""
        return self[identity] if self._still.find(identity) is not None else None

    def _operand(self, identity: str) -> Figure:
        """The operand of a formula: the agreed figure where one of the two has moved."""
        own = computed(identity)
        if own in self._touched or f"{own}.{PRINTED}" in self._touched:
            return self.agreed(own)
        return self._still[identity]


def _with_value(figure: Figure, value: Decimal) -> Figure:
    """The figure with another value; made without its checks, of which there are many."""
    moved = object.__new__(Figure)
    vars(moved).update(vars(figure), value=value)  # what `copy` does by way of pickling
    return moved
