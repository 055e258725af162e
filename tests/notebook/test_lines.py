"""The register as frames: by chapter, by declared table, whole, and month by month."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from homes import PROJECT, copied_home

from boardpack import open_paper
from boardpack.core.errors import UsageFault
from boardpack.figures.register import Register
from boardpack.notebook.named_figures import Made
from boardpack.notebook.paper import NotebookPaper


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> NotebookPaper:
    home = copied_home(PROJECT, tmp_path_factory.mktemp("real"))
    return open_paper("2023-24", "M06", "bromley", str(home), chapter="look")


def test_a_chapter_has_its_lines_down_and_measures_across(real: NotebookPaper) -> None:
    frame = real.frame("position")
    assert {"ytd_budget", "ytd_actual", "ytd_variance"} <= set(frame.columns)
    assert frame.ytd_variance["prescribing"].id == "position.bromley.prescribing.ytd_variance"


def test_a_figure_is_the_agreed_one(real: NotebookPaper) -> None:
    shown = real.frame("position").ytd_budget["total"]
    assert shown.id == real.register.agreed("position.bromley.total.ytd_budget").id
    assert shown.id.endswith(".printed")
    assert not [name for name in real.frame("position").columns if "printed" in name]


def test_another_month_is_a_column_of_its_own(real: NotebookPaper) -> None:
    frame = real.frame("position")
    assert frame.ytd_variance_m04["total"].period == "2023/24 M04"


def test_places_are_those_that_are_asked_for(real: NotebookPaper) -> None:
    assert real.frame("position", place="icb").ytd_variance["total"].id.split(".")[1] == "icb"
    both = real.frame("position", place=["icb", "bromley"])
    assert both.index.names == ["place", "line"]
    assert list(dict.fromkeys(both.index.get_level_values("place"))) == ["icb", "bromley"]


def test_what_the_icb_alone_has_is_found_without_its_name(real: NotebookPaper) -> None:
    assert real.frame("corporate").index.name == "line"


def test_a_declared_table_is_in_print_order(real: NotebookPaper) -> None:
    table = real.frame("provider_contracts")
    assert isinstance(table.index, pd.Index)
    assert len(table) > 5
    assert {str(dtype) for dtype in table.dtypes} == {"figure"}


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("positon", None, "Did you mean 'position'"),
        ("position", "bromly", "Did you mean 'bromley'"),
        ("position", ["bromley", "kent"], "There is no place 'kent'"),
    ],
)
def test_a_name_that_is_none_has_the_nearest(
    real: NotebookPaper, name: str, place: str | list[str] | None, said: str
) -> None:
    with pytest.raises(UsageFault, match=said):
        real.frame(name, place)


def test_the_register_has_every_figure_once(real: NotebookPaper) -> None:
    every = real.figures
    assert every.index.is_unique
    row = every.loc["position.bromley.prescribing.ytd_variance"]
    assert (row.place, row["line"], row.measure) == ("bromley", "prescribing", "ytd_variance")
    assert row.value.id == row.name


def test_the_past_of_a_figure_is_a_figure_for_each_month(real: NotebookPaper) -> None:
    past = real.history("position.bromley.total.ytd_variance")
    assert [one.id for one in past.value] == [
        "position.bromley.total.ytd_variance.m04",
        "position.bromley.total.ytd_variance",
    ]


def test_a_past_that_no_chapter_has_is_recorded_under_the_notebook(real: NotebookPaper) -> None:
    nothing = Register()
    bare = replace(real, register=nothing, made=Made("look", real.paper, nothing))
    past = bare.history("position.bromley.total.ytd_variance")
    first = past.value.iloc[0]
    assert first.id == "look.bromley.position_bromley_total.ytd_variance.m04"
    (source,) = first.figure.cells
    assert source.cell.file.startswith("data/released/2023-24/M04/")
    bare.keep(past)
    assert first.id in bare.recorded()


def test_a_home_is_found_from_the_notebook_s_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = copied_home(PROJECT, tmp_path / "home")
    shutil.copytree(home / "params", tmp_path / "other" / "params")
    (home / "notebooks" / "mine").mkdir(parents=True)
    monkeypatch.chdir(home / "notebooks" / "mine")
    paper = open_paper("2023-24", "M06", "bromley", chapter="look")
    assert paper.paper.home.resolve() == home.resolve()
