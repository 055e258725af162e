"""What the chapter being written prints as its body has it: money, and two words of its own.

The project's wording and tables say £000s, board and place; a home may say others (`in_print`).
"""

from __future__ import annotations

from dataclasses import replace

from boardpack.core.in_print import THOUSANDS, USUAL, InPrint, MoneyUnit, worded
from boardpack.core.params import Paper
from boardpack.document.blocks import Block, Chart, Column, Table

_IN_PRINT: list[InPrint] = [USUAL]
"""How the chapter that is being written is printed."""


def print_for(paper: Paper) -> None:
    """Say whose chapter is written from now on."""
    _IN_PRINT[0] = paper.report.in_print or USUAL


def money_unit() -> MoneyUnit:
    """The unit of money in tables and sentences."""
    return _IN_PRINT[0].unit


def own_text(text: str) -> str:
    """A text of the project's own, as the body says it."""
    return worded(text, _IN_PRINT[0])


def in_own_print(block: Block) -> Block:
    """A block of the project's own, its unit and its labels as the body has them."""
    if _IN_PRINT[0] == USUAL:
        return block
    if isinstance(block, Table):
        return replace(
            block,
            caption=_put(block.caption),
            columns=tuple(_column(column) for column in block.columns),
            unit=_put(block.unit),
            notes=tuple(_put(note) for note in block.notes),
        )
    if isinstance(block, Chart):
        unit = money_unit()
        in_money = THOUSANDS.name in block.unit and block.scale == str(THOUSANDS.size)
        scaled = {"scale": str(unit.size), "places": unit.places} if in_money else {}
        return replace(
            block,
            title=_put(block.title),
            alt=_put(block.alt),
            series=tuple(replace(one, name=_put(one.name)) for one in block.series),
            unit=_put(block.unit),
            **scaled,  # type: ignore[arg-type]
        )
    return block


def _column(column: Column) -> Column:
    group = column.group and _put(column.group)
    return replace(column, label=_put(column.label), group=group)


def _put(text: str) -> str:
    return own_text(text).replace(THOUSANDS.name, money_unit().name)
