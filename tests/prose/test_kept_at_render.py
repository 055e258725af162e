"""A reference to what a notebook of the home keeps: it is made at render, and known only then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_figures import made_figure
from small_bodies import MONTH, small_body, small_paper

from boardpack.core.errors import InputFaults
from boardpack.core.home import REPORT, run_file
from boardpack.figures.chapters import chapters_of, compute
from boardpack.prose.commentary import commentary_claims
from boardpack.prose.commentary_files import paper_folder
from boardpack.prose.numbers import AT_RENDER
from boardpack.render.examine import examine

KEPT = "bank_agency.northtown.total.variance"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return small_body(tmp_path / "home")


def notebook_of(home: Path) -> None:
    """A notebook of the home's own; nothing runs it here."""
    (home / "notebooks").mkdir()
    title = {"cell_type": "markdown", "metadata": {}, "source": ["# Bank and agency staff"]}
    file = home / "notebooks" / "27_bank_agency.ipynb"
    file.write_text(json.dumps({"cells": [title], "metadata": {}}), "utf-8")
    report = home / REPORT
    said = f"{report.read_text('utf-8')}\nchapters:\n  bank_agency: {{after: position}}\n"
    report.write_text(said, "utf-8")


@pytest.mark.parametrize(
    ("has_notebook", "is_rendered", "named", "status", "said"),
    [
        (True, False, KEPT, "supported", AT_RENDER),
        (False, False, KEPT, "unsupported", "There is no figure bank_agency"),
        (True, False, "position.northtown.totl.ytd_variance", "unsupported", "no figure position"),
        (True, True, KEPT, "supported", "A reference."),
        (True, True, KEPT.replace("total", "totl"), "unsupported", "There is no figure bank_ag"),
    ],
)
def test_a_reference_waits_for_the_render_where_a_notebook_may_keep_it(
    home: Path, has_notebook: bool, is_rendered: bool, named: str, status: str, said: str
) -> None:
    if has_notebook:
        notebook_of(home)
    paper = small_paper(home, "northtown")
    register = compute(paper, *chapters_of(paper))
    if is_rendered:
        register.add(made_figure(KEPT, -33000))
    file = home / paper_folder(paper) / "commentary" / "position.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"Agency staff are overspent by [[{named}]].\n", "utf-8")
    (claim,) = commentary_claims(paper, register)["position"]
    assert claim.status == status
    assert said in claim.reason


@pytest.mark.parametrize("has_notebook", [False, True])
def test_a_waiver_may_be_of_a_check_on_what_a_notebook_keeps(
    home: Path, has_notebook: bool
) -> None:
    if has_notebook:
        notebook_of(home)
    run = home / run_file(MONTH)
    waiver = (
        f"waivers:\n- {{check: cast.{KEPT}, reason: Known, owner_role: CFO, expires: 2025-01-01}}"
    )
    run.write_text(run.read_text("utf-8").replace("waivers: []", waiver), "utf-8")
    if has_notebook:
        examine(small_paper(home, "northtown"))
        return
    with pytest.raises(InputFaults, match="the id of a check"):
        examine(small_paper(home, "northtown"))
