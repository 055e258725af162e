"""Where a month stands: what has arrived, what is missing, what the checks say, what was built."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from boardpack.build.examine import examine
from boardpack.build.inputs import Arrival, arrivals
from boardpack.build.layout import Layout
from boardpack.build.render import tidy
from boardpack.build.swap import locked
from boardpack.checks import Check
from boardpack.errors import BuildFault
from boardpack.params import Paper


@dataclass(frozen=True)
class Standing:
    """One paper's month; `checks` is None while the extracts have faults."""

    paper: Paper
    arrivals: tuple[Arrival, ...]
    commentary: tuple[str, ...]
    checks: tuple[Check, ...] | None
    is_built: bool


def standing(layout: Layout) -> Standing:
    """How the month of a paper stands; an interrupted render is repaired on the way."""
    with suppress(BuildFault), locked(layout.lock):
        tidy(layout)
    arrived = arrivals(layout.paper)
    checks = None if any(item.faults for item in arrived) else examine(layout.paper)[1]
    commentary = tuple(sorted(path.stem for path in layout.commentary.glob("*.md")))
    return Standing(layout.paper, arrived, commentary, checks, layout.target.is_dir())
