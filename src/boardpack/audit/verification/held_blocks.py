"""The blocks of the executed notebooks held to the register, where they cannot be performed again.

It shows that notebooks and register say the same, and not that either is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from boardpack.audit.verification.finding import Finding, Step
from boardpack.audit.verification.performed_again import Items, shown
from boardpack.audit.verification.tagged import Tagged, check_tagged
from boardpack.document.blocks import MARKER


def hold_blocks(build: Path, figures: Items, why: str) -> Step:
    """Every number and every figure that the notebooks show; `why` they were not run again."""
    numbers = check_tagged("Blocks", _numbers, build, figures)
    workings = tuple(_other_figures(build, figures))
    note = f"Held to the register; not performed again: {why}"
    counted = "numbers of blocks held to the register"
    findings = (*numbers.findings, *workings)
    return Step("Blocks", numbers.count, counted, findings, note, complete=False)


def _numbers(build: Path) -> list[Tagged]:
    return [
        found
        for name, blocks in _notebooks(build)
        for block in blocks
        for found in _numbers_in(name, block)
    ]


def _notebooks(build: Path) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for path in sorted((build / "notebooks").glob("*.ipynb")):
        yield path.relative_to(build).as_posix(), list(shown(path))


def _numbers_in(file: str, part: object) -> Iterator[Tagged]:
    """The numbers of a block: those with a value of their own, and those marked in its prose."""
    if isinstance(part, str):
        for figure, text in MARKER.findall(part):
            yield Tagged(file, figure, text, None, None)
    elif isinstance(part, list):
        yield from (found for item in part for found in _numbers_in(file, item))
    elif isinstance(part, dict) and {"figure", "text", "value"} <= part.keys():
        if part["figure"]:  # an untraced number names no figure
            yield Tagged(file, str(part["figure"]), str(part["text"]), str(part["value"]), -1)
    elif isinstance(part, dict):
        yield from (found for item in part.values() for found in _numbers_in(file, item))


def _other_figures(build: Path, figures: Items) -> Iterator[Finding]:
    """Figures of the notebooks' workings that the register does not have as they stand there."""
    for name, blocks in _notebooks(build):
        for item in (item for block in blocks for item in _listed(block)):
            identity = str(item.get("id"))
            if figures.get(identity) != item:
                yield Finding(identity, f"is in figures.json not as {name} shows it.")


def _listed(block: dict[str, Any]) -> list[dict[str, Any]]:
    found = block.get("figures") if block.get("kind") == "workings" else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
