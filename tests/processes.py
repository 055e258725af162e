"""Processes beside the tests: waiting for what becomes of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


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
