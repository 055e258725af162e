"""What differs because of a correction: documented where it was decided, so listed and not open.

A corrected cell differs from what is printed, and so do the totals, control totals and other tables
that still hold what was printed. A failure is documented when it is a corrected cell's own, or when
it would agree with every cell as printed: the corrections alone make it. A difference that stands
either way stays open, and so does a question about the position, such as a duty that is not met:
the correction is what shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from boardpack.checks.check import Check
from boardpack.checks.printed import CORRECTION
from boardpack.checks.repairs import Tree, is_question
from boardpack.core.errors import InputFaults
from boardpack.core.params import Paper
from boardpack.figures.chapters import chapters_of, compute, compute_as_printed
from boardpack.figures.figure import SourceCell
from boardpack.figures.register import Register
from boardpack.reading.corrections import FILE, Correction, read_corrections

AGREES = ("pass", "rounding")
Run = Callable[[Register], Sequence[Check]]
"""Makes every check on a register."""


def documented_checks(
    checks: Sequence[Check], register: Register, paper: Paper, run: Run
) -> tuple[Check, ...]:
    """The checks, with those failures documented that the month's corrections alone make."""
    corrections = read_corrections(paper.home, paper.raw.relative_to(paper.home))
    if not corrections or not any(check.is_open for check in checks):
        return tuple(checks)
    owned = dict.fromkeys(figure.chapter for figure in register)
    chapters = tuple(name for name in chapters_of(paper) if name in owned)
    agreeing = _agreeing_as_printed(paper, chapters, run)
    read, tree = compute(paper, *chapters), Tree(register)
    return tuple(
        check.documented(_because(check, corrections, tree))
        if check.is_open
        and (check.kind == CORRECTION or check.id in agreeing)
        and _is_as_read(check, register, read)
        else check
        for check in checks
    )


def _agreeing_as_printed(paper: Paper, chapters: Sequence[str], run: Run) -> frozenset[str]:
    """The checks that agree where every cell is taken as printed.

    None where a cell cannot be taken so: without its correction the extract is refused.
    """
    with suppress(InputFaults):
        printed = compute_as_printed(paper, *chapters)
        return frozenset(
            check.id for check in run(printed) if check.status in AGREES and not is_question(check)
        )
    return frozenset()


def _is_as_read(check: Check, register: Register, read: Register) -> bool:
    """Whether a check compares what the extracts give: what a chapter altered is no correction."""
    return all(
        identity in read and read[identity].value == register[identity].value
        for identity in check.figures
    )


def _because(check: Check, corrections: Sequence[Correction], tree: Tree) -> str:
    """The corrections below what a check compares, by cell, else by file; else all of the month."""
    cells = [item for name in tree.rests_on(check) for item in tree.register[name].cells]
    used = {(_name(i), i.cell.row, i.cell.column) for i in cells if i.used is not None}
    files = {_name(item) for item in cells}
    named = (
        [c for c in corrections if (c.file, c.row, c.column) in used]
        or [c for c in corrections if c.file in files]
        or corrections
    )
    told = "; ".join(f"{c.file} row {c.row}, {c.column}: {c.why.rstrip('.')}" for c in named)
    return f"Documented in {FILE}: {told}."


def _name(item: SourceCell) -> str:
    return item.cell.file.rsplit("/", 1)[-1]
