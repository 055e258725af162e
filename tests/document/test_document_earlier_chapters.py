"""What the other chapters found, read from the paper as it was made last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from homes import PROJECT, RAW, RUN, copied_home
from month_six import paper_for
from whole_build import built

from boardpack.checks.engine import run_checks
from boardpack.checks.noticed.outcomes import noticed
from boardpack.checks.noticed.record import noticed_record
from boardpack.core.errors import UsageFault
from boardpack.core.params import Paper, Version, load_paper
from boardpack.core.periods import Month
from boardpack.document.chapter import open_chapter
from boardpack.document.earlier_chapters import find_built, read_found
from boardpack.figures.register import Register
from boardpack.render.records import write_register

MONTH = Month(2023, 6)
VERSION = Version(number=3, replaces=2, reason="A late invoice was added")
WORDS = "params/2023-24/M06/bromley/commentary/chc.md"


@pytest.fixture
def our_paper(tmp_path: Path) -> Paper:
    """A paper in a home of its own, not made yet."""
    return load_paper(copied_home(PROJECT, tmp_path / "home"), MONTH, "bromley")


def made(paper: Paper, whole_home: Path, *, version: Version | None = None) -> Paper:
    """The paper with the manifest and register of the one that is rendered."""
    told = json.loads((built(whole_home) / "manifest.json").read_text("utf-8"))
    if version is not None:
        told["paper"]["version"] = version.model_dump(mode="json")
    folder = paper.home / "build" / "2023-24" / "M06" / "bromley"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    (folder / "figures.json").write_bytes((built(whole_home) / "figures.json").read_bytes())
    return paper


def test_it_is_what_a_render_tells_its_second_wave(whole_home: Path, tmp_path: Path) -> None:
    paper = load_paper(whole_home, MONTH, "bromley")
    found = find_built(paper)
    assert {one.chapter for one in found.register} >= {"position", "chc"}
    assert "assurance" not in {one.chapter for one in found.register}
    sealed = json.loads((built(whole_home) / "checks.json").read_text("utf-8"))["checks"]
    assert list(found.checks) == sealed
    write_register(tmp_path, paper, found.register, found.checks, found.noticed)
    again = read_found(paper, tmp_path)
    assert list(again.register) == list(found.register)
    assert (again.checks, again.noticed) == (found.checks, found.noticed)


def test_which_version_it_is_stands_in_the_manifest(our_paper: Paper, whole_home: Path) -> None:
    assert find_built(made(our_paper, whole_home, version=VERSION)).paper.version == VERSION


def test_a_paper_that_is_not_made_is_asked_for(our_paper: Paper) -> None:
    told = ("2023-24", "M06", "bromley", str(our_paper.home))
    with pytest.raises(UsageFault) as fault:
        open_chapter("summary", *told, reads_all=True)
    assert str(fault.value) == (
        "This chapter reads what all others found, and the paper of Bromley, September 2023, is not"
        " made yet. Make it first: boardpack render 2023-24 M06 --place bromley --home"
        f" {our_paper.home}"
    )


@pytest.mark.parametrize("name", [f"{RAW.as_posix()}/position.csv", RUN.as_posix()])
def test_what_changed_since_then_is_named(our_paper: Paper, whole_home: Path, name: str) -> None:
    paper = made(our_paper, whole_home)
    file = paper.home / name
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(UsageFault, match=f"this changed: {name}. Make it first"):
        find_built(paper)
    file.unlink()
    with pytest.raises(UsageFault, match=f"this changed: {name}. Make it first"):
        find_built(paper)


def test_an_extract_that_came_since_then_is_named(our_paper: Paper, whole_home: Path) -> None:
    paper = made(our_paper, whole_home)
    (paper.home / RAW / "late.csv").touch()
    with pytest.raises(UsageFault, match=r"this changed: data/raw/2023-24/M06/late\.csv"):
        find_built(paper)


def test_words_and_hidden_files_are_no_change_of_figures(
    our_paper: Paper, whole_home: Path
) -> None:
    paper = made(our_paper, whole_home)
    (paper.home / WORDS).write_text("Other words.\n", "utf-8")
    (paper.home / RAW / ".DS_Store").touch()
    assert len(list(find_built(paper).register)) > 1000


def test_what_a_render_found_is_read_whole(
    tmp_path: Path, register: Register, paper: Paper
) -> None:
    version = paper_for().model_copy(update={"version": VERSION})
    checks = run_checks(register, paper)
    would = noticed_record(noticed(register, checks, paper), register, paper)
    told = tuple(check.to_json() for check in checks)
    write_register(tmp_path, version, register, told, would)
    found = read_found(paper, tmp_path)
    assert found.paper == version
    assert [one.to_json() for one in found.register] == [one.to_json() for one in register]
    assert found.checks == told
    assert found.noticed == json.loads(json.dumps(would))
