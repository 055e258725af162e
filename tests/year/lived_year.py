"""A year lived by the commands that a team gives, one paper after the other, and what came of it.

Each paper of a month is checked, rendered, held to what was planted, and released; a month that is
corrected after its release is made and released again. What a command says against what was to be
expected is told with the paper, and the year goes on.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from month_six import PROJECT

from boardpack.core.errors import FINDINGS
from boardpack.core.periods import Month
from boardpack_demo.icb import month_of
from lived_events import ARRIVES, RELEASED, apart, patterns, planted
from lived_home import Home, begun, put

LAST = 13
"""A year, and the first month of the next."""
PAPERS = ("alderwick", "icb")
PREPARER, APPROVER = "Ann Lee, Finance Manager", "Sam Roy, Director of Finance"
LONGEST = 900
"""Seconds after which a command has hung."""


@dataclass(frozen=True)
class Turn:
    """A paper of a month, in its first version or in one after a correction."""

    month: Month
    paper: str
    version: int = 1

    def __str__(self) -> str:
        again = f" v{self.version}" if self.version > 1 else ""
        return f"{self.month.year_folder} {self.month.code} {self.paper}{again}"


def turns() -> Iterator[Turn]:
    """Every paper in the order in which it is made; the papers of a corrected month twice."""
    for number in range(1, LAST + 1):
        month = month_of(number)
        for version in (1, 2) if planted(month, RELEASED) else (1,):
            yield from (Turn(month, paper, version) for paper in PAPERS)


class CommandFailed(AssertionError):
    """A command did not end as was to be expected; its message is what it said."""


@dataclass
class Lived:
    """What came of a paper; a line of the table."""

    turn: Turn
    checks: int = 0
    failing: tuple[str, ...] = ()
    unexpected: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    is_released: bool = False
    seconds: float = 0
    said: str = ""


class Year:
    """The home and its record; months begin when their first paper is asked for."""

    def __init__(self, folder: Path) -> None:
        self.home: Home = begun(folder, LAST)
        self.lived: list[Lived] = []
        self._begun: dict[tuple[Month, int], str] = {}

    def live(self, turn: Turn) -> Lived:
        """Make and release a paper; whatever goes wrong is told in what comes of it."""
        now, start = Lived(turn), time.monotonic()
        self.lived.append(now)
        try:
            self._begin(turn)
            self._make(turn, now)
            self._release(turn, now)
        except CommandFailed as failed:
            now.said = str(failed)
        now.seconds = time.monotonic() - start
        return now

    def table(self) -> list[str]:
        """Month, paper, checks, failures planted and found, seconds, and what happened."""
        lines = [
            "| month | paper | checks | planted | found | released | seconds | events |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for one in self.lived:
            month, version = one.turn.month, one.turn.version
            when = ARRIVES if version == 1 else RELEASED
            events = ", ".join(event.name for event in planted(month, when))
            number = f" v{version}" if version > 1 else ""
            lines.append(
                f"| {month.year_folder} {month.code} | {one.turn.paper}{number} | {one.checks:,}"
                f" | {len(one.failing) - len(one.unexpected) + len(one.unseen)}"
                f" | {len(one.failing)} | {'yes' if one.is_released else 'NO'}"
                f" | {one.seconds:.0f} | {events} |"
            )
        return lines

    def _begin(self, turn: Turn) -> None:
        """Begin a month, or correct it, once for all its papers; a failure is told by each."""
        key = (turn.month, turn.version)
        if key not in self._begun:
            self._begun[key] = ""
            try:
                self._begin_month(turn.month) if turn.version == 1 else None
            except CommandFailed as failed:
                self._begun[key] = str(failed)
            when = ARRIVES if turn.version == 1 else RELEASED
            for event in planted(turn.month, when):
                event.change(self.home, turn.month)
        if self._begun[key]:
            raise CommandFailed(self._begun[key])

    def _begin_month(self, month: Month) -> None:
        if month == month_of(1):
            return
        if month.number == 1:
            self.home.take_reference(self.home.systems)
        self._run("new-month", month)
        self.home.confirm(month)
        self.home.deliver(month)
        self.home.write(month)

    def _make(self, turn: Turn, now: Lived) -> None:
        """Check and render a paper, and hold the checks that fail to those that were planted."""
        expected = patterns(turn.month, turn.version)
        self._run("check", turn.month, "--place", turn.paper, ends=(0, FINDINGS))
        self._run("render", turn.month, "--place", turn.paper)
        built = self.home.folder / "build" / turn.month.year_folder / turn.month.code / turn.paper
        checks = json.loads((built / "checks.json").read_text(encoding="utf-8"))["checks"]
        now.checks = len(checks)
        told = [one["id"] for one in checks if one["status"] in ("fail", "waived")]
        now.failing = tuple(told)
        now.unexpected, now.unseen = apart(told, expected)
        open_ones = [one["id"] for one in checks if one["status"] == "fail"]
        if open_ones and not now.unexpected:
            self._waive(turn.month, open_ones)
            self._run("render", turn.month, "--place", turn.paper)

    def _waive(self, month: Month, failing: list[str]) -> None:
        """Answer for what was planted, as somebody would before a release."""
        told = self.home.told(month)
        said = yaml.safe_load(told.read_text(encoding="utf-8"))
        more = {
            "reason": "Looked into, and understood: it was planted",
            "owner_role": APPROVER.split(", ")[1],
            "expires": said["data_cut"].date() + dt.timedelta(days=10),
        }
        put(told, "waivers", [*said["waivers"], *({"check": one, **more} for one in failing)])

    def _release(self, turn: Turn, now: Lived) -> None:
        """One person prepares the paper, and another releases it; why it comes again is said."""
        why = " ".join(event.does for event in planted(turn.month, RELEASED))
        reason = ("--reason", why) if turn.version > 1 else ()
        self._run("prepare", turn.month, "--place", turn.paper, "--by", PREPARER, *reason)
        said = self._run("release", turn.month, "--place", turn.paper, "--by", APPROVER)
        if f"released as version {turn.version}," not in said:
            raise CommandFailed(said)
        now.is_released = True

    def _run(self, verb: str, month: Month, *more: str, ends: tuple[int, ...] = (0,)) -> str:
        """Give a command as a team does; CommandFailed where it ends otherwise than expected."""
        words = [verb, month.year_folder, month.code, *more]
        done = subprocess.run(
            [sys.executable, "-m", "boardpack", *words, "--home", str(self.home.folder)],
            cwd=PROJECT,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=LONGEST,
            check=False,
        )
        said = done.stdout + done.stderr
        if done.returncode not in ends:
            raise CommandFailed(f"{' '.join(words)} ended with {done.returncode}:\n{said}")
        return said
