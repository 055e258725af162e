"""Which figures are sums of which: the structure that formulas give, for casts and their causes."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from boardpack.checks.phrases import base
from boardpack.figures.figure import PRINTED
from boardpack.figures.formula import FIGURE_ID
from boardpack.figures.register import Register

Term = tuple[int, str]


@lru_cache(maxsize=8192)
def terms(formula: str) -> tuple[Term, ...]:
    """The signed figure ids of a formula that only adds and takes away; else nothing.

    The ids are those of the computed figures, whichever of the two the formula used.

    >>> terms("a.b.c.budget - (a.b.c.actual + a.b.c.accrued)")
    ((1, 'a.b.c.budget'), (-1, 'a.b.c.actual'), (-1, 'a.b.c.accrued'))
    >>> terms("a.b.c.actual / a.b.c.budget")
    ()
    """
    names: list[str] = []

    def numbered(found: object) -> str:
        names.append(base(str(found)))
        return f"f{len(names) - 1}"

    text = FIGURE_ID.sub(lambda found: numbered(found[0]), formula)
    try:
        return _signed(ast.parse(text, mode="eval").body, 1, names)
    except (ValueError, SyntaxError):
        return ()


def _signed(node: ast.expr, sign: int, names: Sequence[str]) -> tuple[Term, ...]:
    match node:
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _signed(left, sign, names) + _signed(right, sign, names)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            return _signed(left, sign, names) + _signed(right, -sign, names)
        case ast.Name(id=name) if name[1:].isdigit():
            return ((sign, names[int(name[1:])]),)
        case ast.Constant(value=0):
            return ()
    raise ValueError(ast.dump(node))


@dataclass(frozen=True)
class Structure:
    """The sums and differences of a register, by the id of the figure that is computed."""

    register: Register

    def on(self, register: Register) -> Structure:
        """The same structure over other values of the same figures; it rests on no value."""
        other = Structure(register)
        vars(other).update(vars(self) | {"register": register})
        return other

    @cached_property
    def linear(self) -> dict[str, tuple[Term, ...]]:
        """The terms of every computed figure that only adds and takes away."""
        found = {f.id: terms(f.formula) for f in self.register if f.formula is not None}
        return {identity: parts for identity, parts in found.items() if parts}

    @cached_property
    def sums(self) -> dict[str, tuple[str, ...]]:
        """The addends of every figure that is a sum of two or more."""
        return {
            identity: tuple(part for _, part in parts)
            for identity, parts in self.linear.items()
            if len(parts) > 1 and all(sign > 0 for sign, _ in parts)
        }

    @cached_property
    def wholes(self) -> dict[str, list[str]]:
        """The sums in which a figure is an addend."""
        found: dict[str, list[str]] = defaultdict(list)
        for whole, parts in self.sums.items():
            for part in parts:
                found[part].append(whole)
        return found

    @cached_property
    def differences(self) -> dict[tuple[str, str], str]:
        """The figure that is the first of a pair less the second."""
        found = {}
        for identity, parts in self.linear.items():
            if [sign for sign, _ in parts] == [1, -1]:
                found[parts[0][1], parts[1][1]] = identity
        return found

    @cached_property
    def filled(self) -> set[tuple[str, int, str]]:
        """The cells that some figure was read from: file, row and column."""
        cells = (item.cell for figure in self.register for item in figure.cells)
        return {(cell.file, cell.row, cell.column) for cell in cells}

    def siblings(self, identity: str) -> tuple[str, ...]:
        """The figures beside this one in the sums that it is part of, in their order."""
        beside = (part for whole in self.wholes.get(identity, ()) for part in self.sums[whole])
        return tuple(dict.fromkeys(part for part in beside if part != identity))

    def has_printed(self, identity: str) -> bool:
        """Whether the source prints this computed figure too."""
        return f"{identity}.{PRINTED}" in self.register
