"""The processes beside a render, begun with it.

They import what they need while the render imports what it needs, which one core alone can do.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from boardpack.outputs.compiler import ready_compiler
from boardpack.outputs.press import standing_press


@contextmanager
def begun_early() -> Iterator[None]:
    """A press and a compiler for the render of one paper, which is what the block does."""
    with ExitStack() as begun:
        begun.enter_context(ready_compiler())
        if sys.platform == "linux":  # where a press can be handed its jobs
            begun.enter_context(standing_press())
        yield
