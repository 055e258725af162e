"""Growth: how much a figure has changed from another, in per cent of the other."""

from __future__ import annotations

from boardpack.figures.draft import Draft
from boardpack.figures.scope import Scope
from boardpack.reading.extract import Value


def growth_figure(
    draft: Draft, scope: Scope, measure: str, now: str, before: str, printed: Value | None = None
) -> None:
    """Enter the growth from the figure `before` to `now`; nothing where there is no such base.

    A quantity that the reports print is entered even when it cannot be computed.
    """
    if draft.has(now, before) and draft.agreed(before).value:
        scope.derive(measure, f"({now} / {before} - 1) * 100", "PCT", printed)
    elif printed is not None:
        scope.read(measure, printed)
