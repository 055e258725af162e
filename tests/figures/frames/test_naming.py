"""Elements that are named become figures: their formulas, their order, what they stand on."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from made_figures import made_figure
from retraced import made

from boardpack.core.errors import BuildFault
from boardpack.figures.figure import Figure, figure_from_json
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.frames import enter, figures_behind, to_figures
from boardpack.figures.register import Register

PLAN = made("cash.icb.drawdown.limit", 80, margin=Decimal("0.5"))
SPENT = made("cash.icb.drawdown.actual", 60, is_estimate=True)


def formulas(figures: list[Figure]) -> dict[str, str | None]:
    return {one.id: one.formula for one in figures}


def test_an_element_becomes_a_figure_with_all_that_it_says() -> None:
    (found,) = to_figures({"mine.icb.cash.left": PLAN - SPENT}, {"mine.icb.cash.left": "Left"})
    assert found == Figure(
        id="mine.icb.cash.left",
        label="Left",
        value=Decimal(20),
        unit="GBP",
        place="icb",
        line="cash",
        measure="left",
        period="2023/24 M06",
        basis="notebook",
        is_estimate=True,
        source="cash.icb.drawdown.limit - cash.icb.drawdown.actual",
        margin=Decimal("0.5"),
    )
    assert figure_from_json(found.to_json()) == found
    (other,) = to_figures({"mine.icb.cash.left": PLAN - SPENT}, basis="cash")
    assert (other.label, other.basis) == ("Drawdown, limit less Drawdown, actual", "cash")


def test_what_stands_on_a_named_element_names_it() -> None:
    column = pd.Series([made(f"a.b.line_{n}.v", n * 10) for n in (1, 2, 3)], dtype="figure")
    total = column.sum()
    shares = column / total
    named = {f"mine.b.line_{n}.share": one for n, one in enumerate(shares)}
    found = to_figures({**named, "mine.b.all.v": total})
    assert formulas(found) == {
        "mine.b.all.v": "a.b.line_1.v + a.b.line_2.v + a.b.line_3.v",
        "mine.b.line_0.share": "a.b.line_1.v / mine.b.all.v",
        "mine.b.line_1.share": "a.b.line_2.v / mine.b.all.v",
        "mine.b.line_2.share": "a.b.line_3.v / mine.b.all.v",
    }
    assert next(iter(formulas(found))) == "mine.b.all.v"


def test_running_totals_name_those_before_them() -> None:
    column = pd.Series([made(f"a.b.line_{n}.v", n) for n in range(90)], dtype="figure")
    found = to_figures({f"mine.b.line_{n}.v": one for n, one in enumerate(column.cumsum())})
    assert found[1].formula == "a.b.line_0.v + a.b.line_1.v"
    assert found[2].formula == "mine.b.line_1.v + a.b.line_2.v"
    assert found[89].value == sum(range(90))
    assert max(len(one.formula or "") for one in found) < 60


def test_what_is_a_figure_already_keeps_its_name_in_formulas() -> None:
    found = to_figures({"mine.icb.cash.limit": PLAN, "mine.icb.cash.twice": PLAN * 2})
    assert formulas(found) == {
        "mine.icb.cash.limit": "cash.icb.drawdown.limit",
        "mine.icb.cash.twice": "cash.icb.drawdown.limit * 2",
    }
    again = PLAN - SPENT
    both = to_figures({"mine.icb.cash.left": again, "mine.icb.cash.rest": again})
    assert formulas(both)["mine.icb.cash.rest"] == "mine.icb.cash.left"


def test_what_is_missing_gives_no_figure_and_what_was_typed_is_refused() -> None:
    assert to_figures({"mine.icb.cash.left": pd.NA}) == []
    typed = pd.Series([5, 6], dtype="figure")
    with pytest.raises(BuildFault, match=r"mine.icb.a.v \(5\), mine.icb.b.v \(6\): such a number"):
        to_figures({"mine.icb.a.v": typed[0], "mine.icb.b.v": typed[1], "mine.icb.c.v": PLAN})


@pytest.mark.parametrize("identity", ["mine.icb.cash", "mine"])
def test_an_id_has_four_parts(identity: str) -> None:
    with pytest.raises(BuildFault, match=r"write chapter\.place\.line\.measure"):
        to_figures({identity: PLAN})
    with pytest.raises(ValueError, match="is not a figure id"):
        to_figures({"mine.icb.Cash drawn.v": PLAN})


def test_they_are_entered_with_what_the_register_does_not_have() -> None:
    register = Register([made_figure("cash.icb.drawdown.limit", 80, margin=Decimal(5))])
    left = PLAN - SPENT
    elements: dict[str, Any] = {"mine.icb.cash.share": left / PLAN, "mine.icb.cash.left": left}
    made_now = enter(register, elements)
    assert [one.id for one in made_now] == [
        "cash.icb.drawdown.actual",
        "mine.icb.cash.left",
        "mine.icb.cash.share",
    ]
    assert [one.id for one in register] == [
        "cash.icb.drawdown.limit",
        *(one.id for one in made_now),
    ]
    assert register["mine.icb.cash.left"].margin == 5  # the register's, not the notebook's
    for one in register:
        if one.formula is not None:
            values = {name: register[name].value for name in operands(one.formula)}
            assert evaluate(one.formula, values) == one.value


def test_a_figure_that_the_register_has_otherwise_is_told() -> None:
    register = Register([made_figure("cash.icb.drawdown.limit", 81)])
    with pytest.raises(BuildFault, match="is 81 GBP in the register and 80 GBP in the notebook"):
        enter(register, {"mine.icb.cash.left": PLAN - SPENT})
    with pytest.raises(BuildFault, match="used twice"):
        enter(
            Register([made_figure("mine.icb.cash.left", 1)]), {"mine.icb.cash.left": PLAN - SPENT}
        )


def test_the_register_would_derive_the_same() -> None:
    register = Register([PLAN.figures[PLAN.id or ""], SPENT.figures[SPENT.id or ""]])
    for place, one in enumerate(
        (PLAN - SPENT, PLAN / SPENT, abs(SPENT - PLAN), round(PLAN / 7, 1))
    ):
        (found,) = to_figures({f"mine.icb.line_{place}.v": one}, register=register)
        assert register.derive(found) == found


def test_the_figures_behind_elements_are_listed_once() -> None:
    found = figures_behind([PLAN - SPENT, pd.NA, SPENT * 2, 7])
    assert [one.id for one in found] == ["cash.icb.drawdown.limit", "cash.icb.drawdown.actual"]
