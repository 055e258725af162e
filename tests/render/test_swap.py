"""The swap: the old build or the new one, whole, whatever happens between."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from boardpack.core.errors import BuildFault
from boardpack.render import swap
from boardpack.render.swap import locked, old_of, repair, swap_in


def build(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "paper.txt").write_text(text)
    return folder


def said(folder: Path) -> str:
    return (folder / "paper.txt").read_text()


def test_a_first_build_is_put_in_place(tmp_path: Path) -> None:
    target = tmp_path / "2023-24" / "bromley"
    swap_in(build(tmp_path / "new", "new"), target)
    assert said(target) == "new"


def test_a_new_build_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    target = build(tmp_path / "bromley", "old")
    swap_in(build(tmp_path / "new", "new"), target)
    assert said(target) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["bromley"]


def test_a_swap_cut_off_between_the_two_renames_is_undone(tmp_path: Path) -> None:
    target = tmp_path / "bromley"
    build(old_of(target), "old")
    assert repair(target)
    assert said(target) == "old"


def test_a_swap_cut_off_before_the_old_build_went_is_finished(tmp_path: Path) -> None:
    target = build(tmp_path / "bromley", "new")
    build(old_of(target), "old")
    assert not repair(target)
    assert said(target) == "new"
    assert not old_of(target).exists()


def test_a_build_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path: Path) -> None:
    target = build(tmp_path / "bromley", "old")
    with pytest.raises(BuildFault, match="could not be replaced"):
        swap_in(tmp_path / "absent", target)
    assert said(target) == "old"


def test_a_second_render_of_the_same_paper_is_refused(tmp_path: Path) -> None:
    with (
        locked(tmp_path / "build" / ".lock"),
        pytest.raises(BuildFault, match="Another render"),
        locked(tmp_path / "build" / ".lock"),
    ):
        pass
    with locked(tmp_path / "build" / ".lock"):
        pass


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    child = multiprocessing.get_context("spawn").Process(target=_hold, args=(tmp_path / ".lock",))
    child.start()
    child.join(30)
    assert child.exitcode == 3
    with locked(tmp_path / ".lock"):
        pass


def _hold(lock: Path) -> None:
    with locked(lock):
        swap.os._exit(3)
