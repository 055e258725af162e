"""Formulas over figure ids: `a.b.c - a.b.d`, evaluated exactly in Decimal.

A formula is data that an auditor can read and re-perform, so it may hold figure ids, numbers,
`+ - * /`, brackets, and the functions `abs`, `max`, `min` and `round`: `round(a.b.c, 2)` is half
up to so many places, and `round(a.b.c, -3)` to whole thousands. Nothing else is evaluated.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from functools import lru_cache
from operator import itemgetter

from boardpack.core.money import round_half_up

FIGURE_ID = re.compile(r"\b[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_OPERATORS: dict[type, Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
PRECISION = 34
"""The significant digits that a formula is evaluated with."""
MOST_PLACES = 20
"""A value is rounded to so many places at most, before its point or after it."""


def rounded(value: Decimal, places: Decimal) -> Decimal:
    """`value` half up to a number of decimal places; below 0 they are tens, hundreds, thousands.

    >>> rounded(Decimal("2.345"), Decimal(2))
    Decimal('2.35')
    >>> int(rounded(Decimal(-2500), Decimal(-3)))
    -3000
    """
    if places != int(places) or abs(places) > MOST_PLACES:
        raise FormulaError(f"{places} is no number of places that can be rounded to")
    return round_half_up(value, Decimal(1).scaleb(-int(places)))


_FUNCTIONS: dict[str, Callable[..., Decimal]] = {
    "abs": abs,
    "max": max,
    "min": min,
    "round": rounded,
}
_ARGUMENTS = {"abs": 1, "round": 2}
"""How many numbers a function is given, where not any number of them."""
_NAME = "figure_{}"
TOO_LONG = "too much stands in one row; put parts of it in brackets"

Reckoner = Callable[[Sequence[Decimal]], Decimal]
"""Gives the value of a formula from those of its figures, in the order of their first mention."""


class FormulaError(ValueError):
    """A formula that cannot be read or evaluated."""


@lru_cache(maxsize=8192)
def operands(formula: str) -> tuple[str, ...]:
    """The figure ids in a formula, each once, in order.

    >>> operands("(a.icb.x.spend - a.icb.x.plan) / a.icb.x.plan * 100")
    ('a.icb.x.spend', 'a.icb.x.plan')
    """
    return tuple(dict.fromkeys(FIGURE_ID.findall(formula)))


def evaluate(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """The value of `formula`, with 34 significant digits.

    >>> budget_and_actual = {"a.icb.x.budget": Decimal(900), "a.icb.x.actual": Decimal(950)}
    >>> evaluate("a.icb.x.budget - a.icb.x.actual", budget_and_actual)
    Decimal('-50')
    >>> evaluate("round(a.icb.x.actual / a.icb.x.budget * 100, 1)", budget_and_actual)
    Decimal('105.6')
    """
    shape, names = _shaped(formula)
    reckoned = _reckoner(shape, len(names))
    with localcontext() as context:
        context.prec = PRECISION
        try:
            return reckoned([values[identity] for identity in names])
        except RecursionError as error:
            raise FormulaError(f"{formula[:80]}…: {TOO_LONG}") from error
        except (DivisionByZero, InvalidOperation, ZeroDivisionError) as error:
            raise FormulaError(f"{formula}: division by nothing") from error


def margin_of(
    formula: str, values: Mapping[str, Decimal], margins: Mapping[str, Decimal]
) -> Decimal:
    """How far the value of `formula` may be out: what each operand's margin moves it by, added.

    An operand moves up by its margin; into a function, which may bend between here and there as
    `abs` does at nil, it moves the way that tells more. One walk, however many operands there are.

    >>> values = {"a.icb.x.budget": Decimal(900_000), "a.icb.x.actual": Decimal(950_000)}
    >>> margins = {"a.icb.x.budget": Decimal(500), "a.icb.x.actual": Decimal(500)}
    >>> margin_of("a.icb.x.budget - a.icb.x.actual", values, margins)
    Decimal('1000')
    """
    if not any(margins.values()):
        return Decimal(0)
    shape, names = _shaped(formula)
    given = [(values[name], margins.get(name, Decimal(0))) for name in names]
    places = {_NAME.format(place): place for place in range(len(names))}
    with localcontext() as context:
        context.prec = PRECISION
        try:
            _, moves = _moved(_tree(shape), places, given)
        except (DivisionByZero, InvalidOperation, ZeroDivisionError) as error:
            raise FormulaError(f"{formula}: division by nothing") from error
    return sum(map(abs, moves.values()), Decimal(0))


def _moved(
    node: ast.expr, places: Mapping[str, int], given: Sequence[tuple[Decimal, Decimal]]
) -> tuple[Decimal, dict[int, Decimal]]:
    """The value of a part of a formula, and by how much each figure moves it."""
    match node:
        case ast.Name(id=name):
            value, margin = given[places[name]]
            return value, {places[name]: margin} if margin else {}
        case ast.Constant(value=number):
            return Decimal(str(number)), {}
        case ast.UnaryOp(operand=operand):
            value, moves = _moved(operand, places, given)
            return -value, {place: -move for place, move in moves.items()}
        case ast.BinOp(op=ast.Add() | ast.Sub()):
            return _added(node, places, given)
        case ast.BinOp(left=left, op=op, right=right):
            return _bent(_OPERATORS[type(op)], [_moved(x, places, given) for x in (left, right)])
        case ast.Call(func=ast.Name(id=name), args=args):
            return _bent(_FUNCTIONS[name], [_moved(x, places, given) for x in args], both_ways=True)
    raise FormulaError(f"{ast.unparse(node)} may not stand in a formula")


def _added(
    node: ast.expr, places: Mapping[str, int], given: Sequence[tuple[Decimal, Decimal]]
) -> tuple[Decimal, dict[int, Decimal]]:
    """The same of a sum, which is a chain to the left: what comes next is taken up into it."""
    chain = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        chain.append((_OPERATORS[type(node.op)], node.right))
        node = node.left
    value, moves = _moved(node, places, given)
    for said, right in reversed(chain):
        other, more = _moved(right, places, given)
        value = said(value, other)
        for place, move in more.items():
            moves[place] = said(moves.get(place, Decimal(0)), move)
    return value, moves


def _bent(
    function: Callable[..., Decimal],
    parts: Sequence[tuple[Decimal, Mapping[int, Decimal]]],
    both_ways: bool = False,
) -> tuple[Decimal, dict[int, Decimal]]:
    """What a function makes of its parts, and how much each figure in them moves that."""
    value = function(*(part for part, _ in parts))
    found: dict[int, Decimal] = {}
    for place in dict.fromkeys(place for _, moves in parts for place in moves):
        steps = [(part, moves.get(place, Decimal(0))) for part, moves in parts]
        ways = [function(*(part + step for part, step in steps)) - value]
        if both_ways:
            ways.append(value - function(*(part - step for part, step in steps)))
        found[place] = max(ways, key=abs)
    return value, found


def parsed(formula: str) -> tuple[ast.expr, dict[str, str]]:
    """A formula as Python's syntax tree, and the figure ids behind the names in it.

    Raises FormulaError for text that is no expression.

    >>> tree, names = parsed("a.icb.x.budget - 1")
    >>> ast.unparse(tree), names
    ('figure_0 - 1', {'figure_0': 'a.icb.x.budget'})
    """
    shape, names = _shaped(formula)
    return _tree(shape), {_NAME.format(place): name for place, name in enumerate(names)}


@lru_cache(maxsize=8192)
def _shaped(formula: str) -> tuple[str, tuple[str, ...]]:
    """What many formulas have in common, with a name for each figure id; the ids themselves."""
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return names.setdefault(found[0], _NAME.format(len(names)))

    return FIGURE_ID.sub(name, formula), tuple(names)


@lru_cache(maxsize=1024)
def _tree(shape: str) -> ast.expr:
    try:
        return ast.parse(shape, mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"{shape}: this is not a formula") from error
    except RecursionError as error:
        raise FormulaError(f"{shape[:80]}…: {TOO_LONG}") from error


@lru_cache(maxsize=1024)
def _reckoner(shape: str, names: int) -> Reckoner:
    try:
        return _reckoned(_tree(shape), {_NAME.format(place): place for place in range(names)})
    except RecursionError as error:
        raise FormulaError(f"{shape[:80]}…: {TOO_LONG}") from error


def _reckoned(node: ast.expr, places: Mapping[str, int]) -> Reckoner:
    """What gives the value of a part of a formula; `places` are those of the names."""
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            said = _OPERATORS[type(op)]
            first, second = _reckoned(left, places), _reckoned(right, places)
            return lambda values: said(first(values), second(values))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _reckoned(operand, places)
            return lambda values: -inner(values)
        case ast.Constant(value=int() | float() as number):
            constant = Decimal(str(number))
            return lambda values: constant
        case ast.Name(id=name) if name in places:
            return itemgetter(places[name])
        case ast.Call(func=ast.Name(id=name), args=args) if (
            name in _FUNCTIONS and args and _ARGUMENTS.get(name, len(args)) == len(args)
        ):
            function, inners = _FUNCTIONS[name], [_reckoned(arg, places) for arg in args]
            return lambda values: function(*(inner(values) for inner in inners))
    raise FormulaError(f"{ast.unparse(node)} may not stand in a formula")
