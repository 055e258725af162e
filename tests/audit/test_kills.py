"""Kills at random moments, a hundred and more: the good build is whole, and the next run succeeds.

Each run is forked and killed with SIGKILL, which nothing can answer. The next uses the same lock at
once. A fork may begin no pool of processes, so a run makes all in itself;
`tests/core/test_workers.py` kills what has one.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import nullcontext
from itertools import count
from pathlib import Path

import nbformat
import pytest
from figure_of_total import FIGURE

from boardpack.audit.comparison.sides import wording_of
from boardpack.audit.releases import release
from boardpack.audit.releases.release import FROZEN
from boardpack.core.workers import Here
from boardpack.preview import chapters as watch_chapters
from boardpack.preview import watch
from boardpack.preview.server import Serving
from boardpack.reading.cells import file_sha256
from boardpack.reading.release_records import RECORD
from boardpack.reading.released import latest_version, version_folder
from boardpack.render import render as story
from boardpack.render.manifest import NAME, sealed_text
from small_paper import (
    CHAPTER,
    RELEASED,
    build_of,
    check,
    comment,
    layout_of,
    released,
    rendered,
    rendered_project,
    stub_outputs,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked here")
KILLS = {"render": 60, "release": 25, "watch": 15}
CHANGES = count(1)
CELL = (
    "from IPython.display import display\nfrom boardpack.document.blocks import *\n"
    "import time\nfrom pathlib import Path\n"
    "if Path(home, 'slow').exists():\n"
    "    Path(home, 'running').touch()\n"
    "    time.sleep(600)\n"
    f"display({{MIME: block_json(Workings('w', (), ({FIGURE!r},)))}}, raw=True)"
)
LAST = 0.3
"""The share of a run, at its end, in which every other kill falls: there the build is moved."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A rendered paper of one small chapter, so that a hundred and more runs take no time."""
    root = rendered_project(tmp_path_factory.mktemp("kills") / "project")
    cells = [nbformat.v4.new_markdown_cell("# Position"), nbformat.v4.new_code_cell(CELL)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / f"notebooks/{CHAPTER}.ipynb")
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    stub_outputs(monkeypatch, check("pass"))
    for module in (story, watch_chapters):
        monkeypatch.setattr(module, "check_inputs", lambda paper: {})
    monkeypatch.setattr(watch_chapters, "claims_of", lambda paper: {})
    monkeypatch.setattr("boardpack.audit.releases.release.commentary_claims", lambda *told: {})
    monkeypatch.setattr("boardpack.render.current._other_program", lambda *told: ())
    for module in (release, watch):
        monkeypatch.setattr(module, "workers", lambda: nullcontext(Here()))
    root = Path(shutil.copytree(whole, tmp_path / "project"))
    rendered(root)
    return root


def started(run: Callable[[], object]) -> int:
    """A process of its own that does this and no more."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            run()
            code = 0
        finally:
            os._exit(code)
    return child


def killed(run: Callable[[], object], seconds: float) -> None:
    child = started(run)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def succeeded(run: Callable[[], object]) -> float:
    """Do it to its end, which must be a good one; the seconds that it took."""
    began = time.perf_counter()
    assert os.waitpid(started(run), 0)[1] == 0
    return time.perf_counter() - began


def moments(chance: random.Random, kills: int, lasts: float) -> list[float]:
    """When to kill: every other time near the end."""
    first = [0.0, 1 - LAST]
    return [lasts * chance.uniform(first[turn % 2], 1.05) for turn in range(kills)]


def change(root: Path) -> None:
    """Change the month's parameters, so that a paper must be made again."""
    with (root / "params/2023-24/M06.yml").open("a") as file:
        file.write(f"# {next(CHANGES)}\n")


def assert_whole(build: Path) -> None:
    """The build is what its manifest says, every byte, and nothing else."""
    text = (build / NAME).read_text()
    sealed = json.loads(text)
    assert text == sealed_text(sealed)
    listed = {**sealed["notebooks"], **sealed["records"], **sealed["outputs"]}
    files = [path for path in build.rglob("*") if path.is_file() and path.name != NAME]
    assert {path.relative_to(build).as_posix(): file_sha256(path) for path in files} == listed


