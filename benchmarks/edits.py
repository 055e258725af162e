"""How long a render takes after a small change: a word, a parameter, a cell, a template, nothing.

Each edit is made in the copy of a project and of a home, never in the checkout. A second run takes
the edit back, which is as small a change.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from measured import Measured, measured


@dataclass(frozen=True)
class Edit:
    """A text to change for another in a file: of the home, or of the project for a template."""

    title: str
    file: str
    before: str
    after: str

    def folder(self, project: Path, home: Path) -> Path:
        """The folder that its file stands in."""
        return project if self.file.startswith("templates/") else home

    def make(self, folder: Path) -> None:
        """Make the edit, or take it back where it is made."""
        path = folder / self.file
        text = path.read_text(encoding="utf-8")
        made = text.replace(self.before, self.after, 1)
        if made == text:
            made = text.replace(self.after, self.before, 1)
        if made == text:
            raise SystemExit(f"{self.file} has neither {self.before!r} nor {self.after!r}.")
        path.write_text(made, encoding="utf-8")


COMMENTARY = "params/2023-24/M06/bromley/commentary/position.md"
EDITS = (
    Edit("a word of commentary", COMMENTARY, "The three chapters", "These three chapters"),
    Edit("a parameter", "params/report.yml", "rag: {amber: 0.5,", "rag: {amber: 0.6,"),
    Edit("a data cell", "data/raw/2023-24/M06/position.csv", '"3,393"', '"3,394"'),
    Edit("a template", "templates/chapters/position.md.j2", "At the end of", "By the end of"),
)
RENDER = ("-m", "boardpack", "render", "2023-24", "M06", "--place", "bromley")


def time_edits(project: Path, home: Path, runs: int) -> dict[str, list[Measured]]:
    """Each edit in turn, so many times, with `--help` and the render of what has not changed."""
    command = (*RENDER, "--home", home)
    measured((*command, "--again"), project)
    found: dict[str, list[Measured]] = {}
    for _ in range(runs):
        found.setdefault("boardpack --help", []).append(
            measured(("-m", "boardpack", "--help"), project)
        )
        found.setdefault("nothing", []).append(measured(command, project))
        for edit in EDITS:
            edit.make(edit.folder(project, home))
            found.setdefault(edit.title, []).append(measured(command, project))
    return found
