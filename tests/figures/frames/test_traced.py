"""One element: its units, its order, how it is written, and what it refuses."""

from __future__ import annotations

import copy
import json
import math
import pickle
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_figures import made_figure
from retraced import holds_a_second_time, made, retraced

from boardpack.core.errors import BoardpackError, BuildFault
from boardpack.figures.figure import UNITS
from boardpack.figures.frames import Traced, UnitFault, as_percent, constant, in_unit, traced
from boardpack.figures.frames.units import NAMES

POUNDS = made("position.bromley.acute.budget", "1000")
MORE = made("position.bromley.acute.actual", "1250")
SPARE = made("position.bromley.a.b", "1500")
SHARE = made("position.bromley.acute.share", "12.5", unit="PCT")
PEOPLE = made("position.bromley.acute.clients", 8, unit="COUNT")
RATIO = made("position.bromley.acute.ratio", "0.25", unit="RATE")
MONTHLY = made("position.bromley.acute.pace", "90", unit="GBP_PER_MONTH")
OF_UNIT = {one.unit: one for one in (POUNDS, SHARE, PEOPLE, RATIO, MONTHLY)}


def test_every_unit_has_its_name() -> None:
    assert set(NAMES) == set(UNITS)


@pytest.mark.parametrize(
    ("made_of", "value", "unit", "formula"),
    [
        (lambda: POUNDS - MORE, "-250", "GBP", "acute.budget - acute.actual"),
        (lambda: POUNDS + MORE - SPARE, "750", "GBP", "acute.budget + acute.actual - a.b"),
        (lambda: POUNDS - (MORE - SPARE), "1250", "GBP", "acute.budget - (acute.actual - a.b)"),
        (lambda: POUNDS + (MORE + SPARE), "3750", "GBP", "acute.budget + (acute.actual + a.b)"),
        (lambda: -POUNDS, "-1000", "GBP", "-acute.budget"),
        (lambda: -(POUNDS - MORE), "250", "GBP", "-(acute.budget - acute.actual)"),
        (lambda: -POUNDS + MORE, "250", "GBP", "-acute.budget + acute.actual"),
        (lambda: MORE - -POUNDS, "2250", "GBP", "acute.actual - (-acute.budget)"),
        (lambda: +POUNDS, "1000", "GBP", "acute.budget"),
        (lambda: abs(POUNDS - MORE), "250", "GBP", "abs(acute.budget - acute.actual)"),
        (lambda: round(MORE, -3), "1000", "GBP", "round(acute.actual, -3)"),
        (lambda: round(MORE / 100), "13", "GBP", "round(acute.actual / 100, 0)"),
        (lambda: round(-MORE / 100), "-13", "GBP", "round((-acute.actual) / 100, 0)"),
        (lambda: POUNDS * 2, "2000", "GBP", "acute.budget * 2"),
        (lambda: 1.1 * POUNDS, "1100", "GBP", "1.1 * acute.budget"),
        (lambda: POUNDS * -2, "-2000", "GBP", "acute.budget * (-2)"),
        (lambda: POUNDS / 8, "125", "GBP", "acute.budget / 8"),
        (lambda: (POUNDS + MORE) / 2, "1125", "GBP", "(acute.budget + acute.actual) / 2"),
        (lambda: POUNDS * RATIO, "250", "GBP", "acute.budget * acute.ratio"),
        (lambda: POUNDS / RATIO, "4000", "GBP", "acute.budget / acute.ratio"),
        (lambda: POUNDS * SHARE, "125", "GBP", "acute.budget * acute.share / 100"),
        (lambda: SHARE * POUNDS, "125", "GBP", "acute.share * acute.budget / 100"),
        (lambda: POUNDS / SHARE, "8000", "GBP", "acute.budget / acute.share * 100"),
        (lambda: PEOPLE * SHARE, "1", "COUNT", "acute.clients * acute.share / 100"),
        (lambda: SHARE * SHARE, "1.5625", "PCT", "acute.share * acute.share / 100"),
        (lambda: SHARE * RATIO, "3.125", "PCT", "acute.share * acute.ratio"),
        (lambda: SHARE + SHARE, "25", "PCT", "acute.share + acute.share"),
        (lambda: SHARE / SHARE, "1", "RATE", "acute.share / acute.share"),
        (lambda: MORE / POUNDS, "1.25", "RATE", "acute.actual / acute.budget"),
        (lambda: MORE / POUNDS - 1, "0.25", "RATE", "acute.actual / acute.budget - 1"),
        (lambda: 1 - RATIO, "0.75", "RATE", "1 - acute.ratio"),
        (lambda: 1 / RATIO, "4", "RATE", "1 / acute.ratio"),
        (lambda: POUNDS / PEOPLE, "125", "GBP", "acute.budget / acute.clients"),
        (lambda: PEOPLE * POUNDS, "8000", "GBP", "acute.clients * acute.budget"),
        (lambda: PEOPLE * PEOPLE, "64", "COUNT", "acute.clients * acute.clients"),
        (lambda: as_percent(MORE / POUNDS), "125", "PCT", "acute.actual / acute.budget * 100"),
        (lambda: as_percent(SHARE), "12.5", "PCT", "acute.share"),
        (lambda: in_unit(POUNDS / 4, "GBP_PER_MONTH"), "250", "GBP_PER_MONTH", "acute.budget / 4"),
        (lambda: sum([POUNDS, MORE]), "2250", "GBP", "acute.budget + acute.actual"),
        (lambda: POUNDS - 0, "1000", "GBP", "acute.budget"),
        (lambda: 0 - POUNDS, "-1000", "GBP", "-acute.budget"),
        (lambda: Decimal("0.5") * POUNDS, "500", "GBP", "0.5 * acute.budget"),
        (lambda: np.float64(0.5) * POUNDS, "500", "GBP", "0.5 * acute.budget"),
        (lambda: POUNDS * np.int64(2), "2000", "GBP", "acute.budget * 2"),
        (lambda: POUNDS * Decimal("0.12345678901234567"), "123.45678901234567", "GBP",
         "acute.budget * (12345678901234567 / 100000000000000000)"),
    ],
)  # fmt: skip
def test_what_is_reckoned_keeps_its_value_its_unit_and_its_formula(
    made_of: Callable[[], Any], value: str, unit: str, formula: str
) -> None:
    found = made_of()
    assert (str(found), found.unit) == (value, unit)
    assert found.formula.replace("position.bromley.", "") == formula
    assert retraced(found) == found.value == Decimal(value)
    assert holds_a_second_time(found)
    assert type(found.value) is Decimal


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (lambda: POUNDS + SHARE, "pounds + per cent: one cannot be taken from or added to"),
        (lambda: SHARE - POUNDS, "per cent - pounds: one cannot be taken from or added to"),
        (lambda: POUNDS + PEOPLE, "pounds + a count"),
        (lambda: POUNDS + MONTHLY, "pounds + pounds a month"),
        (lambda: POUNDS + 5, "pounds + a ratio or plain number"),
        (lambda: 5 - POUNDS, "a ratio or plain number - pounds"),
        (lambda: SHARE + 1, "per cent + a ratio or plain number"),
        (lambda: POUNDS * MORE, "pounds * pounds: there is no unit"),
        (lambda: MONTHLY * PEOPLE, "pounds a month * a count: there is no unit"),
        (lambda: 1 / POUNDS, "a ratio or plain number / pounds: there is no unit"),
        (lambda: PEOPLE / POUNDS, "a count / pounds: there is no unit"),
        (lambda: POUNDS / MONTHLY, "pounds / pounds a month: there is no unit"),
        (lambda: MONTHLY / PEOPLE, "pounds a month / a count: there is no unit"),
        (lambda: POUNDS < SHARE, "pounds and per cent have no order"),
        (lambda: as_percent(POUNDS), "pounds: only a ratio can be said as a per cent"),
        (lambda: in_unit(POUNDS, "EUR"), "'EUR' is not a unit"),
        (lambda: POUNDS**2, "no powers"),
        (lambda: POUNDS // 3, "whole parts"),
        (lambda: POUNDS % 3, "remainders"),
        (lambda: 3 % POUNDS, "remainders"),
        (lambda: divmod(POUNDS, 3), "remainders"),
    ],
)
def test_what_does_not_mix_is_refused_in_words_that_name_both(
    done: Callable[[], Any], told: str
) -> None:
    with pytest.raises(UnitFault, match=re.escape(told)) as refused:
        done()
    assert isinstance(refused.value, BoardpackError)
    assert isinstance(refused.value, TypeError)


