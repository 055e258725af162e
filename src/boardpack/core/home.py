"""A home: where its parameters and extracts stand, and the commands that begin one or a month."""

from __future__ import annotations

import sys
from pathlib import Path

from boardpack.core.errors import UsageFault
from boardpack.core.periods import Month

CHECKOUT = Path(__file__).resolve().parents[3]
"""The project that holds this package: its wording, layout, glossary and book.

A wheel holds the same tree as a checkout (`scripts/_wheel.py`), without a home of its own.
"""

WORD_REFERENCE = "word-reference.docx"
"""An organisation's own reference document for Word, in its folder `params`."""

CHAPTER = "BOARDPACK_CHAPTER"
"""Tells a notebook that is run which chapter it writes, in its environment."""

REPORT = Path("params/report.yml")
RAW = Path("data/raw")
"""Where the extracts of all months stand, below home."""


def run_file(month: Month) -> Path:
    """The parameters of a month, below home.

    >>> run_file(Month(2023, 6)).as_posix()
    'params/2023-24/M06.yml'
    """
    return Path("params") / month.year_folder / f"{month.code}.yml"


def month_folder(month: Month) -> Path:
    """The folder of a month's extracts, below home.

    >>> month_folder(Month(2023, 6)).as_posix()
    'data/raw/2023-24/M06'
    """
    return RAW / month.year_folder / month.code


def build_folder(home: Path, month: Month, place: str) -> Path:
    """The folder of a paper's good build, below home.

    >>> build_folder(Path("home"), Month(2023, 6), "bromley").as_posix()
    'home/build/2023-24/M06/bromley'
    """
    return home / "build" / month.year_folder / month.code / place


def home_of_notebook(told: str = "") -> Path:
    """The home that a notebook is for: the one it is told, else the nearest around it.

    A kernel runs in the folder of its notebook or where its user stands. The home is that folder or
    the nearest above it that holds a report's parameters; else the project that holds this package,
    which is said, because a notebook that stands elsewhere may be meant for another home.
    """
    here = Path(told or ".").expanduser()
    if told:
        if not (here / REPORT).is_file():
            raise UsageFault(
                f"The parameter home is {told!r}, a folder without {REPORT.as_posix()}."
                " Give the one that holds params/ and data/."
            )
        return here
    here = here.resolve()
    home = home_around(here)
    if home is None:
        raise UsageFault(
            f"No {REPORT.as_posix()} is in {here} or a folder above it. Give the folder that holds"
            " params/ and data/ as the parameter home."
        )
    if not here.is_relative_to(home):
        sys.stderr.write(f"No home is here or above: taking {home}. For another, give home.\n")
    return home


def home_here() -> Path:
    """The home of a command that names none: the nearest around where the user stands.

    Else the project that holds this package, as far as it is a home; an installed one is not.
    """
    home = home_around(Path().resolve())
    if home is None:
        raise UsageFault(
            f"No {REPORT.as_posix()} is here or in a folder above. Name the folder that holds"
            " params/ and data/ with --home, or begin one: boardpack init FOLDER"
        )
    return home


def home_around(here: Path) -> Path | None:
    """The nearest folder from `here` upwards that is a home, else the project where it is one."""
    folders = (here, *here.parents, CHECKOUT)
    return next((folder for folder in folders if (folder / REPORT).is_file()), None)


def has_begun(home: Path, month: Month) -> bool:
    """Whether a month has its parameters and its folder of extracts."""
    return (home / run_file(month)).is_file() and (home / month_folder(month)).is_dir()


def to_begin(home: Path, month: Month) -> str:
    """The command that begins a month of a home."""
    elsewhere = "" if home.resolve() == CHECKOUT else f" --home {_as_typed(home)}"
    return f"boardpack new-month {month.year_folder} {month.code}{elsewhere}"


def to_init(home: Path, month: Month) -> str:
    """The command that writes a home to start from, where there is none yet."""
    return f"boardpack init {_as_typed(home)} {month.year_folder} {month.code}"


def to_render(home: Path, month: Month, place: str) -> str:
    """The command that makes a paper."""
    elsewhere = "" if home.resolve() == CHECKOUT else f" --home {_as_typed(home)}"
    return f"boardpack render {month.year_folder} {month.code} --place {place}{elsewhere}"


def _as_typed(home: Path) -> str:
    """A folder as a command takes it, in quotation marks where it holds a space."""
    return f'"{home}"' if " " in str(home) else str(home)
