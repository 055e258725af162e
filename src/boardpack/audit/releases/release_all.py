"""The papers of a month prepared or released together: all that are not released yet, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from boardpack.audit.releases.release import (
    Released,
    ReleaseRefused,
    approval_findings,
    preparation_findings,
    prepare,
    release,
)
from boardpack.render.layout import Layout
from boardpack.render.progress import Progress
from boardpack.render.proposal import Person, Proposal

Done = TypeVar("Done")
Progressed = Callable[[Layout], Progress]
"""Tells how one paper goes forward."""


def prepare_all(
    layouts: Sequence[Layout], by: Person, reason: str, progress: Progressed
) -> Iterator[tuple[Layout, Proposal]]:
    """Prepare each paper of a month; none (ReleaseRefused) where anything stands against one.

    The reason is that of the papers which replace a version.
    """

    def why(layout: Layout) -> str:
        return reason if layout.paper.version else ""

    waiting = _waiting(layouts, lambda layout: preparation_findings(layout, why(layout)))
    return ((one, prepare(one, by, why(one), progress(one))) for one in waiting)


def release_all(
    layouts: Sequence[Layout], by: Person, progress: Progressed
) -> Iterator[tuple[Layout, Released]]:
    """Release each paper of a month; none (ReleaseRefused) where anything stands against one.

    A paper that is released already is left as it is, so that a run that broke off goes on.
    """
    waiting = _waiting(layouts, lambda layout: approval_findings(layout, by))
    return ((one, release(one, by, progress(one))) for one in waiting)


def _waiting(
    layouts: Sequence[Layout], findings: Callable[[Layout], Sequence[str]]
) -> list[Layout]:
    """The papers that are not released; ReleaseRefused with all that stands against any of them."""
    waiting = [layout for layout in layouts if layout.paper.run.status != "released"]
    if not waiting:
        raise ReleaseRefused(("Every paper of the month is released, and nothing has changed.",))
    found = [(layout.paper.place_name, findings(layout)) for layout in waiting]
    if any(reasons for _, reasons in found):
        raise ReleaseRefused(
            [
                f"{place}: {reason}"
                for place, reasons in found
                for reason in reasons or ("nothing stands against it; it waits for the others.",)
            ]
        )
    return waiting
