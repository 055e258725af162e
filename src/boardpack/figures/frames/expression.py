"""How a value was computed: figures and numbers joined by signs, written as a formula when asked.

An expression is cheap to make: it holds what it was made of. Its formula, its figures and its
margin are worked out when somebody asks. Its value is reckoned sign by sign with the digits that
`figures.formula.evaluate` has, so that the written formula comes to the same value exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Context, Decimal
from functools import reduce
from typing import cast

from boardpack.core.errors import BuildFault
from boardpack.core.money import plain
from boardpack.figures.figure import Figure
from boardpack.figures.formula import PRECISION, margin_of, operands, rounded

EXACT = Context(prec=PRECISION)
"""As many digits as a formula is evaluated with."""
LONGEST_SUM = 100
"""A longer sum is written as a sum of sums: what reads formulas follows brackets, one deep."""
_EXACT_IN_A_FLOAT = 15
_SUM, _PRODUCT, _ATOM = 1, 2, 4
_BINDING = {"+": _SUM, "-": _SUM, "negative": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_RECKONED: dict[str, Callable[..., Decimal]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "/": EXACT.divide,
}
FIGURE, NUMBER, WRITTEN = "figure", "number", "written"


class Expression:
    """A figure, a number, a written formula, or a sign over the expressions that it joins.

    `sign` says which: `parts` are then one Figure, one Decimal, a formula and its figures, or the
    expressions.
    """

    __slots__ = ("parts", "sign")

    def __init__(self, sign: str, parts: tuple[object, ...]) -> None:
        self.sign, self.parts = sign, parts

    @property
    def inner(self) -> tuple[Expression, ...]:
        """The expressions that this one joins; none for a figure, a number, a written formula."""
        return (
            () if self.sign in (FIGURE, NUMBER, WRITTEN) else cast("tuple[Expression]", self.parts)
        )

    def formula(self, named: Mapping[int, str] | None = None) -> str:
        """The formula over figure ids; expressions that are `named` (by `id()`) stand as figures.

        Brackets keep the order in which the value was reckoned. It is written in a loop, because a
        running total joins as many expressions as there are rows.
        """
        names, written = named or {}, list[str]()
        ahead: list[str | tuple[Expression, int]] = [(self, 0)]
        while ahead:
            item = ahead.pop()
            if isinstance(item, str):
                written.append(item)
                continue
            one, least = item
            pieces, binding = one._pieces(names)
            ahead.extend(reversed(pieces if binding >= least else ["(", *pieces, ")"]))
        return "".join(written)

    def _pieces(self, names: Mapping[int, str]) -> tuple[list[str | tuple[Expression, int]], int]:
        """What is written for this expression, and how tightly it holds together."""
        if id(self) in names:
            return [names[id(self)]], _ATOM
        match self.sign:
            case "figure":
                return [cast("Figure", self.parts[0]).id], _ATOM
            case "number":
                return _number(cast("Decimal", self.parts[0]))
            case "written":
                return [cast("str", self.parts[0])], 0
            case "negative":
                return ["-", (self.inner[0], _ATOM)], _SUM
            case "+" | "-" | "*" | "/":
                binding = _BINDING[self.sign]
                pieces: list[str | tuple[Expression, int]] = [(self.inner[0], binding)]
                for part in self.inner[1:]:
                    pieces += [f" {self.sign} ", (part, binding + 1)]
                return pieces, binding
        pieces = [f"{self.sign}("]
        for place, part in enumerate(self.inner):
            pieces += [", "] * bool(place) + [(part, 0)]
        return [*pieces, ")"], _ATOM

    def figures(self) -> dict[str, Figure]:
        """Every figure of the formula by its id, in the order of the formula."""
        found: dict[str, Figure] = {}
        for one in self.walk():
            for figure in one.own_figures():
                if found.setdefault(figure.id, figure) != figure:
                    first = found[figure.id].value
                    raise BuildFault(
                        f"The figure {figure.id} stands for two values in one sum: {first}"
                        f" and {figure.value}. Give the one of another month or paper its own id."
                    )
        return found

    def own_figures(self) -> tuple[Figure, ...]:
        """The figure that it is, or those of the formula that it was written as."""
        match self.sign:
            case "figure":
                return (cast("Figure", self.parts[0]),)
            case "written":
                return cast("tuple[Figure, ...]", self.parts[1:])
        return ()

    def upwards(self, seen: set[int]) -> Iterator[Expression]:
        """All below this expression and then itself, but what was `seen`; it adds to that."""
        ahead: list[tuple[Expression, bool]] = [(self, False)]
        while ahead:
            one, is_below_done = ahead.pop()
            if is_below_done:
                yield one
            elif id(one) not in seen:
                seen.add(id(one))
                ahead.append((one, True))
                ahead.extend((part, False) for part in reversed(one.inner))

    def walk(self) -> Iterator[Expression]:
        """The expression and all below it, each once, from left to right."""
        ahead, seen = [self], set[int]()
        while ahead:
            one = ahead.pop()
            if id(one) not in seen:
                seen.add(id(one))
                yield one
                ahead.extend(reversed(one.inner))

    def margin(self) -> Decimal:
        """How far the exact quantity may lie from the value: what its figures' margins allow."""
        figures = self.figures()
        values = {name: one.value for name, one in figures.items()}
        return margin_of(self.formula(), values, {name: x.margin for name, x in figures.items()})


