"""How long a render takes, stage by stage, beside the straightforward way.

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
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

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
            for name in ("params", "data"):
                shutil.copytree(PROJECT / name, home / name)
            print(f"\n{way}", flush=True)
            began = time.perf_counter()
            this = [sys.executable, __file__, year, month, "--way", way, "--home", str(home)]
            subprocess.run(this, check=True)
            seconds.append(time.perf_counter() - began)
            print(f"  {'whole command':<24}{seconds[-1]:7.1f} s", flush=True)
    print(f"\nThe straightforward way takes {seconds[1] / seconds[0]:.1f} times as long.")


def _time_one(way: str, home: Path, year: str, month: str) -> None:
    from boardpack.build import render
    from boardpack.build.layout import Layout
    from boardpack.build.progress import Timed
    from boardpack.params import load_paper
    from boardpack.periods import parse_month

    if way == "straightforward":
        render.run_notebooks = _one_by_one
        render.ThreadPoolExecutor = _one_at_a_time
    timed = Timed()
    layout = Layout(PROJECT, load_paper(home, parse_month(year, month)))
    render.render(layout, stock=way == "straightforward", progress=timed)
    timed.close()
    for title, seconds in timed.seconds.items():
        print(f"  {title:<24}{seconds:7.1f} s")


def _one_by_one(
    names: Iterable[str],
    parameters: Mapping[str, Any],
    folder: Path,
    executed: Path,
    stock: bool,
    progress: Callable[[str], None],
) -> None:
    """Papermill as it comes: a kernel for each notebook, one notebook after another."""
    import papermill

    from boardpack.build.stock import clean_jupyter, stock_options

    for name in names:
        file = f"{name}.ipynb"
        with clean_jupyter():
            papermill.execute_notebook(
                folder / file,
                executed / file,
                dict(parameters),
                kernel_name="python3",
                language="python",
                progress_bar=False,
                cwd=parameters["home"],
                **stock_options(),
            )
        progress(name)


def _one_at_a_time(workers: int) -> ThreadPoolExecutor:
    """A pool of one, so that the book and the PDF are made one after the other."""
    return ThreadPoolExecutor(1)


if __name__ == "__main__":
    main()
