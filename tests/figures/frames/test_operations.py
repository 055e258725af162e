"""What pandas does to a column of figures: value and formula, one operation by one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from retraced import made, retraced, said

from boardpack.figures.formula import evaluate
from boardpack.figures.frames import FigureDtype, Traced, UnitFault, as_percent, in_unit

LINES = ("acute", "care", "drugs", "staff")
VALUES = {"b": (100, 40, 70, 20), "a": (110, 35, 70, 26)}


def figures(measure: str, values: tuple[int | str | None, ...], **more: Any) -> pd.Series[Any]:
    elements = [
        None if value is None else made(f"position.bromley.{line}.{measure}", value, **more)
        for line, value in zip(LINES, values, strict=False)
    ]
    return pd.Series(elements, index=list(LINES[: len(elements)]), dtype="figure", name=measure)


@pytest.fixture
def b() -> pd.Series[Any]:
    return figures("b", VALUES["b"])


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame({name: figures(name, values) for name, values in VALUES.items()})


@pytest.fixture
def holed() -> pd.Series[Any]:
    return figures("b", (100, None, 70, 20))


def formulas(data: pd.Series[Any]) -> list[str | None]:
    return [None if one is None else one[1] for one in said(data)]


def values(data: pd.Series[Any]) -> list[str | None]:
    return [None if one is None else one[0] for one in said(data)]


# ---- element by element


def test_two_columns_are_subtracted_line_by_line(frame: pd.DataFrame) -> None:
    assert said(frame.b - frame.a) == [
        ("-10", "acute.b - acute.a"),
        ("5", "care.b - care.a"),
        ("0", "drugs.b - drugs.a"),
        ("-6", "staff.b - staff.a"),
    ]
    assert said((frame.b - frame.a) / frame.b)[1] == ("0.125", "(care.b - care.a) / care.b")
    assert said(as_percent(frame.a / frame.b))[0] == ("110", "acute.a / acute.b * 100")


def test_a_frame_is_reckoned_with_a_frame_and_a_number(frame: pd.DataFrame) -> None:
    assert said((frame - frame).a)[0] == ("0", "acute.a - acute.a")
    assert said((frame / 10).b)[1] == ("4", "care.b / 10")
    assert said((2 * frame).b)[1] == ("80", "2 * care.b")
    assert said(frame.sub(frame.a, axis=0).b)[1] == ("5", "care.b - care.a")


def test_lines_are_aligned_and_what_has_no_partner_is_missing(frame: pd.DataFrame) -> None:
    found = frame.b - frame.a.drop("care")
    assert formulas(found) == ["acute.b - acute.a", None, "drugs.b - drugs.a", "staff.b - staff.a"]


def test_signs_sizes_and_rounding(frame: pd.DataFrame) -> None:
    change = frame.b - frame.a
    assert said(-change)[0] == ("10", "-(acute.b - acute.a)")
    assert said(abs(change))[0] == ("10", "abs(acute.b - acute.a)")
    assert said(change.abs())[3] == ("6", "abs(staff.b - staff.a)")
    assert values((frame.b / 8).round()) == ["13", "5", "9", "3"]
    assert said((frame.b / 8).round(1))[2] == ("8.8", "round(drugs.b / 8, 1)")
    assert said(frame.round(-2).b)[2] == ("100", "round(drugs.b, -2)")
    assert said(np.abs(change))[0] == ("10", "abs(acute.b - acute.a)")


def test_comparisons_choose_lines(frame: pd.DataFrame) -> None:
    assert list(frame.a > frame.b) == [True, False, False, True]
    assert list(frame.b >= 70) == [True, False, True, False]
    assert list(frame.a == frame.b) == [False, False, True, False]
    assert list(frame.a != frame.b) == [True, True, False, True]
    assert list(frame[frame.a > frame.b].index) == ["acute", "staff"]
    assert list(frame.query("a > b and b > 50").index) == ["acute"]
    assert list(frame.query("b == 70").index) == ["drugs"]


def test_a_missing_figure_is_neither_more_nor_less(holed: pd.Series[Any]) -> None:
    found = holed > 50
    assert found.dtype == "boolean"
    assert found.isna().tolist() == [False, True, False, False]
    assert list(holed[found.fillna(False)].index) == ["acute", "drugs"]


def test_eval_reckons_in_words(frame: pd.DataFrame) -> None:
    assert said(frame.eval("(b - a) / b"))[1] == ("0.125", "(care.b - care.a) / care.b")
    assert said(frame.eval("gap = b - a").gap)[0] == ("-10", "acute.b - acute.a")


def test_limits_are_minima_and_maxima(frame: pd.DataFrame) -> None:
    change = frame.b - frame.a
    assert said(change.clip(upper=0))[:2] == [
        ("-10", "min(acute.b - acute.a, 0)"),
        ("0", "min(care.b - care.a, 0)"),
    ]
    assert said(frame.b.clip(30, 90)) == [
        ("90", "min(max(acute.b, 30), 90)"),
        ("40", "min(max(care.b, 30), 90)"),
        ("70", "min(max(drugs.b, 30), 90)"),
        ("30", "min(max(staff.b, 30), 90)"),
    ]
    assert said(frame.clip(lower=50).a)[1] == ("50", "max(care.a, 50)")
    assert said(frame.b.clip(upper=frame.a))[:2] == [("100", "acute.b"), ("35", "care.a")]
    assert said(frame.b.clip(lower=frame.a.iloc[2]))[1] == ("70", "max(care.b, drugs.a)")
    assert list(pd.Series([1.0, 5.0]).clip(upper=2)) == [1.0, 2.0]
    assert formulas(frame.b.clip(lower=float("nan"))) == formulas(frame.b)


def test_a_limit_keeps_what_is_missing(holed: pd.Series[Any]) -> None:
    assert formulas(holed.clip(lower=50))[:3] == ["max(acute.b, 50)", None, "max(drugs.b, 50)"]
    kept = holed.copy()
    kept.clip(lower=50, inplace=True)
    assert values(kept) == ["100", None, "70", "50"]


def test_what_is_put_in_takes_the_unit_of_the_column(
    holed: pd.Series[Any], b: pd.Series[Any]
) -> None:
    assert said(holed.fillna(0))[1] == ("0", "0")
    assert [one.unit for one in holed.fillna(0)] == ["GBP"] * 4
    assert said(holed.fillna(b))[1] == ("40", "care.b")
    assert said(b.where(b > 50, 0)) == [
        ("100", "acute.b"),
        ("0", "0"),
        ("70", "drugs.b"),
        ("0", "0"),
    ]
    assert formulas(b.where(b > 50)) == ["acute.b", None, "drugs.b", None]
    assert formulas(b.mask(b > 50)) == [None, "care.b", None, "staff.b"]
    assert said(b.mask(b > 50, b * 2))[0] == ("200", "acute.b * 2")
    b["acute"] = 5
    assert (b["acute"].unit, b["acute"].formula, b["acute"].is_traced) == ("GBP", "5", False)
    with pytest.raises(TypeError, match="'much' is neither a figure nor a number"):
        b["acute"] = "much"


# ---- along a column


def test_steps_along_a_column(b: pd.Series[Any]) -> None:
    assert said(b.cumsum()) == [
        ("100", "acute.b"),
        ("140", "acute.b + care.b"),
        ("210", "acute.b + care.b + drugs.b"),
        ("230", "acute.b + care.b + drugs.b + staff.b"),
    ]
    assert said(b.cummax())[1] == ("100", "max(acute.b, care.b)")
    assert said(b.cummin())[2] == ("40", "min(min(acute.b, care.b), drugs.b)")
    assert formulas(b.shift(1)) == [None, "acute.b", "care.b", "drugs.b"]
    assert said(b.diff())[1] == ("-60", "care.b - acute.b")
    assert formulas(b.diff())[0] is None
    assert said(b.pct_change())[1] == ("-0.6", "care.b / acute.b - 1")
    assert b.pct_change().iloc[1].unit == "RATE"
    assert said(b.diff(2))[3] == ("-20", "staff.b - care.b")


def test_a_running_total_is_missing_from_the_first_missing_part_on(holed: pd.Series[Any]) -> None:
    assert values(holed.cumsum()) == ["100", None, None, None]


@pytest.mark.parametrize(
    ("name", "value", "formula"),
    [
        ("sum", "230", "acute.b + care.b + drugs.b + staff.b"),
        ("mean", "57.5", "(acute.b + care.b + drugs.b + staff.b) / 4"),
        ("min", "20", "min(acute.b, care.b, drugs.b, staff.b)"),
        ("max", "100", "max(acute.b, care.b, drugs.b, staff.b)"),
        ("median", "55", "(care.b + drugs.b) / 2"),
    ],
)
def test_a_column_comes_to_one_figure(
    b: pd.Series[Any], name: str, value: str, formula: str
) -> None:
    assert said(getattr(b, name)()) == [(value, formula)]
    assert said(b.agg(name)) == [(value, formula)]
    assert said(b.agg([name]).astype("figure")) == [(value, formula)]
    assert said(b.to_frame().agg({"b": name}).astype("figure")) == [(value, formula)]
    assert said(getattr(b.to_frame(), name)()) == [(value, formula)]
    assert said(b.groupby([1, 1, 1, 1]).agg(name)) == [(value, formula)]


@pytest.mark.parametrize("name", ["sum", "mean", "min", "max", "median"])
@pytest.mark.parametrize("skipna", [True, False])
def test_what_has_a_missing_part_is_missing(holed: pd.Series[Any], name: str, skipna: bool) -> None:
    assert getattr(holed, name)(skipna=skipna) is pd.NA
    assert getattr(holed[:0], name)() is pd.NA
    by_group = getattr(holed.groupby(["x", "x", "y", "y"]), name)()
    assert by_group["x"] is pd.NA
    assert by_group["y"] is not pd.NA


def test_what_is_there_is_added_up_where_one_says_so(holed: pd.Series[Any]) -> None:
    assert said(holed.dropna().sum()) == [("190", "acute.b + drugs.b + staff.b")]
    assert said(holed.fillna(0).sum()) == [("190", "acute.b + 0 + drugs.b + staff.b")]
    assert holed.sum(min_count=5) is pd.NA
    assert holed.dropna().sum(min_count=4) is pd.NA
    assert said(holed.dropna().sum(min_count=3)) == [("190", "acute.b + drugs.b + staff.b")]
    assert holed.count() == 3


def test_one_element_is_its_own_total(b: pd.Series[Any]) -> None:
    for name in ("sum", "mean", "min", "max", "median"):
        assert said(getattr(b[:1], name)()) == [("100", "acute.b")]


def test_the_middle_of_an_odd_number_is_one_of_them(b: pd.Series[Any]) -> None:
    assert said(b[:3].median()) == [("70", "drugs.b")]
    assert said(b.quantile(0.25)) == [("35", "staff.b + (care.b - staff.b) * 0.75")]
    assert said(b.quantile([0, 0.5, 1])) == [
        ("20", "staff.b"),
        ("55", "(care.b + drugs.b) / 2"),
        ("100", "acute.b"),
    ]


@pytest.mark.parametrize(
    ("how", "value"),
    [("lower", "20"), ("higher", "40"), ("nearest", "40"), ("midpoint", "30"), ("linear", "35")],
)
def test_a_quantile_between_two(b: pd.Series[Any], how: Any, value: str) -> None:
    assert values(b.quantile([0.25], interpolation=how)) == [value]


def test_units_do_not_mix_in_a_total(b: pd.Series[Any]) -> None:
    mixed = pd.concat([b, in_unit(b, "PCT")])
    for name in ("sum", "mean", "min", "max", "median"):
        with pytest.raises(UnitFault, match="pounds"):
            getattr(mixed, name)()
    with pytest.raises(UnitFault, match="pounds"):
        mixed.groupby([1] * 8).sum()
    with pytest.raises(UnitFault, match="no order"):
        mixed.sort_values()


def test_spread_leaves_the_trace(b: pd.Series[Any], holed: pd.Series[Any]) -> None:
    for name in ("std", "var", "sem", "skew", "kurt"):
        found = getattr(b, name)()
        assert not isinstance(found, Traced)
        assert found == getattr(b.astype(float), name)()
    assert pd.isna(holed.std())
    groups = [1, 1, 2, 2]
    by_group = b.groupby(groups).std()
    assert by_group.tolist() == b.astype(float).groupby(groups).std().tolist()


def test_a_description_keeps_its_traces_but_that_of_the_spread(frame: pd.DataFrame) -> None:
    found = frame.describe()
    assert list(found.index) == ["count", "mean", "std", "min", "25%", "50%", "75%", "max"]
    assert said(found.b[["mean", "min", "50%"]]) == [
        ("57.5", "(acute.b + care.b + drugs.b + staff.b) / 4"),
        ("20", "min(acute.b, care.b, drugs.b, staff.b)"),
        ("55", "(care.b + drugs.b) / 2"),
    ]
    assert (found.b["count"].unit, str(found.b["count"])) == ("COUNT", "4")
    assert not found.b["std"].is_traced
    assert float(found.b["std"]) == frame.b.astype(float).std()
    assert pd.Series([1, 2]).describe().dtype == float


# ---- shapes


def test_groups(frame: pd.DataFrame) -> None:
    frame["kind"] = ["x", "y", "x", "y"]
    by_kind = frame.groupby("kind")
    assert said(by_kind.b.sum()) == [("170", "acute.b + drugs.b"), ("60", "care.b + staff.b")]
    assert said(by_kind.b.mean())[0] == ("85", "(acute.b + drugs.b) / 2")
    assert said(by_kind.b.min())[1] == ("20", "min(care.b, staff.b)")
    assert said(by_kind.b.max())[1] == ("40", "max(care.b, staff.b)")
    assert said(by_kind.b.median())[1] == ("30", "(staff.b + care.b) / 2")
    assert said(by_kind.b.cumsum())[2] == ("170", "acute.b + drugs.b")
    assert formulas(by_kind.b.first()) == ["acute.b", "care.b"]
    assert said(by_kind.agg({"a": "sum", "b": "max"}).a)[0] == ("180", "acute.a + drugs.a")
    named = by_kind.agg(total=("b", "sum"), top=("a", "max"))
    assert said(named.top)[1] == ("35", "max(care.a, staff.a)")
    assert said(by_kind.b.transform("sum"))[3] == ("60", "care.b + staff.b")
    share = frame.b / by_kind.b.transform("sum")
    assert said(share)[3] == (
        "0.3333333333333333333333333333333333",
        "staff.b / (care.b + staff.b)",
    )
    by_hand = by_kind.b.apply(lambda group: group.sum())  # pandas keeps such a result as objects
    assert said(by_hand.astype("figure"))[0] == ("170", "acute.b + drugs.b")
    assert said(by_kind.sum().b)[0] == ("170", "acute.b + drugs.b")
    assert said(by_kind.b.sum(min_count=2))[0] == ("170", "acute.b + drugs.b")
    assert values(by_kind.b.sum(min_count=3)) == [None, None]
    with pytest.raises((NotImplementedError, TypeError)):
        by_kind.b.prod()


def test_a_row_is_summed_across(frame: pd.DataFrame) -> None:
    assert said(frame.sum(axis=1))[1] == ("75", "care.b + care.a")
    assert said(frame.mean(axis=1))[0] == ("105", "(acute.b + acute.a) / 2")
    assert said(frame.max(axis=1))[0] == ("110", "max(acute.b, acute.a)")
    assert said(frame[["b", "a"]].cumsum(axis=1).a)[0] == ("210", "acute.b + acute.a")


def test_a_total_becomes_a_line(frame: pd.DataFrame) -> None:
    frame.loc["total"] = frame.sum()
    assert said(frame.b)[4] == ("230", "acute.b + care.b + drugs.b + staff.b")
    assert [str(dtype) for dtype in frame.dtypes] == ["figure", "figure"]
    frame.loc["acute", "b"] = frame.loc["care", "b"]
    assert said(frame.b)[0] == ("40", "care.b")
    frame.loc[["care", "drugs"], "a"] = frame.b
    assert said(frame.a)[1] == ("40", "care.b")


def test_a_frame_is_turned_round(frame: pd.DataFrame) -> None:
    turned = frame.T
    assert all(isinstance(dtype, FigureDtype) for dtype in turned.dtypes)
    assert said(turned["care"]) == [("40", "care.b"), ("35", "care.a")]
    assert said(turned.sum(axis=1))[0][1] == "acute.b + care.b + drugs.b + staff.b"


def test_long_and_wide(frame: pd.DataFrame) -> None:
    long = frame.rename_axis("line").reset_index().melt(id_vars="line")
    assert said(long["value"])[4] == ("110", "acute.a")
    wide = long.pivot(index="line", columns="variable", values="value")
    assert said(wide["a"])[1] == ("35", "care.a")
    table = long.pivot_table(index="variable", values="value", aggfunc="sum", margins=True)
    assert said(table["value"])[0][1] == "acute.a + care.a + drugs.a + staff.a"
    assert said(table["value"])[2][0] == "471"
    by_mean = long.pivot_table(index="line", columns="variable", values="value")
    assert said(by_mean["b"])[0] == ("100", "acute.b")
    stacked = frame.stack()
    assert said(stacked)[1] == ("110", "acute.a")
    assert said(stacked.unstack()["a"])[1] == ("35", "care.a")
    assert (
        said(frame.stack().groupby(level=1).sum())[0][1] == "acute.a + care.a + drugs.a + staff.a"
    )


def test_what_a_pivot_does_not_find_is_missing(frame: pd.DataFrame) -> None:
    long = frame.rename_axis("line").reset_index().melt(id_vars="line").iloc[:-1]
    wide = long.pivot(index="line", columns="variable", values="value")
    assert formulas(wide["a"]) == ["acute.a", "care.a", "drugs.a", None]


def test_frames_are_joined(frame: pd.DataFrame) -> None:
    names = pd.DataFrame({"line": ["acute", "other"], "kind": ["x", "y"]})
    joined = frame.rename_axis("line").reset_index().merge(names, on="line", how="outer")
    assert formulas(joined["b"]) == ["acute.b", "care.b", "drugs.b", None, "staff.b"]
    both = pd.concat([frame, frame.iloc[:1] * 2])
    assert said(both.b)[4] == ("200", "acute.b * 2")
    beside = pd.concat([frame.b, frame.a.rename("again")], axis=1)
    assert said(beside["again"])[0] == ("110", "acute.a")
    assert formulas(frame.reindex(["acute", "none"]).b) == ["acute.b", None]


def test_order(frame: pd.DataFrame, holed: pd.Series[Any]) -> None:
    assert list(frame.sort_values("b").index) == ["staff", "care", "drugs", "acute"]
    assert list(frame.sort_values("b", ascending=False).index) == [
        "acute",
        "drugs",
        "care",
        "staff",
    ]
    assert list(frame.nlargest(2, "b").index) == ["acute", "drugs"]
    assert list(frame.nsmallest(2, "a").index) == ["staff", "care"]
    assert said(frame.b.nlargest(2)) == [("100", "acute.b"), ("70", "drugs.b")]
    assert list(holed.nlargest(4).index) == ["acute", "drugs", "staff", "care"]
    assert list(holed.nsmallest(1).index) == ["staff"]
    assert list(frame.b.nlargest(0)) == []
    assert (frame.b.idxmax(), frame.b.idxmin()) == ("acute", "staff")
    assert list(frame.b.rank()) == [4.0, 2.0, 3.0, 1.0]
    assert list(pd.Series([3.0, 9.0, 5.0]).nlargest(1)) == [9.0]


@pytest.mark.parametrize(
    ("keep", "lines"),
    [
        ("first", ["acute", "care"]),
        ("last", ["acute", "staff"]),
        ("all", ["acute", "care", "staff"]),
    ],
)
def test_what_is_largest_among_equals(keep: Any, lines: list[str]) -> None:
    equal = figures("b", (9, 4, 1, 4))
    assert list(equal.nlargest(2, keep=keep).index) == lines
    assert list(equal.astype(float).nlargest(2, keep=keep).index) == lines


def test_floats_have_left_the_trace(frame: pd.DataFrame, holed: pd.Series[Any]) -> None:
    assert frame.b.astype(float).tolist() == [100.0, 40.0, 70.0, 20.0]
    assert holed.astype(float).isna().tolist() == [False, True, False, False]
    assert (frame.b.astype(float) / 3).dtype == float
    assert frame.b.map(float).dtype == float
    assert list(frame.b.astype(str)) == ["100", "40", "70", "20"]
    assert isinstance(frame.b.astype(object).iloc[0], Traced)
    back = frame.b.astype(float).astype("figure")
    assert (back.iloc[0].formula, back.iloc[0].is_traced) == ("100", False)


def test_a_function_of_each_element_keeps_the_trace_where_it_gives_figures(
    b: pd.Series[Any],
) -> None:
    assert said(b.map(lambda one: one * 2))[0] == ("200", "acute.b * 2")
    assert said(b.apply(lambda one: max(one, b.iloc[1])))[3] == ("40", "care.b")
    assert list(b.map(lambda one: one > 50)) == [True, False, True, False]


def test_what_pandas_keeps_as_objects_keeps_its_traces(frame: pd.DataFrame) -> None:
    frame.loc["care", "a"] = pd.NA
    by_row = frame.apply(lambda row: row.b - row.a, axis=1)
    assert (by_row.dtype, by_row.iloc[0].formula) == (object, (frame.b - frame.a).iloc[0].formula)
    assert said(by_row.astype("figure"))[:2] == [("-10", "acute.b - acute.a"), None]
    assert by_row.astype("figure").sum() is pd.NA
    assert frame.b.rolling(2).sum().dtype == float


def test_equal_figures_are_one(b: pd.Series[Any]) -> None:
    twice = pd.concat([b, b])
    assert len(twice.unique()) == 4
    assert twice.drop_duplicates().tolist() == b.tolist()
    assert list(twice.isin([40, 20])) == [False, True, False, True] * 2
    assert list(twice.duplicated()) == [False] * 4 + [True] * 4


def test_a_long_total_and_a_long_running_total_can_be_followed() -> None:
    many = pd.Series(
        [made(f"position.bromley.line_{n}.b", n) for n in range(5_000)], dtype="figure"
    )
    total = many.sum()
    assert total == sum(range(5_000))
    assert retraced(total) == total.value
    last = many.cumsum().iloc[-1]
    assert retraced(last) == last.value == total.value
    assert retraced((many - many * 2).mean()) == Decimal("-2499.5")


SMALL = st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=9)
NAMED = ("sum", "mean", "min", "max", "median")


@given(SMALL, st.sampled_from(NAMED), st.integers(1, 4))
def test_whatever_a_column_comes_to_its_formula_comes_to_it_exactly(
    numbers: list[Decimal], name: str, groups: int
) -> None:
    column = pd.Series(
        [made(f"a.b.line_{n}.c", str(number)) for n, number in enumerate(numbers)], dtype="figure"
    )
    known = {f"a.b.line_{n}.c": number for n, number in enumerate(numbers)}
    by_group = column.groupby([n % groups for n in range(len(column))])
    found = [
        getattr(column, name)(),
        *getattr(by_group, name)(),
        *column.cumsum(),
        *by_group.cumsum(),
        *column.diff().dropna(),
        *column.pct_change().dropna(),
        *column.clip(-50, 50),
        *column.round(1),
        *column.quantile([0.1, 0.33, 0.5]),
        *(column - column.mean()),
        *column.describe().drop("std").dropna(),
    ]
    for one in found:
        assert evaluate(one.formula, known) == one.value


COLUMN_WAYS: dict[str, Callable[[pd.Series[Any]], Any]] = {
    "sum": lambda column: column.sum(),
    "mean": lambda column: column.mean(),
    "median": lambda column: column.median(),
    "cumsum": lambda column: column.cumsum().iloc[-1],
    "max": lambda column: column.max(),
}


@given(SMALL, st.sampled_from(sorted(COLUMN_WAYS)))
def test_it_comes_to_what_floats_come_to(numbers: list[Decimal], name: str) -> None:
    column = pd.Series(
        [made(f"a.b.line_{n}.c", str(number)) for n, number in enumerate(numbers)], dtype="figure"
    )
    way = COLUMN_WAYS[name]
    assert float(way(column)) == pytest.approx(way(column.astype(float)), abs=1e-6)
