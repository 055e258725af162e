"""What a notebook shows, made into blocks where it is shown, in IPython's own way of showing.

From `open_paper` on, a DataFrame, a `GT`, a Plotly figure or words said by the paper carry their
block beside what Jupyter shows, whether they are the last of a cell or given to `display`. What is
none of these is left to IPython, and carried after the notebook has run
(`render.plain_output_blocks`).
"""

from __future__ import annotations

import sys
from types import MethodType
from typing import TYPE_CHECKING, Any

import pandas as pd
from great_tables import GT
from IPython.core.formatters import DisplayFormatter
from IPython.core.getipython import get_ipython
from IPython.display import Markdown

from boardpack.document.blocks import Block
from boardpack.document.plain_outputs import CannotCarry
from boardpack.notebook.cells import Said, is_figure
from boardpack.notebook.charts_shown import plotly_chart
from boardpack.notebook.frames_shown import frame_table
from boardpack.notebook.named_figures import Made
from boardpack.notebook.plotly_read import tell_plotly_of_figures
from boardpack.notebook.sentences import said_block
from boardpack.notebook.tables_shown import great_table, keep_summary_elements
from boardpack.notebook.working import CellNow, working_look
from boardpack.outputs.notebook import bundle_of, show

if TYPE_CHECKING:
    from boardpack.notebook.paper import NotebookPaper


def block_of(shown: Any, paper: NotebookPaper) -> Block | None:
    """The block of what is shown; None for what is left to IPython."""
    made = paper.made
    if isinstance(shown, Block):
        return shown
    if isinstance(shown, Markdown) and isinstance(shown.data, Said):
        return said_block(shown.data, made)
    if isinstance(shown, Said):
        return said_block(shown, made)
    if is_figure(shown):
        return said_block(paper.say("{value}", value=shown), made)
    return _table_of(shown, made) or _chart_of(shown, made)


def _table_of(shown: Any, made: Made) -> Block | None:
    if isinstance(shown, pd.Series):
        shown = shown.to_frame(shown.name if shown.name is not None else "value")
    if isinstance(shown, pd.DataFrame):
        return frame_table(shown, made)
    if isinstance(shown, GT):
        return great_table(shown, made)
    if type(shown).__module__.startswith("pandas.io.formats.style"):
        raise CannotCarry("a styled frame", "show the frame itself, or a GT")
    return None


def _chart_of(shown: Any, made: Made) -> Block | None:
    plotly = sys.modules.get("plotly.basedatatypes")  # no figure of Plotly without it
    is_plotly = plotly is not None and isinstance(shown, plotly.BaseFigure)
    return plotly_chart(shown, made) if is_plotly else None


def carry_in_ipython(paper: NotebookPaper) -> None:
    """Have this notebook's IPython show blocks; without IPython nothing is shown.

    IPython prints what goes wrong in a formatter and goes on. What the paper cannot carry must stop
    the cell, so the whole of `format` is taken over and not one of its formatters.
    """
    keep_summary_elements()
    tell_plotly_of_figures()
    shell = get_ipython()
    formatter = None if shell is None else shell.display_formatter
    if shell is None or formatter is None:
        return

    plain: Any = DisplayFormatter.format
    cell = CellNow(shell)

    def formatted(own: DisplayFormatter, obj: Any, include: Any = None, exclude: Any = None) -> Any:
        block = None if cell.is_working else block_of(obj, paper)
        show_workings(paper.made)
        if block is not None:
            return bundle_of(block), {}
        if cell.is_working:
            return working_look(obj, lambda: plain(own, obj, include, exclude))
        return plain(own, obj, include, exclude)

    formatter.format = MethodType(formatted, formatter)  # type: ignore[method-assign]


def show_workings(made: Made) -> None:
    """Show how the figures came about that were recorded since the last time."""
    new = made.new_workings() if get_ipython() is not None else None
    if new is not None:
        show(new)
