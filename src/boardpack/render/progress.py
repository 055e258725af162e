"""How a render says what it is doing, whoever shows it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol


class Progress(Protocol):
    """What a render tells: each stage as it begins, and each step as it ends."""

    def stage(self, title: str, steps: int) -> None:
        """A stage of so many steps begins; the one before it is done."""

    def step(self, what: str) -> None:
        """One step of the stage is done."""


@dataclass
class Timed:
    """Passes on what a render tells, and keeps the seconds that each stage took."""

    shown: Progress | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    _title: str = ""
    _since: float = field(default_factory=time.perf_counter)

    def stage(self, title: str, steps: int) -> None:
        """Close the stage before, and begin this one."""
        self.close()
        self._title = title
        if self.shown is not None:
            self.shown.stage(title, steps)

    def step(self, what: str) -> None:
        """Pass on one step."""
        if self.shown is not None:
            self.shown.step(what)

    def close(self) -> None:
        """Enter the seconds of the stage that was running."""
        now = time.perf_counter()
        if self._title:
            self.seconds[self._title] = self.seconds.get(self._title, 0.0) + now - self._since
        self._title, self._since = "", now
