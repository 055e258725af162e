"""A render of a small project: what stands in the build, and what stands when it fails."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from figure_of_total import FIGURE
from small_notebooks import WriteNotebook

from boardpack.checks import Check
from boardpack.core.errors import BuildFault, InputFaults
from boardpack.core.params import Paper
from boardpack.document.content import Part
from boardpack.figures.register import Register
from boardpack.render import findings, making
from boardpack.render import render as story
from boardpack.render.layout import Layout
from boardpack.render.progress import Timed
from boardpack.render.swap import old_of

SHOW = "from IPython.display import display\nfrom boardpack.document.blocks import *\n"
WORKINGS = f"{SHOW}display({{MIME: block_json(Workings('w', (), ({FIGURE!r},)))}}, raw=True)"
READ = (
    f"{SHOW}import json, pathlib\nfolder = pathlib.Path(register)\n"
    "figures = json.loads((folder / 'register.json').read_text())['figures']\n"
    "checks = json.loads((folder / 'checks.json').read_text())['checks']\n"
    "said = f\"{figures[0]['value']} {checks[0]['status']}\"\n"
    "display({MIME: block_json(Narrative('n', said))}, raw=True)"
)
TOC = """
parts:
- caption: Board paper
  chapters:
  - file: notebooks/01_summary
  - file: notebooks/02_position
"""


def fake_checks(register: Register, paper: Paper, *, complete: bool = True) -> tuple[Check, ...]:
    amount = Decimal(1)
    found = tuple(figure.id for figure in register)
    return (Check("c.1", "A check", "cast", "error", "fail", amount, amount, amount, found),)


def fake_html(layout: Layout, parts: Sequence[Part], **found: Any) -> tuple[str, ...]:
    (layout.new / "html").mkdir()
    titles = [chapter.title for part in parts for chapter in part.chapters]
    (layout.new / "html" / "index.html").write_text("\n".join(titles))
    return ()


def fake_pdf(
    layout: Layout, parts: Sequence[Part], found: Callable[[], object], pool: Executor
) -> tuple[str, ...]:
    found()
    assert (layout.new / "figures.json").exists()
    (layout.new / "board-paper.pdf").write_bytes(b"pdf")
    return ("a note",)


@pytest.fixture(autouse=True)
def small_paper(
    project: Path, write_notebook: WriteNotebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "book" / "_toc.yml").write_text(TOC)
    write_notebook("01_summary", "# Summary", READ, boardpack={"wave": 2})
    write_notebook("02_position", "# Position", WORKINGS)
    monkeypatch.setattr(findings, "run_checks", fake_checks)
    monkeypatch.setattr(making, "make_html", fake_html)
    monkeypatch.setattr(making, "make_workbook", lambda *given, **told: ())
    monkeypatch.setattr(making, "make_print", fake_pdf)


def make(layout: Layout) -> story.Rendered:
    return story.render(layout, stock=False, progress=Timed())


def files(folder: Path) -> dict[str, bytes]:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_build_holds_every_output_and_nothing_is_left_beside_it(layout: Layout) -> None:
    rendered = make(layout)
    assert set(files(layout.target)) == {
        "board-paper.pdf",
        "checks.json",
        "data-dictionary.md",
        "figures.csv",
        "figures.json",
        "figures.parquet",
        "html/downloads/board-paper.pdf",
        "html/downloads/figures.csv",
        "html/index.html",
        "manifest.json",
        "notebooks/01_summary.ipynb",
        "notebooks/02_position.ipynb",
    }
    assert not layout.work.exists()
    beside = sorted(path.name for path in layout.target.parent.iterdir())
    assert beside == ["bromley", "bromley-timings.json"]
    assert len(rendered.findings.register) == 1
    note, *unprinted = rendered.notes
    assert note == "a note"
    assert all("is not printed" in said for said in unprinted)
    assert [check["id"] for check in rendered.findings.checks] == ["c.1"]


def test_the_second_wave_reads_what_the_first_found(layout: Layout) -> None:
    make(layout)
    kept = files(layout.target)["notebooks/01_summary.ipynb"].decode()
    assert "-1000 fail" in kept
    assert 'register = \\"register\\"' not in kept  # what only a render is told is not kept


def test_the_outputs_follow_the_book_and_not_the_waves(layout: Layout) -> None:
    make(layout)
    assert files(layout.target)["html/index.html"] == b"Summary\nPosition"


def test_two_renders_give_the_same_bytes(layout: Layout) -> None:
    make(layout)
    first = files(layout.target)
    make(layout)
    assert files(layout.target) == first


def test_a_failure_leaves_the_last_good_build(
    layout: Layout, write_notebook: WriteNotebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(layout)
    good = files(layout.target)
    write_notebook("02_position", "1 / 0")
    with pytest.raises(BuildFault, match="ZeroDivisionError"):
        make(layout)
    write_notebook("02_position", "# Position", WORKINGS)

    def broken(*_: Any) -> None:
        raise BuildFault("no PDF today")

    monkeypatch.setattr(making, "make_print", broken)
    with pytest.raises(BuildFault, match="no PDF today"):
        make(layout)
    assert files(layout.target) == good
    assert not layout.work.exists()


def test_faults_of_all_extracts_are_told_before_anything_runs(layout: Layout) -> None:
    for name in ("position.csv", "chc_high_cost.csv"):
        (layout.paper.raw / name).write_text("wrong\n1\n")
    with pytest.raises(InputFaults) as found:
        make(layout)
    assert "position.csv" in str(found.value)
    assert "chc_high_cost.csv" in str(found.value)


def test_an_interrupted_render_is_repaired_by_the_next(layout: Layout) -> None:
    make(layout)
    good = files(layout.target)
    layout.target.rename(old_of(layout.target))
    layout.work.mkdir(parents=True)
    (layout.work / "half").write_text("made")
    story.tidy(layout)
    assert files(layout.target) == good
    assert not layout.work.exists()


def test_the_same_figure_from_two_chapters_is_refused(
    layout: Layout, write_notebook: WriteNotebook
) -> None:
    write_notebook("01_summary", WORKINGS)
    with pytest.raises(BuildFault, match="is used twice"):
        make(layout)


def test_the_records_follow_their_schemas(layout: Layout) -> None:
    make(layout)
    kept = files(layout.target)
    assert json.loads(kept["figures.json"])["figures"][0]["value"] == "-1000"
    assert json.loads(kept["checks.json"])["checks"][0]["figures"] == [FIGURE["id"]]
    assert json.loads(kept["manifest.json"])["schema"] == "boardpack/manifest/1"


def test_how_long_the_stages_took_stands_beside_the_build_and_not_in_it(layout: Layout) -> None:
    make(layout)
    told = json.loads((layout.target.parent / "bromley-timings.json").read_text(encoding="utf-8"))
    first, *_, last = told["stages"]
    assert (first, last) == ("Reading the extracts", "Sealing the build")
    assert told["seconds"] == pytest.approx(sum(told["stages"].values()), abs=0.01)
    assert not [path for path in layout.target.rglob("*") if "timings" in path.name]
