"""Files that hold for longer than a month, beside what last month's paper took from them.

Budgets, uplifts and the spend of past years stand once they are said. A row that is gone, or that
says something else of the same period, moves what is printed without a file of the month touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from boardpack.checks.check import Check
from boardpack.checks.file_control import FileControl, of_file, short
from boardpack.checks.once import once
from boardpack.checks.phrases import name, said, with_cell
from boardpack.core.params import Paper
from boardpack.figures.figure import Figure
from boardpack.figures.one_structure import read_comparable
from boardpack.figures.register import Register
from boardpack.reading.folder import REFERENCE
from boardpack.reading.released import ReleasedFigure

STANDS = FileControl(
    "stands",
    "What last month's paper had from it stands",
    Decimal(1),
    Decimal(1),
    "What it says of a period does not change from one month to the next.",
)
MOVING = ("prescribing_profiles.csv",)
"""Files of which each month takes other rows, under one name."""
ASK = "See whether the file was changed, and by whom; put it back, or say why it changed."


def check_reference_files(register: Register, paper: Paper) -> Iterator[Check]:
    """One question of each file that last month's register rests on; none without a register.

    With the year its rows end, so that April asks only of what is there.
    """
    before = once(paper, "reference files", _released)
    now = {figure.id: figure for figure in register if figure.formula is None}
    taken = {(), *map(_of_month, now)}
    hidden = {figure.id for figure in register.suppressed}
    found: dict[str, list[str]] = {}
    for identity, (file, then) in before.items():
        told = found.setdefault(file, [])
        figure = now.get(identity)
        if figure is None:
            ends = paper.month.number == 1 or _of_month(identity) not in taken
            if not (ends or register.find(identity) or identity in hidden):
                told.append(f"{then.label} is gone, and was {said(then.value, then.unit)}")
        elif figure.period == then.period and not _is_same(figure, then):
            was = said(then.value, then.unit)
            told.append(f"{name(figure)} is {with_cell(figure)}, and was {was}")
    for file, lines in found.items():
        many = f"{len(lines):,} figures" if len(lines) > 1 else "A figure"
        sentence = f"{many} of last month's paper from {short(file)}: {lines[0]}." if lines else ""
        yield of_file(STANDS, file, sentence, ASK, "warning")


def _of_month(identity: str) -> tuple[str, ...]:
    """The line and measure of a figure and the month that it is of, in whatever year; or nothing.

    What each paper takes of its own month alone, as past forecasts made in it, is not gone.
    """
    _, _, line, measure, *month = identity.split(".")
    return (line, measure, month[0][-len("m01") :]) if month else ()


def _is_same(now: Figure, then: ReleasedFigure) -> bool:
    return abs(now.value - then.value) <= now.margin + then.margin


def _released(paper: Paper) -> Mapping[str, tuple[str, ReleasedFigure]]:
    """What last month's paper read from a reference file, with the file; on one structure only."""
    month = paper.month.earlier(1)
    if paper.report.structure.since(month):
        return {}
    return {
        one.id: (one.origin[0], one)
        for one in read_comparable(paper, month)
        if one.origin
        and not one.formula
        and all(file.startswith(f"{REFERENCE.as_posix()}/") for file in one.origin)
        and short(one.origin[0]) not in MOVING
    }
