"""The inputs of a register: what was read, grouped by what an error in it would move.

What is read for the control totals alone (a trial balance, the totals that a person keyed) stands
behind no figure that the paper reports, and is no input.

A cell that two tables were made from moves the figures of both at once; rows that stand in the same
sums move the same figures. Each such group is one input. Where the rows are too many to be named,
each figure read from them is an input of its own, and `is_named` is false.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from boardpack.figures.cell_amounts import amounts_said
from boardpack.figures.chapters import CONTROL
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register

MONEY = "GBP"
PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Place:
    """Where an amount stands: the file below home, the row, the column and the unit.

    Rows that no figure names have the figure's id as `row`.
    """

    file: str
    sheet: str | None
    row: int | str
    column: str
    unit: str


@dataclass(frozen=True)
class Input:
    """What moves as one: places of one column of one file, and the figures read from all of them.

    `amount` is what the places come to, in the unit of the figures, as the first figure has its
    sign; where no cell says it (the rows of items and of clients), it is the smallest of the
    figures of its largest measure, shared among the inputs that this figure stands for.
    """

    file: str
    column: str
    unit: str
    rows: tuple[int, ...]
    figures: tuple[str, ...]
    amount: Decimal
    is_named: bool = True
    is_whole: bool = True

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money, and so a part of the spend."""
        return self.unit == MONEY

    @property
    def cells(self) -> int:
        """How many cells it stands for."""
        return max(1, len(self.rows))


def inputs_of(register: Register) -> tuple[Input, ...]:
    """Every input, in the order in which the register first reads them.

    `is_whole` says that its figures were read from nothing else.
    """
    figures: dict[Place, list[str]] = defaultdict(list)
    amounts: dict[Place, Decimal] = {}
    places: dict[str, int] = {}
    for figure in register:
        found = list(_places(figure))
        places[figure.id] = len(found)
        for place, amount in found:
            figures[place].append(figure.id)
            if amount is not None:
                amounts.setdefault(place, amount)
    groups: dict[tuple[object, ...], list[Place]] = defaultdict(list)
    for place, ids in figures.items():
        if all(register[one].chapter == CONTROL for one in ids):
            continue
        groups[place.file, place.column, place.unit, *ids].append(place)
    shares = _shares(register, figures, groups.values(), amounts)
    return tuple(
        _input(group, tuple(figures[group[0]]), places, _amount(group, amounts, shares))
        for group in groups.values()
    )


def _input(
    group: list[Place], ids: tuple[str, ...], places: Mapping[str, int], amount: Decimal
) -> Input:
    first = group[0]
    rows = tuple(place.row for place in group if isinstance(place.row, int))
    return Input(
        first.file,
        first.column,
        first.unit,
        rows,
        ids,
        amount,
        is_named=bool(rows),
        is_whole=all(places[one] == len(group) for one in ids),
    )


def _amount(
    group: list[Place], amounts: Mapping[Place, Decimal], shares: Mapping[Place, Decimal]
) -> Decimal:
    if all(place in amounts for place in group):
        return sum((amounts[place] for place in group), Decimal(0))
    return shares[group[0]]


def _places(figure: Figure) -> Iterator[tuple[Place, Decimal | None]]:
    """The places that a figure was read from, each with the amount of its cell where one says it.

    Of a corrected cell the amount is the one that the paper uses.
    """
    values = amounts_said(figure)
    for item, value in zip(figure.cells, values, strict=True):
        cell = item.cell
        rows: Iterable[int | str] = (cell.row,)
        if item.method is not None:
            rows = item.lines or (figure.id,)
        for row in rows:
            yield Place(cell.file, cell.sheet, row, cell.column, figure.unit), value


def _shares(
    register: Register,
    figures: Mapping[Place, list[str]],
    groups: Iterable[list[Place]],
    amounts: Mapping[Place, Decimal],
) -> dict[Place, Decimal]:
    """What each group comes to whose cells do not say it, by its first place.

    Rows stand in sums of several measures, such as the cost of a month and of the year, and in ever
    larger sums of each. The smallest sum of the largest measure is nearest to what the rows are.
    """
    standing: dict[Place, str] = {}
    for group in groups:
        if not all(place in amounts for place in group):
            standing[group[0]] = _nearest(register, figures[group[0]])
    shared = Counter(standing.values())
    return {
        place: (register[one].value / shared[one]).quantize(PENNY)
        for place, one in standing.items()
    }


def _nearest(register: Register, ids: list[str]) -> str:
    smallest: dict[str, str] = {}
    for one in sorted(ids, key=lambda one: abs(register[one].value)):
        smallest.setdefault(register[one].measure, one)
    return max(smallest.values(), key=lambda one: abs(register[one].value))
