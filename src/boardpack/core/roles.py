"""Roles of directorates: which one holds the spend that a chapter of its own speaks of.

A body calls its directorates as it likes. Where a rule or a chapter needs the one that holds
medicines, it asks for the role, never for a name: `position.{place}.@prescribing.ytd_variance`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from boardpack.core.errors import Fault, nearest
from boardpack.core.periods import Month
from boardpack.core.structure import Structure

ROLES = {
    "prescribing": "prescribing",
    "continuing_care": "continuing_care_services",
    "mental_health": "mental_health_services",
    "acute": "acute_services",
    "corporate": "corporate_budgets",
}
"""Each role, with the key of the directorate that bears it where `roles` does not name another."""
NONE = "none"
"""What `roles` says of a role that no directorate of the body bears."""
_ROLE = re.compile(r"@(\w+)")


def roles_in(roles: Mapping[str, str], structure: Structure, month: Month) -> dict[str, str]:
    """The line that bears each role in a month; a role that none bears is not there.

    A role goes on with a directorate that begins anew under another key (`becomes`). What went into
    another that holds more than that is no longer told apart, and bears it no more.
    """
    there = structure.in_force("directorate", month)
    found = {}
    for role, default in ROLES.items():
        line = _goes_on(roles.get(role, default), structure, month)
        if line in there:
            found[role] = line
    return found


def _goes_on(line: str, structure: Structure, month: Month) -> str:
    """The key of a directorate in a month, whether it was named by its first key or its last."""
    changes = [c for c in structure.changes if c.part == "directorate" and c.becomes]
    for change in changes:
        if change.slug == line and change.since <= month:
            line = change.becomes
    for change in reversed(changes):
        if change.becomes == line and change.since > month:
            line = change.slug
    return line


def role_faults(roles: Mapping[str, str], structure: Structure, file: str) -> Iterator[Fault]:
    """Every role is borne by a directorate that there is, by none that bears another, or by none.

    A directorate that was only given another key would else take its chapters, figures and checks
    away without a word.
    """
    directorates = structure.of("directorate")
    bearers: dict[str, str] = {}
    missing = [r for r, line in ROLES.items() if r not in roles and line not in directorates]
    if missing:
        expected = f"a directorate for each role; none holds that of {', '.join(missing)}"
        remedy = f"Write each there with its directorate's key, or {NONE}: '{missing[0]}: {NONE}'."
        yield Fault(file, expected, remedy, None, "roles")
    for role in roles:
        if role not in ROLES:
            yield Fault(file, "a known role", nearest(role, ROLES), None, f"roles.{role}", role)
    for role, default in ROLES.items():
        line, key = roles.get(role, default), f"roles.{role}"
        if line == NONE or role in missing:
            continue
        if line not in directorates:
            expected = f"the key of a directorate, or {NONE}"
            yield Fault(file, expected, nearest(line, directorates), None, key, line)
        elif bearers.setdefault(line, role) != role:
            expected = f"a directorate of its own; {line} bears the role {bearers[line]} too"
            remedy = f"Write '{NONE}' where the spend is not told apart."
            yield Fault(file, expected, remedy, None, key, line)


def with_lines(pattern: str, lines: Mapping[str, str]) -> str:
    """A pattern or an id with each `@role` as the line that bears it.

    A role that none bears becomes a line that there is not, so that nothing is found under it.

    >>> with_lines("position.@prescribing.ytd_variance", {"prescribing": "medicines"})
    'position.medicines.ytd_variance'
    """
    if "@" not in pattern:
        return pattern
    return _ROLE.sub(lambda found: line_of(found[1], lines), pattern)


def line_of(role: str, lines: Mapping[str, str]) -> str:
    """The line that bears a role; `no_<role>`, which no figure has, where none does.

    >>> line_of("prescribing", {"prescribing": "medicines"}), line_of("prescribing", {})
    ('medicines', 'no_prescribing')
    """
    if role not in ROLES:
        raise KeyError(f"There is no role {role}. {nearest(role, ROLES)}")
    return lines.get(role, f"no_{role}")
