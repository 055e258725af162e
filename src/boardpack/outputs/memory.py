"""Memory that is free, given back: a C library keeps it for the process that had it."""

from __future__ import annotations

import ctypes
import gc
import sys


def give_back() -> None:
    """Collect garbage, and give the system what is free; on Linux only."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others need it not
        if trim is not None:
            trim(0)
