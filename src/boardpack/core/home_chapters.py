"""A home's own chapters: what `chapters:` of `params/report.yml` says, and where they stand.

The chapters of the project are the program's; a home says what of them it prints, in which order
and under which titles, and adds chapters of its own from its folders `notebooks/` and `templates/`.
"""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import model_validator

from boardpack.core.parameter_files import Slug, Strict, Words

NOTEBOOKS = Path("notebooks")
TEMPLATES = Path("templates/chapters")
OWN_FOLDERS = (NOTEBOOKS.as_posix(), "templates")
"""The folders of a home that hold code of its own: notebooks, and the wording of its chapters."""
NEEDED = {
    "summary": "it opens the paper and says what a reader must know first",
    "assurance": "it says what does not agree, and names the chapters that are left out",
}
"""The chapters that every paper has, and why."""
_NUMBER = re.compile(r"^\d+_")


class ChapterEntry(Strict):
    """What a home says of one chapter.

    `after` and `before` name the chapter beside which it stands, `title` is what it is called.
    `leave_out` is the reason for which it is not printed; its figures are computed and checked as
    before.
    """

    title: Words | None = None
    after: Slug | None = None
    before: Slug | None = None
    leave_out: Words | None = None

    @model_validator(mode="after")
    def _one_wish(self) -> ChapterEntry:
        if self.after is not None and self.before is not None:
            raise ValueError("one place: either after or before")
        if self.leave_out is not None and (self.title or self.after or self.before):
            raise ValueError("no title and no place for a chapter that is left out")
        return self


def chapter_name(notebook: str) -> str:
    """A chapter's name, as its commentary and its figures have it: `chc` of `12_chc`.

    >>> chapter_name("02_position")
    'position'
    """
    return _NUMBER.sub("", notebook)


def own_notebooks(home: Path) -> tuple[Path, ...]:
    """The notebooks of a home, sorted."""
    return tuple(sorted((home / NOTEBOOKS).glob("*.ipynb")))
