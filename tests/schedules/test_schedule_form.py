"""A form that is wrong is told: file, line, what was expected and what to do, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from boardpack.core.errors import InputFaults
from boardpack.figures.chapters import needs_of
from boardpack.schedules.load import home_schedules, own_schedules, schedules_of
from boardpack.schedules.order import Circle, in_turn
from boardpack.schedules.words import told
from declared_home import NAME, block_of, declared_home

FORM = block_of("yaml")
WRONG = {
    "a key that nobody knows": ("sense: spend", "sence: spend", "Did you mean 'sense'?"),
    "a type that is none": ("spent: {type: per cent", "spent: {type: percent", "'per cent'"),
    "a sense that is none": ("sense: spend", "sense: spending", "one of spend, income"),
    "a key that stands twice": ("sense: spend", "sense: spend\nsense: reach", "once"),
    "a key column that is none": ("key: [section, service]", "key: [service, place]", "a column"),
    "a key of numbers": ("key: [section, service]", "key: budget", "a column of words"),
    "a column of a formula that is none": ("actual / budget", "actual / budgett", "'budget'"),
    "a condition": ("actual / budget * 100", "actual if budget else 0", "no condition"),
    "a function": ("actual / budget * 100", "open(budget)", "a formula of names"),
    "a power": ("actual / budget * 100", "actual ** budget", "a formula of names"),
    "a target that is none": ("[budget, actual]", "[budgets, actual]", "'budget'"),
    "a variance of one": ("[budget, actual]", "[budget]", "at least 2 entries"),
    "two ways at once": ("against: [budget", "formula: budget, against: [budget", "one way"),
    "words in a column of text": ("service: text", "service: {type: text, words: [a]}", "word"),
    "computed words": ("service: text", "service: {type: text, formula: budget}", "numbers"),
    "a subtotal by nothing": ("{by: section,", "{by: sections,", "'section'"),
    "a row of two ways": ("sum: subtotals}", "sum: subtotals, formula: a + b}", "a sum or a"),
    "a picture of no column": ("{columns: variance,", "{columns: variances,", "'variance'"),
    "a circle": ("formula: forecast + left", "formula: annual_budget + left", "annual_budget"),
    "a parameter that is none": (
        "spent: {type: per cent, formula: actual / budget * 100",
        "spent: {type: per cent, parameter: bpcc_percent",
        "'bppc_percent'",
    ),
    "a column of last month that is none": (
        "left: {type: thousands,",
        "left: {type: thousands, released: lefft,",
        "'left'",
    ),
    "last month's of a column of this month": (
        "left: {type: thousands, period: year",
        "left: {type: thousands, period: year, released: budget",
        "of the prior month",
    ),
    "last month's of what is computed": (
        "variance: {type: thousands,",
        "variance: {type: thousands, period: prior month, released: budget,",
        "a column that the file has",
    ),
    "a sum over rows of a column that is none": (
        "rows:\n",
        'figures:\n  - {line: a, label: A, measure: b, sum: "min(lefft, 0)"}\nrows:\n',
        "'left'",
    ),
    "a figure of two ways": (
        "rows:\n",
        "figures:\n  - {line: a, label: A, measure: b, sum: left, formula: month}\nrows:\n",
        "a sum or a formula",
    ),
    "places without a column": ("chapter: adult_care", "chapter: a\nscope: place", "place"),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_what_is_wrong_in_a_form_is_told(name: str, tmp_path: Path) -> None:
    before, after, said = WRONG[name]
    assert before in FORM
    home = declared_home(tmp_path / "home", FORM.replace(before, after, 1))
    with pytest.raises(InputFaults) as caught:
        home_schedules(home)
    assert said in str(caught.value)
    assert f"params/schedules/{NAME}.yml, row " in str(caught.value)


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = FORM.replace("[budget, actual]", "[budgets, actuals]").replace(
        "{by: section,", "{by: x,"
    )
    home = declared_home(tmp_path / "home", text)
    (home / "params/schedules/Other.yaml").write_text("title: x\n", "utf-8")
    with pytest.raises(InputFaults) as caught:
        home_schedules(home)
    assert len(caught.value.faults) == 4


def test_a_name_of_the_project_is_refused(tmp_path: Path) -> None:
    home = declared_home(tmp_path / "home")
    (home / "params/schedules/bppc.yml").write_text(FORM, "utf-8")
    with pytest.raises(InputFaults, match="has a table bppc already"):
        schedules_of(home)


def test_a_chapter_of_the_project_is_refused(tmp_path: Path) -> None:
    home = declared_home(tmp_path / "home", FORM.replace("adult_care\n", "corporate\n"))
    with pytest.raises(InputFaults, match="a chapter of the home's own"):
        needs_of(home)


def test_a_chapter_needs_those_that_its_formulas_name(tmp_path: Path) -> None:
    other = "resource_limit.icb.total.budget"
    named = f"agrees:\n  - {{title: One, figure: all_total.forecast, equals: {other}}}\n"
    home = declared_home(tmp_path / "home", FORM + named)
    assert needs_of(home)["adult_care"] == ("resource_limit",)
    assert list(needs_of(home))[-2:] == ["adult_care", "movements"]


@pytest.mark.parametrize(
    ("needs", "turn"),
    [
        ({"a": [], "b": []}, ["a", "b"]),
        ({"a": ["b"], "b": []}, ["b", "a"]),
        ({"a": ["c"], "b": ["a"], "c": ["x"]}, ["c", "a", "b"]),
    ],
)
def test_each_comes_after_what_it_needs(needs: dict[str, list[str]], turn: list[str]) -> None:
    assert in_turn(needs) == turn


def test_a_circle_is_named() -> None:
    with pytest.raises(Circle, match="a and b"):
        in_turn({"a": ["b"], "b": ["a"]})


def test_the_inputs_page_tells_each_of_the_projects_own_tables() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "inputs.md").read_text("utf-8")
    lines = [told(schedule) for schedule in own_schedules().values()]
    assert lines
    assert [line for line in lines if f"- {line}\n" not in page] == []