def assert_good(root: Path) -> None:
    """The good build stands whole, or its old one beside an interrupted swap does."""
    build = build_of(root)
    old = build.with_name(f"{build.name}.old")
    assert_whole(build if build.exists() else old)


def test_a_killed_render_leaves_the_good_build_and_the_next_succeeds(root: Path) -> None:
    chance, run = random.Random(1), lambda: rendered(root)
    change(root)
    lasts = succeeded(run)
    for turn, moment in enumerate(moments(chance, KILLS["render"], lasts), start=1):
        change(root)
        killed(run, moment)
        assert_good(root)
        if turn % 6 == 0:
            succeeded(run)
            assert_whole(build_of(root))
            beside = {path.name for path in build_of(root).parent.iterdir()}
            assert beside == {"bromley", "bromley-timings.json"}
            assert not list((root / "build").glob(".work-*"))


def test_what_a_killed_render_has_begun_can_write_into_no_folder_of_the_next(root: Path) -> None:
    slow = root / "slow"
    slow.touch()
    child = started(lambda: rendered(root))
    while not (root / "running").exists():
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    (left,) = (root / "build").glob(".work-*")
    assert layout_of(root).work != left
    slow.unlink()
    change(root)
    succeeded(lambda: rendered(root))
    assert not left.exists()


def test_a_killed_release_keeps_a_whole_version_or_none(root: Path) -> None:
    chance = random.Random(2)

    def run() -> None:
        released(root)

    lasts = succeeded(run)
    for turn, moment in enumerate(moments(chance, KILLS["release"], lasts), start=1):
        change(root)
        rendered(root)
        before = latest_version(root / RELEASED)
        killed(run, moment)
        assert_good(root)
        assert_versions(root)
        if turn % 5 == 0:
            change(root)
            rendered(root)
            succeeded(run)
            assert latest_version(root / RELEASED) > before
            assert_versions(root)
            assert not [path for path in (root / "data").iterdir() if path.name.startswith(".")]


def assert_versions(root: Path) -> None:
    """Every version that stands is whole: each file is what its record says."""
    folder = root / RELEASED
    standing = {path.name for path in folder.iterdir() if path.is_dir()}
    last = latest_version(folder)
    assert standing == {f"v{number}" for number in range(2, last + 1)}
    for number in range(1, last + 1):
        version = version_folder(folder, number)
        record = json.loads((version / RECORD).read_text())
        assert record["version"] == number
        kept = {path.name for path in version.iterdir() if path.is_file()} - {RECORD}
        assert kept.issuperset(FROZEN)
        assert record["files"] == {name: file_sha256(version / name) for name in kept}
    if build_of(root).exists():
        assert wording_of(build_of(root))


def test_a_killed_watch_leaves_the_good_build_and_the_next_begins(root: Path) -> None:
    chance = random.Random(3)
    rendered(root)
    seal = file_sha256(build_of(root) / NAME)

    def run() -> None:
        watch.watch(layout_of(root), 0, lambda text: None)

    def begun() -> None:
        watching = watch.Watching(layout_of(root), Serving(0), lambda text: None, Here())
        watching.begin()
        assert not watching.faults
        watching.preview.end()
        watching.server.close()

    lasts = succeeded(begun)
    for turn in range(KILLS["watch"]):
        child = started(run)
        time.sleep(lasts * chance.uniform(0, 1.5))
        comment(root, f"It stands as it stood, {'still ' * turn}today.")
        time.sleep(lasts * chance.uniform(0, 0.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert_whole(build_of(root))
        assert file_sha256(build_of(root) / NAME) == seal
    shutil.rmtree(root / "params/2023-24/M06/bromley/commentary")
    succeeded(begun)
    assert not list((root / "build").glob(".preview-*"))