@pytest.mark.parametrize("nothing", [pd.NA, None, float("nan"), np.nan])
def test_what_is_missing_stays_missing(nothing: Any) -> None:
    assert POUNDS + nothing is pd.NA
    assert nothing is None or nothing - POUNDS is pd.NA


def test_what_is_divided_by_nil_is_missing() -> None:
    nil = made("position.bromley.acute.nil", 0)
    assert POUNDS / nil is pd.NA
    assert POUNDS / 0 is pd.NA


def test_figures_are_compared_by_value_in_one_unit() -> None:
    same = made("position.bromley.other.budget", "1000.0")
    assert same == POUNDS
    assert hash(POUNDS) == hash(same) == hash(1000)
    assert POUNDS == 1000 == POUNDS == Decimal(1000) == POUNDS == 1000.0
    assert POUNDS != MORE
    assert constant(Decimal("0.1")) == 0.1
    assert in_unit(POUNDS, "COUNT") != POUNDS
    assert POUNDS != "1000"
    assert POUNDS < MORE <= MORE
    assert MORE > POUNDS >= POUNDS
    assert MORE > 1249.5 > POUNDS
    assert not POUNDS < 1000
    assert not POUNDS > 1000
    assert max(POUNDS, MORE) is MORE
    assert sorted([MORE, POUNDS]) == [POUNDS, MORE]
    with pytest.raises(TypeError):
        POUNDS < "a"  # type: ignore[operator]  # noqa: B015 - it is the comparison that fails


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        ("2500.5", ",.0f", "2,501"),
        ("-2500.5", ",.0f", "-2,501"),
        ("0.5", ".0f", "1"),
        ("1.5", ".0f", "2"),
        ("2.5", ".0f", "3"),
        ("0.0954", ".1%", "9.5%"),
        ("0.125", ".0%", "13%"),
        ("1234567", ",.2f", "1,234,567.00"),
        ("12.5", "", "12.5"),
        ("12.50", "", "12.5"),
        ("7", ">5", "    7"),
    ],
)
def test_it_is_written_half_up(value: str, spec: str, text: str) -> None:
    assert format(made("position.bromley.acute.budget", value), spec) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("1234567", "GBP", "1,234,567"),
        ("-1234.5", "GBP", "-1,234.50"),
        ("9.54", "PCT", "9.54%"),
        ("0.3333333333", "RATE", "0.3333"),
        ("12", "COUNT", "12"),
    ],
)
def test_a_frame_shows_it_short(value: str, unit: str, text: str) -> None:
    assert made("position.bromley.acute.budget", value, unit=unit).shown() == text


