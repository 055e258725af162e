"""Frames made of figures, of a register and of a list, and columns said in another unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
from made_figures import made_figure
from retraced import made, said

from boardpack.core.errors import BuildFault
from boardpack.figures.frames import (
    Traced,
    UnitFault,
    as_percent,
    column_of,
    formulas_of,
    frame_of,
    in_unit,
    listing_of,
)
from boardpack.figures.register import Register

FIGURES = [
    made_figure("position.bromley.acute.budget", 900),
    made_figure("position.bromley.acute.actual", 950),
    made_figure("position.bromley.care.actual", 70),
    made_figure("position.bromley.care.budget", 80).not_supplied(("the ledger",)),
]


def test_rows_and_columns_are_parts_of_the_figures() -> None:
    frame = frame_of(FIGURES)
    assert (list(frame.index), list(frame.columns)) == (["acute", "care"], ["budget", "actual"])
    assert frame.index.name == "line"
    assert said(frame.actual - frame.budget) == [("50", "acute.actual - acute.budget"), None]
    turned = frame_of(FIGURES, rows="measure", columns="line")
    assert said(turned.acute)[1] == ("950", "acute.actual")
    places = [
        replace(one, id=f"a.{place}.x.y", place=place) for place in "ab" for one in FIGURES[:1]
    ]
    assert list(frame_of(places, rows="place").index) == ["a", "b"]


def test_two_figures_do_not_stand_in_one_cell() -> None:
    again = replace(FIGURES[0], id="position.bromley.acute.budget.2023_m05", period="2023/24 M05")
    with pytest.raises(
        BuildFault, match=r"acute.budget and .*2023_m05 would stand in one cell, row"
    ):
        frame_of([*FIGURES, again])
    assert list(frame_of([FIGURES[0], again], columns="period").columns) == [
        "2023/24 M06",
        "2023/24 M05",
    ]


def test_of_a_register_the_agreed_figures_stand_there() -> None:
    register = Register(FIGURES[:2])
    total = made_figure("position.bromley.total.budget", source="position.bromley.acute.budget / 7")
    register.derive(total)
    printed = made_figure("position.bromley.total.budget.printed", 130, step=Decimal(1), margin=0)
    register.add(printed)
    register.add(made_figure("position.bromley.alone.budget.printed", 4))
    assert register.agreed("position.bromley.total.budget").id.endswith(".budget")
    register.replace(replace(register["position.bromley.total.budget"], margin=Decimal(1)))
    frame = frame_of(register)
    assert said(frame.budget) == [
        ("900", "acute.budget"),
        ("130", "total.budget.printed"),
        ("4", "alone.budget.printed"),
    ]


def test_a_listing_has_a_row_for_each_figure() -> None:
    found = listing_of(FIGURES)
    assert found.loc["position.bromley.acute.actual", "label"] == "Acute, actual"
    assert found.loc["position.bromley.acute.actual", "unit"] == "GBP"
    assert said(found["value"])[1] == ("950", "acute.actual")
    assert found["value"].iloc[3] is pd.NA
    chosen = found[found.measure == "actual"]
    assert said(chosen["value"].sum()) == [("1020", "acute.actual + care.actual")]


def test_columns_are_said_in_another_unit() -> None:
    frame = frame_of(FIGURES)
    share = frame.actual / frame.budget
    assert said(as_percent(share))[0][1] == "acute.actual / acute.budget * 100"
    assert as_percent(share).iloc[0].unit == "PCT"
    assert in_unit(frame.actual, "COUNT").iloc[0].unit == "COUNT"
    whole = as_percent(frame.assign(share=share)[["share"]].assign(name="x"))
    assert whole["share"].iloc[0].unit == "PCT"
    assert list(whole["name"]) == ["x", "x"]
    with pytest.raises(UnitFault):
        as_percent(frame)


def test_formulas_are_shown_in_the_place_of_figures() -> None:
    frame = frame_of(FIGURES).assign(name=["one", "two"])
    found = formulas_of(frame)
    assert found.loc["acute", "actual"] == "position.bromley.acute.actual"
    assert found.loc["care", "budget"] is pd.NA
    assert list(found.name) == ["one", "two"]


def test_a_column_is_made_of_figures_and_elements() -> None:
    column = pd.Series(column_of([FIGURES[0], made("position.bromley.x.y", 3), None]))
    assert said(column) == [("900", "acute.budget"), ("3", "x.y"), None]
    assert isinstance(column[0], Traced)
    with pytest.raises(TypeError, match="'4' is neither a figure nor a number"):
        column_of(["4"])  # type: ignore[list-item]
