"""Number formats that print a cell's exact value as the paper prints it: £000s, brackets, per cent.

The cell holds pounds, and per cent as a fraction; the format scales, rounds and brackets. So what
is shown and what is reckoned with cannot part, and a changed input is shown in the same way.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from boardpack.core.in_print import UNITS
from boardpack.core.money import round_half_up
from boardpack.document.blocks import Number, Table
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register

SCALES = {Decimal(1): "", Decimal(1000): ",", Decimal(1_000_000): ",,"}
"""What a format divides by, and the commas that say so."""
FLAG = '"! "'
NIL = "-"
_PRINTED = re.compile(
    r"^(?P<minus>[-(])?(?P<pound>£?)(?P<number>[\d,]+(?:\.(?P<decimals>\d+))?)(?P<after>[%km]?)\)?$"
)
_AFTER = {"k": Decimal(1000), "m": Decimal(1_000_000)}
_REGISTER = {"PCT": "0.00", "RATE": "0.0000"}

Place = tuple[int, int]


@dataclass(frozen=True)
class Shape:
    """How a number is printed, apart from its sign: `£` before, decimals, what follows, scale."""

    pound: str = ""
    decimals: int = 0
    after: str = ""
    scale: Decimal = Decimal(1)

    @property
    def digits(self) -> str:
        """The part of a number format that prints the size."""
        places = "." + "0" * self.decimals if self.decimals else ""
        after = f'"{self.after}"' if self.after in _AFTER else self.after
        return f"{self.pound}#,##0{places}{SCALES[self.scale]}{after}"


def number_formats(table: Table, register: Register) -> dict[Place, str]:
    """The number format of every cell of a table that shows a figure, by row and column.

    What a cell's own text leaves open (`-` and `(0)` have no scale) its column says, else the unit.
    """
    shapes = {place: _shapes(number) for place, number in numbers_of(table)}
    usual = _usual(shapes)
    found = {}
    for place, number in numbers_of(table):
        is_known = number.figure in register
        figure = register[number.figure] if is_known else None
        open_to = shapes[place]
        likely = usual.get(place[1]) or _likely(table, figure)
        shape = open_to[0] if len(open_to) == 1 else likely
        found[place] = _format(number, shape, figure)
    return found


def numbers_of(table: Table) -> Iterator[tuple[Place, Number]]:
    """The numbers of a table with their row and column."""
    for row, line in enumerate(table.rows):
        for column, cell in enumerate(line.cells):
            if isinstance(cell, Number):
                yield (row, column), cell


def register_format(figure: Figure) -> str:
    """The format of a figure's exact value in its own unit: pence only where there are any.

    >>> over = Figure("a.icb.x.variance", "X", Decimal("-812.50"), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> register_format(over)
    '#,##0.00_);(#,##0.00)'
    """
    whole = figure.value == figure.value.to_integral_value()
    size = "#,##0" if whole else _REGISTER.get(figure.unit, "#,##0.00")
    return f"{size}_);({size})"


def headline_format(figure: Figure, money: str) -> str:
    """A headline in the paper's unit of money, or in its own unit where it is no money.

    >>> over = Figure("a.icb.x.variance", "X", Decimal(-50), "GBP", "icb", "x", "variance",
    ...               "2023/24 M06", "ledger", False, ())
    >>> headline_format(over, "£000s")
    '#,##0,_);(#,##0,);"-"_)'
    """
    if not figure.unit.startswith("GBP"):
        return register_format(figure)
    unit = UNITS[money]
    return _sections(Shape(decimals=unit.places, scale=unit.size).digits, NIL, "")


def _shapes(number: Number) -> tuple[Shape, ...]:
    """The shapes in which the exact value prints as the text: none, one, or several for a nil."""
    found = _PRINTED.fullmatch(number.text)
    if found is None:
        return ()
    shown, decimals = Decimal(found["number"].replace(",", "")), len(found["decimals"] or "")
    scales = [_AFTER[found["after"]]] if found["after"] in _AFTER else list(SCALES)
    if found["after"] == "%":
        scales = [Decimal(1)]
    step, value = Decimal(1).scaleb(-decimals), abs(Decimal(number.value))
    return tuple(
        Shape(found["pound"], decimals, found["after"], scale)
        for scale in scales
        if round_half_up(value / scale, step) == shown
    )


def _usual(shapes: Mapping[Place, tuple[Shape, ...]]) -> dict[int, Shape]:
    """The shape that most cells of a column have, where any cell is sure of one."""
    sure: dict[int, Counter[Shape]] = {}
    for (_, column), found in shapes.items():
        if len(found) == 1:
            sure.setdefault(column, Counter())[found[0]] += 1
    return {column: counted.most_common(1)[0][0] for column, counted in sure.items()}


def _likely(table: Table, figure: Figure | None) -> Shape:
    if figure is not None and figure.unit == "PCT":
        return Shape(decimals=1, after="%")
    is_money = figure is None or figure.unit.startswith("GBP")
    return Shape(scale=Decimal(1000 if is_money and "000s" in table.unit else 1))


def _format(number: Number, shape: Shape, figure: Figure | None) -> str:
    is_money = figure is not None and figure.unit.startswith("GBP")
    is_plain = not shape.pound and not shape.after and number.text not in ("0", "(0)")
    nil = NIL if number.text == NIL or (is_money and is_plain) else shape.digits
    flag = FLAG if number.adverse and not number.text.startswith("(") else ""
    if number.text.startswith("-") and number.text != NIL:
        return f"{shape.digits}_);-{shape.digits}_);{nil}_)"
    return _sections(shape.digits, nil, flag)


def _sections(size: str, nil: str, flag: str) -> str:
    """A format's three parts: above nil, below nil in brackets, and nil."""
    quoted = f'"{nil}"' if nil == NIL else nil
    return f"{flag}{size}_);({size});{quoted}_)"
