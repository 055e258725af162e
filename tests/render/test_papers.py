"""Many papers in one command: what each comes to, what a failing one leaves alone, which months."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from boardpack.cli.options import layouts_of_months
from boardpack.cli.papers import PapersScreen
from boardpack.core.errors import BUILD, INPUT, Fault, InputFaults, UsageFault
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.render import papers
from boardpack.render.findings import Findings
from boardpack.render.kept_chapters import Kept
from boardpack.render.layout import Layout
from boardpack.render.papers import Outcome, render_papers
from boardpack.render.progress import Progress, Timed
from boardpack.render.render import Rendered

PLACES = ("bexley", "bromley", "lambeth", "icb")


@pytest.fixture
def layouts(project: Path) -> tuple[Layout, ...]:
    """Four papers of one month."""
    return tuple(Layout(project, load_paper(project, Month(2023, 6), name)) for name in PLACES)


def made(layout: Layout, stock: bool, progress: Progress, kept: Kept | None) -> Rendered:
    """A render that makes a file; one place has faults."""
    if layout.paper.place == "bexley":
        raise InputFaults([Fault("position.csv", "a number", "Mend it.", row=3)])
    layout.target.mkdir(parents=True)
    manifest = {"notebooks": {}, "notes": ["a note"]}
    for name, record in (
        ("manifest", manifest),
        ("figures", {"figures": []}),
        ("checks", {"checks": []}),
    ):
        (layout.target / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return Rendered(layout.paper, layout.target, Findings(), ("a note",))


def here(work: Callable[..., Outcome], layout: Layout, *told: bool) -> Outcome:
    """As `apart`, in this process; that of one place dies."""
    if layout.paper.place == "lambeth":
        raise BrokenExecutor
    return work(layout, *told)


@pytest.fixture
def outcomes(layouts: tuple[Layout, ...], monkeypatch: pytest.MonkeyPatch) -> dict[str, Outcome]:
    """What became of the four papers."""
    monkeypatch.setattr(papers, "render", made)
    monkeypatch.setattr(papers, "apart", here)
    return {outcome.paper.place: outcome for outcome in render_papers(layouts, stock=True)}


def test_a_paper_that_fails_or_dies_stops_no_other(
    outcomes: dict[str, Outcome], layouts: tuple[Layout, ...]
) -> None:
    codes = {place: outcome.code for place, outcome in outcomes.items()}
    assert codes == {"bexley": INPUT, "bromley": 0, "lambeth": BUILD, "icb": 0}
    assert [layout.target.exists() for layout in layouts] == [False, True, False, True]
    assert "position.csv, row 3" in outcomes["bexley"].fault
    assert "ended early" in outcomes["lambeth"].fault


def test_a_paper_that_is_up_to_date_is_not_made_and_is_told(
    layouts: tuple[Layout, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bromley = layouts[1]
    made(bromley, True, Timed(), False)
    monkeypatch.setattr(papers, "render", made)
    monkeypatch.setattr(papers, "apart", here)
    monkeypatch.setattr(papers, "settled", lambda layout: () if layout == bromley else ("src",))
    told = list(render_papers((bromley, layouts[3]), stock=False))
    assert [(one.paper.place, one.unchanged) for one in told] == [("bromley", True), ("icb", False)]
    with PapersScreen(len(told)) as screen:
        for outcome in told:
            screen.made(outcome)
    assert screen.say_all() == 0
    assert "Made 1 of 2, found 1 unchanged" in capsys.readouterr().out
    again = render_papers((bromley,), stock=False, again=True)
    assert [one.code for one in again] == [BUILD]  # its folder is there already: it was made anew


def test_the_table_tells_every_paper_and_the_code_is_the_worst(
    outcomes: dict[str, Outcome], capsys: pytest.CaptureFixture[str]
) -> None:
    with PapersScreen(len(outcomes)) as screen:
        for outcome in outcomes.values():
            screen.made(outcome)
    assert screen.say_all() == BUILD
    said = capsys.readouterr()
    assert said.out.count("not made") == 2
    assert "Bromley, September 2023: a note" in said.out
    assert "Made 2 of 4" in said.out
    assert "  4 of 4" in said.err
    assert "boardpack: Bexley, September 2023: position.csv, row 3" in said.err


def test_the_months_of_a_range_are_those_that_have_begun(project: Path) -> None:
    run = (project / "params/2023-24/M06.yml").read_text(encoding="utf-8")
    later = run.replace("data_cut: 2023-10-31", "data_cut: 2023-12-31")
    later = later.replace("board_date: 2023-11-23", "board_date: 2024-01-23")
    (project / "params/2023-24/M08.yml").write_text(later, encoding="utf-8")
    shutil.copytree(project / "data/raw/2023-24/M06", project / "data/raw/2023-24/M08")
    shutil.copy(project / "params/2023-24/M06.yml", project / "params/2023-24/M09.yml")
    found = layouts_of_months("2023-24", "M01..M12", None, True, project)
    months = [layout.paper.month.number for layout in found]
    assert months == [6] * 7 + [8] * 7
    one = layouts_of_months("2023-24", "M06..M07", "icb", False, project)
    assert [(layout.paper.month.code, layout.paper.place) for layout in one] == [("M06", "icb")]
    with pytest.raises(UsageFault, match="No month of M01"):
        layouts_of_months("2023-24", "M01..M05", None, False, project)


def test_a_fault_of_one_of_many_papers_names_its_file_below_the_home_that_was_asked_for() -> None:
    paper = load_paper(Path(__file__).parents[2], Month(2023, 6), "bromley")
    fault = Fault("data/raw/2023-24/M06/risks.csv", "a risk", "Add it.", 3)
    said = str(InputFaults([fault]))
    outcome = Outcome(paper, 1.0, INPUT, said, faults=(fault,))
    assert outcome.below(None).fault == said
    assert outcome.below(Path("elsewhere")).fault.startswith("elsewhere/data/raw/2023-24/M06/risks")
    assert Outcome(paper, 1.0, BUILD, "It died.").below(Path("elsewhere")).fault == "It died."
