"""The order in which the columns and rows of a table are computed: each after all that it needs.

The order of the form is kept as far as it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from boardpack.schedules.form import ColumnForm, RowForm, Schedule
from boardpack.schedules.formulas import names_in


class Circle(ValueError):
    """Columns or rows of which each needs the other: the names in turn."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        super().__init__(" and ".join(self.names))


def columns_in_turn(schedule: Schedule) -> tuple[list[str], list[str]]:
    """The columns that a row computes by itself, and those that need other lines, each in turn.

    >>> columns = {"ward": "text", "open": "count",
    ...            "spare": {"type": "count", "formula": "open - 20"}}
    >>> beds = {"title": "Beds", "chapter": "beds", "key": "ward", "columns": columns}
    >>> schedule = Schedule.model_validate({**beds, "name": "beds"})
    >>> columns_in_turn(schedule)
    (['open', 'spare'], [])
    """
    columns = schedule.amounts
    needs = {name: _needed(column) for name, column in columns.items()}
    turn = in_turn(needs)
    late: list[str] = []
    for name in turn:
        if columns[name].is_late or any(one in late for one in needs[name]):
            late.append(name)
    return [name for name in turn if name not in late], late


def rows_in_turn(rows: Mapping[str, RowForm]) -> list[str]:
    """The declared rows, each after those that it is made of.

    >>> rows = {"net": RowForm(formula="total - income"), "total": RowForm(sum=["all"])}
    >>> rows_in_turn(rows)
    ['total', 'net']
    """
    return in_turn({name: (*(row.sum or ()), *_names(row.formula)) for name, row in rows.items()})


def in_turn(needs: Mapping[str, Iterable[str]]) -> list[str]:
    """Names in an order in which each follows what it needs; Circle where there is none.

    >>> in_turn({"variance": ["budget", "actual"], "budget": [], "actual": []})
    ['budget', 'actual', 'variance']
    >>> in_turn({"one": ["other"], "other": ["one"]})
    Traceback (most recent call last):
        ...
    boardpack.schedules.order.Circle: one and other
    """
    found: list[str] = []

    def take(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise Circle(above[above.index(name) :])
        if name in found or name not in needs:
            return
        for one in needs[name]:
            take(one, (*above, name))
        found.append(name)

    for name in needs:
        take(name, ())
    return found


def _needed(column: ColumnForm) -> tuple[str, ...]:
    """The columns of the same row that a column is computed from."""
    own = (name for name in _names(column.formula) if "." not in name)
    where = (column.where,) if column.where else ()
    return (*own, *(column.sum or ()), *(column.against or ()), *where)


def _names(formula: str | None) -> tuple[str, ...]:
    return names_in(formula) if formula else ()
