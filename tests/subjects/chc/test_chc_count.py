"""When a count of clients looks as if it adds up everyone seen so far this year."""

from __future__ import annotations

import pytest
from made_figures import made_figure

from boardpack.figures.figure import Figure
from boardpack.figures.register import Register
from boardpack.subjects.chc.count import is_split, looks_cumulative


def figure(identity: str, value: str) -> Figure:
    return made_figure(identity, value, unit="PCT", basis="clients")


def grown(**places: tuple[str, str, str]) -> Register:
    """Growth of clients, price and their product, by place."""
    kinds = ("activity", "average_price", "cost")
    return Register(
        figure(f"chc.{place}.total.{kind}_growth", value)
        for place, values in places.items()
        for kind, value in zip(kinds, values, strict=True)
    )


@pytest.mark.parametrize(
    ("activity", "price", "cost", "cumulative"),
    [
        ("40", "-25", "5", True),
        ("40", "-25", "-5", True),
        ("40", "-15", "19.99", True),
        ("40", "-15", "20", False),
        ("40", "-45", "-20", False),
        ("40", "-45", "-19.99", True),
        ("40", "0", "5", False),
        ("40", "25", "5", False),
        ("0", "-25", "0", False),
        ("-40", "25", "-5", False),
        ("-40", "-25", "-5", False),
    ],
)
def test_clients_rise_the_price_falls_and_the_product_moves_little(
    activity: str, price: str, cost: str, cumulative: bool
) -> None:
    assert looks_cumulative(grown(bromley=(activity, price, cost)), "bromley") is cumulative


def test_without_growth_there_is_no_doubt() -> None:
    assert not looks_cumulative(Register(), "bromley")


def test_clients_counted_from_packages_are_not_doubted() -> None:
    counted = figure("chc.bromley.accrued.ytd_actual", "1")
    for is_shown in (True, False):
        register = grown(bromley=("40", "-25", "5"))
        register.add(counted if is_shown else counted.suppressed())
        assert not looks_cumulative(register, "bromley")


@pytest.mark.parametrize(
    ("place", "icb", "split"),
    [
        (("40", "-25", "5"), ("40", "-25", "5"), False),
        (("14", "-6", "8"), ("40", "-25", "5"), False),
        (("40", "-25", "5"), ("14", "-6", "8"), False),
        (("14", "-6", "8"), ("14", "-6", "8"), True),
    ],
)
def test_one_doubt_is_enough(
    place: tuple[str, str, str], icb: tuple[str, str, str], split: bool
) -> None:
    assert is_split(grown(bromley=place, icb=icb), "bromley") is split
