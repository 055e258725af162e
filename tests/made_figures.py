"""A figure that a test makes up: what its id says, and of the rest the plainest there is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from boardpack.figures.figure import Figure


def made_figure(identity: str, value: str | int | Decimal = 0, **more: Any) -> Figure:
    """A figure of Month 6 in whole pounds, its place, line and measure those of its id.

    It says no source, and its label is made of its line and its measure; `more` says otherwise.
    """
    _, place, line, measure, *_ = identity.split(".")
    plain = Figure(
        id=identity,
        label=f"{line.replace('_', ' ').capitalize()}, {measure.replace('_', ' ')}",
        value=Decimal(value),
        unit="GBP",
        place=place,
        line=line,
        measure=measure,
        period="2023/24 M06",
        basis="ledger",
        is_estimate=False,
        source=(),
        margin=Decimal(0),
        step=Decimal(1),
    )
    return replace(plain, **more)
