"""Every line of code in docs/notebooks.md is run, and does what the page says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import pytest
from homes import PROJECT, RAW, copied_home

from afternoon import FILE
from boardpack.document.blocks import Chart, Narrative, Table
from boardpack.document.plain_outputs import CannotCarry
from boardpack.figures.frames import column_of
from boardpack.notebook.paper import NotebookPaper
from frames_made import figure

PAGE = (PROJECT / "docs" / "notebooks.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
ROWS = re.findall(r"^\| `(.+?)` \| (.+?) \|$", PAGE, re.MULTILINE)
SHOWN = [Table, Table, Table, Chart, Chart, Narrative]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The names that the page's cells made; in `shown` what each that shows something gave."""
    home = copied_home(PROJECT, tmp_path_factory.mktemp("docs"))
    (home / RAW / "bank_agency.csv").write_text(FILE, encoding="utf-8")
    told = {"year": "2023-24", "month": "M06", "place": "bromley", "home": str(home)}
    names: dict[str, Any] = {**told, "shown": []}
    for block in BLOCKS:
        named = block.replace("home)", 'home, chapter="bank_agency")')
        try:
            names["shown"].append(eval(named.strip(), names))
        except SyntaxError:
            exec(named, names)
    return names


def test_its_cells_show_what_the_page_says(ran: dict[str, Any]) -> None:
    paper: NotebookPaper = ran["paper"]
    blocks = [paper.carried(one) for one in ran["shown"]]
    assert [type(block) for block in blocks] == SHOWN
    assert blocks[-1] == Narrative(
        "bank_agency-said-6",
        "Bank and agency staff are ⟦bank_agency.bromley.total.variance|£197k overspent⟧,"
        " of which Kings ⟦bank_agency.bromley.kings.variance|£110k⟧.",
    )
    assert isinstance(blocks[1], Table)
    assert blocks[1].notes == ("From the staff bank's own list",)


def test_its_frames_hold_what_the_page_says(ran: dict[str, Any]) -> None:
    assert len(ran["staff"]) == 5
    assert ran["position"].index.name == "line"
    assert set(ran["places"].index.get_level_values("place")) == {"bromley", "icb"}
    assert len(ran["every"]) > 3000
    assert list(ran["past"].index) == ["2023/24 M04", "2023/24 M06"]
    assert ran["past"].value.iloc[-1] == ran["position"].ytd_variance["total"]
    assert "`bank_agency.bromley.kings.variance`" in PAGE
    assert ran["spend"].variance["Kings"].id == "bank_agency.bromley.kings.variance"


def test_its_file_is_the_one_that_is_read() -> None:
    assert FILE.replace(",,,", "") in PAGE


def months() -> dict[str, Any]:
    """What the table of pictures draws from."""
    names = ["April", "May", "June"]
    told = {
        measure: column_of(
            figure(name.lower(), measure, str(amount * (at + 1))) for at, name in enumerate(names)
        )
        for measure, amount in (("budget", 400_000), ("actual", 430_000))
    }
    frame = pd.DataFrame({"month": names, **told})
    steps = [frame.budget[0], frame.actual[0] - frame.budget[0], 0]
    walk = pd.DataFrame({"value": pd.Series(steps, dtype="object")})
    walk.index = pd.Index(["Budget", "Over", "Spend"])
    return {"months": frame, "walk": walk, "px": px, "go": go}


@pytest.mark.parametrize(("code", "drawn"), ROWS)
def test_each_picture_is_carried_or_refused_as_the_page_says(
    paper: NotebookPaper, code: str, drawn: str
) -> None:
    found = eval(code, months())
    if drawn.startswith("refused: "):
        with pytest.raises(CannotCarry, match=re.escape(drawn.removeprefix("refused: "))):
            paper.carried(found)
        return
    block = paper.carried(found)
    assert isinstance(block, Chart)
    assert block.shape == drawn


def test_the_page_says_more_than_a_few_things() -> None:
    assert len(BLOCKS) == 11
    assert len(ROWS) == 15
    assert Path(PROJECT / "docs" / "language.md").exists()
