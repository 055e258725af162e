"""A sentence made from any figure of the position is supported; a changed number is not."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from month_six import paper_for, whole_register

from boardpack.figures.figure import Figure
from checked_prose import claims_of

MEASURES = {
    "ytd_budget": "The {place} year to date budget for {line} is £{amount}k.",
    "ytd_actual": "In {place}, year to date actual spend on {line} was £{amount}k.",
    "annual_budget": "{place}: the annual budget for {line} is £{amount}k.",
    "forecast_outturn": "{place} forecasts an outturn of £{amount}k for {line}.",
    "ytd_variance": "{place} {line} are £{amount}k {way} at Month 6.",
    "forecast_variance": "{place} {line} are forecast to be £{amount}k {way} at the year end.",
}
LINES = paper_for().report.directorates
REGISTER = whole_register()
VALUES = {round(abs(figure.value) / 1000) for figure in REGISTER if figure.unit == "GBP"}


def _is_told(figure: Figure) -> bool:
    parts = figure.id.split(".")
    return (
        figure.chapter == "position"
        and figure.measure in MEASURES
        and len(parts) == 4
        and figure.place == "bromley"
        and figure.line in paper_for().report.directorates
        and abs(figure.value) >= 20_000
    )


TOLD = [figure for figure in REGISTER if _is_told(figure)]


def _sentence(figure: Figure, thousands: Decimal, turned: bool = False) -> str:
    way = "underspent" if (figure.value > 0) != turned else "overspent"
    return MEASURES[figure.measure].format(
        place=paper_for().report.place_name(figure.place),
        line=LINES[figure.line],
        amount=f"{abs(thousands):,.0f}",
        way=way,
    )


def _thousands(figure: Figure) -> Decimal:
    return REGISTER.agreed(figure.id).value / 1000


def _statuses(words: str) -> list[str]:
    return [claim.status for claim in claims_of(words)]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(TOLD))
def test_the_true_value_is_supported(figure: Figure) -> None:
    words = _sentence(figure, _thousands(figure))
    assert _statuses(words) == ["supported"], words


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(TOLD), st.integers(min_value=5, max_value=90))
def test_a_value_changed_beyond_rounding_is_contradicted(figure: Figure, percent: int) -> None:
    changed = abs(_thousands(figure)) * (100 + percent) / 100 + 3
    words = _sentence(figure, changed)
    assume(round(changed) not in VALUES)  # another figure of the same subject may have that value
    (claim,) = claims_of(words)
    assert claim.status == "contradicted", (words, claim)
    assert claim.figures[0].split(".")[1:3] == [figure.place, figure.line]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([figure for figure in TOLD if figure.measure.endswith("variance")]))
def test_the_other_direction_is_contradicted(figure: Figure) -> None:
    words = _sentence(figure, _thousands(figure), turned=True)
    assert _statuses(words) == ["contradicted"], words
