"""What a build says of itself in short, read from its records: the same however it came to stand.

A paper that was just made and one that was found unchanged are told by this one way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boardpack.checks.noticed.figures import noticed_sentence
from boardpack.figures.figure import figure_from_json
from boardpack.figures.register import Register
from boardpack.render.layout import Layout
from boardpack.render.manifest import NAME


@dataclass(frozen=True)
class Summary:
    """How much a build holds, its checks, and the notes that whoever reads the summary must see.

    Suppressed figures are not counted. `noticed` says what the checks would notice.
    """

    target: Path
    chapters: int
    figures: int
    checks: tuple[dict[str, Any], ...]
    notes: tuple[str, ...]
    noticed: str


def summary_of(layout: Layout) -> Summary:
    """The summary of a paper's good build."""
    target = layout.target
    manifest, figures = _record(target / NAME), _record(target / "figures.json")["figures"]
    return Summary(
        target,
        chapters=len(manifest["notebooks"]),
        figures=sum(figure["value"] is not None for figure in figures),
        checks=tuple(_record(target / "checks.json")["checks"]),
        notes=tuple(manifest["notes"]),
        noticed=noticed_sentence(
            Register(figure_from_json(one) for one in figures if one["id"].startswith("assurance."))
        ),
    )


def _record(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
