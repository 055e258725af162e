"""One idea has one amount in print, unless a check tells that it has two."""

from __future__ import annotations

import pytest
from made_figures import made_figure

from boardpack.document.blocks import Narrative, mark
from boardpack.document.content import Chapter, Part
from boardpack.document.one_amount import two_amounts
from boardpack.figures.figure import Figure
from boardpack.figures.register import Register


def figure(identity: str, value: str, period: str = "2023/24") -> Figure:
    return made_figure(identity, value, period=period)


def found(*figures: Figure, told: tuple[frozenset[str], ...] = ()) -> list[tuple[str, ...]]:
    said = " ".join(mark(one.id, "£1") for one in figures)
    parts = [Part("P", (Chapter("01_a", "A", (Narrative("n", said),)),))]
    return [one.figures for one in two_amounts(parts, Register(figures), told)]


RECOVERY = "position.bromley.total.recovery_assumed"
GAP = "forecast.bromley.total.straight_line_gap"


@pytest.mark.parametrize(
    ("other", "value", "is_found"),
    [
        (GAP, "-2123000", True),
        (GAP, "-2125000", False),
        (GAP, "-2125400", False),
        ("overview.bromley.total.recovery_assumed", "2123000", True),
        ("position.icb.total.recovery_assumed", "2123000", False),
        ("position.bromley.prescribing.recovery_assumed", "2123000", False),
        ("efficiency.bromley.total.recovery_assumed", "2123000", False),
        ("position.bromley.total.recovery_assumed.m05", "2123000", False),
    ],
)
def test_an_idea_is_a_place_a_line_and_a_measure_of_one_subject(
    other: str, value: str, is_found: bool
) -> None:
    pair = (figure(RECOVERY, "2125000"), figure(other, value))
    assert found(*pair) == ([(RECOVERY, other)] if is_found else [])


def test_another_period_is_another_idea() -> None:
    pair = (figure(RECOVERY, "2125000"), figure(GAP, "-2123000", "2022/23"))
    assert found(*pair) == []


def test_what_a_check_compares_is_told() -> None:
    pair = (figure(RECOVERY, "2125000"), figure(GAP, "-2123000"))
    assert found(*pair, told=(frozenset({RECOVERY, GAP, "another.a.b.c"}),)) == []
    assert found(*pair, told=(frozenset({RECOVERY}), frozenset({GAP}))) != []
