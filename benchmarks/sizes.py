"""What a real ICB's size costs beside a small one's, and what reading costs beside plain pandas.

    .venv/bin/python benchmarks/sizes.py                    # reading, check and render
    .venv/bin/python benchmarks/sizes.py --only reading --times 1 --runs 1

The made-up ICB is written small, at a real one's size, and with a ledger and packages so many times
that size. Reading: every file of unit level is read by boardpack, with all that its contract asks,
by plain pandas, which sums the same columns, and by Arrow's parser on one core, which makes text of
every cell and no more: the faster of these two is the limit. Each is a process of its own; its
processor seconds are counted, without those of imports, and the most memory that it held. Papers:
`check` and `render`, nothing kept, at both sizes in turn.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import linear_regression, median
from typing import Any

from measured import LOOK_EVERY, Measured, copy_of_project, measured
from tables import setting, spread, table

YEAR, MONTH, MONTHS, PLACE = "2024-25", "M06", 6, "alderwick"
FILES = {
    "ledger.csv": ("ytd_budget", "ytd_actual", "annual_budget", "forecast_outturn"),
    "trial_balance.csv": ("in_month", "ytd"),
    "chc_packages.csv": ("weekly_rate",),
}
"""The files of unit level, and the columns that are added up."""
WAYS = ("boardpack", "pandas", "parsing alone")
WANTED = {"check": 3.0, "render": 1.6}
"""How many times as long a command may take at a real size."""
MOST_GIB, MOST_BYTES, MOST_READING = 1.5, 1.5, 5.0
"""What all processes may hold; the bytes of outputs, and reading beside pandas, as multiples."""
SMALL = "small"
PENNY = 0.01


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each, in turn")
    parser.add_argument("--times", type=int, nargs="*", default=[1, 10], help="how many times real")
    parser.add_argument("--only", choices=("reading", "papers"), help="leave the other out")
    parser.add_argument("--read", nargs=3, metavar=("WAY", "FILE", "HOME"), help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.read:
        way, file, home = told.read
        _read(way, file, Path(home))
        return
    print(f"{setting()}, {told.runs} runs\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="boardpack-bench-") as name:
        project = copy_of_project(Path(name))
        homes = {SMALL: _home(Path(name), 0)}
        homes |= {f"real x {n}" if n > 1 else "real": _home(Path(name), n) for n in told.times}
        if told.only != "papers":
            _tell_reading(project, homes, told.runs)
        if told.only != "reading":
            _tell_papers(project, homes, told.runs)


def _home(folder: Path, times: int) -> Path:
    """The made-up ICB of so many times a real size; nil is the small one."""
    from boardpack_demo.make import make_demo
    from boardpack_demo.sizes import Size, body_of

    home = folder / f"home-{times}"
    body = body_of(Size.REAL, times=times) if times else body_of()
    make_demo(home, months=MONTHS, body=body)
    return home


def _tell_reading(project: Path, homes: dict[str, Path], runs: int) -> None:
    """Each file by each way, at each size: rows a second, memory, and the slope over the sizes."""
    rows, seconds = [], {}
    for size, home in homes.items():
        for file in FILES:
            found = {way: _best(project, home, way, file, runs) for way in WAYS}
            sums = {way: one["sum"] for way, one in found.items() if one["sum"] is not None}
            apart = max(sums.values()) - min(sums.values())
            if apart > PENNY * found["pandas"]["rows"]:
                sys.exit(f"{file}: the ways do not agree: {sums}")
            for way, one in found.items():
                seconds[size, file, way] = (one["rows"], one["seconds"])
                beside = one["seconds"] / found["pandas"]["seconds"]
                rows.append(_line(size, file, way, one, beside))
    header = ("size", "file", "way", "rows", "CPU s", "rows/s", "MB/s", "GiB", "pandas")
    print(table(header, rows))
    print(f"\nWanted at a real size: boardpack at most {MOST_READING:g} times pandas.\n")
    if len(homes) > 1:
        for file in FILES:
            for way in WAYS:
                print(f"{file}, {way}: {_slope([seconds[s, file, way] for s in homes])}")


def _line(size: str, file: str, way: str, one: dict[str, float], beside: float) -> list[str]:
    return [
        *(size, file, way, f"{one['rows']:,.0f}", f"{one['seconds']:.3f}"),
        f"{one['rows'] / one['seconds']:,.0f}",
        f"{one['bytes'] / one['seconds'] / 1e6:,.1f}",
        *(f"{one['gib']:.2f}", f"{beside:.1f}"),
    ]


def _slope(found: Sequence[tuple[float, float]]) -> str:
    """The least squares line through rows and seconds."""
    line = linear_regression([rows / 1e6 for rows, _ in found], [taken for _, taken in found])
    return f"{line.intercept:.2f} s + {line.slope:.2f} s for each million rows"


def _best(project: Path, home: Path, way: str, file: str, runs: int) -> dict[str, float]:
    """The run of least seconds: what else the machine does can only add to it."""
    this = [Path(__file__).resolve(), "--read", way, file, home]
    found = [json.loads(measured(this, project).lines[-1][1]) for _ in range(runs)]
    best: dict[str, float] = min(found, key=lambda one: float(one["seconds"]))
    return best


def _read(way: str, file: str, home: Path) -> None:
    """Read a file in this process, and say what it took, as JSON."""
    path = home / "data/raw" / YEAR / MONTH / file
    read = {"boardpack": _in_boardpack, "pandas": _in_pandas, "parsing alone": _parsed}[way]
    work, told = read(file, home, path)
    began = time.process_time()
    found = work()
    seconds = time.process_time() - began
    rows, total = told(found)
    said = {"rows": rows, "sum": total, "seconds": seconds, "gib": _held()}
    print(json.dumps({**said, "bytes": path.stat().st_size}))


def _held() -> float:
    """The most memory that this process has held since it began, in GiB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / (1 << 20)


