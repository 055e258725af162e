"""How long a verification takes, beside the straightforward way to the paper that it verifies.

    .venv/bin/python benchmarks/verify.py --runs 3

makes the paper once, and then in turn: the straightforward way, `verify`, and `verify --static`,
each in a process of its own; it prints a table for `benchmarks/README.md`.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from measured import Measured, a_home, copy_of_project, measured
from tables import setting, spread, table

PAPER = ("2023-24", "M06", "bromley")
WAYS = ("straightforward", "verify", "verify --static")


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each way")
    told = parser.parse_args()
    print(f"{setting()}, {told.runs} runs\n", flush=True)
    timed: dict[str, list[Measured]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory(prefix="boardpack-bench-") as name:
        folder = Path(name)
        project = copy_of_project(folder)
        year, month, place = PAPER
        measured(["-m", "boardpack", "render", year, month, "--place", place], project)
        build = ["-m", "boardpack", "verify", project / "build" / year / month / place]
        for _ in range(told.runs):
            home = a_home(folder / "plainly")
            plainly = [project / "benchmarks" / "straightforward.py", home, *PAPER]
            for way, command in zip(WAYS, (plainly, build, [*build, "--static"]), strict=True):
                timed[way].append(measured(command, project))
            shutil.rmtree(home)
    rows = [
        (way, spread([one.seconds for one in found]), spread([one.cpu for one in found]))
        for way, found in timed.items()
    ]
    print(table(("way", "s", "CPU s"), rows))


if __name__ == "__main__":
    main()
