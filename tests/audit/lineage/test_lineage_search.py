"""Figures found by words: the one that is meant, what else fits, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from boardpack.audit.lineage.search import fitting, listed
from boardpack.cli import app
from boardpack.core.errors import UsageFault
from boardpack.core.params import Paper
from boardpack.figures.register import Register

MONTH = ("--year", "2023-24", "--month", "M06")


@pytest.mark.parametrize(
    ("words", "figure"),
    [
        ("prescribing overspend Lambeth", "position.lambeth.prescribing.ytd_variance"),
        ("Lambeth: variance on prescribing, YTD", "position.lambeth.prescribing.ytd_variance"),
        (
            "where does the prescribing overspend come from",
            "position.bromley.prescribing.ytd_variance",
        ),
        ("CHC overspend", "position.bromley.continuing_care_services.ytd_variance"),
        ("overspend", "position.bromley.total.ytd_variance"),
        ("ICB overspend", "position.icb.total.ytd_variance"),
        ("forecast overspend", "position.bromley.total.forecast_variance"),
        ("prescribing forecast", "position.bromley.prescribing.forecast_outturn"),
        ("prescribing budget for the year", "position.bromley.prescribing.annual_budget"),
        ("acute ytd budget", "position.bromley.acute_services.ytd_budget"),
        ("spend on acute services", "position.bromley.acute_services.ytd_actual"),
        ("clients of CHC in Lambeth", "chc.lambeth.all_clients.clients"),
        ("CHC average price Lambeth", "chc.lambeth.all_clients.average_price"),
        ("high cost packages", "chc.bromley.high_cost.clients"),
        ("category M", "prescribing.bromley.cat_m_ncso.ytd_spend"),
        ("identified savings", "efficiency.bromley.total.identified"),
        ("savings shortfall", "savings.bromley.total.ytd_variance"),
        ("cash balance", "cash.icb.drawdown.month_end_balance"),
    ],
)
def test_the_figure_that_is_meant_comes_first(
    register: Register, paper: Paper, words: str, figure: str
) -> None:
    assert fitting(register, paper, words).figure.id == figure


def test_a_figure_of_another_month_is_found_by_its_month(register: Register, paper: Paper) -> None:
    found = fitting(register, paper, "prescribing variance M04").figure
    assert found.id == "position.bromley.prescribing.ytd_variance.m04"


def test_the_next_ones_fit_too_and_are_named_with_their_values(
    register: Register, paper: Paper
) -> None:
    found = fitting(register, paper, "prescribing overspend")
    assert 0 < len(found.others) <= 5
    assert found.figure not in found.others
    assert all("prescribing" in other.id for other in found.others)
    said = (
        "  position.bromley.prescribing.ytd_variance  (Prescribing, year to date variance: -£2,213"
    )
    assert listed([found.figure]).startswith(said)


def test_a_misspelt_word_is_read_as_its_nearest_and_told(register: Register, paper: Paper) -> None:
    found = fitting(register, paper, "prescibing overspend Lambth")
    assert found.figure.id == "position.lambeth.prescribing.ytd_variance"
    assert found.read_as == (("prescibing", "prescribing"), ("lambth", "lambeth"))


def test_words_that_no_figure_has_are_named_with_the_nearest(
    register: Register, paper: Paper
) -> None:
    with pytest.raises(UsageFault, match=r"No figure is called xyzzy\. The nearest") as fault:
        fitting(register, paper, "xyzzy overspend")
    assert "position.bromley.total.ytd_variance" in str(fault.value)


def test_words_that_may_mean_several_are_not_guessed_at(register: Register, paper: Paper) -> None:
    with pytest.raises(UsageFault, match="may mean several figures") as fault:
        fitting(register, paper, "prescribing run rate")
    for measure in ("average", "latest", "earlier"):
        assert f"position.bromley.prescribing.{measure}_run_rate" in str(fault.value)


def test_words_are_explained_as_an_id_is(project: Path) -> None:
    command = ["explain", "prescribing", "overspend", "Lambth", *MONTH, "--home", str(project)]
    done = CliRunner().invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "position.lambeth.prescribing.ytd_variance"
    assert "Read “lambth” as “lambeth”." in lines
    assert "These fit too:" in lines
    told = "Looked for in the paper of Bromley alone; --place looks in that of another place."
    assert lines[-1] == told
    other = (
        "  prescribing.lambeth.ppa.ytd_variance  (Lambeth, PPA prescribing, year to date variance: "
    )
    assert any(line.startswith(other) for line in lines)
