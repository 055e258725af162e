"""The register: figures once each, formulas computed from agreed figures, rounding told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boardpack.core.errors import BuildFault
from boardpack.core.money import round_half_up
from boardpack.figures.figure import Figure, figure_from_json
from boardpack.figures.register import Register, UnknownFigure, differs_by_rounding, gap, tolerance
from boardpack.figures.scope import Scope
from boardpack.reading.cells import Cell
from boardpack.reading.extract import Value

THOUSAND = Decimal(1000)


def _scope(register: Register, line: str = "total") -> Scope:
    return Scope(register, "position", "bromley", line, line, "2023/24 M06", "ledger", {})


def _printed(thousands: int) -> Value:
    amount = Decimal(thousands) * THOUSAND
    cell = Cell("data/position.csv", None, 2, "ytd_budget", str(thousands))
    return Value(cell, amount, amount, "GBP", THOUSAND)


def test_an_id_used_twice_is_refused_with_both_cells() -> None:
    register = Register()
    _scope(register).read("ytd_budget", _printed(1))
    with pytest.raises(BuildFault, match=r"used twice.*position.csv row 2"):
        _scope(register).read("ytd_budget", _printed(2))


def test_an_unknown_id_names_the_near_one() -> None:
    register = Register()
    _scope(register).read("ytd_budget", _printed(1))
    with pytest.raises(UnknownFigure, match=r"Did you mean 'position\.bromley\.total\.ytd_budget'"):
        register["position.bromley.total.ytd_bugdet"]


def test_a_variance_is_computed_and_keeps_its_formula() -> None:
    register = Register()
    scope = _scope(register, "prescribing")
    scope.read("ytd_budget", _printed(23172))
    scope.read("ytd_actual", _printed(25385))
    figure = scope.derive("ytd_variance", "ytd_budget - ytd_actual", printed=_printed(-2213))
    assert figure.value == -2213000
    assert figure.formula == (
        "position.bromley.prescribing.ytd_budget - position.bromley.prescribing.ytd_actual"
    )
    assert register.agreed(figure.id) is figure


def test_the_agreed_figure_is_the_print_only_where_rounding_explains() -> None:
    register = Register()
    for line, value in (("a", 37), ("b", 38)):
        _scope(register, line).read("ytd_budget", _printed(value))
    parts = [f"position.bromley.{line}.ytd_budget" for line in "ab"]
    near = _scope(register, "near").total("ytd_budget", parts, printed=_printed(76))
    far = _scope(register, "far").total("ytd_budget", parts, printed=_printed(78))
    assert register.agreed(near.id).id == f"{near.id}.printed"
    assert register.agreed(far.id) is far


def test_the_tolerance_is_that_of_printed_addends() -> None:
    for addends in range(1, 12):
        register = Register()
        for number in range(addends):
            _scope(register, f"l{number}").read("ytd_budget", _printed(10))
        parts = [f"position.bromley.l{number}.ytd_budget" for number in range(addends)]
        total = _scope(register).total("ytd_budget", parts, printed=_printed(10 * addends + 1))
        allowed = tolerance(total, register[f"{total.id}.printed"])
        assert allowed == (addends + 1) // 2 * THOUSAND


@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=12))
def test_rounding_noise_never_fails_and_more_always_does(pounds: list[int]) -> None:
    register = Register()
    for number, value in enumerate(pounds):
        _scope(register, f"l{number}").read(
            "ytd_budget", _printed(int(round_half_up(Decimal(value), THOUSAND) / THOUSAND))
        )
    parts = [f"position.bromley.l{number}.ytd_budget" for number in range(len(pounds))]
    true_total = round_half_up(Decimal(sum(pounds)), THOUSAND) / THOUSAND
    total = _scope(register).total("ytd_budget", parts, printed=_printed(int(true_total)))
    printed = register[f"{total.id}.printed"]
    assert not gap(total, printed) or differs_by_rounding(total, printed)
    beyond = _scope(register, "beyond").total(
        "ytd_budget", parts, printed=_printed(int(total.value / THOUSAND) + len(pounds) // 2 + 2)
    )
    assert not differs_by_rounding(beyond, register[f"{beyond.id}.printed"])


def test_a_figure_round_trips_through_json(register: Register) -> None:
    for figure in list(register)[:300]:
        again = figure_from_json(figure.to_json())
        assert again == figure
        assert isinstance(again, Figure)


def test_every_formula_recomputes_from_the_register(register: Register) -> None:
    from boardpack.figures.formula import evaluate, operands

    derived = [figure for figure in register if figure.formula is not None]
    assert len(derived) > 500
    for figure in derived:
        assert figure.formula is not None
        values = {name: register[name].value for name in operands(figure.formula)}
        assert evaluate(figure.formula, values) == figure.value
