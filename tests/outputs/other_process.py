"""What runs in the process beside the tests: how it is called, and reading Typst back there."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import typst
from processes import held_by

from boardpack.outputs.pdf.document import forget

Call = Callable[..., Any]


def value_of(expression: str) -> str:
    """The value of a Typst expression that is a string."""
    source = f"#metadata({expression}) <it>".encode()
    found: str = json.loads(typst.query(source, "<it>", field="value", one=True))
    return found


def growth_by_papers(papers: int) -> int:
    """The most that this process grows by a paper after the first two, each forgotten, in bytes."""
    held = []
    for paper in range(papers):
        typst.compile(f"#for line in range(2000) [Paper {paper}, line #line.\n\n]".encode())
        forget()
        gc.collect()
        held.append(held_by())
    return max(after - before for before, after in pairwise(held[1:]))
