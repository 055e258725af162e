"""What has been prepared for release and waits for approval: by whom, when, and exactly what.

It stands in `data/proposed/<year>/<month>/<place>.json`, beside everything that a paper reads.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from boardpack.core.errors import Fault, InputFaults, UsageFault
from boardpack.render.layout import Layout

SCHEMA = "boardpack/proposal/1"


@dataclass(frozen=True)
class Person:
    """Somebody who answers for a paper, by name and role."""

    name: str
    role: str

    @property
    def in_words(self) -> str:
        """The name and the role in one line."""
        return f"{self.name}, {self.role}"


@dataclass(frozen=True)
class Proposal:
    """A version that was prepared: the seals of what it is made from and of its build.

    `reason` says why it replaces the version before it; empty for the first one.
    """

    version: int
    prepared: Person
    when: str
    reason: str
    made_from: str
    manifest: str


def read_person(text: str) -> Person:
    """A person as a command names one, `Ann Lee, Finance Manager`; UsageFault without a role.

    >>> read_person("Ann Lee, Finance Manager")
    Person(name='Ann Lee', role='Finance Manager')
    >>> read_person("Ann Lee")
    Traceback (most recent call last):
        ...
    boardpack.core.errors.UsageFault: Name a person and a role, such as 'Ann Lee, Finance Manager':
    'Ann Lee'.
    """
    name, _, role = (part.strip() for part in text.partition(","))
    if not name or not role:
        raise UsageFault(f"Name a person and a role, such as 'Ann Lee, Finance Manager': {text!r}.")
    return Person(" ".join(name.split()), " ".join(role.split()))


def proposal_file(layout: Layout) -> Path:
    """Where the proposal of a paper stands."""
    paper = layout.paper
    folder = paper.home / "data" / "proposed" / paper.month.year_folder / paper.month.code
    return folder / f"{paper.place}.json"


def read_proposal(layout: Layout) -> Proposal | None:
    """What was prepared of a paper and not released since; None where nothing was."""
    path = proposal_file(layout)
    if not path.exists():
        return None
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        told.pop("schema")
        return Proposal(**{**told, "prepared": Person(**told["prepared"])})
    except (ValueError, KeyError, TypeError) as error:
        name = path.relative_to(layout.paper.home).as_posix()
        remedy = f"Delete it, and prepare the paper again ({type(error).__name__})."
        raise InputFaults([Fault(name, "what was prepared for release", remedy)]) from None


def write_proposal(layout: Layout, proposal: Proposal) -> None:
    """Record what was prepared, in the place of an earlier proposal; whole or not at all."""
    path = proposal_file(layout)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"schema": SCHEMA, **asdict(proposal)}, indent=1, ensure_ascii=False)
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text + "\n", encoding="utf-8", newline="\n")
    beside.replace(path)
