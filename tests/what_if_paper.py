"""A small paper with a what-if: a forecast, what prices one per cent higher make of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from boardpack.document.blocks import Column, Row, Table
from boardpack.document.content import Chapter, Heading, Part
from boardpack.document.numbers import thousands
from boardpack.figures.figure import Figure, SourceCell
from boardpack.figures.register import Register
from boardpack.reading.cells import Cell

PERCENT, CHANGE, RESULT = (
    f"scenario.anytown.dear.{end}"
    for end in ("drugs.percent", "drugs.change", "total.what_if_variance")
)
LABEL = "Anytown, what if dear: percent"
FORECAST, COST = "position.anytown.total.forecast", "position.anytown.drugs.remaining"


def what_if_register(percent: str = "1") -> Register:
    """A forecast, a cost to come, and what they come to if that is dearer by `percent`."""
    register = Register()
    for row, (identity, value) in enumerate(((FORECAST, "-2675000"), (COST, "25408000")), 2):
        cell = Cell("data/raw/position.csv", None, row, "amount", value)
        register.add(_figure(identity, (SourceCell(cell, "0" * 64),), value))
    register.derive(_figure(PERCENT, percent, unit="PCT", label=LABEL))
    register.derive(_figure(CHANGE, f"0 - {COST} * {PERCENT} / 100"))
    register.derive(_figure(RESULT, f"{FORECAST} + {CHANGE}"))
    return register


def _figure(
    identity: str, source: str | tuple[SourceCell, ...], value: str = "0", **more: Any
) -> Figure:
    _, place, line, measure = identity.replace("dear.", "dear-").split(".")
    known = {"unit": "GBP", "period": "2023/24", "basis": "what_if", "label": identity}
    where = {"place": place, "line": line.replace("-", "."), "measure": measure}
    made = {"id": identity, "value": Decimal(value), "source": source, "is_estimate": True}
    return Figure(**(made | where | known | more))


def what_if_parts(register: Register) -> list[Part]:
    """One chapter: the forecast, the change and the result, with a note below."""

    def cells(*ids: str) -> tuple[Any, ...]:
        return tuple(thousands(register[one]) if one else "" for one in ids)

    columns = (Column("Scenario", "left"), Column("Prices"), Column("Year-end variance"))
    rows = (
        Row(("The team's forecast", *cells("", FORECAST))),
        Row(("What if: dear", *cells(CHANGE, RESULT))),
    )
    note = "What if, not a forecast."
    table = Table("estimates-scenarios", "What if", columns, rows, "£000s", (note,))
    chapter = Chapter("25_estimates", "What if", (Heading(1, "What if"), table))
    return [Part("Board paper", (chapter,))]
