"""The chapters that read as the analysis: their work holds, and changes nothing that is printed.

Each is run as it stands, and again without its working cells, for a place and for the whole of
Month 6. What these show is the paper's own figure, so one that is changed stops its notebook.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from boardpack.checks.engine import run_checks
from boardpack.core.home import CHECKOUT
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.document.content import Chapter, chapter_of
from boardpack.document.working_cells import is_working
from boardpack.figures import computed
from boardpack.figures.chapters import NEEDS, compute
from boardpack.render.failures import NotebookFaults
from boardpack.render.notebooks import run_notebooks
from boardpack.render.records import write_register
from boardpack.schedules.load import own_schedule
from boardpack.subjects.position import figures as position

NOTEBOOKS = CHECKOUT / "notebooks"
NAMES = tuple(
    sorted(p.stem for p in NOTEBOOKS.glob("*.ipynb") if "#| working" in p.read_text("utf-8"))
)
OF_THE_ICB = ("12_overview", "13_prescribing_icb", "15_providers", "16_efficiency", "17_corporate")
OF_THE_ICB += ("18_cash", "19_section75")
SECOND = ("01_summary", "09_risks")
"""Those that read what all others found."""
WITHOUT_FIGURES = {
    "bromley": {"08_actions", "09_risks"},
    "icb": {"07_programmes", "08_actions", "09_risks", "19_section75"},
}
"""Actions have no figures, nor have the risks of this month. Of the whole ICB came no budget of all
that is spent, and no schedule of services that are paid for together with a council."""
VERDICT = re.compile(r"<td>(agrees(?: within rounding)?)</td>")
LEAST_HELD = {"bromley": 455, "icb": 300}
"""So many figures of the real Month 6 are held to what their notebooks compute, and more."""


@dataclass(frozen=True)
class Ran:
    """A paper's notebooks as they were run with their work, and without it."""

    place: str
    whole: dict[str, str]
    bare: dict[str, Chapter]

    def chapter(self, name: str) -> Chapter:
        return chapter_of(name, self.whole[name])


def told(place: str, folder: Path, second: bool) -> dict[str, str]:
    found = {"year": "2023-24", "month": "M06", "place": place, "home": str(CHECKOUT)}
    return {**found, "register": str(folder / "register")} if second else found


def run(place: str, folder: Path, source: Path, target: Path, names: tuple[str, ...]) -> None:
    for second in (False, True):
        wave = [name for name in names if (name in SECOND) is second]
        if wave:
            run_notebooks(wave, told(place, folder, second), source, target)


def without_work(folder: Path) -> Path:
    """The notebooks with their working cells taken out."""
    folder.mkdir()
    for name in NAMES:
        notebook = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
        kept = [c for c in notebook["cells"] if not is_working("".join(c["source"]))]
        assert len(kept) < len(notebook["cells"])
        text = json.dumps({**notebook, "cells": kept})
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")
    return folder


def begun(place: str, folder: Path) -> Path:
    """The folder with what the first wave finds, for the second."""
    paper = load_paper(CHECKOUT, Month(2023, 6), place)
    register = compute(paper, *NEEDS)
    checks = [check.to_json() for check in run_checks(register, paper)]
    write_register(folder / "register", paper, register, checks)
    return folder


@pytest.fixture(scope="module", params=["bromley", "icb"])
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    place = request.param
    folder = begun(place, tmp_path_factory.mktemp(place))
    run(place, folder, NOTEBOOKS, folder / "whole", NAMES)
    run(place, folder, without_work(folder / "source"), folder / "bare", NAMES)

    def text(kind: str, name: str) -> str:
        return (folder / kind / f"{name}.ipynb").read_text(encoding="utf-8")

    return Ran(
        place,
        {name: text("whole", name) for name in NAMES},
        {name: chapter_of(name, text("bare", name)) for name in NAMES},
    )


def held_in(text: str) -> int:
    """Of how many figures the working cells of an executed notebook say that they agree."""
    cells = [c for c in json.loads(text)["cells"] if is_working("".join(c["source"]))]
    shown = (output["data"].get("text/html", "") for c in cells for output in c["outputs"])
    return sum(len(VERDICT.findall("".join(html))) for html in shown)


@pytest.mark.parametrize("name", NAMES)
def test_no_block_is_changed_by_the_work_that_is_shown(ran: Ran, name: str) -> None:
    assert ran.chapter(name).items == ran.bare[name].items


@pytest.mark.parametrize("name", NAMES)
def test_every_working_cell_shows_something(ran: Ran, name: str) -> None:
    cells = json.loads(ran.whole[name])["cells"]
    for cell in (c for c in cells if is_working("".join(c["source"]))):
        assert any("text/html" in output["data"] for output in cell["outputs"])


def test_all_chapters_that_are_to_show_their_work_do() -> None:
    assert {f"{number:02d}" for number in range(1, 10)} <= {name[:2] for name in NAMES}
    assert set(OF_THE_ICB) <= set(NAMES)


def test_figures_of_every_chapter_are_held_to_what_is_computed(ran: Ran) -> None:
    held = {name: held_in(text) for name, text in ran.whole.items()}
    assert sum(held.values()) >= LEAST_HELD[ran.place]
    assert {name for name, number in held.items() if not number} == WITHOUT_FIGURES[ran.place]


def test_a_changed_rule_stops_the_notebook_by_the_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = own_schedule("position")
    turned = {"against": tuple(reversed(told.columns["forecast_variance"].against or ()))}
    column = told.columns["forecast_variance"].model_copy(update=turned)
    columns = {"columns": {**told.columns, "forecast_variance": column}}
    wrong = {"position": told.model_copy(update=columns)}
    monkeypatch.setattr(
        position, "own_schedule", lambda name: wrong.get(name) or own_schedule(name)
    )
    monkeypatch.setattr(computed, "_KEPT", {})  # what was computed by this rule is for nobody else
    with pytest.raises(NotebookFaults) as found:
        run("bromley", tmp_path, NOTEBOOKS, tmp_path / "made", ("02_position",))
    said = str(found.value)
    assert "notebooks/02_position.ipynb, cell 6: DoesNotAgree: position.bromley." in said
    assert "position.bromley.prescribing.forecast_variance is 4,450,000 in the paper" in said


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = begun("bromley", tmp_path_factory.mktemp("changed"))
    file = folder / "register" / "register.json"
    whole = file.read_text(encoding="utf-8")

    def with_value(identity: str, value: str) -> Path:
        record = json.loads(whole)
        figure = next(one for one in record["figures"] if one["id"] == identity)
        figure["value"] = value
        file.write_text(json.dumps(record), encoding="utf-8")
        return folder

    return with_value


@pytest.mark.parametrize(
    ("name", "identity", "value"),
    [
        ("01_summary", "position.bromley.total.average_run_rate", "400000"),
        ("01_summary", "position.bromley.total.required_run_rate", "-45833"),
    ],
)
def test_a_figure_changed_in_the_register_stops_the_notebook_by_its_name(
    changed: Any, tmp_path: Path, name: str, identity: str, value: str
) -> None:
    with pytest.raises(NotebookFaults) as found:
        run("bromley", changed(identity, value), NOTEBOOKS, tmp_path / "made", (name,))
    assert f"notebooks/{name}.ipynb, cell" in str(found.value)
    assert f"{identity} is " in str(found.value)
