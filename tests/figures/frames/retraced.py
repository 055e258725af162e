"""What every test of a traced value asks: its formula over its figures comes to it exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
from made_figures import made_figure

from boardpack.audit.second.formulas import worked_out
from boardpack.audit.second.numbers import is_same
from boardpack.figures.formula import evaluate
from boardpack.figures.frames import FigureDtype, Traced, traced


def made(identity: str, value: str | int, **more: Any) -> Traced:
    """An element that is a figure of Month 6 in pounds; `more` says otherwise."""
    found: Traced = traced(made_figure(identity, value, **more))
    return found


def retraced(one: Traced) -> Decimal:
    """The value of its formula over its figures."""
    return evaluate(one.formula, {name: figure.value for name, figure in one.figures.items()})


def holds_a_second_time(one: Traced) -> bool:
    """Whether the second implementation makes the same of its formula, over its figures."""
    values = {name: figure.value for name, figure in one.figures.items()}
    return is_same(worked_out(one.formula, values), Decimal(str(one)))


def said(data: Any) -> list[Any]:
    """Value and formula of each element of a column, None where missing.

    Each is retraced, by the formulas of the register and by those of the second implementation.
    """
    found: list[Any] = []
    column = data if isinstance(data, pd.Series) else pd.Series([data], dtype="figure")
    assert isinstance(column.dtype, FigureDtype), column.dtype
    for one in column:
        if one is pd.NA:
            found.append(None)
            continue
        assert retraced(one) == one.value
        assert holds_a_second_time(one)
        found.append((str(one), one.formula.replace("position.bromley.", "")))
    return found
