"""An analyst's afternoon: a new file of the month and one notebook, in a small body's home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
from small_bodies import MONTH, small_body

from boardpack.core.home import month_folder

NAME, PLACE = "27_bank_agency", "northtown"
FILE = """Bank and agency staff,,,
Provider,Staff group,Budget £000,Actual £000
Kings,Nurses,1200,1350
Kings,Doctors,800,760
Oxleas,Nurses,640,702
Oxleas,Doctors,300,330
Community,Nurses,210,205
"""
CELLS = (
    ("markdown", "# Bank and agency staff"),
    ("parameters", 'year = "2024-25"\nmonth = "M06"\nplace = "northtown"\nhome = ""'),
    (
        "code",
        """import plotly.express as px
from great_tables import GT

from boardpack import open_paper

paper = open_paper(year, month, place, home)
staff = paper.read("bank_agency.csv")""",
    ),
    (
        "code",
        """spend = staff.groupby("provider")[["budget", "actual"]].sum()
spend.loc["Total"] = spend.sum()
spend["variance"] = spend.budget - spend.actual
spend = paper.keep(spend)""",
    ),
    (
        "code",
        """said = "Agency staff are {{ all | overspend }}, of which Kings {{ kings | money }}."
paper.say(said, all=spend.variance["Total"], kings=spend.variance["Kings"])""",
    ),
    (
        "code",
        """(
    GT(spend.reset_index(), rowname_col="provider")
    .tab_header("Bank and agency staff", "£000s to date")
    .fmt_number(decimals=0, scale_by=0.001, accounting=True)
)""",
    ),
    (
        "code",
        """places = spend.drop("Total")
px.bar(places, y="variance", title="Kings and Oxleas spend above budget")""",
    ),
)


def an_afternoon(folder: Path, cells: tuple[tuple[str, str], ...] = CELLS) -> Path:
    """A home with the file, and the notebook in its `notebooks/`."""
    home = small_body(folder)
    (home / month_folder(MONTH) / "bank_agency.csv").write_text(FILE, encoding="utf-8")
    write_notebook(home / "notebooks" / f"{NAME}.ipynb", cells)
    return home


def write_notebook(path: Path, cells: tuple[tuple[str, str], ...]) -> None:
    """A notebook of these cells; the one of `parameters` is tagged."""
    made = nbformat.v4.new_notebook()
    for number, (kind, source) in enumerate(cells):
        new = nbformat.v4.new_markdown_cell if kind == "markdown" else nbformat.v4.new_code_cell
        cell = new(source, id=f"cell-{number}")
        cell.metadata["tags"] = ["parameters"] if kind == "parameters" else []
        made.cells.append(cell)
    path.parent.mkdir(exist_ok=True)
    nbformat.write(made, path)


def executed(path: Path) -> dict[str, Any]:
    """An executed notebook as JSON."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
