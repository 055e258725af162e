"""What a render shows: bars on a terminal, a plain line a stage anywhere else."""

from __future__ import annotations

import re

import pytest

from boardpack.build.layout import Layout
from boardpack.screen import RenderScreen

STAGES = {"Running the chapters": 2, "Making the outputs": 1}


def shown(layout: Layout, capsys: pytest.CaptureFixture[str]) -> str:
    with RenderScreen(layout.paper) as screen:
        for title, steps in STAGES.items():
            screen.stage(title, steps)
            for step in range(steps):
                screen.step(str(step))
    return capsys.readouterr().err


def test_a_file_gets_plain_lines(layout: Layout, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(layout, capsys).splitlines() == [
        "Bromley, September 2023 (2023/24 M06), draft",
        "  Running the chapters",
        "  Making the outputs",
    ]


def test_a_terminal_gets_a_bar_for_each_stage(
    layout: Layout, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown(layout, capsys))
    last = plain.splitlines()[-2:]
    assert [line.split("━")[0].strip() for line in last] == list(STAGES)
    assert [line.split()[-1] for line in last] == ["2/2", "1/1"]
