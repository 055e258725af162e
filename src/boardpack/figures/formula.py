"""Formulas over figure ids: `a.b.c - a.b.d`, evaluated exactly in Decimal.

A formula is data that an auditor can read and re-perform, so it may hold figure ids, numbers,
`+ - * /`, brackets, and the functions `abs`, `max`, `min`. Nothing else is evaluated.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext
from functools import lru_cache

FIGURE_ID = re.compile(r"\b[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_OPERATORS: dict[type, Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_FUNCTIONS: dict[str, Callable[..., Decimal]] = {"abs": abs, "max": max, "min": min}


class FormulaError(ValueError):
    """A formula that cannot be read or evaluated."""


@lru_cache(maxsize=8192)
def operands(formula: str) -> tuple[str, ...]:
    """The figure ids in a formula, each once, in order."""
    return tuple(dict.fromkeys(FIGURE_ID.findall(formula)))


def evaluate(formula: str, values: Mapping[str, Decimal]) -> Decimal:
    """The value of `formula`, with 34 significant digits."""
    tree, names = parsed(formula)
    with localcontext() as context:
        context.prec = 34
        try:
            return _value(tree, {name: values[identity] for name, identity in names.items()})
        except (DivisionByZero, InvalidOperation, ZeroDivisionError) as error:
            raise FormulaError(f"{formula}: division by nothing") from error


@lru_cache(maxsize=8192)
def parsed(formula: str) -> tuple[ast.expr, dict[str, str]]:
    """A formula as Python's syntax tree, and the figure ids behind the names in it.

    Raises FormulaError for text that is no expression.
    """
    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return names.setdefault(found[0], f"figure_{len(names)}")

    try:
        tree = ast.parse(FIGURE_ID.sub(name, formula), mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"{formula}: this is not a formula") from error
    return tree, {short: identity for identity, short in names.items()}


def _value(node: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_value(left, values), _value(right, values))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number))
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.Call(func=ast.Name(id=name), args=args) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(_value(arg, values) for arg in args))
    raise FormulaError(f"{ast.unparse(node)} may not stand in a formula")
