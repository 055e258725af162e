"""An unchanged paper is not made again; a change of anything that it is made from makes it anew."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from homes import copied_home
from small_notebooks import WriteNotebook

from boardpack import cli
from boardpack.core.errors import BuildFault
from boardpack.core.params import load_paper
from boardpack.core.periods import Month
from boardpack.document.content import Part
from boardpack.render import current, findings, making
from boardpack.render import month_state as standing
from boardpack.render import render as story
from boardpack.render.examined import Examined, Words
from boardpack.render.layout import CHECKOUT, Layout
from boardpack.render.manifest import manifest_record, sources_of
from boardpack.render.progress import Timed
from boardpack.render.swap import old_of, swap_in

TOC = "parts:\n- chapters:\n  - file: notebooks/02_position\n"
OWN = (
    "src/boardpack/core/money.py",
    "templates/chapters/position.md.j2",
    "book/_static/content.css",
    "_config.yml",
    "GLOSSARY.md",
    "pyproject.toml",
    "requirements.txt",
    "params/layouts.yml",
    "params/word-reference.docx",
    "params/2023-24/M06/bromley/accepted.csv",
    "data/raw/2023-24/M06/corrections.csv",
    "data/raw/2023-24/M05/savings_tracker.csv",
    "data/released/2023-24/M05/bromley/figures.json",
    "data/released/2023-24/M05/lambeth/v2/figures.json",
    "data/reference/rates.csv",
)
"""Files of the small project that the real one need not have, one or more of every kind."""
KINDS = (
    *OWN,
    "book/_toc.yml",
    "notebooks/02_position.ipynb",
    "params/report.yml",
    "params/2023-24/M06.yml",
    "params/2023-24/M06/bromley/commentary/position.md",
    "data/raw/2023-24/M06/position.csv",
)
ALL_SAID = """
import hashlib
from pathlib import Path
from IPython.display import display
from boardpack.document.blocks import *
files = sorted(path for path in Path(home).rglob("*") if path.is_file())
beside = {"build", ".earlier"}
read = [path.read_bytes() for path in files if not beside.intersection(path.parts)]
said = hashlib.sha256(b"".join(read)).hexdigest()
display({MIME: block_json(Narrative("n", said))}, raw=True)
"""
"""A chapter that comes out otherwise when any byte of the project does.

