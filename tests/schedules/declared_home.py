"""A home of a small body with one declared table: the example of docs/schedules.md."""

from __future__ import annotations

import re
from pathlib import Path

from small_bodies import MONTH, small_body, small_paper

from boardpack.core.home import month_folder
from boardpack.core.params import Paper
from boardpack.figures.chapters import chapters_of, compute
from boardpack.figures.register import Register

PROJECT = Path(__file__).resolve().parents[2]
DOCS = PROJECT / "docs" / "schedules.md"
NAME = "adult_care"


def block_of(language: str) -> str:
    """The first block of the page in a language."""
    found = re.search(rf"```{language}\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def declared_home(home: Path, form: str | None = None, table: str | None = None) -> Path:
    """The example's home, or one with another form or another table of that name."""
    small_body(home, overview=False, position=False, more={NAME: table or block_of("csv")})
    folder = home / "params" / "schedules"
    folder.mkdir()
    (folder / f"{NAME}.yml").write_text(form or block_of("yaml"), "utf-8")
    return home


def table_of(home: Path) -> Path:
    """The table's file in the month's folder."""
    return home / month_folder(MONTH) / f"{NAME}.csv"


def computed(home: Path) -> tuple[Paper, Register]:
    """The ICB's paper of such a home, and its register."""
    paper = small_paper(home, "icb")
    return paper, compute(paper, *chapters_of(paper))
