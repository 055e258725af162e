"""Where the words of a paper stand, its own and the ICB's, and their text.

It imports next to nothing, for commands that only ask which words there are.
"""

from __future__ import annotations

from pathlib import Path

from boardpack.core.errors import Fault, InputFaults
from boardpack.core.params import Paper
from boardpack.core.seen import asked
from boardpack.core.structure import ICB

ICB_CHAPTERS = frozenset(
    "overview resource_limit indicators providers efficiency corporate cash chc_icb"
    " prescribing_icb".split()
)
"""Chapters that are about the whole ICB where their words name no place.

Their words are written once, in the ICB's own folder, and stand in every place's paper too.
"""


def commentary_files(paper: Paper) -> tuple[str, ...]:
    """The chapters on which the paper has words, its own or the ICB's, in order of name."""
    own, of_icb = (
        {path.stem for path in (paper.home / folder / "commentary").glob("*.md")}
        for folder in (paper_folder(paper), icb_folder(paper))
    )
    names = tuple(sorted(own | (of_icb & ICB_CHAPTERS)))
    asked("commentary", "", names)
    return names


def commentary_file(paper: Paper, chapter: str) -> Path:
    """Where the words on a chapter stand, or would stand, below home.

    On a chapter about the whole ICB they are the ICB's, unless a place has written its own.
    """
    own = paper_folder(paper) / "commentary" / f"{chapter}.md"
    if chapter not in ICB_CHAPTERS or (paper.home / own).exists():
        return own
    of_icb = icb_folder(paper) / "commentary" / f"{chapter}.md"
    return of_icb if (paper.home / of_icb).exists() else own


def chapter_title(chapter: str) -> str:
    """What a chapter is about, as its title above the commentary says it."""
    words = chapter.removesuffix("_icb").replace("_", " ")
    return f"{words}, whole ICB" if chapter in ICB_CHAPTERS else words


def paper_folder(paper: Paper) -> Path:
    """Where the words of a paper stand, below home."""
    month = paper.month
    return Path("params") / month.year_folder / month.code / paper.place


def icb_folder(paper: Paper) -> Path:
    """Where the ICB's own words of the paper's month stand, below home."""
    return paper_folder(paper).with_name(ICB)


def read_text(path: Path, name: str) -> str:
    """The text of a file to be checked; InputFaults says what is wrong with it."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        fault = Fault(name, "a text file", "Check the name; there is no such file.")
    except IsADirectoryError:
        fault = Fault(name, "a text file", "Name the file, not its folder.")
    except UnicodeDecodeError:
        fault = Fault(name, "UTF-8 text", "Save it as Markdown or plain text in UTF-8.")
    except OSError as error:
        fault = Fault(name, "a text file", f"It cannot be read: {error.strerror}.")
    raise InputFaults([fault])
