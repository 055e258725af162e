"""A reader who wants the suppressed counts: all published figures, all formulas, and intervals.

He knows how every figure is computed (the formulas of a register in which nothing is suppressed),
the value of every published figure of every paper he has, which figures are suppressed, and the
rule itself. He narrows the interval of each figure he does not know, forwards and backwards through
every formula and every printed counterpart, until nothing narrows any more.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

from boardpack.figures.figure import PRINTED, Figure
from boardpack.figures.formula import FIGURE_ID

INFINITE = Fraction(10) ** 40
ALMOST = Fraction(1, 10**12)
ROUNDS = 40
HAIR = Fraction(1, 10**6)
MANY = Fraction(10**9)
_IDS = re.compile(r"[a-z][\w]*(?:\.\w+)+")


@dataclass(frozen=True)
class Interval:
    """What a number may be, both ends included."""

    low: Fraction = -INFINITE
    high: Fraction = INFINITE

    def meet(self, other: Interval) -> Interval:
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def wider(self) -> Interval:
        """A hair more on both sides: figures are divided to 34 digits."""
        more = max(abs(self.low), abs(self.high)) * ALMOST + ALMOST
        bounded = max(abs(self.low), abs(self.high)) < INFINITE
        return Interval(self.low - more, self.high + more) if bounded else self

    def plus(self, other: Interval) -> Interval:
        return Interval(_capped(self.low + other.low), _capped(self.high + other.high))

    def minus(self, other: Interval) -> Interval:
        return Interval(_capped(self.low - other.high), _capped(self.high - other.low))

    def times(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(_capped(min(ends)), _capped(max(ends)))

    def over(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            if other.low < 0 or self.low < 0 or not other.high:
                return Interval()
            return Interval(self.low / other.high, INFINITE)
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(_capped(min(ends)), _capped(max(ends)))


def _capped(number: Fraction) -> Fraction:
    return max(-INFINITE, min(INFINITE, number))


Names = Callable[[str], str]


@dataclass
class Attacker:
    """What the attacker holds: how figures are made, what they may be, and what he was shown."""

    formulas: dict[str, str] = field(default_factory=dict)
    known: dict[str, Interval] = field(default_factory=dict)
    counts: set[str] = field(default_factory=set)
    equal: list[tuple[str, str]] = field(default_factory=list)
    at_most: list[tuple[str, str]] = field(default_factory=list)

    def learn_model(self, figures: Iterable[Figure], named: Names = str) -> None:
        """How every figure is made; a count is whole, and people and prices are not negative.

        `named` gives a figure of another paper the name that it has in all.
        """
        for figure in figures:
            name = named(figure.id)
            self.known.setdefault(name, _natural(figure))
            if figure.unit == "COUNT" and "weeks" not in figure.measure:
                self.counts.add(name)
            if figure.formula is not None:
                self.formulas[name] = FIGURE_ID.sub(lambda m: named(m[0]), figure.formula)
            if figure.id.endswith(f".{PRINTED}"):
                self.equal.append((name, named(figure.id.removesuffix(f".{PRINTED}"))))
            if ".high_cost.clients" in figure.id and figure.formula is None:
                self.at_most.append((name, name.replace("high_cost", "all_clients")))

    def learn_published(self, figures: Iterable[Figure], named: Names = str) -> None:
        """Every number of a paper."""
        for figure in figures:
            value = Fraction(figure.value)
            self.known[named(figure.id)] = Interval(value, value).wider()

    def learn_small(self, names: Iterable[str], lowest: int, highest: int) -> None:
        """The range that the rule gives away by itself."""
        for name in names:
            self.known[name] = Interval(Fraction(lowest), Fraction(highest))

    def solve(self) -> Mapping[str, Interval]:
        """All intervals, once nothing narrows any more."""
        trees = {name: _tree(formula) for name, formula in self.formulas.items()}
        for _ in range(ROUNDS):
            before = dict(self.known)
            for name, (tree, names) in trees.items():
                self.narrow(name, _forward(tree, names, self.known).wider())
                _backward(tree, names, self.known[name].wider(), self)
            for printed, computed in self.equal:
                self._same(printed, computed)
            for part, whole in self.at_most:
                self._at_most(part, whole)
            if self.known == before:
                break
        return self.known

    def _same(self, first: str, second: str) -> None:
        for one, other in ((first, second), (second, first)):
            if one in self.known and other in self.known:
                near = self.known[other]
                half = Fraction(1, 2)
                self.narrow(one, Interval(near.low - half, near.high + half))

    def _at_most(self, part: str, whole: str) -> None:
        if part in self.known and whole in self.known:
            self.narrow(part, Interval(-INFINITE, self.known[whole].high))
            self.narrow(whole, Interval(self.known[part].low, INFINITE))

    def narrow(self, name: str, found: Interval) -> None:
        old = self.known.get(name, Interval())
        new = old.meet(found)
        if name in self.counts and new.low > -MANY:
            new = Interval(Fraction(ceil(new.low - HAIR)), new.high)
        if name in self.counts and new.high < MANY:
            new = Interval(new.low, Fraction(floor(new.high + HAIR)))
        if new.low <= new.high:
            self.known[name] = new


def _natural(figure: Figure) -> Interval:
    people = any(word in figure.measure for word in ("clients", "spells", "attendances", "price"))
    is_amount = "variance" not in figure.measure and "growth" not in figure.measure
    change = any(word in figure.measure for word in ("change", "against", "movement"))
    return Interval(Fraction(0), INFINITE) if people and is_amount and not change else Interval()


def _tree(formula: str) -> tuple[ast.expr, dict[str, str]]:
    names: dict[str, str] = {}
    text = _IDS.sub(lambda m: names.setdefault(m[0], f"x{len(names)}"), formula)
    return ast.parse(text, mode="eval").body, {short: name for name, short in names.items()}


def _forward(node: ast.expr, names: Mapping[str, str], known: Mapping[str, Interval]) -> Interval:
    match node:
        case ast.Constant(value=number):
            value = Fraction(str(number))
            return Interval(value, value)
        case ast.Name(id=short):
            return known.get(names[short], Interval())
        case ast.UnaryOp(operand=operand):
            return Interval(Fraction(0), Fraction(0)).minus(_forward(operand, names, known))
        case ast.BinOp(left=left, op=op, right=right):
            return _applied(op, _forward(left, names, known), _forward(right, names, known))
        case ast.Call(func=ast.Name(id=name), args=args):
            parts = [_forward(arg, names, known) for arg in args]
            if name == "abs":
                (one,) = parts
                ends = (abs(one.low), abs(one.high))
                low = Fraction(0) if one.low <= 0 <= one.high else min(ends)
                return Interval(low, max(ends))
            choose = min if name == "min" else max
            return Interval(choose(p.low for p in parts), choose(p.high for p in parts))
    raise AssertionError(ast.dump(node))


def _applied(op: ast.operator, left: Interval, right: Interval) -> Interval:
    match op:
        case ast.Add():
            return left.plus(right)
        case ast.Sub():
            return left.minus(right)
        case ast.Mult():
            return left.times(right)
    return left.over(right)


def _backward(node: ast.expr, names: Mapping[str, str], out: Interval, mind: Attacker) -> None:
    """Narrow what a node is made of, now that its value lies in `out`."""
    match node:
        case ast.Name(id=short):
            mind.narrow(names[short], out)
        case ast.UnaryOp(operand=operand):
            _backward(operand, names, Interval(-out.high, -out.low), mind)
        case ast.BinOp(left=left, op=op, right=right):
            a, b = (_forward(side, names, mind.known) for side in (left, right))
            for side, found in zip((left, right), _inverse(op, out, a, b), strict=True):
                _backward(side, names, found.wider(), mind)
        case ast.Call(func=ast.Name(id="max"), args=args):
            for arg in args:
                _backward(arg, names, Interval(-INFINITE, out.high), mind)
            _only(args, names, out, mind, below=True)
        case ast.Call(func=ast.Name(id="min"), args=args):
            for arg in args:
                _backward(arg, names, Interval(out.low, INFINITE), mind)
            _only(args, names, out, mind, below=False)


def _only(
    args: list[ast.expr], names: Mapping[str, str], out: Interval, mind: Attacker, *, below: bool
) -> None:
    """Where only one argument can be the chosen one, it lies in `out` itself."""
    able = []
    for arg in args:
        one = _forward(arg, names, mind.known)
        if (one.high >= out.low) if below else (one.low <= out.high):
            able.append(arg)
    if len(able) == 1:
        _backward(able[0], names, out, mind)


def _inverse(
    op: ast.operator, out: Interval, a: Interval, b: Interval
) -> tuple[Interval, Interval]:
    match op:
        case ast.Add():
            return out.minus(b), out.minus(a)
        case ast.Sub():
            return out.plus(b), a.minus(out)
        case ast.Mult():
            return _unless_nil(out, b), _unless_nil(out, a)
    return out.times(b), _unless_nil(a, out)


def _unless_nil(top: Interval, bottom: Interval) -> Interval:
    return top.over(bottom)
