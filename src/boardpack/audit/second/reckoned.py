"""What a declared formula comes to, computed a second time, for verification alone.

Shares no code with the product (see second_reading).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, DivisionByZero, InvalidOperation

from boardpack.audit.second.numbers import NIL, Number

NAMES = re.compile(r"(?<![\w.])[a-z]\w*(?:\.\w+)*(?![\w.(])")
"""The names in a formula."""


def reckoned(formula: str, held: Mapping[str, Number]) -> Number | None:
    """A formula's value, and how far it may be out by what each of its numbers may be out."""
    names = {name: f"n{place}" for place, name in enumerate(held)}
    text = NAMES.sub(lambda found: names[found[0]], formula)
    tree = ast.parse(text, mode="eval").body
    values = {names[name]: number.value for name, number in held.items()}
    try:
        value = _valued(tree, values)
        doubt = NIL
        for name, number in held.items():
            moved = {**values, names[name]: number.value + number.doubt}
            doubt += abs(_valued(tree, moved) - value)
    except (DivisionByZero, InvalidOperation, ZeroDivisionError):
        return None
    return Number(value, doubt)


def _valued(node: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            one, other = _valued(left, values), _valued(right, values)
            if isinstance(op, ast.Add):
                return one + other
            if isinstance(op, ast.Sub):
                return one - other
            if isinstance(op, ast.Div) and not other:
                raise ZeroDivisionError
            return one / other if isinstance(op, ast.Div) else one * other
        case ast.UnaryOp(operand=operand):
            return -_valued(operand, values)
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number))
        case ast.Name(id=name):
            return values[name]
        case ast.Call(func=ast.Name(id=name), args=args):
            known: dict[str, Callable[[Iterable[Decimal]], Decimal]] = {"max": max, "min": min}
            found = [_valued(arg, values) for arg in args]
            return abs(found[0]) if name == "abs" else known[name](found)
    raise ValueError(f"{ast.unparse(node)} is no formula")
