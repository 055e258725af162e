"""Small numbers: counts of people so low that a person could be recognised are suppressed.

A count from the lowest to the highest number of `params/report.yml`, below ICB level, has no value
in the register, and neither has what would give it away:

- what stands beside it in its extract: its average price, its client-weeks;
- what is computed from it, however far down: totals over places and months, changes, growth. A
  formula names all that it needs, so that no such figure is missed;
- what the extracts or the reports print for any of these.

So every figure that is shown is computed from counts that are shown, and nothing can be solved
back. Where a figure names the rows of a file at client level, their number is a count too: if
anything from that file is suppressed, no figure says which of its rows it was made from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from boardpack.core.report import SmallNumbers
from boardpack.core.structure import ICB
from boardpack.figures.draft import Draft
from boardpack.figures.figure import PRINTED, Figure, SourceCell
from boardpack.figures.formula import operands
from boardpack.figures.register import Register

PEOPLE = frozenset({"clients", "patients", "people", "spells", "attendances"})
"""Words of a measure that counts people, or what happened to them."""


def suppress_small_numbers(draft: Draft) -> None:
    """Suppress the small counts of people in the register, and all that would give them away."""
    register = draft.register
    rule = draft.paper.report.small_numbers
    small = {figure.id for figure in register if _is_small(rule, figure)}
    if not small:
        return
    told = set(small)
    while found := set(_giving_away(register, small, told)) - told:
        told |= found
    files = {item.cell.file for name in told for item in register[name].cells if item.method}
    for identity in sorted(told):
        register.suppress(identity)
    forget_rows(register, files)


def _is_small(rule: SmallNumbers, figure: Figure) -> bool:
    if figure.unit != "COUNT" or figure.place == ICB or figure.formula is not None:
        return False
    return _counts_people(figure) and rule.lowest <= figure.value <= rule.highest


def _counts_people(figure: Figure) -> bool:
    return not PEOPLE.isdisjoint(figure.measure.split("_"))


def _giving_away(register: Register, small: set[str], told: set[str]) -> Iterator[str]:
    """What would tell a small count by itself, or together with what is shown."""
    beside = {_row(register[identity]) for identity in small}
    of_all = {_of_icb(register[identity]) for identity in told}
    for figure in register:
        base, _, last = figure.id.rpartition(".")
        printed = base if last == PRINTED else f"{figure.id}.{PRINTED}"
        if (
            _row(figure) in beside
            or printed in told
            or figure.id in of_all
            or not told.isdisjoint(operands(figure.formula or ""))
        ):
            yield figure.id


def _row(figure: Figure) -> tuple[str, str, str, str]:
    """What the figures of one row of an extract have in common."""
    return figure.chapter, figure.place, figure.line, figure.period


def _of_icb(figure: Figure) -> str:
    """The id of the same quantity of all places, which may have been read and not added up."""
    chapter, _, rest = figure.id.split(".", 2)
    return f"{chapter}.{ICB}.{rest}"


def forget_rows(register: Register, files: set[str]) -> None:
    """Leave out which rows of these files any figure was made from."""
    for figure in list(register) if files else ():
        if any(item.rows and item.cell.file in files for item in figure.cells):
            source = tuple(_without_rows(item, files) for item in figure.cells)
            register.replace(replace(figure, source=source))


def _without_rows(item: SourceCell, files: set[str]) -> SourceCell:
    """The same source without its rows; a file that tells nothing of them begins at its header."""
    if item.cell.file not in files:
        return item
    return replace(item, cell=replace(item.cell, row=1), rows="", rule=None)
