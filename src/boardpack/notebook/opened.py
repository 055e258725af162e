"""Opening a paper in a notebook: the one line with which an analyst begins."""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.document.chapter import open_chapter
from boardpack.figures.movements import CHAPTER as MOVEMENTS
from boardpack.notebook.chapter_name import chapter_of_notebook
from boardpack.notebook.displayed import carry_in_ipython
from boardpack.notebook.named_figures import Made
from boardpack.notebook.paper import NotebookPaper


def open_paper(
    year: str,
    month: str,
    place: str,
    home: str = "",
    register: str = "",
    chapter: str = "",
    owns: Sequence[str] | None = None,
    reads: Sequence[str] = (),
    reads_all: bool = False,
) -> NotebookPaper:
    """Open a month's paper of a place, and have this notebook show blocks from here on.

    `home` is found from the notebook's folder where it is empty. `chapter` is the name under which
    the notebook's figures are recorded: the notebook's own name unless given. `register` is told by
    a render, which has computed every figure before; else they are computed here.

    The project's own chapters say more, as to `open_chapter`: the figure chapters that a notebook
    `owns`, which it computes and records, those that it `reads` beside them, or that it
    `reads_all` that the others found. Only these are then computed.
    """
    own = chapter_of_notebook(chapter)
    if owns is None and not reads_all:
        owns, reads = (), (*reads, MOVEMENTS)
    opened = open_chapter(own, year, month, place, home, register, owns or (), reads, reads_all)
    made = Made(own, opened.paper, opened.register)
    paper = NotebookPaper(**vars(opened), made=made)
    carry_in_ipython(paper)
    return paper
