"""Formulas read a second time: a spreadsheet's over cells, and the register's over figures.

Only what the workbook needs: `+ - * /`, brackets, comparisons, and the functions SUM, ABS, MAX,
MIN, ROUND, IF and COUNTIF. Anything else is refused, so that nothing counts as reckoned that was
not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

Value = float | str | None
"""What a cell holds: a number, words, or nothing."""
Values = Value | list[Value]
Look = Callable[[Hashable], Value]
Node = Callable[[Look], Values]

_TOKEN = re.compile(
    r'\s*(?:"(?P<text>(?:[^"]|"")*)"'
    r"|(?P<cell>(?:(?:'(?:[^']|'')*'|[A-Za-z_][\w.]*)!)?\$?[A-Z]{1,3}\$?\d+"
    r"(?::\$?[A-Z]{1,3}\$?\d+)?(?![\w.(]))"
    r"|(?P<figure>[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+)"
    r"|(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<function>[A-Za-z]+)\("
    r"|(?P<sign><=|>=|<>|[-+*/(),<>=]))"
)
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_MOST_CELLS = 200_000


class Cell(NamedTuple):
    """A cell of a workbook: its sheet, its row and its column, both from 1.

    >>> str(Cell("Register", 7, 2))
    'B7'
    """

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{letters(self.column)}{self.row}"


class Formula(NamedTuple):
    """A formula that can be reckoned: what it needs, each once, and how."""

    needs: tuple[Hashable, ...]
    reckon: Node


class NotReckoned(ValueError):
    """A formula that is not understood, or that has no result."""


def letters(column: int) -> str:
    """The letters of a column that is counted from 1.

    >>> letters(1), letters(27)
    ('A', 'AA')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def cell_named(name: str, sheet: str = "") -> Cell:
    """The cell that `B7` or `$B$7` names on a sheet.

    >>> cell_named("$B$7", "Register")
    Cell(sheet='Register', row=7, column=2)
    """
    found = _CELL.fullmatch(name)
    if found is None:
        raise NotReckoned(f"{name} is no cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return Cell(sheet, int(found[2]), column)


def ends_of(named: str, sheet: str) -> tuple[Cell, Cell]:
    """The first and the last cell of what a reference names, seen from a sheet.

    >>> [str(end) for end in ends_of("Register!$B$7:$D$9", "")]
    ['B7', 'D9']
    """
    where, _, area = named.rpartition("!")
    if where.startswith("'"):
        where = where[1:-1].replace("''", "'")
    first, _, last = area.partition(":")
    start = cell_named(first, where or sheet)
    end = cell_named(last, where or sheet) if last else start
    rows, columns = sorted((start.row, end.row)), sorted((start.column, end.column))
    of = start.sheet
    return Cell(of, rows[0], columns[0]), Cell(of, rows[1], columns[1])


def cells_of(named: str, sheet: str) -> list[Cell]:
    """The cells that a reference names, such as `Register!G5` or `B7:B9`, seen from a sheet.

    >>> cells_of("B7:B9", "Register")[-1]
    Cell(sheet='Register', row=9, column=2)
    """
    start, end = ends_of(named, sheet)
    rows, columns = range(start.row, end.row + 1), range(start.column, end.column + 1)
    if len(rows) * len(columns) > _MOST_CELLS:
        raise NotReckoned(f"{named} names too many cells")
    return [Cell(start.sheet, row, column) for row in rows for column in columns]


def read_formula(text: str, sheet: str = "") -> Formula:
    """A formula as it stands on a sheet, or one of the register; its `=` may be left out.

    >>> read_formula("=Register!G5-Register!G6").needs
    (Cell(sheet='Register', row=5, column=7), Cell(sheet='Register', row=6, column=7))
    >>> read_formula("=1+")
    Traceback (most recent call last):
        ...
    boardpack.audit.reader.formula.NotReckoned: =1+ ends too soon
    """
    reader = _Reader(text.removeprefix("="), sheet)
    try:
        node = reader.compared()
    except (IndexError, RecursionError):
        raise NotReckoned(f"{text[:80]} ends too soon") from None
    if reader.place < len(reader.tokens):
        raise NotReckoned(f"{text[:80]} is not understood")
    return Formula(tuple(dict.fromkeys(reader.needs)), node)


class _Reader:
    """Reads tokens from left to right, the loosest signs first."""

    def __init__(self, text: str, sheet: str) -> None:
        self.tokens, self.sheet, self.place = list(_tokens(text)), sheet, 0
        self.needs: list[Hashable] = []

    def compared(self) -> Node:
        left = self._chain(self._product, "+-")
        sign = self._sign("=", "<>", "<=", ">=", "<", ">")
        if not sign:
            return left
        right = self._chain(self._product, "+-")
        return lambda look: float(_compare(sign, _one(left(look)), _one(right(look))))

    def _product(self) -> Node:
        return self._chain(self._signed, "*/")

    def _chain(self, part: Callable[[], Node], signs: str) -> Node:
        """Signs of one rank; in a loop, for a sum may have very many addends."""
        first, others = part(), []
        while sign := self._sign(*signs):
            others.append((sign, part()))
        return _chained(first, others) if others else first

    def _signed(self) -> Node:
        sign = self._sign("-", "+")
        if not sign:
            return self._atom()
        inner = self._signed()
        return (lambda look: -_number(inner(look))) if sign == "-" else inner

    def _atom(self) -> Node:
        token = self.tokens[self.place]
        self.place += 1
        kind, said = token
        if kind == "number":
            number = float(said)
            return lambda look: number
        if kind == "text":
            return lambda look: said.replace('""', '"')
        if kind == "figure":
            self.needs.append(said)
            return lambda look: look(said)
        if kind == "cell":
            return self._cells(said)
        if kind == "function":
            return _function(said.upper(), list(self._arguments()))
        if said != "(":
            raise NotReckoned(f"{said} stands where a number should")
        node = self.compared()
        self._closed()
        return node

    def _cells(self, said: str) -> Node:
        cells = cells_of(said, self.sheet)
        self.needs += cells
        if ":" in said:
            return lambda look: [look(cell) for cell in cells]
        return lambda look: look(cells[0])

    def _arguments(self) -> Iterator[Node]:
        yield self.compared()
        while self._sign(","):
            yield self.compared()
        self._closed()

    def _closed(self) -> None:
        if not self._sign(")"):
            raise NotReckoned("a bracket is not closed")

    def _sign(self, *signs: str) -> str:
        """The next token, taken, if it is one of these signs."""
        if self.place < len(self.tokens):
            kind, said = self.tokens[self.place]
            if kind == "sign" and said in signs:
                self.place += 1
                return said
        return ""


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place, text = 0, text.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise NotReckoned(f"{text[place : place + 40]} is not understood")
        place = found.end()
        kind = str(found.lastgroup)
        yield kind, found[kind]


def _chained(first: Node, others: list[tuple[str, Node]]) -> Node:
    def reckon(look: Look) -> Value:
        total = _number(first(look))
        for sign, node in others:
            total = _joined(total, sign, _number(node(look)))
        return total

    return reckon


def _joined(left: float, sign: str, right: float) -> float:
    if sign == "+":
        return left + right
    if sign == "-":
        return left - right
    if sign == "*":
        return left * right
    if right == 0:
        raise NotReckoned("it divides by nothing")
    return left / right


def _function(name: str, arguments: list[Node]) -> Node:
    if name == "IF" and len(arguments) == 3:
        test, yes, no = arguments
        return lambda look: yes(look) if _number(test(look)) else no(look)
    if name == "COUNTIF" and len(arguments) == 2:
        area, wanted = arguments
        return lambda look: float(list(_flat([area(look)])).count(_one(wanted(look))))
    if name == "ABS" and len(arguments) == 1:
        return lambda look: abs(_number(arguments[0](look)))
    if name == "ROUND" and len(arguments) == 2:
        number, places = arguments
        return lambda look: _rounded(_number(number(look)), _number(places(look)))
    if name not in _OF_MANY:
        raise NotReckoned(f"{name} is no function of this workbook")
    made = _OF_MANY[name]
    return lambda look: made(_numbers(node(look) for node in arguments))


def _rounded(number: float, places: float) -> float:
    """Halves away from nil, of the 15 digits that a spreadsheet holds a number to."""
    step = Decimal(1).scaleb(-int(places))
    return float((Decimal(f"{number:.15g}") / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def _sum(numbers: list[float]) -> float:
    return sum(numbers)


_OF_MANY: dict[str, Callable[[list[float]], float]] = {
    "SUM": _sum,
    "MAX": lambda numbers: max(numbers, default=0.0),
    "MIN": lambda numbers: min(numbers, default=0.0),
}


def _flat(found: Iterable[Values]) -> Iterator[Value]:
    for one in found:
        if isinstance(one, list):
            yield from one
        else:
            yield one


def _numbers(found: Iterable[Values]) -> list[float]:
    return [one for one in _flat(found) if isinstance(one, float)]


def _one(found: Values) -> Value:
    if isinstance(found, list):
        raise NotReckoned("several cells stand where one should")
    return found


def _number(found: Values) -> float:
    one = _one(found)
    if isinstance(one, str):
        raise NotReckoned(f"{one!r} stands where a number should")
    return one or 0.0


def _compare(sign: str, left: Value, right: Value) -> bool:
    if isinstance(left, str) or isinstance(right, str):
        same = str(left or "").lower() == str(right or "").lower()
        return {"=": same, "<>": not same}.get(sign, False)
    first, second = left or 0.0, right or 0.0
    return {
        "=": first == second,
        "<>": first != second,
        "<": first < second,
        ">": first > second,
        "<=": first <= second,
        ">=": first >= second,
    }[sign]
