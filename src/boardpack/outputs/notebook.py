"""How a notebook shows a block: drawn for the reader, and whole for the outputs."""

from __future__ import annotations

from collections.abc import Iterable

from IPython.display import display

from boardpack.outputs.html import block_html
from boardpack.paper.blocks import MIME, Block, Table, block_json
from boardpack.paper.own_words import in_own_print
from boardpack.paper.totals import with_rounding_told
from boardpack.paper.year_words import in_year_words


def show(block: Block | None) -> None:
    """Show a block in a notebook cell, which then carries the HTML and the block itself.

    What a chapter does not have this month, such as a commentary, is None and shows nothing.
    """
    if block is None:
        return
    block = in_own_print(in_year_words(block))
    if isinstance(block, Table):
        block = with_rounding_told(block)
    bundle = {
        "text/html": block_html(block),
        MIME: block_json(block),
        "text/plain": f"{block.kind} {block.id}",
    }
    display(bundle, raw=True)  # type: ignore[no-untyped-call]


def show_each(blocks: Iterable[Block]) -> None:
    """Show several blocks, one below the other."""
    for block in blocks:
        show(block)
