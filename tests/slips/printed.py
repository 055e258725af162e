"""What the paper of the true month prints: the figures of page 1, and those of every sentence.

The notebooks are run as they stand, in this process, and what they show is kept: so a headline is
what a reader reads as one, and no list of ours.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from month_six import PROJECT

from boardpack.document.blocks import MARKER, Block, KeyFigures, Narrative
from boardpack.outputs import notebook
from boardpack.render.records import write_register
from slip import MONTH
from slip_home import PLACE, SlipHome

FIRST = "01_summary"


@dataclass(frozen=True)
class Printed:
    """Ids of figures in pounds: those of page 1, and those that a sentence or key figure prints."""

    page_one: frozenset[str]
    headlines: frozenset[str]


def printed(home: SlipHome) -> Printed:
    """What the paper prints of the month without a slip."""
    money = {figure.id for figure in home.register if figure.unit == "GBP"}
    with tempfile.TemporaryDirectory() as folder:
        told = [check.to_json() for check in home.checks]
        write_register(Path(folder), home.paper(), home.register, told)
        found = {
            path.stem: set(_ids(_shown(path, home.folder, folder)))
            for path in sorted((PROJECT / "notebooks").glob("*.ipynb"))
        }
    every = set().union(*found.values())
    return Printed(frozenset(found[FIRST] & money), frozenset(every & money))


def _shown(path: Path, home: Path, register: str) -> list[Block]:
    """The blocks that a notebook shows."""
    shown: list[Block] = []

    def show(block: Block | None) -> None:
        if block is not None:
            shown.append(block)

    told = {
        "year": MONTH.year_folder,
        "month": MONTH.code,
        "place": PLACE,
        "home": str(home),
        "register": "",
    }
    source = json.loads(path.read_text(encoding="utf-8"))
    if source["metadata"].get("boardpack", {}).get("wave") == 2:  # it reads what others found
        told["register"] = register
    names: dict[str, Any] = dict(told)
    with (
        patch.object(notebook, "show", show),
        patch.object(notebook, "show_each", lambda blocks: [show(one) for one in blocks]),
    ):
        for cell in source["cells"]:
            tags = cell["metadata"].get("tags", ())
            if cell["cell_type"] == "code" and "parameters" not in tags:
                exec(compile("".join(cell["source"]), path.name, "exec"), names)  # as Jupyter does
    return shown


def _ids(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Narrative):
            yield from (found[1] for found in MARKER.finditer(block.markdown))
        elif isinstance(block, KeyFigures):
            for item in block.items:
                yield item.number.figure
                yield from (found[1] for found in MARKER.finditer(item.context))
