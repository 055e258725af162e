"""Paired runs of one paper: boardpack, the straightforward way, and the irreducible parts, in turn.

All of it happens on copies in a temporary folder: one of the program, and a home for each way.
"""

from __future__ import annotations

import hashlib
import json
import pstats
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from statistics import median

from irreducible import GROUPS, IMPORTS
from measured import LOOK_EVERY, Measured, a_home, copy_of_project, measured

WAYS = ("boardpack", "straightforward")
START, END = "start and imports", "summary and end"
TOP = 40
_STAGE = re.compile(r"  (\S.*)")
_LAST = "Chapters  "
_PLACES = (
    (re.compile(r"\S*/site-packages/"), ""),
    (re.compile(r"\S*/lib/python3\.\d+/"), "python/"),
    (re.compile(r"\S*/project/"), ""),
)


@dataclass(frozen=True)
class Bench:
    """The copies that are measured, and the paper."""

    project: Path
    homes: Mapping[str, Path]
    paper: tuple[str, str, str]

    def command(self, way: str) -> list[str | Path]:
        """What a user would type to make the paper that way."""
        year, month, place = self.paper
        home = self.homes[way]
        if way == "straightforward":
            return ["benchmarks/straightforward.py", home, year, month, place]
        verb: list[str | Path] = ["-m", "boardpack", "render", year, month, "--place", place]
        return [*verb, "--home", home]


@dataclass
class Rounds:
    """What was measured: the runs of each way, a run that was looked at, and the parts."""

    timed: dict[str, list[Measured]] = field(default_factory=dict)
    looked_at: dict[str, Measured] = field(default_factory=dict)
    parts: dict[str, list[float]] = field(default_factory=dict)

    def seconds(self, way: str) -> float:
        """The median seconds of a way."""
        return median(run.seconds for run in self.timed[way])

    def irreducible(self) -> float:
        """The sum of the parts' medians, in processor seconds."""
        return sum(map(median, self.parts.values()))


def set_up(folder: Path, paper: tuple[str, str, str]) -> Bench:
    """Copies of the program, and of the home for each way."""
    return Bench(copy_of_project(folder), {way: a_home(folder / way) for way in WAYS}, paper)


def run_rounds(bench: Bench, runs: int) -> Rounds:
    """One round that is looked at, which also fills the caches, and so many that are timed."""
    found = Rounds()
    for way in WAYS:
        _say(f"{way}, memory")
        found.looked_at[way] = _run(bench, way, LOOK_EVERY)
    for number in range(1, runs + 1):
        for way in WAYS if number % 2 else reversed(WAYS):
            _say(f"{way}, run {number} of {runs}")
            found.timed.setdefault(way, []).append(_run(bench, way))
        _say(f"irreducible parts, run {number} of {runs}")
        for name, seconds in _parts(bench).items():
            found.parts.setdefault(name, []).append(seconds)
    return found


def _run(bench: Bench, way: str, look_every: float = 0.0) -> Measured:
    """Make the paper where nothing is kept of another: no build, and no drawing."""
    shutil.rmtree(bench.homes[way] / "build", ignore_errors=True)
    return measured(bench.command(way), bench.project, look_every)


def stages(run: Measured) -> dict[str, float]:
    """The seconds between the lines at which a command said that a stage began."""
    begun = [(0.0, START), *_begun(run)]
    ends = [*(at for at, _ in begun[1:]), run.seconds]
    return {title: end - at for (at, title), end in zip(begun, ends, strict=True)}


def _begun(run: Measured) -> Iterator[tuple[float, str]]:
    for at, text in run.lines:
        title = _STAGE.fullmatch(text)
        if title is not None and title[1].startswith(_LAST):
            yield at, END
            return
        if title is not None:
            yield at, title[1]


def _parts(bench: Bench) -> dict[str, float]:
    parts: dict[str, float] = {IMPORTS: 0.0}
    imported: dict[str, None] = {}
    for group in GROUPS:
        found = _group(bench, group)
        parts.update(found["parts"])
        imported.update(dict.fromkeys(found["imported"]))
    listed = bench.project / "imported.txt"
    listed.write_text("\n".join(imported), encoding="utf-8")
    run = measured(("benchmarks/irreducible.py", "--import", listed), bench.project)
    parts[IMPORTS] = run.cpu
    return parts


def _group(bench: Bench, group: str, *profile: str) -> dict[str, dict[str, float]]:
    home = bench.homes["boardpack"]
    told = (home, *bench.paper, group, *profile)
    run = measured(("benchmarks/irreducible.py", *map(str, told)), bench.project)
    found: dict[str, dict[str, float]] = json.loads(run.lines[-1][1])
    return found


def profile_of(bench: Bench, part: str) -> str:
    """What cProfile finds of a part: the functions with the most time in them and below."""
    folder = bench.project / "profiles"
    folder.mkdir()
    for group in GROUPS:
        _group(bench, group, part, str(folder))
    text = StringIO()
    first, *more = (str(file) for file in sorted(folder.glob("*.prof")))
    stats = pstats.Stats(first, stream=text)
    stats.add(*more).sort_stats("cumulative").files = []  # type: ignore[attr-defined]
    stats.print_stats(TOP)
    said = text.getvalue()
    for pattern, written in _PLACES:
        said = pattern.sub(written, said)
    return f"{part}\n\n{said.strip()}\n"


def differing(bench: Bench) -> tuple[int, list[str]]:
    """How many files the two builds have, and which are not the same; the seal is left out."""
    hashes = [_hashes(bench.homes[way].joinpath("build", *bench.paper)) for way in WAYS]
    names = sorted(set(hashes[0]) | set(hashes[1]))
    return len(names), [name for name in names if hashes[0].get(name) != hashes[1].get(name)]


def _hashes(build: Path) -> dict[str, str]:
    files = (path for path in build.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {
        path.relative_to(build).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
