"""Medians with their spread, as tables for `benchmarks/README.md`, and the line of the history."""

from __future__ import annotations

import csv
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from measured import PROJECT, machine

import boardpack

HISTORY = (
    *("version", "commit", "date", "machine", "cores", "python", "paper", "runs"),
    *("boardpack_s", "straightforward_s", "times", "boardpack_cpu_s", "straightforward_cpu_s"),
    *("boardpack_gib", "straightforward_gib", "irreducible_cpu_s", "over_irreducible"),
)


def spread(values: Sequence[float], digits: int = 1) -> str:
    """The median, and the least and the most where there are several."""
    middle = f"{median(values):.{digits}f}"
    if len(values) == 1:
        return middle
    return f"{middle} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown, with numbers to the right."""
    ruled = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ruled, *rows))


def setting() -> str:
    """What was measured on what, in a line."""
    version, commit, date = revision()
    python, cores = platform.python_version(), os.cpu_count()
    return f"boardpack {version} at {commit} ({date}), {machine()}, {cores} cores, Python {python}"


def revision() -> tuple[str, str, str]:
    """The version, the commit (with a + where the checkout has changes) and the commit's date."""
    commit = _git("rev-parse", "--short", "HEAD") or "unknown"
    changed = "+" if _git("status", "--porcelain", "--untracked-files=no") else ""
    return boardpack.__version__, commit + changed, _git("log", "-1", "--format=%cs")


def add_to_history(file: Path, told: Mapping[str, str]) -> None:
    """Append a line of what was measured; the file is begun where it is not there."""
    version, commit, date = revision()
    line = {
        **{"version": version, "commit": commit, "date": date, "machine": machine()},
        **{"cores": str(os.cpu_count()), "python": platform.python_version()},
        **told,
    }
    is_new = not file.exists()
    with file.open("a", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, HISTORY, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerow(line)


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(PROJECT), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()
