"""The key by which boardpack knows what it wrote: this user's alone, and never in a home."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest

from boardpack.core.own_key import FILE, SIZE, own_key

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of files are looked at")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    own_key.cache_clear()
    yield tmp_path / FILE
    own_key.cache_clear()


def test_a_key_is_made_once_and_nobody_else_may_read_it(file: Path) -> None:
    key = own_key()
    assert key is not None
    assert len(key) == SIZE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    own_key.cache_clear()
    assert own_key() == key


def shared(file: Path) -> None:
    file.chmod(0o644)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def linked(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


@pytest.mark.parametrize("harm", [shared, cut, linked])
def test_a_key_that_is_not_ones_own_is_none(file: Path, harm: Callable[[Path], None]) -> None:
    own_key()
    harm(file)
    own_key.cache_clear()
    assert own_key() is None


def test_where_no_key_can_be_kept_there_is_none(file: Path) -> None:
    file.parent.write_text("no folder")
    assert own_key() is None


def _asked(caches: str) -> bytes | None:
    os.environ["XDG_CACHE_HOME"] = caches
    own_key.cache_clear()
    return own_key()


def test_processes_that_make_it_at_once_have_the_same(tmp_path: Path) -> None:
    with get_context("spawn").Pool(4) as pool:
        found = pool.map(_asked, [str(tmp_path)] * 8, chunksize=1)
    assert found[0] is not None
    assert len(set(found)) == 1
