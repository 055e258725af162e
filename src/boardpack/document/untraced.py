"""Numbers that no figure stands behind: marked in a draft, counted, accepted before a release.

An analyst may show what boardpack has not computed: a table of typed numbers, a picture, printed
text. Nothing of it is lost and nothing of it passes for a figure. In a draft each such number has a
dagger, and what the dagger means stands beside it. Once the reviewer has accepted it there is no
mark, and it is counted still. What is accepted is a block with exactly these numbers: its seal is
part of the sentence, so that a block that has changed is open again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import assert_never

from boardpack.document.blocks import (
    Block,
    Cell,
    Chart,
    KeyFigures,
    Narrative,
    NotSupplied,
    Number,
    Picture,
    Table,
    Workings,
    block_json,
)
from boardpack.prose.claim import Claim

UNIT = "untraced"
"""The unit of a claim that is a block with untraced numbers; its value is how many there are."""
SIGN = "†"
WORDS = "No figure stands behind"
_FENCE = re.compile(r"\s*```+\n(.*?)\n```+\s*", re.DOTALL)
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_NAMED = 3
MARK = "-mark"
"""How the id of a narrative ends that says what the mark of the block above it means."""


def untraced_claim(block: Block, cell: int) -> Claim | None:
    """What a reviewer is asked to accept of a block; None where each of its numbers is a figure's.

    `cell` is the cell of the notebook that shows it. A picture counts as one number.
    """
    numbers = _numbers(block)
    if not numbers:
        return None
    count = len(numbers)
    few = ", ".join(numbers[:_NAMED]) + (" and more" if count > _NAMED else "")
    seal = sha256(json.dumps(block_json(block), sort_keys=True).encode()).hexdigest()[:12]
    named = _name(block)
    said = "a picture" if isinstance(block, Picture) else f"{count} untraced: {few}"
    text = f"{named}: {said}" if named else said
    return Claim(
        line=cell,
        text=text,
        value=Decimal(count),
        unit=UNIT,
        status="unsupported",
        reason=f"{WORDS} it.",
        sentence=f"{text} (seal {seal})",
    )


def is_printed_text(block: Narrative) -> bool:
    """Whether a narrative is text that a cell printed, line by line."""
    return _FENCE.fullmatch(block.markdown) is not None


def is_mark(block: Narrative) -> bool:
    """Whether a narrative says what the mark of the block above it means."""
    return block.id.endswith(MARK) and block.markdown.startswith(SIGN)


def _numbers(block: Block) -> list[str]:
    """The untraced numbers of a block, in order; a picture shows one thing."""
    if isinstance(block, Picture):
        return [block.alt]
    if isinstance(block, Narrative):
        printed = _FENCE.fullmatch(block.markdown)
        return _NUMBER.findall(printed[1]) if printed else []
    return [number.text for number in _shown(block) if not number.is_traced]


def _shown(block: Block) -> Iterator[Number]:
    """The numbers of a block that stand by themselves, not in a sentence."""
    match block:
        case Table():
            yield from (c for row in block.rows for c in row.cells if isinstance(c, Number))
        case Chart():
            yield from (n for one in block.series for n in one.values if n is not None)
            yield from (block.target,) if block.target else ()
        case KeyFigures():
            yield from (item.number for item in block.items)
        case Narrative() | Picture() | Workings() | NotSupplied():
            return
        case _:
            assert_never(block)


def _name(block: Block) -> str:
    match block:
        case Table():
            return f"Table “{block.caption}”"
        case Chart():
            return f"Chart “{block.title}”"
        case Picture():
            return f"Picture “{block.title or block.alt}”"
        case Narrative():
            return "Printed text"
    return "Headlines"


def marked_untraced(block: Block) -> tuple[Block, ...]:
    """The block as a draft shows it: its untraced numbers marked, with what the mark means."""
    count = len(_numbers(block))
    match block:
        case Table():
            note = f"{SIGN} {WORDS} {'this number' if count == 1 else 'these numbers'}."
            rows = (
                replace(row, cells=tuple(_marked(cell) for cell in row.cells)) for row in block.rows
            )
            return (replace(block, rows=tuple(rows), notes=(*block.notes, note)),)
        case Chart():
            return (_marked_chart(block),)
        case KeyFigures():
            items = (
                item
                if item.number.is_traced
                else replace(
                    item,
                    number=_daggered(item.number),
                    context=f"{item.context} {SIGN} {WORDS} this number.".strip(),
                )
                for item in block.items
            )
            return (replace(block, items=tuple(items)),)
        case Picture():
            said = f"{SIGN} {WORDS} what this picture shows."
        case _:
            said = f"{SIGN} {WORDS} the {'number' if count == 1 else 'numbers'} above."
    return block, Narrative(f"{block.id}{MARK}", said)


def _marked(cell: Cell) -> Cell:
    return _daggered(cell) if isinstance(cell, Number) and not cell.is_traced else cell


def _daggered(number: Number) -> Number:
    words = f"{number.words or number.text}, untraced"
    return replace(number, text=f"{number.text}{SIGN}", words=words)


def _marked_chart(chart: Chart) -> Chart:
    """A chart says so as a whole: its labels are drawn and read as amounts."""
    numbers = tuple(_shown(chart))
    of, count = len(numbers), sum(not number.is_traced for number in numbers)
    unit = f"{SIGN} {count} of {of} numbers untraced"
    return replace(
        chart,
        unit=f"{chart.unit}, {unit}" if chart.unit else unit,
        alt=f"{chart.alt} {WORDS} {count} of its {of} numbers.".strip(),
    )
