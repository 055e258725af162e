"""What the chapters of a paper found: their figures, and what the checks say of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from boardpack.build.layout import Layout
from boardpack.build.records import collect_register, write_register
from boardpack.checks.engine import run_checks
from boardpack.figures.register import Register
from boardpack.paper.content import Chapter


@dataclass(frozen=True)
class Findings:
    """What the chapters found: their figures, and what the checks say of them."""

    chapters: tuple[Chapter, ...] = ()
    register: Register = field(default_factory=Register)
    checks: tuple[dict[str, Any], ...] = ()


def check_chapters(layout: Layout, chapters: tuple[Chapter, ...], complete: bool) -> Findings:
    """What the chapters found, checked; written where the next wave reads it, if there is one."""
    register = collect_register(chapters)
    made = run_checks(register, layout.paper, complete=complete)
    checks = tuple(check.to_json() for check in made)
    if not complete:
        write_register(layout.register, layout.paper, register, checks)
    return Findings(chapters, register, checks)
