"""Monetary-unit sampling against worked cases, and the identities that hold for any population."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.audit.evidence_papers.monetary_units import (
    PENNY,
    Drawn,
    Plan,
    monetary_units,
    read_materiality,
)
from boardpack.core.errors import UsageFault

AMOUNTS = st.dictionaries(
    st.text("abcdefg", min_size=1, max_size=4),
    st.decimals(-400, 400, places=2),
    max_size=30,
)


class Begun(Plan):
    """A plan whose start is given rather than drawn, and whose interval is £100."""

    begin: Decimal

    @property
    def start(self) -> Decimal:
        return self.begin


def begun(start: str) -> Plan:
    plan = Begun(95, Decimal(300), 0)
    object.__setattr__(plan, "begin", Decimal(start))
    return plan


def drawn(amounts: dict[str, str], start: str) -> Drawn:
    return monetary_units({name: Decimal(value) for name, value in amounts.items()}, begun(start))


@pytest.mark.parametrize(
    ("confidence", "factor"),
    [
        *((50, "0.70"), (65, "1.05"), (70, "1.21"), (75, "1.39"), (80, "1.61")),
        *((85, "1.90"), (90, "2.31"), (95, "3.00"), (99, "4.61")),
    ],
)
def test_the_reliability_factors_are_those_of_the_tables(confidence: int, factor: str) -> None:
    assert Plan(confidence, Decimal(1000), 0).factor == Decimal(factor)


@pytest.mark.parametrize(
    ("materiality", "confidence", "interval"),
    [
        ("300000", 95, "100000"),
        ("250000", 95, "83333.33"),
        ("231", 90, "100"),
        ("100", 90, "43.29"),
        ("0.03", 95, "0.01"),
    ],
)
def test_the_interval_is_materiality_over_the_factor(
    materiality: str, confidence: int, interval: str
) -> None:
    assert Plan(confidence, Decimal(materiality), 0).interval == Decimal(interval)


@pytest.mark.parametrize(
    ("confidence", "materiality"),
    [(49, "1000"), (100, "1000"), (95, "0"), (95, "-5"), (95, "0.02"), (95, "NaN")],
)
def test_a_plan_that_means_nothing_is_refused(confidence: int, materiality: str) -> None:
    with pytest.raises(UsageFault):
        Plan(confidence, Decimal(materiality), 0)


@pytest.mark.parametrize(
    ("amounts", "start", "whole", "hits"),
    [
        ({}, "1", (), {}),
        ({"a": "0"}, "1", (), {}),
        ({"a": "100"}, "1", ("a",), {}),
        ({"a": "-100"}, "1", ("a",), {}),
        ({"a": "99.99"}, "99.99", (), {"a": "99.99"}),
        ({"a": "99.99"}, "100", (), {}),
        ({"a": "-99.99"}, "0.01", (), {"a": "0.01"}),
        ({"a": "60", "b": "60"}, "60", (), {"a": "60"}),
        ({"a": "60", "b": "60"}, "60.01", (), {"b": "60.01"}),
        ({"a": "60", "b": "60"}, "20", (), {"a": "20", "b": "120"}),
        ({"a": "60", "b": "60"}, "20.01", (), {"a": "20.01"}),
        ({"b": "60", "a": "60"}, "60", (), {"a": "60"}),
        ({"a": "60", "b": "500", "c": "60"}, "20", ("b",), {"a": "20", "c": "120"}),
        ({"a": "50", "b": "-50", "c": "50", "d": "50"}, "50", (), {"a": "50", "c": "150"}),
        ({"a": "0.005"}, "0.01", (), {"a": "0.01"}),
        ({"a": "0.004"}, "0.01", (), {}),
    ],
)
def test_what_is_drawn(
    amounts: dict[str, str], start: str, whole: tuple[str, ...], hits: dict[str, str]
) -> None:
    found = drawn(amounts, start)
    assert found.whole == whole
    assert found.hits == {name: Decimal(at) for name, at in hits.items()}
    assert found.items == (*whole, *hits)


def test_what_is_counted() -> None:
    found = drawn({"a": "60", "b": "-500", "c": "0", "d": "0.001"}, "1")
    assert (found.gross, found.rest, found.nil) == (Decimal(560), Decimal(60), 2)


@given(AMOUNTS, st.integers(0, 10_000))
def test_identities_of_any_draw(amounts: dict[str, Decimal], seed: int) -> None:
    plan = Plan(95, Decimal(300), seed)
    found = monetary_units(amounts, plan)
    assert found == monetary_units(dict(reversed(amounts.items())), plan)
    assert PENNY <= plan.start <= plan.interval
    assert set(found.whole) == {n for n, v in amounts.items() if abs(v) >= plan.interval}
    assert set(found.hits) <= {n for n, v in amounts.items() if 0 < abs(v) < plan.interval}
    assert found.gross == sum(map(abs, amounts.values()))
    assert found.gross - found.rest == sum(abs(amounts[name]) for name in found.whole)
    pounds = list(found.hits.values())
    assert pounds == [plan.start + plan.interval * turn for turn in range(len(pounds))]
    left = found.rest - plan.start
    assert len(pounds) == (left // plan.interval + 1 if left >= 0 else 0)


@given(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 299), max_size=5))
def test_every_penny_has_the_same_chance(pence: dict[str, int]) -> None:
    """Over all starts of an interval of £3.00, an item is drawn as often as it has pence."""
    amounts = {name: PENNY * amount for name, amount in pence.items()}
    times = dict.fromkeys(pence, 0)
    for start in range(1, 301):
        plan = Begun(95, Decimal(9), 0)
        object.__setattr__(plan, "begin", PENNY * start)
        for name in monetary_units(amounts, plan).hits:
            times[name] += 1
    assert times == pence


def test_seeds_begin_elsewhere_and_repeat() -> None:
    starts = {Plan(95, Decimal(300_000), seed).start for seed in range(50)}
    assert len(starts) == 50
    assert Plan(95, Decimal(300_000), 7).start == Plan(95, Decimal(300_000), 7).start


@pytest.mark.parametrize(
    ("text", "pounds"),
    [("250000", "250000"), (" £250,000.50 ", "250000.50"), ("9", "9"), ("1234.5", "1234.5")],
)
def test_a_materiality_as_typed(text: str, pounds: str) -> None:
    assert read_materiality(text) == Decimal(pounds)


@pytest.mark.parametrize("text", ["", "a lot", "-5", "2,50", "1e6", "250k", "1.234", "٣"])
def test_what_is_no_amount_is_told(text: str) -> None:
    with pytest.raises(UsageFault, match="such as 250,000"):
        read_materiality(text)
