"""The formulas of a schedule, as they are declared: names of columns, lines and figures.

A formula may hold numbers, `+ - * /`, brackets, `abs`, `max` and `min`, and names: a column of the
same row (`budget - actual`), a column of another line (`total.budget`), any figure by its id
(`resource_limit.icb.total.budget`), and two numbers of the paper's month: `month`, which it is in
its year, and `months_left`, how many follow in that year.
There is no condition: what depends on one is a method, and is written in Python.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

NAME = re.compile(r"(?<![\w.])[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*(?![\w.(])")
MONTH = "month"
NUMBERS = (MONTH, "months_left")
_ALLOWED = (
    ast.Expression,
    ast.BinOp,
    ast.UnaryOp,
    ast.USub,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Load,
    ast.Call,
)
_FUNCTIONS = frozenset({"abs", "max", "min"})


def names_in(formula: str) -> tuple[str, ...]:
    """The names in a formula, each once, in order; numbers of the month are none.

    >>> names_in("(budget - actual) / total.budget * month")
    ('budget', 'actual', 'total.budget')
    """
    found = dict.fromkeys(NAME.findall(formula))
    return tuple(name for name in found if name not in NUMBERS)


def renamed(formula: str, rename: Callable[[str], str]) -> str:
    """A formula with each of its names as `rename` gives it.

    >>> renamed("budget - actual", lambda name: f"position.icb.acute.{name}")
    'position.icb.acute.budget - position.icb.acute.actual'
    """
    return NAME.sub(lambda found: rename(found[0]), formula)


def is_formula(formula: str) -> bool:
    """Whether a text is a formula of this form.

    >>> is_formula("max(budget - actual, 0)"), is_formula("budget if actual else 0")
    (True, False)
    """
    try:
        tree = ast.parse(formula.strip(), mode="eval")
    except (SyntaxError, ValueError):
        return False
    return all(isinstance(node, _ALLOWED) and _is_plain(node) for node in ast.walk(tree))


def _is_plain(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float) and not isinstance(value, bool)
        case ast.Call(func=ast.Name(id=name), keywords=[]):
            return name in _FUNCTIONS
        case ast.Call():
            return False
    return True
