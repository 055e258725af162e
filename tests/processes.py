"""Processes beside the tests: which there are, and waiting for what becomes of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def children_of(process: int) -> set[int]:
    """The processes that a process has begun."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return {int(child) for child in listed.split()}


def is_running(process: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; it fails where that never comes."""
    looks = 0
    while not is_so() and (looks := looks + 1) < 1000:
        time.sleep(0.05)
    assert is_so()


def held_by(process: int | str = "self") -> int:
    """The bytes that a process holds and no file does."""
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in told if line.startswith("RssAnon:"))
