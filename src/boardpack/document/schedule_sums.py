"""How each line of a declared table enters the totals around it, so that a reader can add it up.

A reader adds rows down. A total that is printed above its parts, or that is made by a formula, is
no sum of the rows above it; rows that a total above them holds already stand apart.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.document.blocks import Part, RowKind
from boardpack.document.tables import Line
from boardpack.document.wording import cell_text
from boardpack.figures.schedule_lines import Line as TableLine

KINDS: dict[str, RowKind] = {"line": "line", "subtotal": "subtotal", "total": "total"}


def table_line(line: TableLine, lines: Sequence[TableLine]) -> Line:
    """A line as the table shows it among the others."""
    place = lines.index(line)
    above = {(one.place, one.line) for one in lines[:place]}
    is_sum = bool(line.parts) and set(line.parts) <= above and _is_next(line, lines[:place])
    in_another = any((line.place, line.line) in one.parts for one in lines[:place])
    part: Part = "apart" if in_another else "added"
    return Line(cell_text(line.label), line.line, KINDS[line.kind], part, is_sum)


def _is_next(line: TableLine, above: Sequence[TableLine]) -> bool:
    """Whether the parts of a total are the last rows above it that stand in no total yet."""
    still_open: list[tuple[str, str]] = []
    for one in above:
        if any((one.place, one.line) in other.parts for other in above[: above.index(one)]):
            continue
        still_open = [part for part in still_open if part not in one.parts]
        still_open.append((one.place, one.line))
    return still_open[-len(line.parts) :] == [
        part for part in still_open if part in line.parts
    ] and set(line.parts) <= set(still_open)
