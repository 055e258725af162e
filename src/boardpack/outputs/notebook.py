"""How a notebook shows a block: drawn for the reader, and whole for the outputs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from IPython.display import display

from boardpack.outputs.html import block_html
from boardpack.paper.blocks import MIME, Block, Table, block_json
from boardpack.paper.totals import with_rounding_told
from boardpack.paper.year_words import in_year_words


def show(block: Block | None) -> None:
    """Show a block in a notebook cell, which then carries the HTML and the block itself.

    What a chapter does not have this month, such as a commentary, is None and shows nothing.
    """
    if block is not None:
        display(bundle_of(block), raw=True)  # type: ignore[no-untyped-call]


def bundle_of(block: Block) -> dict[str, Any]:
    """What a cell that shows a block carries, by MIME type."""
    block = in_year_words(block)
    if isinstance(block, Table):
        block = with_rounding_told(block)
    return {
        "text/html": block_html(block),
        MIME: block_json(block),
        "text/plain": f"{block.kind} {block.id}",
    }


def show_each(blocks: Iterable[Block]) -> None:
    """Show several blocks, one below the other."""
    for block in blocks:
        show(block)
