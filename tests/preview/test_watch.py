"""A paper that is watched: a change reaches the page, a fault is told there, nothing is left."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import pytest
from small_notebooks import WriteNotebook

from boardpack.preview.files import Reach, Watched, reach_of
from boardpack.render.layout import Layout
from watch_home import WORDS, Browser, browser_of, save, watched, write_small

POSITION = "notebooks/02_position.html"


@pytest.fixture
def small(project: Path, write_notebook: WriteNotebook) -> Path:
    """A project of two chapters that Jupyter Book can make a book of, and a good build."""
    write_small(project, write_notebook)
    good = project / "build/2023-24/M06/bromley"
    good.mkdir(parents=True)
    (good / "manifest.json").write_text("the good build")
    return project


@dataclass
class Running:
    """A watch that runs, and a browser that looks on."""

    process: Popen[str]
    browser: Browser


@pytest.fixture
def running(small: Path) -> Iterator[Running]:
    with watched(small) as process:
        browser = browser_of(process)
        browser.until(lambda event: event["ready"])
        yield Running(process, browser)


def pages(home: Path) -> dict[str, bytes]:
    folder = max((home / "build").glob(".preview-*/book-*"), key=lambda path: path.name)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_an_edit_reaches_its_page_alone_and_the_page_is_that_of_a_full_book(
    small: Path, running: Running
) -> None:
    before = pages(small)
    save(small / WORDS, "It stands **otherwise** now.")
    event = running.browser.until(lambda found: found["pages"])
    assert event["pages"] == {POSITION: 1}
    assert "<strong>otherwise</strong>" in running.browser.get(f"/html/{POSITION}")[1]
    after = pages(small)
    assert {name for name in after if after[name] != before[name]} == {POSITION}
    save(small / "book" / "notes.txt", "whatever stands beside the book compiles it anew")
    running.browser.until(lambda found: found["book"] == 2)
    whole = pages(small)
    assert whole[POSITION] == after[POSITION]


def test_a_fault_stands_on_the_page_until_it_is_mended(small: Path, running: Running) -> None:
    before = pages(small)
    save(small / WORDS, "It is broken.")
    event = running.browser.until(lambda found: found["faults"])
    assert event["faults"] == "position.md, row 1: expected no broken word. Take it out."
    assert pages(small) == before
    save(small / WORDS, "It is mended.")
    event = running.browser.until(lambda found: not found["faults"])
    assert event["pages"] == {POSITION: 1}
    assert "It is mended." in running.browser.get(f"/html/{POSITION}")[1]


def test_a_watch_that_is_ended_leaves_nothing_and_the_good_build(
    small: Path, running: Running
) -> None:
    running.process.terminate()
    running.process.wait()
    assert running.process.returncode == 0
    left = {path.name for path in (small / "build").iterdir() if ".lock" not in path.name}
    assert left == {"2023-24", ".stored"}
    with pytest.raises(ConnectionRefusedError):
        running.browser.get("/html/index.html")


@pytest.mark.parametrize("seed", range(3))
def test_killed_at_any_moment_the_good_build_is_whole(small: Path, seed: int) -> None:
    with watched(small) as process:
        browser_of(process)
        time.sleep(random.Random(seed).uniform(0, 12))
        process.kill()
    good = small / "build/2023-24/M06/bromley"
    assert [path.name for path in good.iterdir()] == ["manifest.json"]
    assert (good / "manifest.json").read_text() == "the good build"


def test_a_second_watch_of_a_paper_is_refused(small: Path, running: Running) -> None:
    with watched(small) as second:
        assert second.wait() != 0


def test_a_file_saved_as_it_was_is_no_change(small: Path, layout: Layout) -> None:
    looked = Watched(layout)
    (small / WORDS).write_text("It stands as it stood.")
    assert looked.changed() == frozenset()
    (small / WORDS).write_text("It does not.")
    (small / WORDS).with_name(".position.md.swp").write_text("an editor's own")
    assert looked.changed() == {small / WORDS}
    assert looked.changed() == frozenset()
    (small / WORDS).unlink()
    assert looked.changed() == {small / WORDS}


@pytest.mark.parametrize(
    ("file", "reach"),
    [
        (str(WORDS), Reach(("02_position",), of_chapters=True)),
        (
            "params/2023-24/M06/bromley/accepted.csv",
            Reach(files=("params/2023-24/M06/bromley/accepted.csv",), of_chapters=True),
        ),
        ("params/2023-24/M06/bromley/commentary/unknown.md", Reach(of_chapters=True)),
        ("params/report.yml", Reach(files=("params/report.yml",), of_chapters=True)),
        (
            "data/raw/2023-24/M06/position.csv",
            Reach(("02_position",), ("data/raw/2023-24/M06/position.csv",), of_chapters=True),
        ),
        ("templates/chapters/position.md.j2", Reach(("02_position",), of_chapters=True)),
        ("templates/chapters/_words.j2", Reach(of_chapters=True)),
        ("notebooks/02_position.ipynb", Reach(("02_position",), of_chapters=True)),
        ("book/_static/content.css", Reach(of_book=True)),
        ("book/_toc.yml", Reach(of_chapters=True, of_book=True)),
        ("src/boardpack/core/money.py", Reach(of_program=True)),
        ("templates/typst/paper.typ", Reach()),
    ],
)
def test_what_a_change_touches(small: Path, layout: Layout, file: str, reach: Reach) -> None:
    assert reach_of([small / file], layout) == reach
