"""What a notebook makes is named, held to its formula, and recorded with all that it rests on."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from boardpack.core.errors import BuildFault
from boardpack.figures.figure import figure_from_json
from boardpack.figures.formula import evaluate, operands
from boardpack.figures.frames import Traced, column_of
from boardpack.notebook.named_figures import Made, Spot
from boardpack.notebook.paper import NotebookPaper
from frames_made import PLACE, figure, wards

BEGIN = f"bank_agency.{PLACE}"


def test_keep_names_a_row_and_a_column(paper: NotebookPaper) -> None:
    kept = paper.keep(wards())
    assert kept.variance["elm"].id == f"{BEGIN}.elm.variance"
    assert kept.budget["elm"].id == f"beds.{PLACE}.elm.budget"
    assert kept.variance["oak"] is pd.NA


def test_keep_leaves_the_frame_that_it_was_given(paper: NotebookPaper) -> None:
    frame = wards()
    paper.keep(frame)
    assert frame.variance["elm"].id is None


def test_what_rests_on_what_is_kept_with_it_says_its_name(paper: NotebookPaper) -> None:
    frame = paper.read("bank_agency.csv").groupby("provider")[["budget", "actual"]].sum()
    frame.insert(0, "variance", frame.budget - frame.actual)
    kept = paper.keep(frame)
    said = paper.made.recorded[kept.variance["Kings"].id]
    assert said.formula == f"{BEGIN}.kings.budget - {BEGIN}.kings.actual"
    assert said.margin == 4 * Decimal(500)


def test_a_figure_of_another_paper_is_refused(paper: NotebookPaper) -> None:
    paper.keep(wards())
    other = pd.DataFrame({"budget": column_of([figure("elm", "budget", "5")])}, index=["elm"])
    with pytest.raises(BuildFault, match="another paper"):
        paper.keep(other)


def test_keep_may_name_another_chapter_and_the_frame(paper: NotebookPaper) -> None:
    paper.keep(wards(), "Staffing")
    other = wards()
    other["variance"] = -other.variance
    kept = paper.keep(other, "staffing", name="other way")
    assert kept.variance["elm"].id == f"staffing.{PLACE}.other_way_elm.variance"


def test_what_is_kept_is_recorded_with_its_operands_before_it(paper: NotebookPaper) -> None:
    paper.keep(wards()[["variance"]])
    assert paper.recorded() == (
        f"beds.{PLACE}.elm.budget",
        f"beds.{PLACE}.elm.actual",
        f"{BEGIN}.elm.variance",
    )


def test_figures_that_other_notebooks_record_are_not_recorded_again(paper: NotebookPaper) -> None:
    position = paper.frame("position")
    position["left"] = position.annual_budget - position.ytd_actual
    paper.keep(position[["left"]])
    assert {identity.split(".")[0] for identity in paper.recorded()} == {"bank_agency"}


def test_workings_tell_each_figure_once(paper: NotebookPaper) -> None:
    paper.keep(wards()[["variance"]])
    workings = paper.made.new_workings()
    assert workings is not None
    assert workings.id == "bank_agency-workings-3"
    assert [row.source for row in workings.rows][-1] == (
        f"= beds.{PLACE}.elm.budget - beds.{PLACE}.elm.actual"
    )
    found = {item["id"]: figure_from_json(item) for item in workings.figures}
    last = found[f"{BEGIN}.elm.variance"]
    assert (last.value, last.unit, last.label) == (Decimal(-110_500), "GBP", "Elm, variance")
    assert last.period == "2024/25 M06"
    assert paper.made.new_workings() is None


@pytest.mark.parametrize(
    "compute",
    [
        lambda f: f.budget / f.actual,
        lambda f: f.budget * Decimal("1.05"),
        lambda f: (f.budget - f.actual).abs(),
        lambda f: f.budget / 3,
        lambda f: f.budget.round(-3),
        lambda f: f.budget.cumsum(),
    ],
)
def test_each_way_of_reckoning_comes_to_its_formula(paper: NotebookPaper, compute: object) -> None:
    frame = wards().loc[["elm"]]
    frame["made"] = compute(frame)  # type: ignore[operator]
    paper.keep(frame)
    for one in paper.made.recorded.values():
        if one.formula is not None:
            values = {name: paper.made.recorded[name].value for name in operands(one.formula)}
            assert evaluate(one.formula, values) == one.value


def test_a_long_sum_is_kept(paper: NotebookPaper) -> None:
    many = [figure(f"ward_{number}", "spend", str(number)) for number in range(1, 1501)]
    frame = pd.DataFrame({"spend": column_of(many)})
    frame.index = pd.Index([f"Ward {number}" for number in range(1, 1501)])
    kept = paper.keep(frame.sum().to_frame("spend"), name="all")
    assert kept.iloc[0, 0].value == 1500 * 1501 // 2


def test_a_value_that_is_not_its_formula_s_is_a_fault(paper: NotebookPaper) -> None:
    right = wards().variance["elm"]
    wrong = Traced(right.value + 1, right.unit, right.expression)
    with pytest.raises(BuildFault, match="but its formula"):
        paper.made.figure(wrong, Spot("elm", "variance"))


def test_an_estimate_stays_one(paper: NotebookPaper) -> None:
    from dataclasses import replace

    guessed = replace(figure("elm", "budget", "10"), is_estimate=True)
    frame = pd.DataFrame({"budget": column_of([guessed])}, index=["elm"])
    frame["half"] = frame.budget / 2
    paper.keep(frame)
    assert paper.made.recorded[f"{BEGIN}.elm.half"].is_estimate


def test_a_notebook_without_a_name_says_what_to_do(paper: NotebookPaper) -> None:
    made = Made("", paper.paper, paper.register)
    with pytest.raises(BuildFault, match='chapter="beds"'):
        made.block_id("table")
