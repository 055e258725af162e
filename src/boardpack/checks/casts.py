"""Casts of printed numbers: down, across, and the two together.

The computed total is held against the printed one by `printed`. Here only printed numbers meet, so
that an error is located: a printed total may agree with its printed parts while one of the parts
does not agree with its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from boardpack.checks.check import Check, outcome
from boardpack.checks.likely_causes import Difference, Part, likely_cause
from boardpack.checks.made_again import made_again
from boardpack.checks.phrases import amount, as_printed, name, said, where, with_cell
from boardpack.checks.printed import CAST, siblings
from boardpack.checks.sums import Structure
from boardpack.core.money import round_half_up
from boardpack.figures.figure import PRINTED, Figure
from boardpack.reading.cells import Cell

CROSS = "cross-cast"
BLANK = "total left blank"


def check_casts(structure: Structure) -> Iterator[Check]:
    """Every printed total against its printed addends, where the formula used another number."""
    for whole, parts in structure.linear.items():
        if structure.has_printed(whole) and len(parts) > 1 and _used_another(structure, whole):
            yield _cast(structure, "cast", CAST, whole, parts)


def _used_another(structure: Structure, whole: str) -> bool:
    """Whether the formula took a computed part although the source prints another number for it."""
    register, formula = structure.register, structure.register[whole].formula or ""
    return any(
        register[part].formula is not None
        and f"{part}.{PRINTED}" not in formula
        and register[part].value != register[f"{part}.{PRINTED}"].value
        for _, part in structure.linear[whole]
        if structure.has_printed(part)
    )


def check_cross_casts(structure: Structure) -> Iterator[Check]:
    """Totals that add up a second way: the difference of totals, and the grid of lines."""
    for whole, parts in structure.linear.items():
        if [sign for sign, _ in parts] == [1, -1]:
            found = _differences(structure, parts[0][1], parts[1][1])
            if found:
                yield _cast(structure, "cross", CROSS, whole, [(1, one) for one in found])
    for whole in structure.sums:
        found = _other_way(structure, whole)
        if found:
            yield _cast(structure, "cross", CROSS, whole, [(1, one) for one in found])


def _differences(structure: Structure, first: str, second: str) -> tuple[str, ...]:
    """The differences that add up to the difference of two totals; none where one is lacking."""
    ones, others = structure.sums.get(first), structure.sums.get(second)
    if not ones or not others or len(ones) != len(others):
        return ()
    pairs = zip(ones, others, strict=True)
    found = [structure.differences.get(pair, "") for pair in pairs]
    return tuple(found) if all(found) else ()


def _other_way(structure: Structure, whole: str) -> tuple[str, ...]:
    """Other totals over the same cells: a grid's columns where the formula adds its rows."""
    rows = structure.sums[whole]
    cells = [cell for row in rows for cell in structure.sums.get(row, ())]
    if not all(row in structure.sums for row in rows) or len(set(cells)) != len(cells):
        return ()
    inside = set(cells)
    found = dict.fromkeys(
        column
        for cell in cells
        for column in structure.wholes[cell]
        if column not in rows and inside.issuperset(structure.sums[column])
    )
    covered = [cell for column in found for cell in structure.sums[column]]
    return tuple(found) if len(found) > 1 and sorted(covered) == sorted(inside) else ()


@made_again
def _cast(
    structure: Structure, prefix: str, kind: str, whole: str, parts: Sequence[tuple[int, str]]
) -> Check:
    register = structure.register
    shown = [(sign, as_printed(register, part)) for sign, part in parts]
    total = as_printed(register, whole)
    step = total.step or Decimal(1)
    expected = sum((sign * figure.value for sign, figure in shown), Decimal(0))
    margin = sum((figure.margin for _, figure in shown), Decimal(0)) + total.margin
    allowed = margin // step * step
    apart = abs(round_half_up(expected, step) - round_half_up(total.value, step))
    status = outcome(apart, allowed)
    failed = status == "fail"
    found = Difference(
        expected,
        total.value,
        total.unit,
        step,
        allowed,
        tuple(Part(name(figure), sign * figure.value) for sign, figure in shown),
        siblings(structure, whole),
    )
    return Check(
        id=f"{prefix}.{whole}",
        title=f"{name(total)}, printed parts against the printed total",
        kind=kind,
        severity="error",
        status=status,
        expected=expected,
        actual=total.value,
        tolerance=allowed,
        figures=(total.id, *(figure.id for _, figure in shown)),
        sentence=_sentence(total, [figure for _, figure in shown], expected) if failed else "",
        cause=likely_cause(found) if failed else "",
    )


def _sentence(total: Figure, parts: Sequence[Figure], expected: Decimal) -> str:
    cells = [cell for cell in (where(part) for part in parts) if cell]
    span = f" ({cells[0]}, to {cells[-1].split(' ', 1)[-1]})" if cells else ""
    return (
        f"{name(total)} is {with_cell(total)}, but its {len(parts)} printed parts come to"
        f" {said(expected, total.unit)}{span}."
    )


def check_blank_totals(structure: Structure) -> Iterator[Check]:
    """A total that the extract leaves blank in a row in which it prints the other totals."""
    rows = _total_rows(structure)
    for whole, parts in structure.sums.items():
        found = _blank_cell(structure, parts, rows)
        if found and not structure.has_printed(whole) and structure.register[whole].value:
            yield _blank(structure.register[whole], found)


TotalRows = dict[tuple[str, int], set[int]]


def _total_rows(structure: Structure) -> TotalRows:
    """The rows of printed totals, by file and row, with the rows that they add."""
    found: TotalRows = {}
    for whole, parts in structure.sums.items():
        cell = _cell(structure, f"{whole}.{PRINTED}") if structure.has_printed(whole) else None
        added = _column(structure, parts)
        if cell is not None and added and (cell.file, cell.column) == added[:2]:
            found.setdefault((cell.file, cell.row), set()).update(added[2])
    return found


def _column(structure: Structure, parts: Sequence[str]) -> tuple[str, str, set[int]] | None:
    """The file and column that all parts stand in, and their rows; None where there are several."""
    cells = [_cell(structure, as_printed(structure.register, part).id) for part in parts]
    known = [cell for cell in cells if cell is not None]
    if len(known) != len(cells) or len({(cell.file, cell.column) for cell in known}) != 1:
        return None
    return known[0].file, known[0].column, {cell.row for cell in known}


def _blank_cell(
    structure: Structure, parts: Sequence[str], totals: TotalRows
) -> tuple[str, int, str] | None:
    """The cell below a column of parts, in a row of totals, in which nothing is printed."""
    added = _column(structure, parts)
    if added is None:
        return None
    file, column, rows = added
    for (of, row), adds in totals.items():
        is_blank = (file, row, column) not in structure.filled
        if of == file and rows <= adds and row not in rows and is_blank:
            return file.rsplit("/", 1)[-1], row, column
    return None


def _blank(total: Figure, cell: tuple[str, int, str]) -> Check:
    file, row, column = cell
    return Check(
        id=f"blank.{total.id}",
        title=f"{total.label}, not printed",
        kind=BLANK,
        severity="warning",
        status="fail",
        expected=total.value,
        actual=None,
        tolerance=Decimal(0),
        figures=(total.id,),
        sentence=f"{total.label}: the parts come to {amount(total)}, but the total is left blank"
        f" ({file} row {row}, {column}) in a row that prints the other totals.",
    )


def _cell(structure: Structure, identity: str) -> Cell | None:
    figure = structure.register[identity]
    return figure.cells[0].cell if figure.cells else None
