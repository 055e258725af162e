"""What the chapters of a paper found: their figures, and what the checks say of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from boardpack.checks.engine import run_checks
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.document.content import Chapter
from boardpack.figures.register import Register
from boardpack.prose.notebook_claims import held_record
from boardpack.render.layout import Layout
from boardpack.render.records import collect_register, write_register


@dataclass(frozen=True)
class Findings:
    """What the chapters found: their figures, and what the checks say of them.

    `noticed` is what the checks would notice, told to the next wave; None after the last. `held` is
    what the chapters say in plain words that no figure bears out, told to the next wave too.
    """

    chapters: tuple[Chapter, ...] = ()
    register: Register = field(default_factory=Register)
    checks: tuple[dict[str, Any], ...] = ()
    noticed: Mapping[str, Any] | None = None
    held: Mapping[str, Any] = field(default_factory=dict)


def check_chapters(layout: Layout, chapters: tuple[Chapter, ...], complete: bool) -> Findings:
    """What the chapters found, checked; written where the next wave reads it, if there is one."""
    register = collect_register(chapters)
    made = run_checks(register, layout.paper, complete=complete)
    checks = tuple(check.to_json() for check in made)
    if complete:
        return Findings(chapters, register, checks)
    would = noticed_record(noticed(register, made, layout.paper), register, layout.paper)
    titles = {chapter.name: chapter.title for chapter in chapters}
    held = held_record(layout.executed, titles)
    write_register(layout.register, layout.paper, register, checks, would, held)
    return Findings(chapters, register, checks, would, held)
