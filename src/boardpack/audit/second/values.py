"""The value of each figure that was read from one cell, held to what that cell says.

Shares no code with the product (see second_reading). What the cell says is held to its file by
`cells`; here the value is held to what the cell says, in ones, thousands or millions. Which
of these a file is in is the product's business, but a slip of ten or a changed digit is neither,
and a sign is turned only where `params/layouts.yml` says of the column that it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal, localcontext
from typing import Any

from boardpack.audit.second.numbers import number

SCALES = (Decimal(1), Decimal(1000), Decimal(1_000_000))

Figures = Mapping[str, Mapping[str, Any]]


def wrong_values(
    figures: Figures, turned: Collection[tuple[str, str]] = ()
) -> tuple[int, list[tuple[str, str]], int]:
    """How many figures were held to their cell, which are not what it says, how many were not held.

    `turned` are the files and columns in which signs are the other way round.
    """
    with localcontext() as context:
        context.prec = 60  # a register states shares with more digits than Decimal keeps by itself
        return _held(figures, turned)


def _held(
    figures: Figures, turned: Collection[tuple[str, str]]
) -> tuple[int, list[tuple[str, str]], int]:
    wrong, count, left = [], 0, 0
    for name, figure in figures.items():
        cells = list(_cells(figure))
        if figure.get("value") is None or not cells:
            continue
        said = _said(cells)
        if said is None:
            left += 1
            continue
        count += 1
        value, cell = Decimal(figure["value"]), cells[0]
        signs = (1, -1) if (cell["file"], cell["column"]) in turned else (1,)
        if not any(value == said * sign * scale for sign in signs for scale in SCALES):
            where = f"{cell['file']}, row {cell['row']}, column {cell['column']}"
            text = cell.get("used") or cell["text"]
            wrong.append((name, f"the register says {figure['value']}; {where} says {text!r}."))
    return count, wrong, left


def _cells(figure: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    found = figure.get("source", {}).get("cells")
    yield from found if isinstance(found, list) else ()


def _said(cells: list[Mapping[str, Any]]) -> Decimal | None:
    """What the one cell of a figure says; None where there are more, or where it is no number."""
    cell = cells[0]
    text = cell.get("used") or cell.get("text")
    if len(cells) > 1 or "method" in cell or not isinstance(text, str):
        return None
    found = number(text)
    return None if found is None else found.value
