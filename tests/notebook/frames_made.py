"""Small frames of figures for what is shown, and what a notebook has made, without a home."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
from small_bodies import PLACES

from boardpack.figures.figure import Figure
from boardpack.figures.frames import column_of

PLACE = PLACES[0]


def figure(line: str, measure: str, value: str, unit: str = "GBP") -> Figure:
    """A figure of another chapter, read from no cell."""
    return Figure(
        id=f"beds.{PLACE}.{line}.{measure}",
        label=f"{line.title()} ward, {measure}",
        value=Decimal(value),
        unit=unit,
        place=PLACE,
        line=line,
        measure=measure,
        period="2024/25 M06",
        basis="ledger",
        is_estimate=False,
        source=(),
    )


def wards() -> pd.DataFrame:
    """Two wards with budget and actual, and what was computed of them; one cell is missing."""
    budget = [figure("elm", "budget", "1200000"), figure("oak", "budget", "300000")]
    actual = [figure("elm", "actual", "1310500"), None]
    index = pd.Index(["elm", "oak"], name="ward")
    frame = pd.DataFrame({"budget": column_of(budget), "actual": column_of(actual)}, index=index)
    frame["variance"] = frame.budget - frame.actual
    return frame
