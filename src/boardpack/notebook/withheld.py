"""Which missing cells of a frame are withheld: small numbers, and what would give one away.

A frame does not say why a cell is missing. What stands in another row of the column does: the same
figures of this row, or those that it would be computed of, are suppressed in the register.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from boardpack.document.chapter import SUPPRESSED
from boardpack.figures.formula import operands
from boardpack.figures.register import Register
from boardpack.notebook.cells import is_figure, is_missing, key_of, kind_of

NOTE = f"{SUPPRESSED} is a number too small to show, or one that would give it away."


def withheld_cells(
    keys: Sequence[Hashable],
    columns: Sequence[Hashable],
    elements: Sequence[Sequence[Any]],
    register: Register,
) -> frozenset[tuple[int, int]]:
    """The row and column of each missing cell that is withheld, by their places.

    `keys` are the rows by name, of which a part is the line or the place of their figures. A total
    is withheld with its parts.
    """
    if not register.suppressed:
        return frozenset()
    places = [(row, at) for row, cells in enumerate(elements) for at in range(len(cells))]
    missing = [spot for spot in places if is_missing(elements[spot[0]][spot[1]])]
    behind = {(row, at): [*_figures_behind(elements[row][at])] for row, at in places}
    found = set()
    for row, at in missing:
        of_rows = (
            name
            for other, key in enumerate(keys)
            for name in _in_row(behind[other, at], _parts(key), _parts(keys[row]))
        )
        of_columns = (
            name
            for other, column in enumerate(columns)
            for name in _in_column(behind[row, other], key_of(column), key_of(columns[at]))
        )
        if any(map(register.is_suppressed, (*of_rows, *of_columns))):
            found.add((row, at))
    lacking = {at for _, at in found}
    totals = {row for row, key in enumerate(keys) if any(kind_of(p) != "line" for p in _parts(key))}
    return frozenset(found | {(row, at) for row, at in missing if row in totals and at in lacking})


def _figures_behind(element: Any) -> Iterator[str]:
    """The figures of an element, and those that one of them was computed of when it was kept."""
    for name, figure in element.figures.items() if is_figure(element) else ():
        yield name
        yield from operands(figure.formula or "")


def _in_row(names: Sequence[str], own: Sequence[str], wanted: Sequence[str]) -> Iterator[str]:
    """Figures of a row, each as it is called in another."""
    here = dict(zip(own, wanted, strict=False))
    for name in names:
        chapter, place, line, *measure = name.split(".")
        if place in here or line in here:
            yield ".".join((chapter, here.get(place, place), here.get(line, line), *measure))


def _in_column(names: Sequence[str], own: str, wanted: str) -> Iterator[str]:
    """Figures of a column, each as it is called in another."""
    for name in names:
        start, _, measure = name.rpartition(".")
        if measure == own:
            yield f"{start}.{wanted}"


def _parts(key: Hashable) -> tuple[str, ...]:
    if not isinstance(key, tuple):
        return (str(key),)
    return tuple(word for part in key for word in _parts(part))
