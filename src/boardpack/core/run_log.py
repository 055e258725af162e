"""The run log of a home, `build/log.jsonl`: who did what to which paper, when, and how it ended.

A line a run, only ever added. It is the one place besides a release record and a certificate where
a clock is read; no output is made from it. It names files, never what stands in them.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import platform
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from boardpack import __version__
from boardpack.core.errors import BoardpackError, InputFaults

LOG = Path("build/log.jsonl")
USER = "BOARDPACK_USER"
"""The variable that names who runs the program, where the account of the machine does not."""
LONGEST = 300


@dataclass(frozen=True)
class Run:
    """One run of one verb on one paper; `place` is empty for what concerns the whole month.

    `made_from` is the hash over inputs, parameters and code; `files` those of inputs and parameters
    by name, shortened, so that two runs can be compared. `code` is the exit code.
    """

    command: str
    month: str
    place: str = ""
    code: int = 0
    said: str = ""
    made_from: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    when: str = ""
    who: str = ""
    boardpack: str = ""
    python: str = ""


def now() -> str:
    """The time in UTC, to the second: `2024-11-21T09:30:00Z`."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def who() -> str:
    """Who runs the program: as BOARDPACK_USER says, else the account on this machine."""
    told = os.environ.get(USER, "").strip()
    if told:
        return told
    with suppress(Exception):  # an account without a name raises differently on each platform
        return getpass.getuser()
    return "unknown"


def log_run(home: Path, run: Run) -> None:
    """Add a run to the log, with when, who and the versions.

    A log that cannot be written is told on standard error and stops nothing.
    """
    told = {
        **asdict(run),
        "when": run.when or now(),
        "who": run.who or who(),
        "boardpack": __version__,
        "python": platform.python_version(),
    }
    line = json.dumps(told, ensure_ascii=False) + "\n"
    path = home / LOG
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _add(path, line.encode())
    except OSError as error:
        sys.stderr.write(f"boardpack: this run is not in {path}: {error.strerror}.\n")


def read_log(home: Path) -> tuple[Run, ...]:
    """All runs in the log, in the order in which they ended; damaged lines are left out."""
    path = home / LOG
    return tuple(_runs(path.read_text(encoding="utf-8", errors="replace"))) if path.exists() else ()


def message_of(error: BaseException) -> str:
    """What a log says of a failure: which files have faults, never what stands in a cell.

    >>> message_of(ValueError("no file"))
    'unexpected ValueError'
    """
    if isinstance(error, InputFaults):
        files = list(dict.fromkeys(Path(fault.file).name for fault in error.faults))
        return f"{len(error.faults)} to mend in {', '.join(files)}"[:LONGEST]
    if isinstance(error, BoardpackError):
        first, *more = str(error).splitlines() or [""]
        return f"{first}{f' (lines more: {len(more)})' if more else ''}"[:LONGEST]
    return f"unexpected {type(error).__name__}"


def _add(path: Path, line: bytes) -> None:
    """In one write at the end, so that lines of runs side by side stay whole."""
    with path.open("ab", buffering=0) as file:
        if file.tell() and not _ends_a_line(path):
            line = b"\n" + line
        file.write(line)


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def _runs(text: str) -> Iterator[Run]:
    names = Run.__dataclass_fields__
    for line in text.splitlines():
        with suppress(ValueError, TypeError):
            told: dict[str, Any] = json.loads(line)
            yield Run(**{name: value for name, value in told.items() if name in names})
