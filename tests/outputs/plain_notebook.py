"""A notebook that shows every kind of plain output, carried, and its chapter."""

from __future__ import annotations

import json
from base64 import b64encode
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image

from boardpack.document.content import Part, read_chapter
from boardpack.render.plain_output_blocks import carry

NAME = "31_own"
HEADING, LATER = "Beds", "Where the beds are"
PARAGRAPH = "The ward was closed in spring."
EMPHASIS, ITEM, CELL = "twice", "Nurses moved to the clinic.", "Clinic"
SHOWN = "Shown by display."
PRINTED, RESULT = "ward   open", "'a plain result'"
FILE_ALT, PNG_ALT, SVG_ALT = "A plan of the ward", "Beds fall by half", "Nurses by month"
TITLE = "Plan of the ward"
ALTS = (FILE_ALT, PNG_ALT, SVG_ALT)
MARKDOWN = f"""## {HEADING}

{PARAGRAPH} It opened *{EMPHASIS}*.

- {ITEM}

| Place | State |
|---|---|
| {CELL} | open |

![{FILE_ALT}](plan.png "{TITLE}")
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48">'
    '<rect width="96" height="48" fill="#005eb8"/></svg>'
)


def png(colour: str, size: tuple[int, int] = (32, 24)) -> bytes:
    """A picture of one colour."""
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, "png")
    return target.getvalue()


def shown(data: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """An output as a front end keeps it."""
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    """What a cell prints."""
    return {"output_type": "stream", "name": name, "text": text}


def code(*outputs: dict[str, Any]) -> dict[str, Any]:
    """A cell that shows these."""
    return {"cell_type": "code", "source": "", "metadata": {}, "outputs": list(outputs)}


def markdown(source: str) -> dict[str, Any]:
    """A Markdown cell."""
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def every_kind() -> list[dict[str, Any]]:
    """A cell for each kind of output that is no block."""
    drawn = {"image/png": b64encode(png("red")).decode(), "text/plain": "<Figure size>"}
    return [
        markdown("# Own chapter"),
        markdown(MARKDOWN),
        code(shown({"text/markdown": f"## {LATER}\n\n{SHOWN}", "text/plain": "<Markdown object>"})),
        code(shown(drawn, alt=PNG_ALT)),
        code(shown({"image/svg+xml": SVG, "text/plain": "<Figure size>"}, alt=SVG_ALT)),
        code(stream(f"{PRINTED}\nclinic open\n")),
        code({"output_type": "execute_result", "data": {"text/plain": RESULT}, "metadata": {}}),
    ]


def carried(cells: list[dict[str, Any]], name: str = NAME) -> tuple[dict[str, Any], list[str]]:
    """An executed notebook with its blocks, and what of it is refused."""
    notebook = {"cells": cells, "metadata": {}}
    with TemporaryDirectory() as folder:
        (Path(folder) / "plan.png").write_bytes(png("green"))
        refused = carry(name, notebook, Path(folder))
    return notebook, [str(failure) for failure in refused]


def plain_notebook() -> dict[str, Any]:
    """The notebook of every kind."""
    notebook, refused = carried(every_kind())
    assert refused == []
    return notebook


NOTEBOOK = plain_notebook()
CHAPTER = read_chapter(NAME, json.loads(json.dumps(NOTEBOOK)))
PARTS = (Part("Board paper", (CHAPTER,)),)
WORDS = (HEADING, LATER, PARAGRAPH.split(".")[0], EMPHASIS, ITEM, CELL, SHOWN, "ward", RESULT)
