"""The processes beside a render, begun with it.

They import what they need while the render imports what it needs, which one core alone can do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from boardpack.outputs.compiler import standing_compiler
from boardpack.outputs.press import standing_press


@contextmanager
def begun_early() -> Iterator[None]:
    """A compiler and a press for the render of one paper, which is what the block does."""
    if sys.platform != "linux":  # each is begun when it is needed
        yield
        return
    with standing_compiler(), standing_press():
        yield
