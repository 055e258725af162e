"""What an executed notebook shows, carried into the paper: each plain output gets its block.

A cell that shows a block carries it already. Beside what any other cell shows, a block is kept in
the same form (`document/plain_outputs.py`), so that a notebook is read in one way by whoever makes
an output of it; the blocks of a Markdown cell stand in its metadata. What cannot be carried stops
the render, each with its notebook, its cell and its kind. What a working cell shows has no block,
so that nobody prints it (`document/working_cells.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from boardpack.document.blocks import MIME, Workings
from boardpack.document.content import SHOWN, is_heading_alone
from boardpack.document.plain_outputs import CannotCarry, Carrier, Item, repeatable_svg
from boardpack.document.working_cells import is_working
from boardpack.render.failures import NOT_CARRIED, Failure
from boardpack.render.repeatable import INJECTED

Json = dict[str, Any]
_SVG = "image/svg+xml"


def carry(name: str, notebook: Json, folder: Path) -> tuple[Failure, ...]:
    """Give what a notebook shows its blocks, in place; what it shows and no paper can carry.

    `folder` is that of the source notebook, beside which its pictures stand.
    """
    carrier = Carrier(name.partition("_")[2] or name, _beside(folder))
    refused: list[Failure] = []
    for number, cell in numbered(notebook["cells"]):
        for why in _carry_cell(carrier, cell):
            refused.append(Failure(name, number, "", NOT_CARRIED, str(why), None))
    return tuple(refused)


def numbered(cells: list[Json]) -> Iterator[tuple[int, Json]]:
    """The cells with their numbers, from 1, as the author of the notebook counts them."""
    number = 0
    for cell in cells:
        number += INJECTED not in cell["metadata"].get("tags", [])
        yield number, cell


def _carry_cell(carrier: Carrier, cell: Json) -> Iterator[CannotCarry]:
    """Give a cell its blocks; what of it cannot be carried.

    A notebook may have been executed before: what was noted then is noted anew.
    """
    cell["metadata"].pop("boardpack", None)
    if cell["cell_type"] == "code" and is_working(cell["source"]):
        cell["outputs"] = [*map(_not_printed, cell["outputs"])]
    elif cell["cell_type"] == "code":
        outputs: list[Json] = []
        for output in cell["outputs"]:
            try:
                outputs += _carried(output, carrier.output(output, cell["source"]))
            except CannotCarry as why:
                yield why
        cell["outputs"] = outputs
    elif cell["cell_type"] != "markdown":
        if cell["source"].strip():
            yield CannotCarry("a raw cell", "make it Markdown")
    elif not is_heading_alone(cell["source"]):
        try:
            shown = carrier.markdown(cell["source"])
            cell["metadata"] = {**cell["metadata"], "boardpack": {SHOWN: shown}}
        except CannotCarry as why:
            yield why


def _not_printed(output: Json) -> Json:
    """What a working cell shows, without the block of it, which the paper would print.

    How figures came about stays: the register is gathered from it, wherever it was shown.
    """
    data = output.get("data", {})
    if MIME not in data or data[MIME]["kind"] == Workings.kind:
        return output
    return {**output, "data": {name: value for name, value in data.items() if name != MIME}}


def _carried(output: Json, items: list[Item]) -> list[Json]:
    """An output with the first block of what it shows, and one more for each other block."""
    if not items:
        return [output]
    first, *others = items
    if output["output_type"] == "stream":
        told = {"output_type": "display_data", "metadata": {}, "data": {}}
        output = {**told, "data": {"text/plain": output["text"]}}
    data = {**output["data"], MIME: first}
    if _SVG in data:
        data[_SVG] = repeatable_svg(data[_SVG])
    whole = {**output, "data": data}
    return [whole, *(_alone(item) for item in others)]


def _alone(item: Item) -> Json:
    data = {"text/plain": f"{item['kind']} {item.get('id', '')}".strip(), MIME: item}
    return {"output_type": "display_data", "metadata": {}, "data": data}


def _beside(folder: Path) -> Callable[[str], bytes]:
    """What reads a picture by the address that Markdown gives; it stands beside the notebook."""

    def read(source: str) -> bytes:
        path = PurePosixPath(unquote(source))
        if ":" in source or path.is_absolute() or ".." in path.parts:
            remedy = "put it beside the notebook, and name it from there"
            raise CannotCarry(f"the picture {source}, which stands elsewhere,", remedy)
        try:
            return (folder / path).read_bytes()
        except OSError:
            remedy = "there is no such file beside the notebook: check its name"
            raise CannotCarry(f"the picture {source}", remedy) from None

    return read
