"""Memory that processes share or have done with: what keeps it shared, and what gives it back."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import sys

_ARENA_MAX = -8
"""The number that glibc gives to how many places there may be, in `malloc.h`."""


def give_back() -> None:
    """Collect garbage, and give the system what is free; on Linux only."""
    gc.collect()
    _asked("malloc_trim", 0)


def one_arena() -> None:
    """Have all threads of this process, and of its forks, take memory from one place; on Linux.

    Each would have a place of its own, and what is free in one is of no use to another.
    """
    _asked("mallopt", _ARENA_MAX, 1)


def _asked(name: str, *told: int) -> None:
    """Ask the C library for something that glibc has, and others need not."""
    if sys.platform == "linux":
        function = getattr(ctypes.CDLL(None), name, None)
        if function is not None:
            function(*told)


def thaw() -> None:
    """Have Python look for garbage again in what was frozen, unless this process is a fork.

    Looking writes to all that it walks through, and so would copy what a fork shares with others.
    A fork ends soon.
    """
    if multiprocessing.parent_process() is None:
        gc.unfreeze()
