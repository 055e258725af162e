"""Folders for temporary files: none stays of a dead process, none of a living one is touched."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from boardpack.core.held_folder import PREFIX, clear_left, held_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders are locked by flock")
HOLD = (
    "import sys\nfrom boardpack.core.held_folder import end_tidily, held_folder\nend_tidily()\n"
    "with held_folder() as folder:\n"
    "    (folder / 'file').write_text('1')\n    print(folder, flush=True)\n    sys.stdin.read()\n"
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files that nobody else uses."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@contextmanager
def holding() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that holds a folder, and the folder."""
    piped = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=piped, stdout=piped, text=True) as it:
        assert it.stdout is not None
        yield it, Path(it.stdout.readline().strip())
        it.kill()


def test_a_folder_is_thrown_away_at_its_end_and_when_something_fails(place: Path) -> None:
    with held_folder() as folder:
        (folder / "file").write_text("1")
    with pytest.raises(ZeroDivisionError), held_folder():
        raise ZeroDivisionError
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next(place: Path) -> None:
    with holding() as (process, folder):
        process.kill()
        process.wait()
        assert (folder / "file").exists()
        with held_folder() as own:
            assert list(place.iterdir()) == [own]


def test_a_process_that_is_asked_to_end_removes_its_own() -> None:
    with holding() as (process, folder):
        process.send_signal(signal.SIGTERM)
        assert process.wait() == -signal.SIGTERM
        assert not folder.exists()


def test_what_a_living_process_holds_is_left(place: Path) -> None:
    with holding() as (process, folder):
        with held_folder() as own:
            clear_left()
            assert (folder / "file").exists()
            assert own.exists()
        assert process.poll() is None
        assert list(place.iterdir()) == [folder]


def test_a_link_and_what_is_called_otherwise_are_left(place: Path) -> None:
    (place / "other").mkdir()
    (place / "other" / "file").write_text("1")
    (place / f"{PREFIX}link").symlink_to("other")
    (place / f"{PREFIX}file").write_text("1")
    clear_left()
    assert (place / "other" / "file").exists()
    assert (place / f"{PREFIX}link").is_symlink()
    assert (place / f"{PREFIX}file").exists()
