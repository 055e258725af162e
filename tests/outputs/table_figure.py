"""The one figure of the tables of figures, as CSV and as Parquet: read from one cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from made_figures import made_figure

from boardpack.figures.figure import Figure, SourceCell
from boardpack.reading.cells import Cell


def table_figure(**changes: Any) -> Figure:
    """Bromley's cost of clients, with pence, unless `changes` say otherwise."""
    cell = Cell("data/raw/a.csv", None, 6, "amount", "1")
    made = made_figure(
        "chc.bromley.all_clients.cost",
        "-2213000.50",
        label="Cost",
        basis="clients",
        source=(SourceCell(cell, "ab12"),),
        step=None,
    )
    return replace(made, **changes)
