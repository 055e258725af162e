"""How a notebook shows a block: drawn for the reader, and whole for the outputs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from IPython.display import display

from boardpack.document.blocks import MIME, Block, Chart, Table, block_json
from boardpack.document.own_words import in_own_print
from boardpack.document.totals import with_rounding_told
from boardpack.document.year_words import in_year_words
from boardpack.outputs.charts.plotly_alone import MIME as PLOTLY
from boardpack.outputs.charts.plotly_alone import plotly_alone
from boardpack.outputs.html.standalone import html_alone


def show(block: Block | None) -> None:
    """Show a block in a notebook cell, which then carries it as it is seen, and the block itself.

    What a chapter does not have this month, such as a commentary, is None and shows nothing.
    """
    if block is not None:
        display(bundle_of(block), raw=True)  # type: ignore[no-untyped-call]


def bundle_of(block: Block) -> dict[str, Any]:
    """What a cell that shows a block carries, by MIME type.

    A chart is a Plotly figure where Jupyter draws those, else its data with the picture in words.
    """
    block = in_own_print(in_year_words(block))
    if isinstance(block, Table):
        block = with_rounding_told(block)
    bundle: dict[str, Any] = {
        "text/html": html_alone(block),
        MIME: block_json(block),
        "text/plain": f"{block.kind} {block.id}",
    }
    if isinstance(block, Chart):
        bundle[PLOTLY] = plotly_alone(block)
    return bundle


def show_each(blocks: Iterable[Block]) -> None:
    """Show several blocks, one below the other."""
    for block in blocks:
        show(block)
