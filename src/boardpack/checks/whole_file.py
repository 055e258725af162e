"""A whole file that is wrong: one finding, not one for each total.

What rests on a file that is last month's again, or that is out as a whole beside other files,
follows from that. A file may also have the other
sign, or be in another unit. Where many failures show one ratio between their two numbers, and one
file stands behind one side of them, the register is computed with every amount of that file put
right, and all checks are run on it. What then agrees follows from that file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePosixPath

from boardpack.checks.check import Check, in_words
from boardpack.checks.continuity import OF_FILE as CONTINUES
from boardpack.checks.extracts import KIND as EXTRACTS
from boardpack.checks.extracts import SPOILS
from boardpack.checks.released import KIND as EARLIER_PAPER
from boardpack.checks.repairs import Tree
from boardpack.figures.figure import Figure
from boardpack.figures.formula import FormulaError, evaluate, operands
from boardpack.figures.register import Register

Run = Callable[[Register], Sequence[Check]]
"""Runs every check on a register."""
FACTORS = {
    Decimal(-1): ("have the other sign", "Declare its columns as `reversed` for"),
    Decimal(1000): ("be in thousands of pounds", "Declare `scale: thousands` for"),
    Decimal("0.001"): ("be in pounds, not in thousands", "Declare `scale: pounds` for"),
    Decimal("0.01"): ("be in pence", "Export it in pounds, or look at"),
}
"""What the amounts of a file are multiplied by to be right, what that means, and what to do."""
FEWEST = 3
"""So many failures must show the ratio, and so many must be settled."""
TRIED = 3
NEAR = Decimal("0.001")
"""How far two numbers may lie apart, as a share, because one of them was printed rounded."""


@dataclass(frozen=True)
class Slip:
    """What would put a file right: its path below home, and the factor of all its amounts."""

    file: str
    factor: Decimal


def with_spoilt_files(register: Register, checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks; failures that rest on a file which is out as a whole follow from that.

    Of several findings on one file the first stands for it, and the others follow from it too. What
    stops a release never follows from what does not.
    """
    spoilt: dict[str, list[Check]] = {}
    for check in checks:
        if check.is_open and (file := _spoilt_by(check)):
            spoilt.setdefault(file, []).append(check)
    if not spoilt:
        return tuple(checks)
    tree, known = Tree(register), dict[str, frozenset[str]]()

    def root(check: Check) -> str | None:
        below = frozenset().union(*(_files(tree, one, known) for one in check.figures))
        names = {PurePosixPath(file).stem.lower() for file in below} | {_spoilt_by(check)}
        found = (one for name, ones in spoilt.items() if name in names for one in ones)
        return next((one.id for one in found if _is_as_grave(one, check)), None)

    def told(check: Check) -> Check:
        found = root(check) if check.is_open else None
        return check if found in (None, check.id) else replace(check, root=found, cause="")

    return tuple(told(check) for check in checks)


def _is_as_grave(one: Check, other: Check) -> bool:
    return one.severity == "error" or other.severity == "warning"


def _spoilt_by(check: Check) -> str:
    """The file that a check says is out as a whole; nothing for any other check."""
    kind, *parts = check.id.split(".")
    if check.id.startswith(CONTINUES):
        return parts[-1]
    is_whole = check.kind == EXTRACTS and kind == "extracts" and len(parts) > 1
    return parts[0] if is_whole and parts[1] in SPOILS else ""


def with_whole_file(register: Register, checks: Sequence[Check], run: Run) -> tuple[Check, ...]:
    """The checks; where one file explains many failures, those follow from a check of that file.

    Of two files that would settle the same failures, the one that breaks fewer other checks is it.
    """
    failed = {check.id for check in checks if check.is_open and not check.root}
    best: tuple[int, set[str], Slip] | None = None
    for slip in _likely(register, checks, failed):
        still = {check.id for check in run(put_right(register, slip)) if check.is_open}
        settled = failed - still
        gain = len(settled) - len(still - failed)
        if gain >= FEWEST and (best is None or gain > best[0]):
            best = gain, settled, slip
    if best is None:
        return tuple(checks)
    _, settled, slip = best
    found = _finding(slip, len(settled), len(failed))
    told = (replace(c, root=found.id, cause="") if c.id in settled else c for c in checks)
    return (found, *told)


def put_right(register: Register, slip: Slip) -> Register:
    """The register as it would be with every amount of the file multiplied by the factor."""
    other = register.copy()
    for figure in register:
        formula = figure.formula
        if formula is None:
            if _is_of(figure, slip.file):
                other.replace(replace(figure, value=figure.value * slip.factor))
            continue
        values = {identity: other[identity].value for identity in operands(formula)}
        try:
            other.replace(replace(figure, value=evaluate(formula, values)))
        except FormulaError:  # a share of what would be nothing then
            continue
    return other


def _is_of(figure: Figure, file: str) -> bool:
    is_money = figure.unit.startswith("GBP")
    return is_money and any(item.cell.file == file for item in figure.cells)


def _likely(register: Register, checks: Sequence[Check], failed: set[str]) -> Iterator[Slip]:
    """The files whose amounts would explain most failures, the likeliest first."""
    tree, votes = Tree(register), Counter[Slip]()
    files: dict[str, frozenset[str]] = {}

    def behind(identities: Sequence[str]) -> frozenset[str]:
        return frozenset().union(*(_files(tree, identity, files) for identity in identities))

    for check in checks:
        is_told_by_two = len(check.figures) > 1 or check.kind == EARLIER_PAPER
        if check.id not in failed or not is_told_by_two:
            continue
        for factor in _ratios(check):
            ours, others = behind(check.figures[:1]), behind(check.figures[1:])
            votes.update(Slip(file, factor) for file in ours - others)
            votes.update(Slip(file, 1 / factor) for file in others - ours)
    known = [(slip, count) for slip, count in votes.most_common() if slip.factor in FACTORS]
    return (slip for slip, count in known[:TRIED] if count >= FEWEST)


def _files(tree: Tree, identity: str, known: dict[str, frozenset[str]]) -> frozenset[str]:
    """The files that a figure was read from, or was computed from."""
    if identity not in known:
        figures = (tree.register[i] for i in tree.below(identity) if i in tree.register)
        known[identity] = frozenset(item.cell.file for f in figures for item in f.cells)
    return known[identity]


def _ratios(check: Check) -> Iterator[Decimal]:
    """The factors by which what was found would come to what was expected."""
    if check.actual and check.expected:
        for factor in {*FACTORS, *(1 / factor for factor in FACTORS)}:
            apart = abs(check.actual * factor - check.expected)
            if apart <= max(check.tolerance, abs(check.expected) * NEAR):
                yield factor


def _finding(slip: Slip, settled: int, failed: int) -> Check:
    name = PurePosixPath(slip.file)
    means, remedy = FACTORS[slip.factor]
    many = "all" if settled == failed else f"{settled} of the"
    return in_words(
        id=f"whole_file.{name.stem.lower()}",
        title=f"Every amount of {name.name}",
        kind="control total",
        severity="error",
        sentence=f"All amounts of {slip.file} seem to {means}: read so,"
        f" {many} {failed} failing checks would agree.",
        cause=f"{remedy} {name.stem.lower()} in params/layouts.yml, or export it again.",
    )