def test_a_long_formula_is_cut_where_it_is_shown() -> None:
    assert repr(POUNDS) == "<1,000 GBP: position.bromley.acute.budget>"
    long = POUNDS + MORE + POUNDS + MORE
    assert repr(long).endswith("…>")
    assert len(repr(long)) < 110


def test_it_is_a_number_to_whatever_takes_numbers() -> None:
    one = made("position.bromley.acute.budget", "12.75")
    assert (float(one), int(one), math.floor(one), one.to_plotly_json()) == (12.75, 12, 12, 12.75)
    assert isinstance(one, Decimal)
    assert json.dumps({"value": one}, default=float) == '{"value": 12.75}'
    assert not isinstance(one.quantize(Decimal(1)), Traced)
    assert bool(one)
    assert not made("position.bromley.acute.nil", 0)


def test_it_names_its_figures() -> None:
    assert (POUNDS.id, POUNDS.figure) == (
        "position.bromley.acute.budget",
        POUNDS.figures["position.bromley.acute.budget"],
    )
    change = POUNDS - MORE
    assert (change.id, change.figure) == (None, None)
    assert (in_unit(POUNDS, "COUNT").id, in_unit(POUNDS, "GBP").id) == (None, POUNDS.id)
    assert list(change.figures) == [
        "position.bromley.acute.budget",
        "position.bromley.acute.actual",
    ]
    assert change.is_traced
    typed = constant(Decimal(5), "GBP")
    assert (typed.formula, dict(typed.figures), typed.is_traced, typed.period) == (
        "5",
        {},
        False,
        "",
    )