Work = tuple[Callable[[], Any], Callable[[Any], tuple[int, float | None]]]
"""What is timed, and what tells of its result how many rows there are and what they add up to."""


def _in_boardpack(file: str, home: Path, path: Path) -> Work:
    from boardpack.core.params import load_paper
    from boardpack.core.periods import parse_month
    from boardpack.reading.folder import Folder
    from boardpack.reading.ledger_extract import read_ledger
    from boardpack.subjects.chc.packages_extract import read_chc_packages
    from boardpack.subjects.ledger.trial_balance_extract import read_trial_balance

    read = dict(zip(FILES, (read_ledger, read_trial_balance, read_chc_packages), strict=True))[file]
    folder = Folder(load_paper(home, parse_month(YEAR, MONTH), PLACE))

    def told(found: Any) -> tuple[int, float | None]:
        amounts = [row.amounts[n] for row in found for n in FILES[file] if n in row.amounts]
        return len(found.rows), float(sum(one.amount for one in amounts)) if amounts else None

    return lambda: read(folder), told


def _in_pandas(file: str, home: Path, path: Path) -> Work:
    import pandas as pd

    def work() -> tuple[int, float]:
        found = pd.read_csv(path)
        return len(found), float(found[list(FILES[file])].sum().sum())

    return work, lambda found: found


def _parsed(file: str, home: Path, path: Path) -> Work:
    import pyarrow as pa
    from pyarrow import csv

    names = path.read_text(encoding="utf-8").partition("\n")[0].split(",")
    text = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))

    alone = csv.ReadOptions(use_threads=False)
    csv.read_csv(io.BytesIO(b"warm\nup\n"), read_options=alone)  # what its first call sets up
    return (
        lambda: csv.read_csv(path, read_options=alone, convert_options=text),
        lambda found: (len(found), None),
    )


def _tell_papers(project: Path, homes: dict[str, Path], runs: int) -> None:
    """`check` and `render` at a real size beside the small one; `check` alone beyond it."""
    small = next(iter(homes))
    rows = []
    for verb, wanted in WANTED.items():
        found = {
            size: _command(project, home, verb, runs)
            for size, home in homes.items()
            if verb == "check" or size in (small, "real")
        }
        for size, (timed, looked, size_of) in found.items():
            least = median(one.seconds for one in found[small][0])
            rows.append(
                [
                    *(verb, size, spread([one.seconds for one in timed])),
                    spread([one.cpu for one in timed]),
                    f"{median(one.seconds for one in timed) / least:.2f}",
                    f"{wanted:g}" if size == "real" else "",
                    *(f"{looked.gib:.2f}", f"{size_of / 1e6:.1f}"),
                    f"{size_of / found[small][2]:.2f}" if size_of else "",
                ]
            )
    header = ("command", "size", "s", "CPU s", "times small", "wanted", "GiB", "MB out", "times")
    print(f"\n{table(header, rows)}")
    print(
        f"\nWanted at a real size: {MOST_GIB} GiB of all processes, {MOST_BYTES} times the bytes."
    )


def _command(
    project: Path, home: Path, verb: str, runs: int
) -> tuple[list[Measured], Measured, int]:
    """The timed runs, one that is looked at, and the bytes of what was made."""
    anew = ["--again"] if verb == "render" else []
    command = ["-m", "boardpack", verb, YEAR, MONTH, "--place", PLACE, "--home", home, *anew]
    build = home / "build"
    looked = _anew(project, build, command, LOOK_EVERY)
    made = sum(path.stat().st_size for path in build.rglob("*") if path.is_file())
    timed = [_anew(project, build, command) for _ in range(runs)]
    return timed, looked, made if verb == "render" else 0


def _anew(project: Path, build: Path, command: list[str | Path], look: float = 0.0) -> Measured:
    """A command where nothing is kept of an earlier one."""
    shutil.rmtree(build, ignore_errors=True)
    return measured(command, project, look)


if __name__ == "__main__":
    main()
