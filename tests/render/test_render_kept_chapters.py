"""Chapters kept: a change of anything that a chapter rests on runs it again, and few others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from small_notebooks import WriteNotebook

from boardpack.core.workers import Here
from boardpack.render.chapter_plan import plan_of
from boardpack.render.kept_chapters import Kept, Now, Trace, read_kept, write_kept
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.manifest import CODE, sources_of
from boardpack.render.progress import Timed
from boardpack.render.render import Chapters

PLACE = "params/2023-24/M06/bromley"
WORDS = f"{PLACE}/commentary/position.md"
RAW = "data/raw/2023-24/M06"
Change = tuple[str, str, str]
ROUNDS: dict[str, dict[str, Change]] = {
    "extracts, words, a notebook": {
        "a cell that all rest on": (f"{RAW}/position.csv", '"3,393"', '"3,392"'),
        "a commentary that is new": (f"{PLACE}/commentary/cash.md", "", "Cash is as planned.\n"),
        "a notebook": ("notebooks/19_section75.ipynb", "# ", "# On "),
    },
    "parameters, a template, a word": {
        "a parameter of the report": ("params/report.yml", "central_name: C", "central_name: A c"),
        "a template": ("templates/chapters/chc.md.j2", "is care outside", "is all care outside"),
        "a word of commentary": (WORDS, "e", "ee"),
    },
    "an earlier paper, a cell, a parameter of the month": {
        "a released figure": (
            "data/released/2023-24/M05/bromley/figures.json",
            '"value": "-2790000"',
            '"value": "-2791000"',
        ),
        "a cell": (f"{RAW}/chc_activity_price.csv", "Budget,bromley,339", "Budget,bromley,340"),
        "a parameter of the month": ("params/2023-24/M06.yml", "Note the position", "Discuss it"),
    },
    "what many share": {
        "an acceptance": (
            f"{PLACE}/accepted.csv",
            "",
            "chapter,sentence,reviewer,reviewer_role,date,reason\n"
            "position,Nobody says this.,Ann Lee,Chair,2023-11-02,None\n",
        ),
        "a reference fact": ("data/reference/rates.csv", "\n", "\r\n"),
        "a word that templates share": ("templates/chapters/_words.j2", "\n", "\n\n"),
        "a programme": ("params/programmes/diabetes.yml", "name: Diabetes", "name: All diabetes"),
        "the glossary": ("GLOSSARY.md", "NHS England gives", "England gives"),
    },
}
"""Changes made one after another, those that touch most chapters first in their round.

So what an earlier one left stale is not mended by a later one before all chapters are compared.
"""
FEW = {
    "a word of commentary": {"02_position", "21_assurance"},
    "a parameter of the month": {"01_summary"},
    "a notebook": {"19_section75"},
}
"""Changes that touch these chapters and no other."""
UNREAD = ("a reference fact",)
"""What no chapter of this paper reads."""


AT_HOME = (
    "import runpy, sys; del sys.argv[0]; sys.path.insert(0, sys.argv[1] + '/src');"
    " runpy.run_path(sys.argv[0], run_name='__main__')"
)
"""Runs a script with the code of a checkout of its own, which comes before what is installed."""

Told = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """By round, the chapters that were run and those that came out stale."""
    folder = tmp_path_factory.mktemp("kept")
    home = folder / "project"
    for name in (*CODE, "params", "data"):
        copy = shutil.copytree if (CHECKOUT / name).is_dir() else shutil.copyfile
        home.mkdir(exist_ok=True)
        copy(CHECKOUT / name, home / name)
    done = subprocess.run(
        [sys.executable, "-c", AT_HOME, Path(__file__).with_name("kept_chapters.py"), home, folder],
        input=json.dumps([list(changes.values()) for changes in ROUNDS.values()]),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return dict(zip(ROUNDS, lines, strict=True))


@pytest.mark.parametrize("name", ROUNDS)
def test_what_is_kept_is_what_a_run_of_everything_gives(told: Told, name: str) -> None:
    assert told[name]["stale"] == []
    planned = [one for part in plan_of(CHECKOUT, CHECKOUT, {}) for one in part.chapters]
    assert len(told[name]["all"]) == len(planned)


@pytest.mark.parametrize("name", ROUNDS)
def test_every_change_of_what_is_read_is_seen(told: Told, name: str) -> None:
    pairs = zip(ROUNDS[name], told[name]["run"], strict=True)
    assert [change for change, run in pairs if not run] == [n for n in ROUNDS[name] if n in UNREAD]


@pytest.mark.parametrize("change", FEW)
def test_a_change_runs_only_what_it_touches(told: Told, change: str) -> None:
    (name,) = (name for name, changes in ROUNDS.items() if change in changes)
    place = list(ROUNDS[name]).index(change)
    assert set(told[name]["run"][place]) == FEW[change]


# --- one small chapter --------------------------------------------------------------------------


@pytest.fixture
def chapter(layout: Layout, write_notebook: WriteNotebook) -> Layout:
    """A paper of one chapter, which reads a file and looks for another."""
    read = "from pathlib import Path\nPath(home, 'data/raw/2023-24/M06/cash.csv').read_text()"
    write_notebook("01_only", "# Only", read)
    (layout.project / "data/raw/2023-24/M06/cash.csv").write_text("a,b\n1,2\n")
    toc = "parts:\n- caption: All\n  chapters:\n  - file: notebooks/01_only\n"
    (layout.project / "book" / "_toc.yml").write_text(toc)
    return layout


def runs(layout: Layout, kept: Kept, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the chapter is run again, by what is kept of it."""
    monkeypatch.setattr("boardpack.render.findings.run_checks", lambda *_, **__: ())
    before = dict(kept.traces)
    shutil.rmtree(layout.work, ignore_errors=True)
    layout.executed.mkdir(parents=True)
    Chapters(layout, False, kept, Now(layout, sources_of(layout)), Here()).run(Timed())
    folder = layout.target / "notebooks"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(layout.executed, folder)
    return kept.traces != before


