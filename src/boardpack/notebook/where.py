"""Where a notebook stands: the home that it is about, and the chapter that it writes."""

from __future__ import annotations

import os
import re
from pathlib import Path

from boardpack.errors import UsageFault
from boardpack.figures.labels import slug
from boardpack.home import CHAPTER, REPORT

_NUMBER = re.compile(r"^\d+[_-]")


def find_home(home: str | Path = "") -> Path:
    """The home that `home` names, from the notebook's folder, else the nearest one around it.

    A notebook may be opened in any folder of a project, and run by papermill from another one; so a
    relative `home` that leads to none is looked for upwards. An absolute one is taken as it is.
    """
    starts = [Path(), *filter(None, [_notebook_folder()])]
    for start in starts:
        if _is_home(start / home):
            return start / home
    if not Path(home).is_absolute():
        for start in starts:
            for folder in (start.resolve(), *start.resolve().parents):
                if _is_home(folder):
                    return Path(os.path.relpath(folder))
    looked = Path(home).name or "this folder"
    raise UsageFault(
        f"There is no home at {looked} nor around the notebook: none of these folders has"
        f" {REPORT.as_posix()}. Open the notebook within a project, or give open_paper its home."
    )


def chapter_of_notebook(given: str = "") -> str:
    """The chapter that the notebook writes: its name without its number; empty where none knows.

    A render says it (`CHAPTER`), Jupyter and VS Code know the notebook's file.
    """
    told = given or os.environ.get(CHAPTER, "") or _file()
    return slug(_NUMBER.sub("", Path(told).name.removesuffix(".ipynb"))) if told else ""


def _is_home(folder: Path) -> bool:
    return (folder / REPORT).is_file()


def _notebook_folder() -> Path | None:
    file = Path(_file())
    return file.parent if file.is_absolute() else None


def _file() -> str:
    """The notebook's file, as far as the program in which it is open says it."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    names = shell.user_ns if shell is not None else {}
    return str(names.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", ""))
