"""What is for one user's eyes: the preview's folder, and the note of a watch."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from boardpack.render.private_files import make_private, read_private

pytestmark = pytest.mark.skipif(not hasattr(os, "getuid"), reason="modes say nothing here")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note"
    path.write_text("token")
    path.chmod(0o600)
    return path


def test_a_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "build" / ".preview"
    before = os.umask(0)
    try:
        make_private(folder)
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    with pytest.raises(FileExistsError):
        make_private(folder)


def test_what_this_user_left_is_read(note: Path) -> None:
    assert read_private(note) == "token"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
def test_what_lies_open_to_others_is_not_believed(note: Path, mode: int) -> None:
    note.chmod(mode)
    with pytest.raises(PermissionError, match="not this user's own"):
        read_private(note)


def test_what_another_user_left_is_not_believed(
    note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: note.stat().st_uid + 1)
    with pytest.raises(PermissionError, match="not this user's own"):
        read_private(note)


def test_a_link_is_not_followed(note: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(note)
    with pytest.raises(OSError, match="link"):
        read_private(link)


def test_without_modes_it_is_read_as_it_is(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note.chmod(0o644)
    monkeypatch.delattr(os, "getuid")
    assert read_private(note) == "token"
