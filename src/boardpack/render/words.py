"""The words and parameters of a paper as they stood earlier (see `boardpack.core.earlier`)."""

from __future__ import annotations

from pathlib import Path

from boardpack.core.earlier import keep_before
from boardpack.core.params import Paper

REPORT = Path("params/report.yml")


def words_of(paper: Paper) -> Path:
    """The folder of a paper's commentary and acceptances, below home."""
    return Path("params") / paper.month.year_folder / paper.month.code / paper.place


def month_file(paper: Paper) -> Path:
    """The parameters of the paper's month, below home."""
    return Path("params") / paper.month.year_folder / f"{paper.month.code}.yml"


def keep_all(paper: Paper, why: str) -> None:
    """Keep what stands of them, where it is not what was kept last."""
    for path in (words_of(paper), month_file(paper), REPORT):
        keep_before(paper.home, path, why)
