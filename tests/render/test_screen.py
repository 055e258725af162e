"""What a render shows: bars on a terminal, a plain line a stage anywhere else."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from boardpack.checks import Check
from boardpack.cli.findings import LINES, WIDTH
from boardpack.cli.progress import RenderScreen, say_checked
from boardpack.render.layout import Layout

WOULD = "An error of £100k would be noticed in 91.7% of the money in this month's source reports."
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


def failing(number: int, severity: str, root: str | None = None, cause: str = "") -> Check:
    nil = Decimal(0)
    said = f"The total of line {number} is £{number}k, but its parts come to nothing. " * 2
    return Check(
        f"cast.{severity}.{number}", "", "cast", severity, "fail", nil, nil, nil, (), said.strip(),
        cause=cause, root=root,
    )  # fmt: skip


def test_failures_are_told_by_their_points_in_twenty_lines_and_all_in_a_file(
    layout: Layout, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    findings = tmp_path / "paper-findings.txt"
    checks = [
        failing(1, "warning"),
        *(
            failing(number, "error", cause="This would be explained by a slip.")
            for number in (2, 3)
        ),
        *(failing(number, "error", root="cast.error.3") for number in (4, 5)),
        *(failing(number, "warning") for number in range(6, 40)),
    ]
    say_checked(layout.paper, 0, checks, findings, WOULD)
    screen = capsys.readouterr().out
    shown = findings.read_text(encoding="utf-8")
    assert "The 39 failures come from 37 distinct points." in screen
    assert screen.count("\n") <= LINES + 7
    assert f"more points; all are in {findings}" in screen
    assert all(line in shown for line in screen.splitlines()[5:-1])
    assert "It also explains 2 more checks." in shown
    assert "cast.error.4" not in shown
    assert "This would be explained by a slip." in shown
    assert "No slip explains it" in shown
    for number in (1, *range(6, 40)):
        assert re.search(rf"cast\.warning\.{number}$", shown, re.MULTILINE)
    assert shown.index("Stops a release") < shown.index("cast.error.2")
    assert shown.index("cast.error.3") < shown.index("To be read") < shown.index("cast.warning.1")
    assert max(map(len, shown.splitlines())) <= WIDTH


def test_one_failure_is_said_in_the_singular(
    layout: Layout, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    say_checked(layout.paper, 0, [failing(1, "error")], tmp_path / "findings.txt", WOULD)
    assert "The 1 failure comes from 1 distinct point." in capsys.readouterr().out


def test_a_month_without_failures_lists_no_point(
    layout: Layout, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    findings = tmp_path / "findings.txt"
    findings.write_text("What was found before.")
    say_checked(layout.paper, 0, [], findings, WOULD)
    assert not findings.exists()
    said = capsys.readouterr().out
    assert "distinct" not in said
    assert WOULD in " ".join(said.split())
