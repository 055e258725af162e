"""What the chapters of a paper found: their figures, and what the checks say of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boardpack.checks.check import check_from_json
from boardpack.checks.engine import run_checks
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.checks.waivers import refuse_unknown_waivers
from boardpack.document.content import Chapter
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.figures.versions import CHAPTER as ASSURANCE
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


def check_chapters(
    layout: Layout, chapters: tuple[Chapter, ...], complete: bool, before: Findings | None = None
) -> Findings:
    """What the chapters found, checked; written where the next wave reads it, if there is one.

    The checks of the waves `before` stand where the last one has added nothing but counts of them.
    """
    register = collect_register(chapters)
    if complete and before is not None and _as_before(register, before.register):
        refuse_unknown_waivers(tuple(map(check_from_json, before.checks)), layout.paper)
        return Findings(chapters, register, before.checks)
    made = run_checks(register, layout.paper, complete=complete)
    checks = tuple(check.to_json() for check in made)
    if complete:
        return Findings(chapters, register, checks)
    would = noticed_record(noticed(register, made, layout.paper), register, layout.paper)
    titles = {chapter.name: chapter.title for chapter in chapters}
    held = held_record(layout.executed, titles)
    write_register(layout.register, layout.paper, register, checks, would, held)
    return Findings(chapters, register, checks, would, held)


def _as_before(register: Register, before: Register) -> bool:
    """Whether no figure came to those of before but such as count checks, which are under none."""
    now = [figure for figure in _all(register) if figure.chapter != ASSURANCE]
    return now == [*_all(before)]


def _all(register: Register) -> Iterable[Figure]:
    return (*register, *register.suppressed, *register.absent)
