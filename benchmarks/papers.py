"""What many papers cost: `--all` beside a render of each, and a whole made-up year, made twice.

    .venv/bin/python benchmarks/papers.py            # every paper of a month, both ways
    .venv/bin/python benchmarks/papers.py --months   # twelve months of a made-up ICB as well

All of it happens on copies in a temporary folder. Memory is looked at every second while it runs,
which costs each way the same. It prints the tables of `docs/scale.md`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from measured import Measured, a_home, copy_of_project, measured
from tables import setting, spread, table

from boardpack.core.params import load_paper
from boardpack.core.periods import parse_month

LOOK_EVERY = 1.0
HOURS, CORES, ICBS, PAPERS, MONTHS = 3600, 2, 42, 7, 12
HEAD = ("run", "s", "CPU s", "CPU s a paper", "GiB, all processes")


@dataclass(frozen=True)
class Total:
    """What the commands of one way came to together."""

    seconds: float
    cpu: float
    gib: float


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("year", nargs="?", default="2023-24")
    parser.add_argument("month", nargs="?", default="M06")
    parser.add_argument("--runs", type=int, default=1, help="runs of each way, in turn")
    parser.add_argument("--months", action="store_true", help="a made-up year as well")
    parser.add_argument("--only-months", action="store_true", help="a made-up year alone")
    parser.add_argument("--year-months", type=int, default=MONTHS, help="months of that year")
    told = parser.parse_args()
    print(f"{setting()}\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="boardpack-bench-") as folder:
        project = copy_of_project(Path(folder))
        if not told.only_months:
            _one_month(project, a_home(Path(folder, "home")), told)
        if told.months or told.only_months:
            _one_year(project, Path(folder, "demo"), told.year_months)


def _one_month(project: Path, home: Path, told: argparse.Namespace) -> None:
    paper = load_paper(home, parse_month(told.year, told.month))
    month = (told.year, told.month, "--home", str(home))
    places = paper.report.papers
    single: list[Total] = []
    together: list[Total] = []
    for _ in range(told.runs):
        shutil.rmtree(home / "build", ignore_errors=True)
        single.append(_total([_render(project, *month, "--place", place) for place in places]))
        shutil.rmtree(home / "build")
        together.append(_total([_render(project, *month, "--all")]))
    count = len(places)
    ways = ((f"{count} single renders", single), ("`--all`", together))
    print(table(HEAD, [_row(title, runs, count) for title, runs in ways]))
    ratios = [one.seconds / many.seconds for one, many in zip(single, together, strict=True)]
    shares = [many.cpu / one.cpu for one, many in zip(single, together, strict=True)]
    print(f"\nSingle renders take {spread(ratios, 2)} times as long as `--all`, which takes")
    print(f"{spread(shares, 2)} of their processor seconds.\n")
    _tell_scale(median(run.cpu for run in together) / count)


def _render(project: Path, *told: str) -> Measured:
    print(" ".join(("render", *told[:2], *told[5:])), file=sys.stderr, flush=True)
    return measured(("-m", "boardpack", "render", *told), project, LOOK_EVERY)


def _total(runs: list[Measured]) -> Total:
    return Total(
        sum(run.seconds for run in runs),
        sum(run.cpu for run in runs),
        max(run.gib for run in runs),
    )


def _row(title: str, runs: list[Total], papers: int) -> tuple[str, ...]:
    return (
        title,
        spread([run.seconds for run in runs]),
        spread([run.cpu for run in runs]),
        f"{median(run.cpu for run in runs) / papers:.1f}",
        f"{max(run.gib for run in runs):.2f}",
    )


def _tell_scale(cpu: float) -> None:
    """What ICBs of this size come to, where every core is kept busy."""
    year = ICBS * PAPERS * MONTHS
    month = ICBS * PAPERS * cpu / HOURS
    print(f"At {cpu:.1f} CPU s a paper: {ICBS} ICBs x {PAPERS} papers x {MONTHS} months are")
    print(f"{year:,} papers a year, {year * cpu / HOURS:.0f} hours of one core; a month of them")
    print(f"is {month:.1f} hours of one core, {month / CORES:.1f} of a machine of {CORES} cores.\n")


def _one_year(project: Path, home: Path, months: int) -> None:
    """A made-up year made once, and asked for again; memory at its beginning and at its end."""
    made = measured(("-m", "boardpack_demo", home, "--months", str(months)), project)
    (year,) = sorted(folder.name for folder in (home / "data" / "raw").iterdir())
    told = (year, f"M01..M{months:02d}", "--home", str(home), "--all")
    first, second = _render(project, *told), _render(project, *told)
    papers = len(list((home / "build").glob("*/*/*/manifest.json")))
    runs = (("a year, made", first), ("the same command again", second))
    print(f"{months} months of {papers // months} papers, written in {made.seconds:.1f} s.\n")
    print(table(HEAD, [_row(title, [_total([run])], papers) for title, run in runs]))
    print("\nPeak memory by quarter of the run, GiB:", end=" ")
    print(", ".join(f"{first.peak(n / 4, (n + 1) / 4):.2f}" for n in range(4)))
    for title, run in runs:
        print(f"{title}: {run.lines[-1][1]}")


if __name__ == "__main__":
    main()
