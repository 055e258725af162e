"""Work stored on disk: done once, whole or done again, bounded, shared by processes."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

import boardpack.core.stored as stored_module
import sample_paper as sample
from boardpack.core.stored import stored, stored_in
from boardpack.outputs.charts.static_chart import chart_png, chart_svg


class Renderer:
    """Draws what it is given backwards, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, given: bytes) -> bytes:
        return stored(b"backwards", given, lambda: self._draw(given))

    def _draw(self, given: bytes) -> bytes:
        self.asked += 1
        return given[::-1]


@pytest.fixture
def renderer() -> Renderer:
    return Renderer()


def test_a_drawing_is_made_once(tmp_path: Path, renderer: Renderer) -> None:
    for _ in range(2):
        with stored_in(tmp_path / "a" / "drawn"):
            assert [renderer(b"abc"), renderer(b"xyz")] == [b"cba", b"zyx"]
    assert renderer.asked == 2


def test_without_a_folder_nothing_is_kept(renderer: Renderer) -> None:
    with stored_in(None):
        assert renderer(b"abc") == renderer(b"abc")
    assert renderer.asked == 2


def damaged(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1] + b"?")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5])


def planted(file: Path) -> None:
    """What somebody without the key can write: other content with a digest of it."""
    content = b"planted"
    file.write_bytes(hashlib.sha256(file.name.encode() + content).digest() + content)


def planted_without_a_key(file: Path) -> None:
    content = b"planted"
    file.write_bytes(hmac.digest(b"", file.name.encode() + content, "sha256") + content)


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def of_another(file: Path) -> None:
    other = next(path for path in file.parent.iterdir() if path != file)
    file.write_bytes(other.read_bytes())


@pytest.mark.parametrize(
    "harm", [damaged, cut, emptied, of_another, planted, planted_without_a_key]
)
def test_a_harmed_drawing_is_drawn_again(
    tmp_path: Path, renderer: Renderer, harm: Callable[[Path], None]
) -> None:
    with stored_in(tmp_path):
        renderer(b"abc")
        (file,) = tmp_path.iterdir()
        renderer(b"xyz")
        harm(file)
        assert renderer(b"abc") == b"cba"
        assert renderer(b"abc") == b"cba"
    assert renderer.asked == 3


def test_what_was_longest_unused_goes_first(tmp_path: Path, renderer: Renderer) -> None:
    drawn = [bytes([letter]) * 1000 for letter in b"abcd"]
    with stored_in(tmp_path):
        for age, given in enumerate(drawn):
            before = set(tmp_path.iterdir())
            renderer(given)
            (file,) = set(tmp_path.iterdir()) - before
            os.utime(file, (1_000_000 + age, 1_000_000 + age))
        renderer(drawn[0])  # used again, so no longer the oldest
    with stored_in(tmp_path, most=2100):
        pass
    assert len(list(tmp_path.iterdir())) == 2
    with stored_in(tmp_path):
        renderer(drawn[0])
        renderer(drawn[3])
        assert renderer.asked == 4
        renderer(drawn[1])
    assert renderer.asked == 5


def test_what_another_user_stored_is_made_again(
    tmp_path: Path, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stored_in(tmp_path):
        renderer(b"abc")
    monkeypatch.setattr(stored_module, "own_key", lambda: b"the key of another")
    with stored_in(tmp_path):
        assert renderer(b"abc") == b"cba"
    assert renderer.asked == 2


def test_without_a_key_nothing_is_stored_and_nothing_believed(
    tmp_path: Path, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stored_in(tmp_path):
        renderer(b"abc")
    monkeypatch.setattr(stored_module, "own_key", lambda: None)
    with stored_in(tmp_path):
        assert [renderer(b"abc"), renderer(b"xyz")] == [b"cba", b"zyx"]
    assert renderer.asked == 3
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_stops_no_paper(tmp_path: Path, renderer: Renderer) -> None:
    (tmp_path / "file").write_text("no folder")
    with stored_in(tmp_path / "file" / "drawn"):
        assert renderer(b"abc") == b"cba"


def keep_many(folder: Path, most: int) -> bool:
    """Keep and read the same drawings as others do, while all make room."""
    renderer = Renderer()
    for _ in range(20):
        with stored_in(folder, most):
            given = [bytes([letter]) * 500 for letter in range(20)]
            if [renderer(one) for one in given] != [one[::-1] for one in given]:
                return False
    return True


def test_processes_may_share_a_folder(tmp_path: Path) -> None:
    with (
        get_context("spawn").Pool(2) as pool,
        ThreadPoolExecutor(1) as here,
    ):
        ours = here.submit(keep_many, tmp_path, 6000)
        theirs = pool.starmap(keep_many, [(tmp_path, 4000), (tmp_path, 8000)])
        assert [ours.result(), *theirs] == [True] * 3
    assert all(len(file.name) == 64 for file in tmp_path.iterdir())


def both(folder: Path | None) -> list[object]:
    with stored_in(folder):
        return [chart_svg(sample.PANELS), chart_svg(sample.WALK, 240.0), chart_png(sample.BARS)]


def test_a_chart_is_the_same_drawn_or_kept(tmp_path: Path) -> None:
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        fresh = pool.apply(both, [None])
        assert pool.apply(both, [tmp_path]) == fresh
        names = {file.name for file in tmp_path.iterdir()}
        assert len(names) > 3  # each panel is a drawing, and the PNG
        assert pool.apply(both, [tmp_path]) == fresh
    assert {file.name for file in tmp_path.iterdir()} == names
