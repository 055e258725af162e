"""Words that the team wrote and that the paper does not print: named wherever a month is told.

A chapter that the home leaves out prints no commentary, and a file whose name is that of no chapter
was written for nobody. Neither stops a release: the words may be kept for another month.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from boardpack.core.errors import BuildFault, InputFaults, nearest
from boardpack.core.home_chapters import chapter_name
from boardpack.prose.commentary_files import commentary_file, commentary_files, paper_folder
from boardpack.render.chapter_plan import Planned
from boardpack.render.chapters import planned_chapters
from boardpack.render.layout import Layout

_ASKS = ".commentary("
"""What a notebook calls to print its commentary."""


def unprinted_commentary(layout: Layout) -> tuple[str, ...]:
    """The files of the commentary that this paper does not print, a sentence each, with the reason.

    None while the plan of the chapters has faults, which are told as such.
    """
    try:
        planned = {chapter_name(name): one for name, one in planned_chapters(layout).items()}
    except (BuildFault, InputFaults):
        return ()
    return tuple(_sentences(layout, planned))


def _sentences(layout: Layout, planned: dict[str, Planned]) -> Iterator[str]:
    for name in commentary_files(layout.paper):
        path, one = commentary_file(layout.paper, name), planned.get(name)
        if path.parent.parent != paper_folder(layout.paper):
            continue  # the ICB's words, which its own paper tells of
        file = path.as_posix()
        if one is None:
            hint = nearest(name, planned)
            yield f"{file} is for no chapter of this paper, and is not printed. {hint}"
        elif one.left_out is not None:
            why = one.left_out.rstrip(".")
            yield f"{file} is for a chapter that this paper leaves out ({why}), and is not printed."
        elif not _prints(one):
            yield f"{file} is for a chapter that shows no commentary, and is not printed."


def _prints(planned: Planned) -> bool:
    cells = json.loads(planned.notebook.read_text(encoding="utf-8"))["cells"]
    return any(_ASKS in "".join(c["source"]) for c in cells if c["cell_type"] == "code")