def of_figure(figure: Figure) -> Expression:
    """The expression that is a figure."""
    return Expression(FIGURE, (figure,))


def of_number(value: Decimal) -> Expression:
    """The expression that is a number, typed or counted."""
    return Expression(NUMBER, (value,))


def of_formula(formula: str, figures: Mapping[str, Figure]) -> Expression:
    """The expression that a formula says; one id alone is its figure."""
    if formula in figures:
        return of_figure(figures[formula])
    return Expression(WRITTEN, (formula, *(figures[name] for name in operands(formula))))


def joined(
    sign: str, one: Expression, first: Decimal, other: Expression, second: Decimal
) -> tuple[Expression, Decimal]:
    """Two expressions and their values joined by one of `+ - * /`."""
    return Expression(sign, (one, other)), _RECKONED[sign](first, second)


def summed(parts: Sequence[Expression], values: Sequence[Decimal]) -> tuple[Expression, Decimal]:
    """The sum of at least one expression, and its value; a long one is a sum of sums."""
    if len(parts) == 1:
        return parts[0], values[0]
    if len(parts) <= LONGEST_SUM:
        return Expression("+", tuple(parts)), reduce(EXACT.add, values)
    share = max(LONGEST_SUM, -(-len(parts) // LONGEST_SUM))
    sums = [
        summed(parts[start : start + share], values[start : start + share])
        for start in range(0, len(parts), share)
    ]
    return summed([one for one, _ in sums], [value for _, value in sums])


def negative(one: Expression, value: Decimal) -> tuple[Expression, Decimal]:
    """An expression with the other sign."""
    return Expression("negative", (one,)), EXACT.minus(value)


def size(one: Expression, value: Decimal) -> tuple[Expression, Decimal]:
    """An expression without its sign."""
    return Expression("abs", (one,)), EXACT.abs(value)


def to_places(one: Expression, value: Decimal, places: int) -> tuple[Expression, Decimal]:
    """An expression rounded half up; `places` below 0 are tens, hundreds, thousands."""
    return Expression("round", (one, of_number(Decimal(places)))), rounded(value, Decimal(places))


def extreme(
    name: str, parts: Sequence[Expression], values: Sequence[Decimal]
) -> tuple[Expression, Decimal]:
    """The largest (`max`) or smallest (`min`) of some expressions; of one it is that one."""
    chosen = (max if name == "max" else min)(values)
    return (parts[0] if len(parts) == 1 else Expression(name, tuple(parts))), chosen


def _number(value: Decimal) -> tuple[list[str | tuple[Expression, int]], int]:
    """A number as a formula can hold it: one of many decimals is a whole number over a power of 10.

    A formula is read with Python's own numbers, which keep whole numbers exact, and 15 digits of
    decimals.
    """
    text, binding = plain(value), _ATOM
    whole, _, decimals = text.partition(".")
    if decimals and len((whole + decimals).lstrip("-0")) > _EXACT_IN_A_FLOAT:
        text, binding = f"{int(whole + decimals)} / 1{'0' * len(decimals)}", _PRODUCT
    return [text], _SUM if value < 0 else binding
