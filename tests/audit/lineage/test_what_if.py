"""A what-if from the command line: the paper's own arithmetic, and nothing written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from boardpack.audit.lineage.what_if import scenario_of, told, what_if
from boardpack.cli import app
from boardpack.core.errors import UsageFault
from boardpack.core.params import Paper
from boardpack.figures.register import Register


def files_of(folder: Path) -> dict[str, bytes]:
    found = (path for name in ("params", "data") for path in (folder / name).rglob("*"))
    return {str(path): path.read_bytes() for path in found if path.is_file()}


def test_each_change_is_what_is_still_to_come_by_its_percentage(
    paper: Paper, register: Register
) -> None:
    wanted = scenario_of(["prescribing_price_percent=2", "savings_slip=25"])
    (answer,) = what_if(paper, wanted)
    line = "position.bromley.prescribing"
    left = register[f"{line}.forecast_outturn"].value - register[f"{line}.ytd_actual"].value
    prices, slip = answer.effects
    assert prices.remaining.value == left
    assert prices.change.value == -left * 2 / 100
    assert slip.change.value == -slip.remaining.value / 4
    assert answer.change.value == prices.change.value + slip.change.value
    assert answer.before == register["position.bromley.total.forecast_variance"]
    assert answer.after.value == answer.before.value + answer.change.value


@pytest.mark.parametrize(("percent", "is_worse"), [("1", True), ("-1.5%", False)])
def test_the_sign_is_that_of_a_variance(paper: Paper, percent: str, is_worse: bool) -> None:
    (answer,) = what_if(paper, scenario_of([f"prescribing_activity={percent}"]))
    assert (answer.change.value < 0) == is_worse


def test_it_is_told_by_line_and_nothing_is_written(project: Path) -> None:
    before = files_of(project)
    command = ["what-if", "2023-24", "M06", "prescribing_price_percent=2", "--home", str(project)]
    done = CliRunner().invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 0
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[1] == "Prescribing prices: 2% of £25,408,000 still to come is -£508,160"
    assert "Forecast variance for the year, as the paper has it: -£2,675,000" in lines
    assert "Variance for the year, what if: -£3,183,160" in lines
    assert files_of(project) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["prescribing_pric_percent=2"], "Did you mean 'prescribing_price_percent'"),
        (["prescribing_price_percent"], "write one such as savings_slip_percent=25"),
        (["chc_price=two"], "'two' is no percentage for chc_price_percent"),
        (["chc_price=101"], "chc_price_percent is from -100 to 100, not 101"),
        (["chc_price=NaN"], "chc_price_percent is from -100 to 100, not NaN"),
        (["chc_price=1", "chc_price_percent=2"], "chc_price_percent is given twice"),
        (["chc_price=0"], "Say what would change"),
        (["title=2"], "is no what-if"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_plain_words(words: list[str], said: str) -> None:
    with pytest.raises(UsageFault, match=said):
        scenario_of(words)


def test_a_line_without_a_forecast_is_named(paper: Paper) -> None:
    lambeth = paper.model_copy(update={"place": "lambeth"})
    with pytest.raises(UsageFault, match=r"Lambeth has no forecast .* of continuing care prices\."):
        what_if(lambeth, scenario_of(["chc_price=1"]))


def test_a_year_that_is_over_has_nothing_to_change(paper: Paper) -> None:
    march = paper.model_copy(update={"month": paper.month.earlier(-6)})
    with pytest.raises(UsageFault, match="no month is to come"):
        what_if(march, scenario_of(["chc_price=1"]))


def test_every_place_that_can_be_answered_for_is_told(paper: Paper) -> None:
    answers = what_if(paper, scenario_of(["savings_slip=10"]))
    assert [answer.place for answer in answers] == ["bromley", "icb"]
    assert {answer.effects[0].percent for answer in answers} == {Decimal(10)}
    titles = [line for line in told(paper, answers) if line.startswith("What if: ")]
    assert [title.split(", ")[0] for title in titles] == [
        "What if: Bromley",
        "What if: South East London ICB",
    ]
