"""Kernels of stock execution: how they are spoken to, wherever temporary files lie."""

from __future__ import annotations

import os

import pytest

from boardpack.render.stock import LONGEST, ThisPython, clean_jupyter

ROOM = LONGEST - len("/k12345678-99999")


@pytest.mark.skipif(os.name != "posix", reason="sockets in a folder are of this system")
@pytest.mark.parametrize(
    ("length", "transport", "begins"),
    [(20, "ipc", "/"), (ROOM, "ipc", "/"), (ROOM + 1, "tcp", "127."), (200, "tcp", "127.")],
)
def test_a_path_too_long_for_a_socket_is_not_used_for_one(
    length: int, transport: str, begins: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", f"/{'a' * (length - 1)}")
    manager = ThisPython()
    assert manager.transport == transport
    assert manager.ip.startswith(begins)


@pytest.mark.skipif(os.name != "posix", reason="sockets in a folder are of this system")
def test_an_ordinary_folder_has_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    with clean_jupyter():
        assert ThisPython().transport == "ipc"
