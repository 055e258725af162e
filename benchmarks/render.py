"""How long a paper takes, beside the straightforward way and beside what it cannot do without.

    .venv/bin/python benchmarks/render.py --runs 5 --history benchmarks/history.csv

runs boardpack and the straightforward way in turn, and each time the irreducible parts, all on
copies in a temporary folder; it prints tables for `benchmarks/README.md`. What is in the ways and
the parts is said in `straightforward.py` and `irreducible.py`.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from statistics import median

from edits import time_edits
from irreducible import IMPORTS
from measured import PROJECT, Measured
from rounds import WAYS, Bench, Rounds, differing, profile_of, run_rounds, set_up, stages
from tables import add_to_history, setting, spread, table
from watched import Shown, time_watched

PROFILE = PROJECT / "benchmarks" / "profile.txt"


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("year", nargs="?", default="2023-24")
    parser.add_argument("month", nargs="?", default="M06")
    parser.add_argument("--place", default="bromley")
    parser.add_argument("--runs", type=int, default=5, help="timed runs of each way")
    parser.add_argument("--edits", action="store_true", help="time small changes too")
    parser.add_argument("--only-edits", action="store_true", help="time small changes alone")
    parser.add_argument("--history", type=Path, metavar="FILE", help="append a line to this file")
    parser.add_argument("--profile", action="store_true", help=f"profile to {PROFILE.name}")
    told = parser.parse_args()
    print(f"{setting()}, {told.runs} runs\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="boardpack-bench-") as folder:
        bench = set_up(Path(folder), (told.year, told.month, told.place))
        if not told.only_edits:
            _paper(bench, told)
        if told.edits or told.only_edits:
            home = bench.homes["boardpack"]
            _tell_edits(time_edits(bench.project, home, told.runs))
            _tell_watched(time_watched(bench.project, home, told.runs))


def _paper(bench: Bench, told: argparse.Namespace) -> None:
    found = run_rounds(bench, told.runs)
    _tell_ways(found)
    _tell_same(bench)
    for way in WAYS:
        _tell_stages(way, found.timed[way])
    _tell_parts(found)
    if told.history:
        add_to_history(told.history, _line(found, f"{told.year} {told.month} {told.place}"))
    if told.profile:
        largest = max(found.parts.keys() - {IMPORTS}, key=lambda name: median(found.parts[name]))
        PROFILE.write_text(profile_of(bench, largest), encoding="utf-8")
        print(f"Profile of the largest part, {largest}: benchmarks/{PROFILE.name}")


def _tell_ways(found: Rounds) -> None:
    rows = [
        (
            way,
            spread([run.seconds for run in found.timed[way]]),
            spread([run.cpu for run in found.timed[way]]),
            f"{found.looked_at[way].gib:.2f}",
        )
        for way in WAYS
    ]
    print(table(("way", "s", "CPU s", "GiB"), rows))
    pairs = zip(*(found.timed[way] for way in WAYS), strict=True)
    times = [slow.seconds / fast.seconds for fast, slow in pairs]
    print(f"\nThe straightforward way takes {spread(times)} times as long (medians of pairs).")


def _tell_same(bench: Bench) -> None:
    count, others = differing(bench)
    named = f": {', '.join(others[:5])}" if others else ""
    print(f"Of {count} files, {count - len(others)} are the same bytes both ways{named}.\n")


def _tell_stages(way: str, runs: list[Measured]) -> None:
    found = [stages(run) for run in runs]
    rows = [(title, spread([one[title] for one in found])) for title in found[0]]
    print(table((f"stage, {way}", "s"), rows), end="\n\n")


def _tell_parts(found: Rounds) -> None:
    rows = [(name, spread(seconds, 2)) for name, seconds in found.parts.items()]
    whole, cores = found.irreducible(), os.cpu_count() or 1
    rows.append(("**sum**", f"{whole:.2f}"))
    print(table(("irreducible part", "CPU s"), rows))
    seconds = found.seconds("boardpack")
    print(
        f"\nboardpack takes {seconds:.1f} s: {seconds / whole:.2f} times the sum of the parts, and "
        f"{seconds / (whole / cores):.2f} times that sum divided by the {cores} cores "
        f"({whole / cores:.1f} s).\n"
    )


def _tell_edits(found: dict[str, list[Measured]]) -> None:
    rows = [
        (title, spread([run.seconds for run in runs]), spread([run.cpu for run in runs]))
        for title, runs in found.items()
    ]
    print(table(("render after a change of", "s", "CPU s"), rows), end="\n\n")


def _tell_watched(found: dict[str, Shown]) -> None:
    head = ("while it is watched, a change of", "on its page, s", "all pages, s")
    rows = [
        (title, spread(shown.page) if shown.page else "none changes", spread(shown.settled))
        for title, shown in found.items()
    ]
    print(table(head, rows))


def _line(found: Rounds, paper: str) -> dict[str, str]:
    fast, slow = (found.seconds(way) for way in WAYS)
    line = {"paper": paper, "runs": str(len(found.timed[WAYS[0]])), "times": f"{slow / fast:.2f}"}
    for way in WAYS:
        line[f"{way}_s"] = f"{found.seconds(way):.1f}"
        line[f"{way}_cpu_s"] = f"{median(run.cpu for run in found.timed[way]):.1f}"
        line[f"{way}_gib"] = f"{found.looked_at[way].gib:.2f}"
    whole = found.irreducible()
    over = fast / (whole / (os.cpu_count() or 1))
    return {**line, "irreducible_cpu_s": f"{whole:.1f}", "over_irreducible": f"{over:.2f}"}


if __name__ == "__main__":
    main()
