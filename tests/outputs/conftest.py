"""What the tests of outputs share: a process for what must not run in one that forks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from other_process import Call


@pytest.fixture(scope="module")
def own_process() -> Iterator[Call]:
    """Calls a function in one process beside this one; Typst and the chart renderer run there.

    They start threads, and a process that forks after that (as the chapters' engine does) hangs. It
    ends with each module, so that its own threads are gone before other tests fork.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        yield lambda function, *given: pool.submit(function, *given).result()
