"""What the commands say on the screen: progress while rendering, and a summary at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import TaskID

from boardpack.checks.distinct_points import distinct_points
from boardpack.cli.findings import say_points, wrapped
from boardpack.cli.progress_bars import counted, say, still_bars
from boardpack.core.errors import Fault, told_faults
from boardpack.core.params import Paper
from boardpack.reading.file_names import named_stem

if TYPE_CHECKING:  # they bring libraries that an unchanged paper does without
    from boardpack.checks import Check
    from boardpack.render.month_state import Standing
    from boardpack.render.one_arrival import Arrival
    from boardpack.render.summary import Summary

STATUSES = {
    "pass": "pass",
    "rounding": "differ by rounding only",
    "fail": "fail",
    "waived": "waived",
    "documented": "differ by a documented correction",
    "not_applicable": "not applicable",
}
OUTPUTS = (
    "html/index.html",
    "board-paper.pdf",
    "board-paper.docx",
    "board-paper.pptx",
    "board-paper.html",
    "board-paper.xlsx",
    "notebooks",
    "figures.json",
    "figures.csv",
    "figures.parquet",
    "data-dictionary.md",
    "checks.json",
    "manifest.json",
)


class RenderScreen:
    """Progress of one render: bars on a terminal, one plain line a stage anywhere else.

    The bars are drawn when something happens.
    """

    def __init__(self, paper: Paper, changed: Sequence[str] = ()) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._title = _title(paper)
        self._why = f"  Changed since it was last made: {_named(changed)}" if changed else ""
        self._bars = still_bars(self._console)
        self._task: TaskID | None = None

    def __enter__(self) -> RenderScreen:
        say(self._console, self._title)
        if self._why:
            say(self._console, self._why)
        if self._console.is_terminal:
            self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._console.is_terminal:
            if error is None:
                self._finish()
            self._bars.stop()

    def stage(self, title: str, steps: int) -> None:
        """Begin a stage; the one before it is done."""
        if not self._console.is_terminal:
            say(self._console, f"  {title}")
            return
        self._finish()
        self._task = self._bars.add_task(title, total=steps)
        self._bars.refresh()

    def step(self, what: str) -> None:
        """Count one step of the stage."""
        if self._task is not None:
            self._bars.advance(self._task)
            self._bars.refresh()

    def _finish(self) -> None:
        if self._task is not None:
            total = self._bars.tasks[-1].total
            self._bars.update(self._task, completed=total or 0)
            self._bars.refresh()


class StageLines:
    """Progress as one plain line a stage, on standard error."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, highlight=False)

    def stage(self, title: str, steps: int) -> None:
        """Say that a stage begins."""
        say(self._console, f"  {title}")

    def step(self, what: str) -> None:
        """Say nothing of a single step."""


def say_unchanged(paper: Paper, target: Path) -> None:
    """That nothing is made, because the paper would come out as it stands."""
    out = Console(stderr=True, highlight=False)
    say(out, _title(paper))
    say(out, f"Nothing has changed since this paper was made: {target}")
    say(out, "Use --again to make it anew.")


def say_rendered(built: Summary, findings: Path) -> None:
    """The summary of a render: what was made, what the checks say, and where the paper is.

    `findings` is the file for all open points, here and below.
    """
    out = Console(highlight=False)
    say(out, f"  Chapters  {built.chapters}")
    say(out, f"  Figures   {built.figures:,}")
    _say_checks(out, built.checks, findings, built.noticed)
    say(out, f"  Outputs   {built.target}")
    for name in OUTPUTS:
        if (built.target / name).exists():
            say(out, f"            {name}")
    for note in built.notes:
        say(out, note, "yellow")
    stopping = _stopping(built.checks)
    if stopping:
        owed = counted(stopping, "failing check")
        say(out, f"This is a draft: {owed} must be mended or waived before release.", "bold")


def say_checked(
    paper: Paper, figures: int, checks: Sequence[Check], findings: Path, noticed: str
) -> None:
    """What the checks found in a month that was examined and not rendered.

    `noticed` says what they would notice, without which no outcome of theirs is told.
    """
    out, found = Console(highlight=False), [check.to_json() for check in checks]
    say(out, _title(paper))
    say(out, f"  Figures   {figures:,}")
    _say_checks(out, found, findings, noticed)


def say_unprinted(unprinted: Sequence[str]) -> None:
    """Which files of the commentary the paper does not print, and why."""
    out = Console(highlight=False)
    for line in unprinted:
        say(out, f"  {line}", "yellow")


def say_notes(arrived: Sequence[Arrival], home: Path | None = None) -> None:
    """What is odd in the month's extracts and stops nothing."""
    out = Console(highlight=False)
    for arrival in arrived:
        for note in arrival.extract.notes if arrival.extract else ():
            say(out, f"{note.below(home)}", "yellow")


