"""What a notebook computes is held to the paper's own figure, by a table of cases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from boardpack.core.errors import BuildFault
from boardpack.figures.frames import column_of, traced
from boardpack.figures.register import Register
from boardpack.notebook.agreement import DoesNotAgree, agreement
from boardpack.notebook.paper import NotebookPaper
from frames_made import PLACE, figure

BEGIN = f"beds.{PLACE}.elm"
OF_THESE = f"{BEGIN}.budget - {BEGIN}.actual"
OF_OTHERS = f"{BEGIN}.budget - {BEGIN}.nurses"


def element(
    measure: str, value: str, formula: str = "", margin: str = "0", unit: str = "GBP"
) -> Any:
    made = replace(figure("elm", measure, value, unit), margin=Decimal(margin))
    return traced(replace(made, source=formula) if formula else made)


def column(*elements: Any) -> pd.Series[Any]:
    index = pd.Index([f"line_{number}" for number in range(len(elements))], name="line")
    return pd.Series(column_of(elements), index=index, name="variance")


def variance(budget: str = "1000", actual: str = "1250", margin: str = "0") -> Any:
    """A variance as a notebook computes it; the actual was printed with so much of a margin."""
    return element("budget", budget) - element("actual", actual, margin=margin)


@pytest.fixture
def agreed(paper: NotebookPaper) -> Any:
    return lambda computed, figures: agreement(paper, computed, figures)


@pytest.mark.parametrize(
    ("paper_has", "formula", "margin", "computed_margin", "said"),
    [
        ("-250", OF_THESE, "0", "0", "agrees"),
        ("-250", OF_OTHERS, "0", "0", "agrees"),
        ("-251", OF_OTHERS, "1", "0", "agrees within rounding"),
        ("-249", OF_OTHERS, "1", "0", "agrees within rounding"),
        ("-251.5", OF_OTHERS, "1", "0.5", "agrees within rounding"),
        ("-248", "", "1", "1", "agrees within rounding"),
    ],
)
def test_it_agrees_as_far_as_rounding_explains(
    agreed: Any, paper_has: str, formula: str, margin: str, computed_margin: str, said: str
) -> None:
    own = element("variance", paper_has, formula, margin)
    shown = agreed(column(variance(margin=computed_margin)), column(own))
    assert shown.index.tolist() == [f"{BEGIN}.variance"]
    assert shown["so"].tolist() == [said]
    assert shown["apart"].iloc[0] == Decimal("-250") - Decimal(paper_has)


@pytest.mark.parametrize(
    ("paper_has", "formula", "margin", "computed_margin"),
    [
        ("250", OF_THESE, "0", "0"),  # the other sign
        ("-250.01", OF_THESE, "0", "0"),
        ("-250.01", OF_THESE, "5", "5"),  # of the same figures: no rounding can part them
        ("-251.01", OF_OTHERS, "1", "0"),  # a penny beyond
        ("-248.99", OF_OTHERS, "1", "0"),
        ("-251.51", OF_OTHERS, "1", "0.5"),
        ("-247.99", "", "1", "1"),
    ],
)
def test_what_is_further_apart_stops_the_notebook_by_name(
    agreed: Any, paper_has: str, formula: str, margin: str, computed_margin: str
) -> None:
    own = element("variance", paper_has, formula, margin)
    with pytest.raises(DoesNotAgree) as found:
        agreed(column(variance(margin=computed_margin)), column(own))
    assert f"{BEGIN}.variance is {own.shown()} in the paper and -250 here" in str(found.value)
    assert f"boardpack explain {BEGIN}.variance" in str(found.value)


def test_every_figure_that_does_not_agree_is_named_at_once(agreed: Any) -> None:
    own = [element(f"variance_{place}", "-1", OF_THESE) for place in "ab"]
    with pytest.raises(DoesNotAgree) as found:
        agreed(column(variance(), variance()), column(*own))
    assert all(f"{BEGIN}.variance_{place} is -1 in the paper" in str(found.value) for place in "ab")


def test_what_lacks_is_said_and_stops_nothing(agreed: Any) -> None:
    own = element("variance", "-250", OF_THESE)
    shown = agreed(column(variance(), pd.NA, pd.NA), column(pd.NA, own, pd.NA))
    assert shown["so"].tolist() == [
        "the paper does not have it",
        "not computed here: a part of it is not there",
        "not supplied",
    ]
    assert shown["apart"].isna().all()


def test_what_the_paper_may_not_show_is_not_shown_as_computed(agreed: Any) -> None:
    shown = agreed(column(variance()), column(pd.NA))
    assert shown["computed here"].isna().all()
    assert "250" not in shown.to_string()


def test_nothing_at_all_is_said(agreed: Any) -> None:
    assert agreed(column(), column())["so"].tolist() == ["not supplied"]


def test_a_ratio_is_held_as_a_per_cent(agreed: Any) -> None:
    share = element("share", "80", f"{BEGIN}.budget / {BEGIN}.actual * 100", unit="PCT")
    ratio = element("budget", "1000") / element("actual", "1250")
    assert agreed(column(ratio), column(share))["so"].tolist() == ["agrees"]


def test_pounds_a_month_are_pounds_and_a_count_is_not(agreed: Any) -> None:
    rate = element("rate", "-125", f"({OF_THESE}) / 2", unit="GBP_PER_MONTH")
    assert agreed(column(variance() / 2), column(rate))["so"].tolist() == ["agrees"]
    with pytest.raises(BuildFault, match="is in COUNT, and here in GBP"):
        agreed(column(variance()), column(element("beds", "-250", unit="COUNT")))


def test_figures_are_found_by_their_names(paper: NotebookPaper) -> None:
    own = replace(figure("elm", "variance", "-250"), source=OF_THESE)
    paper = replace(paper, register=Register([own]))
    names = {"beds.elm.variance": variance(), "beds.elm.nothing": variance()}
    shown = paper.agrees(names)
    assert shown.index.tolist() == [own.id, f"beds.{PLACE}.elm.nothing"]
    assert shown["so"].tolist() == ["agrees", "the paper does not have it"]
    assert paper.agrees("beds.elm", variance=variance())["so"].tolist() == ["agrees"]
    with pytest.raises(DoesNotAgree, match=f"{own.id} is -250 in the paper and -251 here"):
        paper.agrees({"beds.elm.variance": variance(actual="1251")})


def test_a_frame_is_compared_column_by_column(agreed: Any) -> None:
    own = pd.DataFrame({"variance": column(element("variance", "-250", OF_THESE))})
    computed = pd.DataFrame({"variance": column(variance())})
    assert agreed(computed, own)["so"].tolist() == ["agrees"]
    with pytest.raises(BuildFault, match="have not the same columns"):
        agreed(computed.rename(columns={"variance": "other"}), own)


def test_only_the_same_rows_are_compared(agreed: Any) -> None:
    with pytest.raises(BuildFault, match="have not the same rows"):
        agreed(column(variance()), column(pd.NA, pd.NA))
    with pytest.raises(BuildFault, match="not a Traced"):
        agreed(variance(), element("variance", "-250"))
