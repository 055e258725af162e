"""What verification says: steps done, and findings that each name one thing in one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: a file, figure, block or printed number, and how."""

    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.what}"


@dataclass(frozen=True)
class Step:
    """One step of a verification: how many of what were looked at, and what was found.

    `note` says what of the step could not be done here, and why, or what else a reader must know.
    `complete` is False where something was withheld or not run: the verification is then partial.
    """

    name: str
    count: int
    counted: str
    findings: tuple[Finding, ...] = ()
    note: str = ""
    complete: bool = True
