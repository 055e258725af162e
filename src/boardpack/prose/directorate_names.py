"""The subjects that a body's directorates are, whatever the body calls them.

A sentence and a figure meet in a subject. What a directorate is about follows from the role that it
bears (see `boardpack.core.roles`), and its name in print is a word for that subject: where
medicines lie in a directorate of another name, a sentence about that directorate is about
prescribing. One that bears no role and has no usual key is a subject of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from boardpack.core.report import Report

OF_ROLE = {
    "prescribing": "prescribing",
    "continuing_care": "chc",
    "mental_health": "mental_health",
    "acute": "acute",
    "corporate": "corporate",
}
"""The subject of the directorate that bears each role."""
USUAL = {
    "acute_services": "acute",
    "community_health_services": "community",
    "mental_health_services": "mental_health",
    "continuing_care_services": "chc",
    "prescribing": "prescribing",
    "other_primary_care_services": "other_primary_care",
    "other_programme_services": "other_programmes",
    "programme_wide_projects": "programme_wide",
    "delegated_primary_care_services": "delegated_primary_care",
    "delegated_primary_care_services_dpo": "dpo",
    "corporate_budgets": "corporate",
}
"""The subject of a line by its usual key."""


@dataclass(frozen=True)
class OwnNames:
    """Subjects by line, and by what the body prints for a line."""

    lines: tuple[tuple[str, str], ...]
    labels: tuple[tuple[str, str], ...] = ()

    def topic(self, line: str) -> str | None:
        """The subject of a line; None for one that is no directorate."""
        return dict(self.lines).get(line)


_AS_USUAL = OwnNames(tuple(USUAL.items()))
_SPOKEN: ContextVar[OwnNames | None] = ContextVar("own_names", default=None)


@contextmanager
def speaking(report: Report) -> Iterator[None]:
    """Read words and figures with the names of this body."""
    token = _SPOKEN.set(_names_of(tuple(report.directorates.items()), tuple(report.roles.items())))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def own_names() -> OwnNames:
    """The names that are spoken; the usual ones where nobody has said whose."""
    return _SPOKEN.get() or _AS_USUAL


@lru_cache(maxsize=64)
def _names_of(
    directorates: tuple[tuple[str, str], ...], roles: tuple[tuple[str, str], ...]
) -> OwnNames:
    of_role = {line: OF_ROLE[role] for role, line in roles}
    taken = set(of_role.values())
    lines = dict(USUAL)
    for line, _ in directorates:
        usual = USUAL.get(line, line)
        lines[line] = of_role.get(line, line if usual in taken else usual)
    return OwnNames(
        tuple(lines.items()), tuple((label, lines[line]) for line, label in directorates)
    )


@lru_cache(maxsize=64)
def patterns_of(names: OwnNames) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What finds each name of a body in words, with its subject."""
    return tuple(
        (topic, re.compile(rf"(?<!\w){re.escape(label)}(?!\w)", re.IGNORECASE))
        for label, topic in names.labels
    )


def named_in(text: str) -> list[range]:
    """Where a text says a name of the body: a number in it, `Division 5`, counts nothing."""
    found = (match for _, pattern in patterns_of(own_names()) for match in pattern.finditer(text))
    return [range(*match.span()) for match in found]
