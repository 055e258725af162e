"""The inputs of a register: what was read, grouped by what an error in it would move.

What is read for the control totals alone (a trial balance, the totals that a person keyed) stands
behind no figure that the paper reports, and is no input.

A cell that two tables were made from moves the figures of both at once; rows that stand in the same
sums move the same figures. Each such group is one input. Where the rows are too many to be named,
each figure read from them is an input of its own, and `is_named` is false.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from boardpack.figures.cell_amounts import amounts_said
from boardpack.figures.chapters import CONTROL
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register

MONEY = "GBP"
PENNY = Decimal("0.01")


@dataclass(frozen=True)
class Column:
    """A column of a file, and the unit in which figures have it.

    `alone` is a figure's id where no figure names its rows: nobody can tell which they share.
    """

    file: str
    sheet: str | None
    column: str
    unit: str
    alone: str = ""


@dataclass(frozen=True)
class Stretch:
    """Rows of a column that stand one below the other and that a figure was read from.

    `order` is the figure's place in the register, then the cell's in the figure. `amount` is what
    the cell of a single row says.
    """

    first: int
    last: int
    order: tuple[int, int]
    figure: str
    amount: Decimal | None = None


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
    columns: dict[Column, list[Stretch]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for number, figure in enumerate(register):
        sizes[figure.id] = 0
        for column, stretch in _stretches(figure, number):
            columns[column].append(stretch)
            sizes[figure.id] += stretch.last - stretch.first + 1
    groups = [
        group
        for column, stretches in columns.items()
        for group in _settled(_grouped(column, stretches), register)
        if not all(register[one].chapter == CONTROL for one in group.figures)
    ]
    groups.sort(key=lambda group: group.order)
    _share_out(register, [group for group in groups if group.amount is None])
    return tuple(_input(group, sizes) for group in groups)


@dataclass
class Group:
    """Rows of a column that stand in the same figures; `amount` is what they come to, if known."""

    column: Column
    figures: tuple[str, ...]
    order: tuple[int, ...]
    rows: tuple[int, ...]
    amount: Decimal | None


def _input(group: Group, sizes: Mapping[str, int]) -> Input:
    column, is_named = group.column, not group.column.alone
    return Input(
        column.file,
        column.column,
        column.unit,
        group.rows if is_named else (),
        group.figures,
        group.amount or Decimal(0),
        is_named=is_named,
        is_whole=all(sizes[one] == len(group.rows) for one in group.figures),
    )


def _stretches(figure: Figure, number: int) -> Iterator[tuple[Column, Stretch]]:
    """The rows that a figure was read from, each with the amount of its cell where one says it.

    Of a corrected cell the amount is the one that the paper uses.
    """
    for place, (item, amount) in enumerate(zip(figure.cells, amounts_said(figure), strict=True)):
        cell, order = item.cell, (number, place)
        is_alone = item.method is not None and not item.rows
        alone = figure.id if is_alone else ""
        column = Column(cell.file, cell.sheet, cell.column, figure.unit, alone)
        if item.method is None or is_alone:
            yield column, Stretch(cell.row, cell.row, order, figure.id, amount)
            continue
        for part in item.rows.split(", "):
            first, _, last = part.partition("-")
            yield column, Stretch(int(first), int(last or first), order, figure.id)


def _grouped(column: Column, stretches: Sequence[Stretch]) -> list[Group]:
    """The rows of a column by the figures that were read from them."""
    begins, ends = defaultdict(list), defaultdict(list)
    for one in stretches:
        begins[one.first].append(one)
        ends[one.last + 1].append(one)
    edges = sorted({*begins, *ends})
    held: dict[tuple[str, ...], list[tuple[range, list[Stretch]]]] = defaultdict(list)
    open_now: list[Stretch] = []
    for edge, then in pairwise(edges):
        over = set(map(id, ends[edge]))
        open_now = [one for one in open_now if id(one) not in over] + begins[edge]
        if open_now:
            open_now.sort(key=lambda one: one.order)
            held[tuple(one.figure for one in open_now)].append((range(edge, then), open_now[:]))
    return [
        Group(
            column,
            figures,
            min((*here[0].order, rows.start) for rows, here in parts),
            tuple(row for rows, _ in parts for row in rows),
            _said(parts),
        )
        for figures, parts in held.items()
    ]


def _said(parts: Sequence[tuple[range, list[Stretch]]]) -> Decimal | None:
    """What rows come to whose cells say it, each by the first figure that has it."""
    amounts = [
        next((one.amount for one in here if one.amount is not None), None) for _, here in parts
    ]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _settled(groups: list[Group], register: Register) -> list[Group]:
    """The groups of a column, those settled that a sum over rows leaves as its only unknown.

    A figure that is the sum over rows of one column is what its groups come to.
    """
    sums: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        for one in group.figures:
            cells = register[one].cells
            if len(cells) == 1 and cells[0].rule is not None:
                sums[one].append(group)
    found = True
    while found:
        found = False
        for one, parts in sums.items():
            unknown = [group for group in parts if group.amount is None]
            if len(unknown) == 1:
                known = (group.amount for group in parts if group.amount is not None)
                unknown[0].amount = register[one].value - sum(known, Decimal(0))
                found = True
    return groups


def _share_out(register: Register, groups: Sequence[Group]) -> None:
    """Give each group an amount whose cells do not say it.

    Rows stand in sums of several measures, such as the cost of a month and of the year, and in ever
    larger sums of each. The smallest sum of the largest measure is nearest to what the rows are.
    """
    standing = [_nearest(register, group.figures) for group in groups]
    shared = Counter(standing)
    for group, one in zip(groups, standing, strict=True):
        group.amount = (register[one].value / shared[one]).quantize(PENNY)


def _nearest(register: Register, ids: Sequence[str]) -> str:
    smallest: dict[str, str] = {}
    for one in sorted(ids, key=lambda one: abs(register[one].value)):
        smallest.setdefault(register[one].measure, one)
    return max(smallest.values(), key=lambda one: abs(register[one].value))