Neither what is built nor what is kept of words and parameters is an input.
"""

Made = Callable[..., str]


def fake_html(layout: Layout, parts: Sequence[Part], **found: Any) -> tuple[str, ...]:
    (layout.new / "html").mkdir()
    said = [repr(chapter.blocks) for part in parts for chapter in part.chapters]
    (layout.new / "html" / "index.html").write_text("\n".join(said))
    return ()


def fake_print(layout: Layout, *told: object) -> tuple[str, ...]:
    (layout.new / "board-paper.pdf").write_bytes(b"pdf")
    return ("The typeface lacks a letter.",)


@pytest.fixture(autouse=True)
def small_paper(
    project: Path, write_notebook: WriteNotebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in OWN:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"figures": []}' if path.suffix == ".json" else "# as it is\n")
    (project / "book" / "_toc.yml").write_text(TOC)
    write_notebook("02_position", "# Position", ALL_SAID)
    monkeypatch.setattr(current, "CHECKOUT", project)
    monkeypatch.setattr(story, "check_inputs", lambda paper: None)
    monkeypatch.setattr(findings, "run_checks", lambda register, paper, *, complete=True: ())
    monkeypatch.setattr(story, "stale_sentences", lambda paper, register: ())
    monkeypatch.setattr(making, "make_html", fake_html)
    monkeypatch.setattr(making, "make_workbook", lambda *given, **told: ())
    monkeypatch.setattr(making, "make_print", fake_print)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Made:
    """Render the paper of a project by the command itself; what it said on either stream."""

    def run(project: Path, *options: str, verb: str = "render") -> str:
        monkeypatch.chdir(project)
        monkeypatch.setattr(sys, "argv", ["boardpack", verb, "2023-24", "M06", *options])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        assert not left.value.code, said.err
        return str(said.err + said.out)

    return run


def is_kept(said: str) -> bool:
    return "Nothing has changed since this paper was made" in said


def built(project: Path) -> dict[str, bytes]:
    folder = project / "build/2023-24/M06/bromley"
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def mutate(path: Path) -> None:
    """One byte more, and the file's times as they were."""
    times = path.stat()
    path.write_bytes(path.read_bytes() + b"\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def other_byte(path: Path) -> None:
    """Another last byte, and the file's size and times as they were."""
    times, content = path.stat(), path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_an_unchanged_paper_is_kept_and_told_with_the_same_summary(
    project: Path, made: Made
) -> None:
    first, before = made(project), built(project)
    second = made(project)
    assert not is_kept(first)
    assert is_kept(second)
    assert "build/2023-24/M06/bromley" in second
    assert "--again" in second
    summary = first[first.index("  Chapters") :]
    assert "The typeface lacks a letter." in summary
    assert second[second.index("  Chapters") :] == summary
    assert built(project) == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_one_byte_makes_the_paper_of_a_clean_render(
    project: Path, made: Made, tmp_path: Path, kind: str
) -> None:
    made(project)
    before = built(project)
    mutate(project / kind)
    said = made(project)
    assert f"Changed since it was last made: {kind}\n" in said
    assert not is_kept(said)
    clean = shutil.copytree(project, tmp_path / "clean", ignore=lambda *_: {"build"})
    made(clean)
    assert built(project) == built(clean)
    assert built(project) != before
    assert is_kept(made(project))


@pytest.mark.parametrize("kind", ["params/2023-24/M06/bromley/commentary/new.md", "src/new.py"])
def test_a_file_that_is_new_or_gone_makes_it_anew(project: Path, made: Made, kind: str) -> None:
    made(project)
    (project / kind).write_text("new")
    assert not is_kept(made(project))
    (project / kind).unlink()
    assert f"Changed since it was last made: {kind}\n" in made(project)


@pytest.mark.parametrize(
    "name",
    ["html/index.html", "board-paper.pdf", "figures.json", "notebooks/02_position.ipynb"],
)
@pytest.mark.parametrize("harm", [Path.unlink, other_byte, mutate])
def test_a_build_that_is_not_whole_is_made_anew(
    project: Path, made: Made, name: str, harm: Callable[[Path], None]
) -> None:
    made(project)
    before = built(project)
    harm(project / "build/2023-24/M06/bromley" / name)
    assert f"Changed since it was last made: {name}\n" in made(project)
    assert built(project) == before


def test_a_manifest_that_is_not_what_was_sealed_is_not_believed(project: Path, made: Made) -> None:
    made(project)
    before = built(project)
    manifest = project / "build/2023-24/M06/bromley/manifest.json"
    for harm in (Path.unlink, mutate, lambda path: path.write_text("[]")):
        harm(manifest)
        assert not is_kept(made(project))
        assert built(project) == before


def test_what_the_paper_is_not_made_from_changes_nothing(project: Path, made: Made) -> None:
    made(project)
    for name in ("data/raw/2023-24/M04/position.csv", "params/2023-24/M06/lambeth/words.md"):
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("another paper's")
    os.utime(project / "params/report.yml")
    assert is_kept(made(project))


@pytest.mark.parametrize("option", ["--again", "--stock"])
def test_it_is_made_anew_when_asked_for(project: Path, made: Made, option: str) -> None:
    made(project)
    before = built(project)
    assert not is_kept(made(project, option))
    assert built(project) == before


def test_another_python_or_status_makes_it_anew(
    project: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(project)
    layout = Layout(project, load_paper(project, Month(2023, 6)))
    assert current.is_current(layout)
    run = layout.paper.run.model_copy(update={"status": "released"})
    released = Layout(project, layout.paper.model_copy(update={"run": run}))
    assert current.changed_since(released) == (
        "the status, the version or the data cut of the paper",
    )
    monkeypatch.setattr("boardpack.render.manifest.__version__", "another")
    assert "the version of boardpack" in current.changed_since(layout)[0]


def test_a_program_that_stands_elsewhere_must_be_the_same(
    project: Path, made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made(project)
    other = shutil.copytree(project, tmp_path / "other")
    monkeypatch.setattr(current, "CHECKOUT", other)
    layout = Layout(project, load_paper(project, Month(2023, 6)))
    assert current.is_current(layout)
    mutate(other / "src/boardpack/core/money.py")
    assert current.changed_since(layout) == ("src/boardpack/core/money.py",)


def test_an_interrupted_swap_is_repaired_and_its_build_kept(project: Path, made: Made) -> None:
    made(project)
    target = project / "build/2023-24/M06/bromley"
    target.rename(old_of(target))
    assert is_kept(made(project))
    assert not old_of(target).exists()


def test_a_paper_whose_sources_move_while_it_is_made_is_not_published(
    project: Path, made: Made, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(project)
    before = built(project)
    words = "params/2023-24/M06/bromley/commentary/position.md"

    def edited(*given: Any) -> tuple[str, ...]:
        mutate(project / words)
        return fake_print(*given)

    monkeypatch.setattr(making, "make_print", edited)
    with pytest.raises(BuildFault, match=rf"this changed: {words}\. Render it again\."):
        story.render(layout, False, Timed())
    assert built(project) == before


def test_status_says_whether_the_paper_is_of_what_is_there(
    project: Path, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "params/2023-24/M06/bromley/accepted.csv").unlink()
    monkeypatch.setattr(standing, "examined", lambda layout: Examined((), 0, (), "", ()))
    monkeypatch.setattr(standing, "words_held", lambda layout: Words((), ()))
    assert "Paper: not rendered yet" in made(project, verb="status")
    made(project)
    said = made(project, verb="status")
    assert "Paper: rendered, of what is there now" in said
    assert "not of what is there" not in said
    mutate(project / "params/report.yml")
    said = made(project, verb="status")
    assert "Paper: rendered; since then changed: params/report.yml" in said
    assert "The paper is not of what is there now: render it again" in said


def test_an_unchanged_paper_is_told_without_the_libraries_that_make_one(tmp_path: Path) -> None:
    layout = Layout(CHECKOUT, load_paper(copied_home(CHECKOUT, tmp_path), Month(2023, 6)))
    layout.executed.mkdir(parents=True)
    (layout.executed / "02_position.ipynb").write_text("{}")
    figures = [{"id": "position.bromley.a.b", "value": value} for value in ("1", None)]
    (layout.new / "figures.json").write_text(json.dumps({"figures": figures}))
    (layout.new / "checks.json").write_text('{"checks": [{"status": "pass"}]}')
    (layout.new / "manifest.json").write_text(manifest_record(layout, sources_of(layout)))
    swap_in(layout.new, layout.target)
    program = (
        "import atexit, sys\n"
        "heavy = {'pandas', 'numpy', 'plotly', 'papermill', 'great_tables', 'pandera', 'duckdb'}\n"
        "heavy |= {'openpyxl', 'ibis', 'IPython', 'nbformat', 'jinja2', 'typst', 'sphinx'}\n"
        "atexit.register(lambda: print('HEAVY', sorted(heavy & set(sys.modules))))\n"
        "from boardpack.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", program, "render", "2023-24", "M06", "--home", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert is_kept(done.stderr)
    assert "Figures   1\n" in done.stdout
    assert "HEAVY []" in done.stdout
