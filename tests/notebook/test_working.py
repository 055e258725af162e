"""A working cell shows as Jupyter does, and nothing of it is a figure or a block of the paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from afternoon import NAME, PLACE, an_afternoon, write_notebook
from boardpack.document.blocks import MIME
from boardpack.document.content import chapter_of
from boardpack.document.working_cells import is_working
from boardpack.render.notebooks import run_notebooks

PARAMETERS = 'year = ""\nmonth = ""\nplace = ""\nhome = ""'
OPEN = """import plotly.express as px
from IPython.display import Markdown, display
from boardpack import open_paper
from boardpack.outputs.notebook import show
from boardpack.document.blocks import Narrative
paper = open_paper(year, month, place, home)
staff = paper.read("bank_agency.csv")
spend = staff.groupby("provider")[["budget", "actual"]].sum()"""
WORK = (
    "#| working\n# Per provider.\nspend",
    "#| working\n# What is over.\nspend['over'] = spend.actual - spend.budget\nspend.over",
    "#| working\ndisplay(Markdown('*words*'))\nprint('printed')\nfloat(spend.budget.iloc[0])",
    "#| working\nimport sys\nprint('careful', file=sys.stderr)\nobject",
    "#| working\ndisplay(paper.table(spend))\npx.bar(spend, y='budget')",
    "#| working\nshow(Narrative('said', 'Kings spend more.'))",
    "#| working\npx.box(staff, y='actual')",
)
CONTENT = ("spend[['budget']]", "spend.over.to_frame('over')")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_afternoon(tmp_path_factory.mktemp("working"))


def executed(home: Path, *cells: str, stock: bool = False) -> str:
    listed = (("markdown", "# Agency"), ("parameters", PARAMETERS), ("code", OPEN))
    write_notebook(home / "notebooks" / f"{NAME}.ipynb", (*listed, *(("code", c) for c in cells)))
    told = {"year": "2024-25", "month": "M06", "place": PLACE, "home": str(home)}
    run_notebooks([NAME], told, home / "notebooks", home / "executed", stock=stock)
    return (home / "executed" / f"{NAME}.ipynb").read_text(encoding="utf-8")


def outputs(text: str) -> list[list[dict[str, Any]]]:
    """What each working cell shows."""
    cells = json.loads(text)["cells"]
    return [cell["outputs"] for cell in cells if is_working("".join(cell["source"]))]


@pytest.fixture(scope="module")
def made(home: Path) -> str:
    return executed(home, *WORK, *CONTENT)


def test_nothing_of_a_working_cell_is_content(home: Path, made: str) -> None:
    bare = ("spend['over'] = spend.actual - spend.budget;", *CONTENT)
    assert chapter_of(NAME, made).items == chapter_of(NAME, executed(home, *bare)).items
    assert not [o for each in outputs(made) for o in each if MIME in o.get("data", {})]


def test_it_shows_what_jupyter_shows(made: str) -> None:
    frame, series, words, warned, drawn, block, box = outputs(made)
    assert "<td>2,000,000</td>" in "".join(frame[0]["data"]["text/html"])
    assert "Kings" in "".join(series[0]["data"]["text/plain"])
    assert [one.get("name") or sorted(one["data"]) for one in words] == [
        ["text/markdown", "text/plain"],
        "stdout",
        ["text/plain"],
    ]
    assert "careful" in "".join(one.get("text", "") for one in warned)
    assert all("text/html" in one["data"] or "Plotly" in str(one["data"]) for one in drawn)
    assert any("Kings" in "".join(one["data"].get("text/html", "")) for one in block)
    assert "application/vnd.plotly.v1+json" in box[0]["data"]


def test_it_shows_the_same_each_time_and_in_a_kernel(home: Path, made: str) -> None:
    assert executed(home, *WORK, *CONTENT) == made
    assert executed(home, *WORK, *CONTENT, stock=True) == made


def test_what_is_kept_in_a_working_cell_is_in_the_register(home: Path) -> None:
    kept = executed(home, "#| working\nkept = paper.keep(spend);", "kept")
    alone = executed(home, "kept = paper.keep(spend);", "kept")
    figures = [
        [item for b in chapter_of(NAME, text).blocks for item in getattr(b, "figures", ())]
        for text in (kept, alone)
    ]
    assert figures[0] == figures[1]
    assert any(item["measure"] == "actual" for item in figures[0])


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("#| working\nx", True),
        ("\n  #|  working  \nx", True),
        ("#| working", True),
        ("# working\nx", False),
        ("#| working cells\nx", False),
        ("x\n#| working", False),
        ("", False),
    ],
)
def test_the_first_line_says_it(source: str, found: bool) -> None:
    assert is_working(source) is found
