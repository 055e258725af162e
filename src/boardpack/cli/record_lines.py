"""What the commands on the record say: versions and runs, and a figure's months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console

from boardpack.cli.progress_bars import say
from boardpack.reading.release_records import ALTERED

if TYPE_CHECKING:
    from boardpack.audit.releases.log_of_month import Ran
    from boardpack.figures.history import Entry

NAMED = 5
"""How many changed files a run names; the log file has all."""


def say_versions(paper: str, versions: Iterable[str]) -> None:
    """The released versions of one paper, and what waits for approval."""
    out = Console(highlight=False)
    say(out, paper, "bold")
    for line in list(versions) or ["not released"]:
        say(out, f"  {line}")


def say_runs(runs: Sequence[Ran]) -> None:
    """Each run: when, who, what, on which paper, how it ended, and what had changed before it."""
    out = Console(highlight=False)
    say(out, "Runs", "bold")
    if not runs:
        say(out, "  none in build/log.jsonl")
    for ran in runs:
        run = ran.run
        ended = "" if not run.code else f" [exit code {run.code}]"
        where = run.place or "the month"
        say(out, f"  {run.when}  {run.who}  {run.command} {where}: {run.said}{ended}")
        if ran.changed:
            more = len(ran.changed) - NAMED
            rest = f" and {more} more" if more > 0 else ""
            say(out, f"      changed since the run before: {', '.join(ran.changed[:NAMED])}{rest}")


def say_history(entries: Sequence[Entry]) -> None:
    """A figure's months as a table."""
    out = Console(highlight=False)
    said = next(entry.said for entry in entries if entry.said)
    say(out, f"{said.label} ({said.id}), {said.unit}", "bold")
    say(out, f"  {'Month':<18}{'Value':>20}{'Change':>20}  Version")
    for entry in entries:
        value = "not released" if entry.said is None else f"{entry.said.value:,.2f}"
        if entry.said is None and entry.version:
            value = "not in it"
        change = "" if entry.change is None else f"{entry.change:+,.2f}"
        version = ", ".join(filter(None, (str(entry.version or ""), entry.released)))
        say(out, f"  {entry.month.name:<18}{value:>20}{change:>20}  {version}")
        if entry.said is not None and entry.said.is_altered:
            say(out, f"      {entry.said.file} {ALTERED}", "yellow")
