"""Whether the good build is current: made from what is there now, and still whole.

This is the one place that tells; `render`, `status` and `watch` ask here. Content decides, by its
SHA-256, never the time of a file. Little is imported, so that the answer comes at once.
"""

from __future__ import annotations

import json
from typing import Any

from boardpack.core.home import CHECKOUT
from boardpack.render.layout import Layout
from boardpack.render.manifest import (
    NAME,
    account,
    code_places,
    contents,
    different,
    hashes,
    sealed_text,
    sources_of,
)
from boardpack.render.swap import locked, tidy

ACCOUNT = {
    "schema": "the form of the manifest",
    "paper": "the status, the version or the data cut of the paper",
    "made_with": "the version of boardpack or Python, or the platform",
}
"""What may have changed besides files, by its name in the manifest."""


def is_current(layout: Layout) -> bool:
    """Whether a render would give the good build again."""
    return not changed_since(layout)


def settled(layout: Layout) -> tuple[str, ...]:
    """What has changed since the good build; what an interrupted render left is repaired first.

    BuildFault where another render of the paper is running.
    """
    with locked(layout.lock):
        tidy(layout)
        return changed_since(layout)


def changed_since(layout: Layout) -> tuple[str, ...]:
    """The files that are not as the good build was made from or as it was sealed; else nothing.

    Where there is no build, or its manifest is not what was sealed, that is the manifest.
    """
    sealed = _sealed(layout)
    if sealed is None:
        return (NAME,)
    told = [
        words
        for (name, said), words in zip(account(layout.paper).items(), ACCOUNT.values(), strict=True)
        if sealed.get(name) != said
    ]
    now = {**sources_of(layout), **contents(layout.target)}
    return (*told, *different(sealed, now), *_other_program(layout, sealed))


def _sealed(layout: Layout) -> dict[str, Any] | None:
    """The manifest of the good build; None where it is missing or its own seal does not hold."""
    try:
        text = (layout.target / NAME).read_text(encoding="utf-8")
        record = json.loads(text)
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) and sealed_text(record) == text else None


def _other_program(layout: Layout, sealed: dict[str, Any]) -> tuple[str, ...]:
    """Where the program does not stand in the project that was sealed: in what the two differ."""
    if layout.project.resolve() == CHECKOUT:
        return ()
    return different(sealed, {"code": hashes(CHECKOUT, code_places(CHECKOUT))})
