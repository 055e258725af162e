"""What the what-ifs suppose, as cells to change: a list below the table that shows what follows.

The per cent of a scenario's driver is the paper's own, from the month's parameters. It stands in
blue on the sheet where a reader looks for the result, and the register takes it from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from boardpack.outputs.workbook.places import Places, TableSheet
from boardpack.outputs.workbook.sheet import INPUT, WRAPPED, Style, Writer
from boardpack.outputs.workbook.widths import row_height

HEADING = "What is supposed: change a blue cell, and all results follow"
_PER_CENT: Style = {"num_format": "0.00%", "font_color": INPUT}


def write_supposed(
    writer: Writer, made: Any, sheet: TableSheet, places: Places, widths: Sequence[float]
) -> int:
    """The list, where the sheet has one; returns the row for what follows."""
    inputs = places.supposed_on(sheet)
    if not inputs:
        return sheet.row_below
    writer.text(made, sheet.row_below, 0, HEADING, {"bold": True})
    for identity, spot in inputs.items():
        figure = places.register[identity]
        writer.text(made, spot.row, 0, figure.label, WRAPPED)
        made.write_number(
            spot.row, spot.column, float(figure.value) / 100, writer.format(_PER_CENT)
        )
        made.set_row(spot.row, row_height([figure.label], widths[:1]))
    return sheet.row_below + len(inputs) + 2
