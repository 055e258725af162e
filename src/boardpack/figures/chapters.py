"""The chapters that own figures, what each needs computed before it, and how to compute them."""

from __future__ import annotations

import importlib
from collections.abc import Callable

from boardpack.errors import BuildFault, nearest
from boardpack.figures.draft import Draft
from boardpack.figures.register import Register
from boardpack.params import Paper
from boardpack.sources.folder import Folder

NEEDS: dict[str, tuple[str, ...]] = {
    "overview": (),
    "position": ("overview",),
    "prescribing": ("overview", "position"),
    "prescribing_savings": ("prescribing",),
    "prescribing_versions": ("prescribing_savings", "savings"),
    "chc": ("overview", "position"),
    "mental_health": ("overview", "position"),
    "savings": ("efficiency",),
    "efficiency": (),
    "programmes": ("position",),
    "resource_limit": ("position",),
    "indicators": ("overview", "resource_limit", "corporate", "cash"),
    "icb_position": ("overview", "position"),
    "providers": ("overview", "resource_limit"),
    "corporate": ("overview",),
    "cash": ("resource_limit",),
    "section75": (),
    "actions": (),
}
NEEDS["movements"] = tuple(NEEDS)  # it compares every figure with the register released last


def compute(paper: Paper, *chapters: str) -> Register:
    """The register of these chapters and of all they need, in order of need."""
    draft = Draft(paper, Folder(paper))
    for chapter in in_order(*chapters):
        _figures(chapter)(draft)
    return draft.register


def in_order(*chapters: str) -> tuple[str, ...]:
    """Chapters with all they need, each after what it needs."""
    found: dict[str, None] = {}
    for chapter in chapters:
        if chapter not in NEEDS:
            raise BuildFault(f"There is no chapter {chapter!r}. {nearest(chapter, NEEDS)}")
        for name in (*in_order(*NEEDS[chapter]), chapter):
            found.setdefault(name)
    return tuple(found)


def _figures(chapter: str) -> Callable[[Draft], None]:
    module = importlib.import_module(f"boardpack.figures.{chapter}")
    build: Callable[[Draft], None] = getattr(module, f"{chapter}_figures")
    return build
