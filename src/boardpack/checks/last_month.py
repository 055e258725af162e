"""What last month's paper said, or would say: by figure, from its register or from its extracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from boardpack.checks.once import once
from boardpack.checks.phrases import where
from boardpack.core.errors import InputFaults
from boardpack.core.home import month_folder
from boardpack.core.params import Paper
from boardpack.core.rooms import found
from boardpack.core.structure import ICB
from boardpack.figures.chapters import compute_earlier
from boardpack.figures.figure import Figure
from boardpack.figures.one_structure import read_comparable
from boardpack.reading.file_names import delivered
from boardpack.reading.released import ReleasedFigure

CHAPTERS = ("chc", "mental_health", "providers", "cash", "programmes", "estimates", "savings")
RISKS = "forecast"
"""The chapter in which risks stand; the rest of it is not computed again."""


@dataclass(frozen=True)
class Then:
    """A figure of last month: its value, and where it stands."""

    value: Decimal
    where: str


def last_month(paper: Paper) -> Mapping[str, Then]:
    """The figures of the month before, by id; none where neither its paper nor its files are here.

    What was released stands first. A chapter that no register has is computed from that month's
    extracts, within the year and on one structure.
    """
    return once(paper, "last month", lambda one: dict(_figures(one)))


def _figures(paper: Paper) -> Iterator[tuple[str, Then]]:
    month = paper.month.earlier(1)
    released = read_comparable(paper, month)
    for figure in released:
        yield figure.id, Then(figure.value, _place_of(figure))
    known = {figure.id.split(".", 1)[0] for figure in released}
    lacking = [name for name in CHAPTERS if name not in known]
    is_here = delivered(paper.home, month_folder(month)) and month.start == paper.month.start
    if lacking and is_here and not paper.report.structure.since(month):
        for made in _computed(paper, lacking, RISKS not in known):
            if made.chapter not in known:
                yield made.id, Then(made.value, where(made))


def _computed(paper: Paper, chapters: list[str], with_risks: bool) -> Iterator[Figure]:
    month = paper.month.earlier(1)
    try:
        draft = compute_earlier(paper, month, *chapters)
        if with_risks:
            risk_figures = found("forecast/risks_figures", "risk_figures")
            for place in (*paper.report.places, ICB):
                risk_figures(draft, place)
    except InputFaults:  # its own paper says what is wrong with it
        return
    yield from draft.register


def _place_of(figure: ReleasedFigure) -> str:
    return f"{figure.file} row {figure.row}"