def say_unexamined(paper: Paper, checks: Sequence[Check], findings: Path) -> None:
    """What is open of the checks that need no figures, where faults keep the rest unchecked."""
    found = [check.to_json() for check in checks if check.is_open]
    if found:
        out = Console(highlight=False)
        say(out, _title(paper))
        _say_checks(out, found, findings)


def say_standing(now: Standing, findings: Path, home: Path | None = None) -> None:
    """What has arrived and what is missing, the open checks, and what stands against a release."""
    out = Console(highlight=False)
    say(out, _title(now.paper))
    names = {arrival.name for arrival in now.arrivals}
    for arrival in now.arrivals:
        if arrival.is_expected and not (arrival.is_missing and now.missing):
            _say_arrival(out, arrival, home, names)
    for item in now.missing:
        say(out, f"  {item.stem:<32}missing; last month brought {item.told}", "yellow")
    for file in now.unused:
        say(out, f"  {file.told}", "yellow")
    say(out, f"  Commentary: {', '.join(now.commentary) or 'none yet'}")
    say_unprinted(now.unprinted)
    say(out, f"  Paper: {_made(now)}")
    if now.checks is None:
        say(out, "  Checks: not run until the extracts are complete")
    else:
        _say_checks(out, [check.to_json() for check in now.checks], findings, now.noticed)
    for line in (*now.doubted, *now.stale, *now.unconfirmed):
        say(out, f"  {line}")
    for line in now.releases:
        say(out, f"  Not what was released: {line}", "yellow")
    if now.told:
        say(out, f"  Releases  {' '.join(now.told)}")
    told = "Blocks a release:" if now.blocks else "Nothing stands against a release."
    say(out, f"  {told}", "bold")
    for reason in now.blocks:
        say(out, f"    {reason}")


def _made(now: Standing) -> str:
    if not now.is_built:
        return "not rendered yet"
    if not now.is_outdated:
        return "rendered, of what is there now"
    return f"rendered; since then changed: {_named(now.changed)}"


def _named(names: Sequence[str]) -> str:
    """The first of some files, and how many more there are."""
    return f"{names[0]} and {len(names) - 1} more" if len(names) > 1 else names[0]


def _say_arrival(out: Console, arrival: Arrival, home: Path | None, names: set[str]) -> None:
    """What has come of one; what is wrong in a file that it is made from is told of that file."""
    stems = {fault: named_stem(Path(fault.file)) for fault in arrival.faults}
    own = [fault for fault, stem in stems.items() if stem == arrival.name or stem not in names]
    say(out, f"  {arrival.name:<32}{_arrived(arrival, own)}")
    for line in told_faults(one.below(home) for one in own) if not arrival.is_missing else ():
        say(out, f"      {line}")
    for note in arrival.extract.notes if arrival.extract else ():
        say(out, f"      {note.below(home)}", "yellow")


def _title(paper: Paper) -> str:
    return f"{paper.place_name}, {paper.month.name} ({paper.month.period}), {paper.run.status}"


def _arrived(arrival: Arrival, own: Sequence[Fault]) -> str:
    if arrival.is_missing:
        return "missing"
    if arrival.extract is None and not own:
        return f"waits for {Path(arrival.faults[0].file).name}, which has faults"
    if arrival.extract is None:
        return f"arrived, with {counted(len(own), 'fault')}"
    if not arrival.extract.sha256:
        return "declared as not supplied"
    if Path(arrival.extract.file).stem.casefold() != arrival.name:
        return f"made from {Path(arrival.extract.file).name}"
    return f"arrived, {counted(arrival.extract.row_count, 'row')}"


def _say_checks(
    out: Console, checks: Sequence[Mapping[str, Any]], findings: Path, noticed: str = ""
) -> None:
    counts = Counter(check["status"] for check in checks)
    said = [f"{counts[status]} {words}" for status, words in STATUSES.items() if counts[status]]
    say(out, f"  Checks    {', '.join(said) or 'none'}")
    for line in wrapped(noticed):
        say(out, f"            {line}")
    points = distinct_points(checks)
    if points:
        owed = counted(counts["fail"], "failure")
        come = "comes" if counts["fail"] == 1 else "come"
        say(out, f"            The {owed} {come} from {counted(len(points), 'distinct point')}.")
    say_points(out, points, findings)


def _stops(check: Mapping[str, Any]) -> bool:
    return bool(check["status"] == "fail" and check["severity"] == "error")


def _stopping(checks: Sequence[Mapping[str, Any]]) -> int:
    return sum(_stops(check) for check in checks)