def test_a_chapter_is_run_again_when_its_file_changes_or_a_file_comes_or_its_notebook_is_touched(
    chapter: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(chapter.target / "notebooks", {})
    assert runs(chapter, kept, monkeypatch)
    assert not runs(chapter, kept, monkeypatch)
    raw = chapter.project / "data/raw/2023-24/M06"
    (raw / "cash.csv").write_text("a,b\n1,3\n")
    assert runs(chapter, kept, monkeypatch)
    (raw / "another.csv").write_text("a\n1\n")
    assert runs(chapter, kept, monkeypatch)
    assert not runs(chapter, kept, monkeypatch)
    notebook = chapter.target / "notebooks" / "01_only.ipynb"
    notebook.write_text(notebook.read_text().replace("Only", "Other"))
    before = dict(kept.traces)
    runs(chapter, kept, monkeypatch)
    assert kept.traces == before  # run again, it came out as before
    assert "Other" not in notebook.read_text()


@pytest.mark.parametrize(
    ("prefix", "template", "library"),
    [("", "program templates/a.j2", "program lib/a.py"), (".venv", "program templates/a.j2", None)],
    ids=["a program in an environment", "an environment in a project"],
)
def test_a_file_is_named_by_the_innermost_folder_that_holds_it(
    layout: Layout,
    monkeypatch: pytest.MonkeyPatch,
    prefix: str,
    template: str,
    library: str | None,
) -> None:
    program = layout.project.parent / "env" / "program"
    monkeypatch.setattr("boardpack.render.kept_chapters.CHECKOUT", program)
    monkeypatch.setattr(sys, "prefix", str(program / prefix if prefix else program.parent))
    now = Now(layout, sources_of(layout))
    assert now._name_of(program / "templates/a.j2") == template
    assert now._name_of(program / "src/a.py") is None
    assert now._name_of(program / prefix / "lib/a.py") == library
    assert now._name_of(program.parent / "b.py") is None
    assert now._name_of(layout.builds / "b.json") is None


def test_an_account_that_cannot_be_read_keeps_nothing(layout: Layout) -> None:
    assert read_kept(layout).traces == {}
    layout.builds.mkdir()
    kept = Kept(layout.target, {"01_only": Trace("seal", {"every chapter": "x"})})
    write_kept(layout, kept)
    assert read_kept(layout).traces == kept.traces
    layout.kept.write_text('{"01_only": {"notebook": "seal"')
    assert read_kept(layout).traces == {}


def test_another_program_runs_every_chapter_and_another_print_template_none(
    layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def every(code: dict[str, str]) -> str:
        monkeypatch.setattr("boardpack.render.kept_chapters.hashes", lambda root, places: code)
        sources = {group: {} for group in ("inputs", "parameters", "code", "own_code")}
        return Now(layout, sources).seal("every chapter")

    code = {"src/boardpack/core/money.py": "1", "templates/design.yml": "1", "book/_toc.yml": "1"}
    first = every(code)
    assert every({**code, "src/boardpack/core/money.py": "2"}) != first
    assert every({**code, "templates/design.yml": "2"}) != first
    assert every({**code, "book/_toc.yml": "2"}) == first
