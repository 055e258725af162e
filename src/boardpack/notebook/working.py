"""What a working cell shows: as Jupyter shows it, and not as a block of the paper.

Nothing is named or recorded for it, so that a chapter has the same figures with its working cells
and without them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import pandas as pd
from great_tables import GT
from IPython.core.interactiveshell import ExecutionInfo, InteractiveShell

from boardpack.document.working_cells import is_working
from boardpack.outputs.charts.plotly_alone import MIME as PLOTLY

Look = tuple[dict[str, Any], dict[str, Any]]
"""What a cell shows by MIME type, and what is said of it."""
WHOLE: tuple[Any, ...] = ("display.max_colwidth", None, "display.max_columns", 40)
WHOLE += ("display.max_rows", 400, "display.width", 200)
"""As much of a frame as is shown."""


class CellNow:
    """Knows whether the cell that runs now is a working cell."""

    def __init__(self, shell: InteractiveShell) -> None:
        self.is_working = False
        shell.events.register("pre_run_cell", self._begun)

    def _begun(self, info: ExecutionInfo) -> None:
        self.is_working = is_working(str(info.raw_cell))


def working_look(shown: Any, plain: Callable[[], Look]) -> Look:
    """What Jupyter shows: a frame whole, and the same each time; `plain` is IPython's own look.

    A `GT` and a Plotly figure name their parts by chance, so their look is made here.
    """
    if isinstance(shown, GT):
        html = shown.with_id("working").as_raw_html()
        return {"text/plain": f"A table of {len(shown._tbl_data)} rows", "text/html": html}, {}
    plotly = sys.modules.get("plotly.basedatatypes")  # no figure of Plotly without it
    if plotly is not None and isinstance(shown, plotly.BaseFigure):
        return {"text/plain": "A Plotly figure", PLOTLY: json.loads(shown.to_json())}, {}
    with pd.option_context(*WHOLE):
        return plain()
