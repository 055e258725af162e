"""The register's formulas as a spreadsheet's: cells in place of figure ids, sums as ranges."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from boardpack.figures.formula import parsed

LONGEST = 8000
"""A formula may have 8,192 characters in Excel."""
ARGUMENTS = 250
"""A function may be given 255 arguments in Excel."""
FEWEST_IN_A_RANGE = 3
_SIGNS: dict[type[ast.operator], tuple[str, int]] = {
    ast.Add: ("+", 1),
    ast.Sub: ("-", 1),
    ast.Mult: ("*", 2),
    ast.Div: ("/", 2),
}
_UNARY, _ATOM = 3, 4
_HUNDRED = 100


@dataclass(frozen=True)
class Spot:
    """A cell of the workbook: its sheet, and its row and column counted from 0.

    `is_fraction` says that a percentage stands there as a fraction, as spreadsheets hold it.
    """

    sheet: str
    row: int
    column: int
    is_fraction: bool = False

    def seen_from(self, sheet: str) -> str:
        """The cell as a formula on some sheet names it."""
        return self._sheet(sheet) + str(xl_rowcol_to_cell(self.row, self.column))

    def to(self, last: Spot, sheet: str) -> str:
        """The range from this cell to another of its sheet."""
        return f"{self.seen_from(sheet)}:{xl_rowcol_to_cell(last.row, last.column)}"

    def _sheet(self, seen_from: str) -> str:
        return "" if seen_from == self.sheet else f"{quote_sheetname(self.sheet)}!"


@dataclass(frozen=True)
class Sheets:
    """Where a formula's figures stand, by id, and the sheet that the formula is written on."""

    spots: Mapping[str, Spot]
    sheet: str


def spreadsheet_formula(formula: str, sheets: Sheets, as_fraction: bool = False) -> str:
    """A formula over figure ids as a spreadsheet formula, with its `=`.

    `as_fraction` is for a percentage: its result is divided by a hundred.

    >>> spots = {"a.b.c.budget": Spot("Register", 4, 6), "a.b.c.actual": Spot("Register", 5, 6)}
    >>> spreadsheet_formula("a.b.c.budget - a.b.c.actual", Sheets(spots, "Register"))
    '=G5-G6'
    >>> spreadsheet_formula("a.b.c.budget - a.b.c.actual", Sheets(spots, "Cover"))
    '=Register!G5-Register!G6'
    """
    tree, names = parsed(formula)
    spots = {name: sheets.spots[identity] for name, identity in names.items()}
    writer = _Writer(spots, sheets.sheet)
    return "=" + (writer.fraction(tree) if as_fraction else writer.text(tree))


def in_parts(text: str) -> tuple[str, ...]:
    """A formula as several whose results add up to its own, where it is too long for one.

    Only what is added can be parted: a formula without brackets of that length is a sum.
    """
    if len(text) <= LONGEST:
        return (text,)
    parts = [""]
    for term in _terms(text.removeprefix("=")):
        if parts[-1] and len(parts[-1]) + len(term) > LONGEST:
            parts.append("")
        parts[-1] += term
    return tuple(f"={part.removeprefix('+')}" for part in parts)


def _terms(text: str) -> Iterator[str]:
    """What is added or taken off at the outermost level, each with its sign before it."""
    depth = start = 0
    is_quoted = False
    for place, sign in enumerate(text):
        is_quoted ^= sign == "'"
        depth += (sign == "(") - (sign == ")")
        is_between = place > start and text[place - 1] not in "*/+-(,e"
        if sign in "+-" and not depth and not is_quoted and is_between:
            yield text[start:place] if start else _signed(text[:place])
            start = place
    yield text[start:] if start else _signed(text)


def _signed(text: str) -> str:
    return text if text[0] in "+-" else f"+{text}"


class _Writer:
    """Writes a syntax tree; brackets stand only where the order of reckoning needs them."""

    def __init__(self, spots: Mapping[str, Spot], sheet: str) -> None:
        self._spots, self._sheet = spots, sheet

    def fraction(self, node: ast.expr) -> str:
        """A percentage as a fraction: its last `* 100` is left out."""
        match node:
            case ast.BinOp(left=left, op=ast.Mult(), right=ast.Constant(value=hundred)) if (
                hundred == _HUNDRED
            ):
                return self.text(left)
            case ast.Name(id=name) if self._spots[name].is_fraction:
                return self._spots[name].seen_from(self._sheet)
        return f"{self._within(node, 2)}/{_HUNDRED}"

    def text(self, node: ast.expr) -> str:
        """An expression without brackets around it."""
        return self._written(node)[0]

    def _within(self, node: ast.expr, least: int) -> str:
        text, binding = self._written(node)
        return text if binding >= least else f"({text})"

    def _written(self, node: ast.expr) -> tuple[str, int]:
        match node:
            case ast.BinOp():
                return self._chain(node)
            case ast.UnaryOp(operand=operand):
                return f"-{self._right(operand, _UNARY)}", _UNARY
            case ast.Name(id=name):
                spot = self._spots[name]
                seen = spot.seen_from(self._sheet)
                return (f"{seen}*{_HUNDRED}", 2) if spot.is_fraction else (seen, _ATOM)
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._call(name.upper(), [self.text(arg) for arg in args]), _ATOM
        return ast.unparse(node), _ATOM

    def _chain(self, node: ast.BinOp) -> tuple[str, int]:
        """Signs of one rank from left to right, by a loop: a sum may have very many addends."""
        binding = _SIGNS[type(node.op)][1]
        first: ast.expr = node
        ends: list[str] = []
        while isinstance(first, ast.BinOp) and _SIGNS[type(first.op)][1] == binding:
            if found := self._range(first):
                return "".join([f"SUM({found})", *reversed(ends)]), binding if ends else _ATOM
            closer = binding + (not isinstance(first.op, ast.Add | ast.Mult))
            ends.append(_SIGNS[type(first.op)][0] + self._right(first.right, closer))
            first = first.left
        return "".join([self._within(first, binding), *reversed(ends)]), binding

    def _right(self, node: ast.expr, binding: int) -> str:
        """The right side of a sign; two signs never stand together."""
        text = self._within(node, binding)
        return f"({text})" if text.startswith("-") else text

    def _call(self, name: str, arguments: Sequence[str]) -> str:
        """A function; the largest of very many is the largest of their largest."""
        if len(arguments) <= ARGUMENTS:
            return f"{name}({','.join(arguments)})"
        shares = range(0, len(arguments), ARGUMENTS)
        return self._call(name, [self._call(name, arguments[s : s + ARGUMENTS]) for s in shares])

    def _range(self, node: ast.expr) -> str | None:
        """The range that a sum covers exactly: cells beside or below each other, each once."""
        addends = list(_addends(node))
        names = [addend.id for addend in addends if isinstance(addend, ast.Name)]
        if len(names) < len(addends) or len(names) < FEWEST_IN_A_RANGE:
            return None
        spots = sorted((self._spots[name] for name in names), key=lambda s: (s.row, s.column))
        first, last = spots[0], spots[-1]
        down, across = last.row - first.row + 1, last.column - first.column + 1
        is_whole = min(down, across) == 1 and down * across == len(spots) == len(set(spots))
        is_one = len({(spot.sheet, spot.is_fraction) for spot in spots}) == 1
        return (
            first.to(last, self._sheet) if is_whole and is_one and not first.is_fraction else None
        )


def _addends(node: ast.expr) -> Iterator[ast.expr]:
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield node.right
        node = node.left
    yield node
