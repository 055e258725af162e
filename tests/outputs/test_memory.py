"""Memory: how many places the threads of a process take it from."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="glibc is asked on Linux only")
PLACES = """
import ctypes, sys, threading
from boardpack.outputs.memory import one_arena
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
if not hasattr(libc, "malloc_info"):
    sys.exit(77)
if sys.argv[2] == "one":
    one_arena()
done = threading.Barrier(5)
def work():
    libc.malloc(64)
    done.wait()
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
done.wait()
out = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, out)
libc.fclose(out)
"""


def _places(folder: Path, told: str) -> int:
    listed = folder / "heaps.xml"
    done = subprocess.run([sys.executable, "-c", PLACES, str(listed), told], check=False)
    if done.returncode == 77:
        pytest.skip("this C library does not say")
    assert done.returncode == 0
    return listed.read_text(encoding="utf-8").count("<heap ")


def test_threads_take_memory_from_one_place_when_asked_to(tmp_path: Path) -> None:
    assert _places(tmp_path, "many") > 1
    assert _places(tmp_path, "one") == 1
