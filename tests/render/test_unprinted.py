"""Words of the team that the paper does not print are named, wherever a month is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from boardpack.cli import app
from boardpack.document.blocks import Narrative, NotSupplied
from boardpack.document.content import Chapter, Heading, Part
from boardpack.document.folding import folded
from boardpack.render.manifest import NAME
from boardpack.render.month_state import standing
from boardpack.render.unprinted import unprinted_commentary
from small_paper import COMMENTARY, check, layout_of, rendered, small_project, stub_outputs

FOLDER = COMMENTARY.parent
LEFT_OUT = (
    f"{FOLDER}/position.md is for a chapter that this paper leaves out"
    " (It stands in the ICB's paper), and is not printed."
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project of one chapter, with words for it."""
    root = small_project(tmp_path)
    write(root, "position")
    return root


def write(root: Path, chapter: str) -> None:
    path = root / FOLDER / f"{chapter}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("The team has looked at it.\n")


def leave_out(root: Path, chapter: str) -> None:
    report = root / "params" / "report.yml"
    said = f'chapters:\n  {chapter}: {{leave_out: "It stands in the ICB\'s paper."}}\n'
    report.write_text(report.read_text() + said)


def found(root: Path) -> tuple[str, ...]:
    return unprinted_commentary(layout_of(root))


def test_words_that_are_printed_are_not_named(project: Path) -> None:
    assert found(project) == ()


def test_words_of_a_chapter_that_is_left_out_are_named(project: Path) -> None:
    leave_out(project, "position")
    assert found(project) == (LEFT_OUT,)


def test_words_for_no_chapter_are_named_with_the_nearest(project: Path) -> None:
    write(project, "positon")
    assert found(project) == (
        f"{FOLDER}/positon.md is for no chapter of this paper, and is not printed."
        " Did you mean 'position'?",
    )


def test_words_of_a_chapter_that_shows_none_are_named(project: Path) -> None:
    path = project / "notebooks" / "02_position.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"] = [c for c in notebook["cells"] if "commentary" not in "".join(c["source"])]
    path.write_text(json.dumps(notebook))
    (said,) = found(project)
    assert said.endswith(
        "position.md is for a chapter that shows no commentary, and is not printed."
    )


def test_faults_in_the_plan_are_told_elsewhere(project: Path) -> None:
    leave_out(project, "no_such_chapter")
    assert found(project) == ()


def test_check_status_and_render_name_them(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out(project, "position")
    stub_outputs(monkeypatch, check("pass"))
    manifest = json.loads((rendered(project) / NAME).read_text())
    assert LEFT_OUT in manifest["notes"]
    assert standing(layout_of(project)).unprinted == (LEFT_OUT,)
    for verb in ("check", "status"):
        told = [verb, "2023-24", "M06", "--place", "bromley", "--home", str(project)]
        assert LEFT_OUT in " ".join(CliRunner().invoke(app, told).output.split())


def test_a_chapter_with_words_of_the_team_does_not_fold() -> None:
    """Else its words would go with its page."""
    title = Heading(1, "Care")
    missing = NotSupplied("chc-not-supplied", "Packages", "They have not come.")
    words = Narrative("chc-commentary", "The team has looked at it.", "commentary")
    tells = Chapter("20_assurance", "Assurance", (Heading(1, "Assurance"), words))
    for items, stays in (((title, missing, words), True), ((title, missing), False)):
        parts = folded([Part("", (Chapter("04_chc", "Care", items), tells))])
        assert (parts[0].chapters[0].name == "04_chc") == stays
