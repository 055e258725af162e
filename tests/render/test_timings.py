"""The seconds of stages: passed on, logged as they end, and kept beside the build, not in it."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from boardpack.render.timings import Timings


@dataclass
class Told:
    """What was passed on."""

    lines: list[str] = field(default_factory=list)

    def stage(self, title: str, steps: int) -> None:
        self.lines.append(f"{title} {steps}")

    def step(self, what: str) -> None:
        self.lines.append(what)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What a clock shows, one after the other."""
    shown: list[float] = []
    monkeypatch.setattr("time.perf_counter", lambda: shown.pop(0))
    return shown


def test_stages_are_passed_on_logged_and_kept(
    tmp_path: Path, clock: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "boardpack")
    clock += [1.0, 1.75, 3.5, 4.0]  # a stage, its step, another stage, closed
    told = Told()
    timings = Timings(told, _since=0.0)
    timings.stage("Reading", 1)
    timings.step("position")
    timings.stage("Sealing", 1)
    timings.write(tmp_path / "timings.json")
    assert told.lines == ["Reading 1", "position", "Sealing 1"]
    assert [(one.levelname, one.message) for one in caplog.records] == [
        ("DEBUG", "Reading: position after 0.75 s"),
        ("INFO", "Reading: 2.50 s"),
        ("INFO", "Sealing: 0.50 s"),
    ]
    assert json.loads((tmp_path / "timings.json").read_text("utf-8")) == {
        "seconds": 3.0,
        "stages": {"Reading": 2.5, "Sealing": 0.5},
    }


def test_a_stage_that_comes_again_counts_once_more(clock: list[float], tmp_path: Path) -> None:
    clock += [1.0, 2.0, 4.0, 8.0]
    timings = Timings(_since=0.0)
    for title in ("Running", "Making", "Running"):
        timings.stage(title, 1)
    timings.write(tmp_path / "timings.json")
    assert timings.seconds == {"Running": 1.0 + 4.0, "Making": 2.0}
