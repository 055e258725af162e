"""Blank cells of a declared table: which say that there is nothing yet, and which are a gap.

A cell of a month to come may be blank. A row may leave the columns of a period blank that other
rows fill: a duty is set for the year alone, say. A column of a period that no row fills is a gap,
and so is a row that says nothing at all, which is told once: by the last column of the first
period, unless another tells each of its blanks.
"""

from __future__ import annotations

from collections.abc import Sequence

from boardpack.core.periods import Month
from boardpack.figures.schedule_lines import Line
from boardpack.schedules.form import Schedule


class Blanks:
    """Which cells of one table may be blank in the paper of a month."""

    def __init__(self, schedule: Schedule, lines: Sequence[Line], now: Month) -> None:
        self._columns, self._now = schedule.columns, now
        self._periods: dict[str, list[str]] = {}
        for name, column in schedule.amounts.items():
            if column.blank == "in part":
                self._periods.setdefault(schedule.period_of(column), []).append(name)
        self._filled = {
            name
            for names in self._periods.values()
            if any(_fills(line, names) for line in lines)
            for name in names
        }

    def may_be(self, line: Line, name: str) -> bool:
        """Whether the cell of a line in this column may be blank and nothing be told."""
        match self._columns[name].blank:
            case "to come":
                return line.month is not None and line.month > self._now
            case "in part":
                return name in self._filled and not self._tells_for(line, name)
            case "told":
                return False
        return True

    def _tells_for(self, line: Line, name: str) -> bool:
        """Whether a column tells that a row says nothing at all."""
        first = next(iter(self._periods.values()))
        read = [one for one, column in self._columns.items() if not column.is_computed]
        is_told = any(column.blank == "told" for column in self._columns.values())
        return name == first[-1] and not is_told and not _fills(line, read)


def _fills(line: Line, names: Sequence[str]) -> bool:
    return line.row is not None and any(name in line.row.amounts for name in names)
