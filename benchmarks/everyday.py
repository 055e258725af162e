"""What everyday commands take beside `import pandas`, and what released months cost a paper.

    .venv/bin/python benchmarks/everyday.py            # six released months, then M12 beside M01

A year of the made-up ICB is rendered and released, month by month, for one place. All of it happens
on copies in a temporary folder. It prints the tables of `benchmarks/README.md`: ratios of processor
seconds, which a shared machine disturbs least.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median

from measured import Measured, copy_of_project, measured
from tables import setting, spread, table

YEAR, PLACE = "2024-25", "alderwick"
RELEASED, LAST = 6, 12
FIGURE = f"position.{PLACE}.total.ytd_variance"
PREPARER, APPROVER = "Ann Lee, Finance Manager", "Sam Roy, Director of Finance"
PANDAS = "import pandas"
ANEW = "check, examined anew"


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each command, in turn")
    parser.add_argument("--no-year", action="store_true", help="the everyday commands alone")
    told = parser.parse_args()
    print(f"{setting()}, {told.runs} runs\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="boardpack-bench-") as name:
        project, home = copy_of_project(Path(name)), Path(name, "demo")
        measured(["-m", "boardpack_demo", home, "--months", str(LAST)], project)
        first = _render(project, home, 1)
        for month in range(1, RELEASED + 1):
            _release(project, home, month)
        _tell_everyday(project, home, told.runs)
        if not told.no_year:
            for month in range(RELEASED + 1, LAST):
                _release(project, home, month)
            _tell_year(home, first, _render(project, home, LAST))


def _command(home: Path, verb: str, month: int, *more: str) -> list[str | Path]:
    paper = [YEAR, f"M{month:02d}", "--place", PLACE, "--home", home]
    return ["-m", "boardpack", verb, *paper, *more]


def _render(project: Path, home: Path, month: int) -> Measured:
    print(f"render M{month:02d}", file=sys.stderr, flush=True)
    return measured(_command(home, "render", month, "--again"), project)


def _release(project: Path, home: Path, month: int) -> None:
    measured(_command(home, "render", month), project)
    for verb, who in (("prepare", PREPARER), ("release", APPROVER)):
        print(f"{verb} M{month:02d}", file=sys.stderr, flush=True)
        measured(_command(home, verb, month, "--by", who), project)


def _tell_everyday(project: Path, home: Path, runs: int) -> None:
    """Each command of the month released last, in turn; then `check` where nothing is kept."""
    month = ("--year", YEAR, "--month", f"M{RELEASED:02d}", "--place", PLACE, "--home", home)
    commands: dict[str, list[str | Path]] = {
        PANDAS: ["-c", PANDAS],
        "explain": ["-m", "boardpack", "explain", FIGURE, *month],
        "check": _command(home, "check", RELEASED),
        "status": _command(home, "status", RELEASED),
    }
    timed: dict[str, list[Measured]] = {name: [] for name in (*commands, ANEW)}
    for _ in range(runs):
        for name, command in commands.items():
            timed[name].append(measured(command, project))
    for _ in range(runs):
        for file in (home / "build" / ".stored").iterdir():
            file.unlink()
        timed[ANEW].append(measured(commands["check"], project))
    least = median(run.cpu for run in timed[PANDAS])
    rows = [
        (
            name,
            spread([run.seconds for run in found], 2),
            spread([run.cpu for run in found], 2),
            f"{median(run.cpu for run in found) / least:.1f}",
        )
        for name, found in timed.items()
    ]
    print(table(("command", "s", "CPU s", f"of `{PANDAS}`"), rows), flush=True)


def _tell_year(home: Path, first: Measured, last: Measured) -> None:
    rows = [
        (
            f"M{month:02d}",
            f"{_figures(home, month):,}",
            f"{run.cpu:.1f}",
            f"{run.cpu / first.cpu:.2f}",
        )
        for month, run in ((1, first), (LAST, last))
    ]
    print(table(("paper", "figures", "CPU s of its render", "of M01"), rows))


def _figures(home: Path, month: int) -> int:
    file = home / "build" / YEAR / f"M{month:02d}" / PLACE / "figures.json"
    return len(json.loads(file.read_text(encoding="utf-8"))["figures"])


if __name__ == "__main__":
    main()
