"""A register in which some numbers are others: what is made from them follows, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from made_figures import made_figure

from boardpack.figures.figure import Figure
from boardpack.figures.moved_register import MovedRegister, Users
from boardpack.figures.register import Register, UnknownFigure


def figure(identity: str, value: int, source: str = "", step: int = 1) -> Figure:
    if source:
        return made_figure(identity, value, source=source, step=None)
    return made_figure(identity, value, margin=Decimal(step) / 2, step=Decimal(step))


def register() -> Register:
    """Two parts, their printed total, and a tenth of it; one that stands apart."""
    made = Register([figure("a.x.one.v", 5), figure("a.x.two.v", 3), figure("a.x.apart.v", 9)])
    made.add(figure("a.x.sum.v.printed", 8))
    made.derive(figure("a.x.sum.v", 0, "a.x.one.v + a.x.two.v"))
    made.derive(figure("a.x.tenth.v", 0, "a.x.sum.v / 10"))
    return made


def moved(**values: int) -> MovedRegister:
    told = {f"a.x.{name}": Decimal(value) for name, value in values.items()}
    still = register()
    return MovedRegister(still, told, Users(still).touched(told))


def test_what_is_computed_follows() -> None:
    found = moved(**{"one.v": 25})
    assert found["a.x.sum.v"].value == 28
    assert found["a.x.tenth.v"].value == Decimal("2.8")
    assert found["a.x.apart.v"].value == 9
    assert register()["a.x.sum.v"].value == 8


def test_a_printed_total_that_no_longer_agrees_is_not_computed_with() -> None:
    assert moved(**{"one.v": 25}).agreed("a.x.sum.v").id == "a.x.sum.v"
    found = moved(**{"sum.v.printed": 80})
    assert found["a.x.sum.v"].value == 8
    assert found.agreed("a.x.sum.v").value == 8
    assert found["a.x.tenth.v"].value == Decimal("0.8")


def test_all_that_an_input_reaches_and_nothing_else() -> None:
    users = Users(register())
    assert users.touched(["a.x.one.v"]) == {"a.x.one.v", "a.x.sum.v", "a.x.tenth.v"}
    assert users.touched(["a.x.sum.v.printed"]) == {"a.x.sum.v.printed", "a.x.tenth.v"}
    assert users.touched(["a.x.apart.v"]) == {"a.x.apart.v"}


def test_it_knows_what_the_register_knows() -> None:
    found = moved(**{"one.v": 25})
    assert "a.x.tenth.v" in found
    assert "a.x.other.v" not in found
    with pytest.raises(UnknownFigure):
        found["a.x.other.v"]


def test_what_somebody_else_names_is_found_as_it_has_moved() -> None:
    found = moved(**{"one.v": 25}).find("a.x.sum.v")
    assert found is not None
    assert found.value == 28
    assert moved().find("a.x.nothing.v") is None