def test_labels_and_periods_are_those_of_the_figures() -> None:
    last = made("position.bromley.acute.budget.2023_m05", 3, period="2023/24 M05", is_estimate=True)
    change = POUNDS - last
    assert POUNDS.label == "Acute, budget"
    assert (POUNDS / MORE).label == "Acute, budget over Acute, actual"
    assert (POUNDS - MORE).label == "Acute, budget less Acute, actual"
    assert round(POUNDS).label == "Computed from 1 figure"
    assert (POUNDS + MORE - last).label == "Computed from 3 figures"
    assert constant(Decimal(1)).label == "A number that was typed"
    assert (change.period, last.period) == ("2023/24 M06", "2023/24 M05")
    assert (change.is_estimate, POUNDS.is_estimate) == (True, False)


def test_one_id_with_two_values_is_refused() -> None:
    other = made("position.bromley.acute.budget", 7)
    with pytest.raises(BuildFault, match=r"acute\.budget stands for two values"):
        _ = (POUNDS + other).figures


def test_margins_are_carried_by_the_rule_of_the_register() -> None:
    one = made("position.bromley.acute.budget", 1000, margin=Decimal(500))
    other = made("position.bromley.acute.actual", 1250, margin=Decimal("0.5"))
    exact = POUNDS.in_unit("GBP") * 0 + made("position.bromley.acute.plan", 3)
    assert one.margin == 500
    assert (one - other).margin == Decimal("500.5")
    assert (one + one).margin == 1000
    assert (one - one).margin == 0
    assert (other * 3).margin == Decimal("1.5")
    assert abs(other * 3 - one).margin == Decimal("501.5")
    assert (other / one).margin == abs(Decimal(1250) / 1500 - Decimal("1.25")) + Decimal("0.0005")
    assert exact.margin == 0


def test_it_is_copied_and_pickled_with_its_trace() -> None:
    change = round((POUNDS - MORE) / POUNDS, 1) * 2
    again = pickle.loads(pickle.dumps(change))
    assert (again, again.unit, again.formula) == (change, "RATE", change.formula)
    assert dict(again.figures) == dict(change.figures)
    assert (again - 1).formula == f"({change.formula}) - 1"
    assert retraced(again - 1) == (change - 1).value
    back = pickle.loads(pickle.dumps(POUNDS))
    assert (back.id, (back + MORE).formula) == (POUNDS.id, (POUNDS + MORE).formula)
    assert copy.copy(change) is copy.deepcopy(change) is change


def test_a_figure_without_a_value_is_missing() -> None:
    assert traced(made_figure("position.bromley.acute.budget", 5).suppressed()) is pd.NA
    assert traced(made_figure("position.bromley.acute.budget", 5).not_supplied(("M05",))) is pd.NA


NUMBERS = st.decimals(-(10**9), 10**9, places=3)
LEAVES = st.integers(0, 5).map(
    lambda place: made(f"a.b.line_{place}.value", f"{(place - 2) * 37}.{place}1", unit="RATE")
)


def _joined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    two = st.tuples(inner, inner)
    number = NUMBERS | st.integers(-50, 50) | st.floats(-1e6, 1e6, allow_nan=False)
    return st.one_of(
        two.map(lambda both: both[0] + both[1]),
        two.map(lambda both: both[0] - both[1]),
        two.map(lambda both: both[0] * both[1]),
        two.map(lambda both: both[0] / both[1]),
        st.tuples(inner, number).map(lambda both: both[0] * both[1]),
        st.tuples(number, inner).map(lambda both: both[0] - both[1]),
        inner.map(lambda one: one if one is pd.NA else -one),
        inner.map(lambda one: one if one is pd.NA else abs(one)),
        st.tuples(inner, st.integers(-4, 6)).map(
            lambda both: both[0] if both[0] is pd.NA else round(both[0], both[1])
        ),
        st.lists(inner, min_size=1, max_size=4).map(
            lambda many: pd.Series(many, dtype="figure").max()
        ),
        st.lists(inner, min_size=1, max_size=4).map(
            lambda many: pd.Series(many, dtype="figure").sum()
        ),
    )


@given(st.recursive(LEAVES, _joined, max_leaves=12))
def test_whatever_is_reckoned_its_formula_comes_to_it_exactly(one: Any) -> None:
    assert one is pd.NA or retraced(one) == one.value
