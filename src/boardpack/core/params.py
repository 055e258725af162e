"""All that one paper is told: the report, the month's run, the month, the place, and home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from boardpack.core.errors import Fault, InputFaults, UsageFault, nearest
from boardpack.core.home import REPORT, month_folder, run_file, to_begin
from boardpack.core.parameter_files import Day, Strict, load_parameters, placed
from boardpack.core.periods import Month
from boardpack.core.report import Report, load_report
from boardpack.core.run import Run, months_named, run_faults
from boardpack.core.seen import unseen
from boardpack.core.structure import ICB

CONFIRM = "# to be confirmed"
"""The remark behind a parameter that nobody has confirmed; a release is refused while it stands."""


class Version(Strict):
    """A later version of a released paper: its number, which one it replaces, from when, and why.

    `released` is the day on which the one before was released, `data_cut` that of its data; both
    are None for a paper published before boardpack. `reason` is empty while nobody has given it.
    """

    number: int
    replaces: int
    released: Day | None = None
    data_cut: Day | None = None
    reason: str = ""

    @property
    def since(self) -> str:
        """From when the version is that this one replaces, in print; empty where none knows."""
        if self.released is not None:
            return f"released on {in_print(self.released)}"
        return f"of the data of {in_print(self.data_cut)}" if self.data_cut is not None else ""

    @property
    def why(self) -> str:
        """The reason as a sentence; empty while nobody has given it."""
        return f"{self.reason.rstrip('.')}." if self.reason else ""

    @property
    def sentence(self) -> str:
        """What it replaces, from when and why, as covers say it."""
        since = f", {self.since}" if self.since else ""
        why = self.why or "not yet given."
        return f"Version {self.number}. It replaces version {self.replaces}{since}. Why: {why}"


def in_print(day: dt.date) -> str:
    """A day as the paper prints it: 21 November 2024.

    >>> in_print(dt.date(2023, 10, 5))
    '5 October 2023'
    """
    return f"{day.day} {day:%B %Y}"


class Paper(Strict):
    """Everything a paper is told: the report, the month's run, the month, the place, and home.

    `version` says what this paper replaces; None for the first version of a month's paper.
    """

    report: Report
    run: Run
    month: Month
    place: str
    home: Path
    version: Version | None = None

    @property
    def place_name(self) -> str:
        """The name of the place this paper is for."""
        return self.report.place_name(self.place)

    @property
    def compared(self) -> tuple[Month, ...]:
        """The earlier months that the paper compares with, latest first."""
        return months_named(self.run.compare_with, self.month)

    @property
    def board_day(self) -> str:
        """When the board meets, in print: `23 November 2023`."""
        day = in_print(self.run.board_date)
        return f"{day}, to be confirmed" if "board_date" in self.run.to_confirm else day

    @property
    def marks(self) -> tuple[str, ...]:
        """What every page of every output must say of the paper."""
        draft = ("draft",) if self.run.status == "draft" else ()
        version = (f"version {self.version.number}",) if self.version else ()
        return (*(("illustrative data",) if self.report.illustrative else ()), *draft, *version)

    @property
    def raw(self) -> Path:
        """The folder of the month's extracts, as received."""
        return self.home / month_folder(self.month)

    @property
    def is_place(self) -> bool:
        """Whether the paper is for one place rather than the whole ICB."""
        return self.place != ICB


def load_paper(home: Path, month: Month, place: str | None = None) -> Paper:
    """Parameters of one paper, all faults of both files at once (InputFaults)."""
    faults: list[Fault] = []
    report = load_report(home, month, faults)
    if not (home / REPORT).exists():
        raise InputFaults(faults)
    begin = f"The month has not begun. Begin it: {to_begin(home, month)}"
    run = load_parameters(home, run_file(month), Run, faults, begin)
    with unseen():  # a chapter asks for itself
        if run is not None:
            faults += placed(home, run_file(month), run_faults(run, month, report))
    if faults or report is None or run is None:
        raise InputFaults(faults)
    waiting = tuple(name for _, name in to_confirm(home, month))
    run = run.model_copy(update={"to_confirm": waiting})
    return Paper(report=report, run=run, month=month, place=_chosen(report, place), home=home)


def unconfirmed(home: Path, month: Month) -> tuple[str, ...]:
    """The lines of a month's parameters that still say they are to be confirmed, each as told."""
    name = run_file(month).as_posix()
    return tuple(
        f"{name}, line {line}: {parameter} is still to be confirmed. Put it right, and take the"
        f" remark '{CONFIRM}' off."
        for line, parameter in to_confirm(home, month)
    )


def to_confirm(home: Path, month: Month) -> Iterator[tuple[int, str]]:
    """The parameters of a month that wait for confirmation, each with its line in the file."""
    with unseen():  # whoever asks, asks the run
        lines = (home / run_file(month)).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.rstrip().endswith(CONFIRM):
            yield number, line.split(":", 1)[0].strip()


def _chosen(report: Report, place: str | None) -> str:
    chosen = report.default_place if place is None else place
    if chosen not in report.papers:
        raise UsageFault(f"There is no place {chosen!r}. {nearest(chosen, report.papers)}")
    return chosen
