"""Memory that processes share or have done with: what keeps it shared, and what gives it back."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import sys


def give_back() -> None:
    """Collect garbage, and give the system what is free; on Linux only."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others need it not
        if trim is not None:
            trim(0)


def thaw() -> None:
    """Have Python look for garbage again in what was frozen, unless this process is a fork.

    Looking writes to all that it walks through, and so would copy what a fork shares with others.
    A fork ends soon.
    """
    if multiprocessing.parent_process() is None:
        gc.unfreeze()
