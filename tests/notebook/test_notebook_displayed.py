"""In a notebook: what is shown carries its block, and what cannot be carried stops the cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from afternoon import NAME, PLACE, an_afternoon, write_notebook
from boardpack.document.blocks import MIME
from boardpack.render.failures import NotebookFaults
from boardpack.render.notebooks import run_notebooks

OPEN = """import pandas as pd
import plotly.express as px
from IPython.display import display

from boardpack import open_paper

paper = open_paper(year, month, place, home)
staff = paper.read("bank_agency.csv")"""
PARAMETERS = 'year = ""\nmonth = ""\nplace = ""\nhome = ""'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_afternoon(tmp_path_factory.mktemp("carried"))


def run(home: Path, *cells: str, begin: str = OPEN) -> list[dict[str, object]]:
    """What the cells show after the paper was opened: the data of each output, in order."""
    listed = (("markdown", "# Agency"), ("parameters", PARAMETERS), ("code", begin))
    write_notebook(home / "notebooks" / f"{NAME}.ipynb", (*listed, *(("code", c) for c in cells)))
    told = {"year": "2024-25", "month": "M06", "place": PLACE, "home": str(home)}
    run_notebooks([NAME], told, home / "notebooks", home / "executed")
    made = json.loads((home / "executed" / f"{NAME}.ipynb").read_text(encoding="utf-8"))
    outputs = (out for cell in made["cells"] for out in cell.get("outputs", ()))
    return [output["data"] for output in outputs]


def kinds(shown: list[dict[str, object]]) -> list[str]:
    return [str(data[MIME]["kind"]) for data in shown]  # type: ignore[index]


def test_what_is_last_and_what_is_displayed_carry_their_blocks(home: Path) -> None:
    shown = run(
        home,
        "for name in ('budget', 'actual'):\n    display(staff[['provider', name]])",
        "staff",
        "staff;",
    )
    assert kinds(shown) == ["workings", "table", "workings", "table", "table"]
    assert all("text/html" in data for data in shown)


def test_words_said_are_shown_as_prose(home: Path) -> None:
    said = "paper.say('Kings spend {v} on nurses.', v=staff.actual[0])"
    assert kinds(run(home, said)) == ["workings", "narrative"]


def test_what_is_no_block_is_left_to_ipython(home: Path) -> None:
    begin = "x = 1"
    shown = run(home, "display('plain words')", begin=begin)
    assert kinds(shown) == ["narrative"]
    shown = run(home, "display('plain words')")
    assert kinds(shown) == ["narrative"]


@pytest.mark.parametrize(
    "cell", ["px.box(staff, y='actual')", "display(px.box(staff, y='actual'))\nprint('on')"]
)
def test_what_cannot_be_carried_stops_the_render_by_name(home: Path, cell: str) -> None:
    with pytest.raises(NotebookFaults) as found:
        run(home, "staff", cell)
    said = f"notebooks/{NAME}.ipynb, cell 5: a chart of the kind box cannot be carried"
    assert said in str(found.value)
    assert "show a table of df.describe()" in str(found.value)


def test_units_that_do_not_mix_are_told_in_words(home: Path) -> None:
    with pytest.raises(NotebookFaults, match="pounds"):
        run(home, "staff.budget + 5 * paper.figures.value.iloc[0] / staff.budget[0]")
