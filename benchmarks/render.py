"""How long a render takes, stage by stage, beside the straightforward way: python benchmarks/render.py.

The straightforward way is what the tools do by themselves: papermill with a kernel for each
notebook, one after another, then Jupyter Book, then the PDF. Both ways are timed in one run, in
processes of their own, on a copy of the month's inputs, and both make the same notebooks.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
WAYS = ("boardpack", "straightforward")


def main() -> None:
    """Time both ways, and print the stages, the totals and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("year", nargs="?", default="2023-24")
    parser.add_argument("month", nargs="?", default="M06")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--home", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.way:
        _time_one(told.way, told.home, told.year, told.month)
    else:
        _time_both(told.year, told.month)


def _time_both(year: str, month: str) -> None:
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            home = Path(folder, way)
            for name in ("params", "data", "templates"):
                shutil.copytree(PROJECT / name, home / name)
            print(f"\n{way}", flush=True)
            began = time.perf_counter()
            this = [sys.executable, __file__, year, month, "--way", way, "--home", str(home)]
            subprocess.run(this, check=True)
            seconds.append(time.perf_counter() - began)
            print(f"  {'whole command':<24}{seconds[-1]:7.1f} s", flush=True)
    print(f"\nThe straightforward way takes {seconds[1] / seconds[0]:.1f} times as long.")


def _time_one(way: str, home: Path, year: str, month: str) -> None:
    from boardpack.build.layout import Layout
    from boardpack.params import load_paper
    from boardpack.periods import parse_month

    layout = Layout(PROJECT, load_paper(home, parse_month(year, month)))
    stages = _straightforward(layout) if way == "straightforward" else _boardpack(layout)
    for title, seconds in stages.items():
        print(f"  {title:<24}{seconds:7.1f} s")


def _boardpack(layout: object) -> dict[str, float]:
    from boardpack.build.progress import Timed
    from boardpack.build.render import render

    timed = Timed()
    render(layout, stock=False, progress=timed)
    timed.close()
    return timed.seconds


def _straightforward(layout: object) -> dict[str, float]:
    """One notebook after another in stock kernels, then the book, then the PDF."""
