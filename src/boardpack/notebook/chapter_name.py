"""Which chapter a notebook writes: its own name, without the number that it begins with."""

from __future__ import annotations

import os
from pathlib import Path

from boardpack.core.home import CHAPTER
from boardpack.core.home_chapters import chapter_name
from boardpack.figures.labels import slug


def chapter_of_notebook(given: str = "") -> str:
    """The chapter that the notebook writes, as a slug; empty where nothing says it.

    A render says it (`home.CHAPTER`); Jupyter and VS Code know the notebook's file.

    >>> chapter_of_notebook("notebooks/02_position.ipynb")
    'position'
    """
    told = given or os.environ.get(CHAPTER, "") or _file()
    return slug(chapter_name(Path(told).name.removesuffix(".ipynb"))) if told else ""


def _file() -> str:
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    names = shell.user_ns if shell is not None else {}
    return str(names.get("__vsc_ipynb_file__") or os.environ.get("JPY_SESSION_NAME", ""))
